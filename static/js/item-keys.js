// The page of an agenda item: to the item before and after with the left and right arrow.
//
// The arrows do nothing while somebody types, in a control, in a box that scrolls sideways, or with
// another key held down. They can be switched off, per browser (WCAG 2.1.4); the page says both.
// Also tells when a note could not be kept, and keeps the bar in step with the position.

const OFF = "item-keys";
const bar = document.querySelector("[data-item-keys]");
const help = document.querySelector("[data-keys-help]");
const LINKS = { ArrowLeft: "a[rel=prev]", ArrowRight: "a[rel=next]" };
// In these the arrows have a meaning of their own.
const BUSY = "input, textarea, select, summary, [contenteditable], [role=radio], [tabindex='0']";

const stored = () => {
  try {
    return localStorage.getItem(OFF);
  } catch {
    return null; // storage is switched off: the keys work, and the switch holds for this page
  }
};
let on = stored() !== "off";

function tell() {
  if (!help) return;
  help.hidden = false;
  help.querySelector("[data-keys-words]").textContent = on
    ? "Toetsenbord: met de pijltjestoetsen ← en → gaat u naar het vorige en volgende punt."
    : "De pijltjestoetsen staan uit.";
  help.querySelector("[data-keys-switch]").textContent = on ? "Zet uit" : "Zet aan";
}

function follow(event) {
  if (!on || event.defaultPrevented || !(event.key in LINKS)) return;
  if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
  if (event.target.closest?.(BUSY)) return;
  const link = bar.querySelector(LINKS[event.key]);
  if (!link) return;
  event.preventDefault();
  link.click();
}

if (bar) {
  document.addEventListener("keydown", follow);
  help?.querySelector("[data-keys-switch]").addEventListener("click", () => {
    on = !on;
    try {
      localStorage.setItem(OFF, on ? "on" : "off");
    } catch {
      // see above
    }
    tell();
  });
  tell();
}

// A note is in no draft and in no browser: it is tried again until it is kept, and who leaves before
// that is asked whether she means it.
let lost = false;
addEventListener("beforeunload", (event) => {
  if (lost) event.preventDefault();
});
document.addEventListener("submit", (event) => {
  if (event.target.closest("[data-note]")) lost = false;
});
document.addEventListener("htmx:configRequest", ({ target, detail }) => {
  const newest = document.cookie.match(/(?:^|; )csrftoken=([^;]+)/)?.[1];
  if (newest && target.closest("[data-note]")) detail.parameters.csrfmiddlewaretoken = newest;
});
document.addEventListener("htmx:afterRequest", ({ target, detail }) => {
  if (detail.successful && target.closest("[data-note]")) lost = false;
});

const notKept = (event) => {
  const form = event.target.closest?.("[data-note]");
  if (!form) return;
  lost = true;
  setTimeout(() => lost && form.dispatchEvent(new Event("input", { bubbles: true })), 10000);
  document.getElementById("notitie-bewaard").textContent =
    "Niet bewaard: er is geen verbinding, of u bent niet meer aangemeld. Uw tekst staat nog op deze " +
    "bladzijde. Meld u zo nodig in een nieuw tabblad aan; we proberen het opnieuw.";
};
document.addEventListener("htmx:sendError", notKept);
document.addEventListener("htmx:responseError", notKept);

document.addEventListener("htmx:load", () => {
  const chosen = document.querySelector("#standpunt .rv-tap--chosen");
  const status = document.querySelector("[data-bar-status]");
  if (chosen && status) status.textContent = `Uw standpunt: ${chosen.textContent.toLowerCase()}`;
});
