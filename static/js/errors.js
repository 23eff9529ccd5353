// Brings the reader to the error summary, and from there to the field.

const summary = document.querySelector("[data-error-summary]");
summary?.focus();

document.addEventListener("click", (event) => {
  const link = event.target.closest("[data-error-summary] a[href^='#']");
  const field = link && document.getElementById(decodeURIComponent(link.hash.slice(1)));
  if (!field) return;
  event.preventDefault();
  const editor = field.closest(".prose-editor")?.querySelector("[contenteditable]");
  (editor ?? field).focus();
  (editor ?? field).scrollIntoView({ block: "center" });
});

// A part of the page that htmx brings in can hold a summary too.
document.addEventListener("htmx:afterSwap", (event) => {
  event.target.querySelector?.("[data-error-summary]")?.focus();
});

// The session ended while the page was open: sign in, and back to this page. A note is not to be lost
// that way (item-keys.js): its writer signs in elsewhere, and it is kept by the next try.
document.addEventListener("htmx:responseError", ({ target, detail }) => {
  const where = detail.xhr.getResponseHeader("X-Sign-In");
  if (detail.xhr.status === 401 && where && !target.closest("[data-note]")) location.assign(where);
});
