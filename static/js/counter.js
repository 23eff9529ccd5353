// Says how many characters are left in a field with data-max-length. The field takes more than
// fits, so that nothing that was typed or pasted is lost; the server refuses it with a sentence.

const PAUSE = 700; // who listens hears the number when typing stops, not at each key

function count(field) {
  const limit = Number(field.dataset.maxLength);
  // A line break is sent as two characters, and one emoji counts once.
  return limit - [...field.value.replace(/\r?\n/g, "\r\n")].length;
}

function attach(field) {
  const seen = document.createElement("p");
  const heard = document.createElement("p");
  seen.className = "rv-counter";
  seen.setAttribute("aria-hidden", "true");
  heard.className = "rv-visually-hidden";
  heard.setAttribute("aria-live", "polite");
  field.after(seen, heard);
  let timer;
  const show = () => {
    const left = count(field);
    const words = left < 0 ? `${-left} tekens te veel` : `Nog ${left} tekens`;
    seen.textContent = words;
    seen.classList.toggle("rv-counter--over", left < 0);
    clearTimeout(timer);
    timer = setTimeout(() => (heard.textContent = words), PAUSE);
  };
  field.addEventListener("input", show);
  seen.textContent = `Nog ${count(field)} tekens`;
  if (count(field) < 0) show();
}

const start = (root) => {
  for (const field of root.querySelectorAll("[data-max-length]:not([data-counting])")) {
    field.dataset.counting = "";
    attach(field);
  }
};
start(document);
document.addEventListener("htmx:load", (event) => start(event.target));
