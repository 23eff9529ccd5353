// A form that was sent is not sent again by the second click of an impatient hand: on a slow line
// both would arrive, and the same advice would be there twice. What a script handles itself is left
// alone, and after five seconds, or back from another page, the form works as before.

const PAUSE = 5000;
const sent = new WeakMap();

// On the window, so that scripts which take a submit over have had their say.
window.addEventListener("submit", (event) => {
  const form = event.target;
  if (event.defaultPrevented || form.method !== "post") return;
  if (Date.now() - (sent.get(form) ?? -Infinity) < PAUSE) event.preventDefault();
  else sent.set(form, Date.now());
});

window.addEventListener("pageshow", (event) => {
  if (event.persisted) for (const form of document.forms) sent.delete(form);
});
