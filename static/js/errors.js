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
