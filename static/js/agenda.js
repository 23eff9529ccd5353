// Makes an agenda work as one page: the clock runs while points are dragged or minutes are typed, what
// was typed is saved on leaving its field, and after a save the page takes over from the server what
// follows from it. Without script the button of the form does all that.
//
//   <form data-agenda-start="570" data-order-says="said"> <!-- minutes after midnight -->
//     <ol><li data-order-key="12">
//       <strong data-agenda-time>9.30</strong> <span data-agenda-number>1</span>
//       <input data-agenda-minutes> <select></select>
//       <input type="hidden" data-agenda-shown value="5:note"> <!-- what the server has -->
//     </li></ol>
//     <strong data-agenda-end>11.15 uur</strong> <div data-agenda-save>the button</div>
//   </form>
//   <div data-agenda-fresh="name">replaced after a save</div> <a data-agenda-go>waits for it</a>
//
// Answers 2xx, or 4xx with {"message": "..."}: then the sentence and the button are shown.

const clock = (minutes) =>
  `${Math.floor(minutes / 60) % 24}.${String(minutes % 60).padStart(2, "0")}`;
const isTime = (text) => text === "" || (/^\d{1,3}$/.test(text) && +text >= 1 && +text <= 600);
const points = (root) => [...root.querySelectorAll("[data-order-key]")];
const minutesOf = (line) => line.querySelector("[data-agenda-minutes]");
const treatmentOf = (line) => line.querySelector("select");
const shownOf = (line) => line.querySelector("[data-agenda-shown]");

function run(form) {
  let now = Number(form.dataset.agendaStart);
  for (const line of points(form)) {
    const shown = line.querySelector("[data-agenda-time]");
    const text = clock(now);
    if (shown && shown.textContent !== text) shown.textContent = text;
    const typed = minutesOf(line)?.value.trim() ?? "";
    if (isTime(typed)) now += Number(typed);
  }
  const end = form.querySelector("[data-agenda-end]");
  if (end) end.textContent = `${clock(now)} uur`;
}

function say(form, text, problem = false) {
  const line = document.getElementById(form.dataset.orderSays ?? "");
  line?.classList.toggle("rv-draft--problem", problem);
  if (line) line.textContent = text;
  if (problem) form.querySelector("[data-agenda-save]").hidden = false;
}

async function save(form) {
  for (const line of points(form)) {
    const field = minutesOf(line);
    if (isTime(field.value.trim())) field.removeAttribute("aria-invalid");
    else field.setAttribute("aria-invalid", "true");
  }
  if (form.querySelector("[aria-invalid=true]")) {
    return say(form, "Niet bewaard: vul 1 tot 600 minuten in.", true);
  }
  const sent = points(form).map((line) => [
    shownOf(line),
    `${minutesOf(line).value.trim()}:${treatmentOf(line).value}`,
  ]);
  const headers = { Accept: "application/json", "X-Requested-With": "XMLHttpRequest" };
  let problem = "Niet bewaard: er is geen verbinding. Probeer het opnieuw.";
  try {
    const body = new FormData(form);
    const answer = await fetch(form.action, { method: "POST", body, headers, keepalive: true });
    if (answer.ok && !answer.redirected) {
      for (const [shown, value] of sent) shown.value = value;
      say(form, "Bewaard.");
      return refresh(form);
    }
    const told = await answer.json().catch(() => ({}));
    problem = told.message ?? "Niet bewaard. Laad de bladzijde opnieuw.";
  } catch {
    // no connection: the sentence above
  }
  say(form, problem, true);
}

// What follows from a save, by this person or meanwhile by another. What is being typed stays.
async function refresh(form) {
  const answer = await fetch(location.href).catch(() => null);
  if (!answer?.ok || answer.redirected) return;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const fresh = new Map(points(page).map((line) => [line.dataset.orderKey, line]));
  const keys = points(form).map((line) => line.dataset.orderKey);
  if (keys.length !== fresh.size || !keys.every((key) => fresh.has(key))) {
    const other = "Iemand anders veranderde de agenda. Laad de bladzijde opnieuw om dat te zien.";
    return say(form, other, true);
  }
  // An order that is still on its way to the server brings its own refresh.
  const sameOrder = keys.join() === [...fresh.keys()].join();
  for (const line of points(form)) takeOver(line, fresh.get(line.dataset.orderKey), sameOrder);
  for (const part of page.querySelectorAll("[data-agenda-fresh]")) {
    const name = part.dataset.agendaFresh;
    const old = document.querySelector(`[data-agenda-fresh="${name}"]`);
    if (old && old.innerHTML !== part.innerHTML) old.replaceWith(document.importNode(part, true));
  }
}

function takeOver(line, fresh, withPlace) {
  for (const name of withPlace ? ["[data-agenda-number]", "[data-agenda-time]"] : []) {
    line.querySelector(name).textContent = fresh.querySelector(name).textContent;
  }
  const was = shownOf(line).value.split(":");
  const now = shownOf(fresh).value.split(":");
  const kept = [minutesOf(line), treatmentOf(line)].map((field, index) => {
    if (field.value.trim() !== was[index]) return was[index];
    if (was[index] !== now[index]) field.value = now[index];
    return now[index];
  });
  shownOf(line).value = kept.join(":");
}

function attach(form) {
  const list = form.querySelector("ol");
  if (!list) return;
  let busy = Promise.resolve();
  form.querySelector("[data-agenda-save]").hidden = !form.querySelector("[aria-invalid=true]");
  list.addEventListener("input", () => run(form));
  new MutationObserver(() => run(form)).observe(list, { childList: true });
  list.addEventListener("change", () => {
    busy = busy.then(() => save(form));
  });
  form.addEventListener("order:saved", () => {
    busy = busy.then(() => refresh(form));
  });
  document.addEventListener("click", async (event) => {
    const link = event.target.closest("[data-agenda-go]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    await busy;
    const wrong = form.querySelector("[aria-invalid=true]");
    if (wrong) wrong.focus();
    else location.assign(link.href);
  });
}

document.querySelectorAll("form[data-agenda-start]").forEach(attach);
