// Keeps what is typed in a form with data-draft-url, so that typing is never lost.
//
//   <form data-draft-url="/concept/" data-draft-key="proposal:12:summary"
//         data-draft-revision="3" data-draft-serial="0">
//
// Sends {key, data, base, base_revision, serial, confirmed} 0.8 s after typing, on leaving a field and
// on leaving the page. Answers: 2xx {saved_at: "14.30 uur"}; 422 {findings: [{field, kind, message,
// blocks}]} or another 4xx {message}: the sentence is shown and the text stays in the browser only; what
// does not block can be confirmed. Without connection or session (401, 403) the text waits in the browser
// and is offered again on the next visit of the same form by the same person (data-draft-owner).

const PAUSE = 800;
const LATE = 20000; // a line that is cut off gives no answer at all
const RETRY = [2000, 5000, 15000, 30000];
const SEPARATOR = "\n"; // a draft is text per field; several choices stand on lines of their own
const SKIP = new Set(["csrfmiddlewaretoken", "draft_serial", "revision"]);
// What the writer started from ('base-NAME', 'base-revision'), what went without an answer, and what a
// conflict asks: not typed.
const NOT_TYPED = /^(base|sent|theirs|keep)-/;

const skips = (name) => !name || SKIP.has(name) || NOT_TYPED.test(name);

function base(form) {
  const start = values(form);
  for (const { name, value } of form.querySelectorAll("input[name^='base-']")) {
    if (name !== "base-revision") start[name.slice("base-".length)] = value;
  }
  return start;
}

function values(form) {
  const data = {};
  for (const control of form.elements) {
    const { name, type } = control;
    if (skips(name) || control.disabled) continue;
    if (["file", "password", "submit", "button", "reset"].includes(type)) continue;
    if (type === "checkbox") {
      data[name] ??= "";
      if (control.checked) data[name] += (data[name] && SEPARATOR) + control.value;
    } else if (type === "radio") {
      data[name] ??= "";
      if (control.checked) data[name] = control.value;
    } else if (control.multiple) {
      data[name] = [...control.selectedOptions].map((option) => option.value).join(SEPARATOR);
    } else {
      data[name] = control.value;
    }
  }
  return data;
}

function fill(form, data) {
  for (const control of form.elements) {
    if (!(control.name in data) || skips(control.name)) continue;
    const value = data[control.name];
    const chosen = value.split(SEPARATOR);
    if (control.type === "checkbox") {
      control.checked = chosen.includes(control.value);
    } else if (control.type === "radio") {
      control.checked = control.value === value;
    } else if (control.multiple) {
      for (const option of control.options) option.selected = chosen.includes(option.value);
    } else if (control.type !== "file") {
      control.value = value;
      control.dispatchEvent(new CustomEvent("draft:restored", { bubbles: true }));
    }
  }
}

// The hidden inputs follow, so that a save is compared with what that text was typed from.
function startFrom(form, kept) {
  for (const control of form.querySelectorAll("input[name^='base-']")) {
    const name = control.name.slice("base-".length);
    if (control.name === "base-revision") control.value = kept.base_revision;
    else if (name in kept.base) control.value = kept.base[name];
  }
}

// Who signs in again in another tab gets a new token; the page that is still open takes it over.
function token(form) {
  const field = form.querySelector("[name=csrfmiddlewaretoken]");
  const newest = document.cookie.match(/(?:^|; )csrftoken=([^;]+)/)?.[1];
  if (field && newest) field.value = newest;
  return field?.value ?? "";
}

class Draft {
  constructor(form) {
    this.form = form;
    this.url = form.dataset.draftUrl;
    this.key = form.dataset.draftKey;
    // Who uses this browser is part of the name: another person never sees the text.
    this.slot = `draft:${form.dataset.draftOwner ?? ""}:${this.key}`;
    this.base = base(form);
    this.baseRevision = Number(form.dataset.draftRevision ?? 0);
    this.serial = Number(form.dataset.draftSerial ?? 0);
    this.sent = JSON.stringify(values(form));
    this.tries = 0;
    this.confirmed = [];
    this.status = form.querySelector("[data-draft-status]") ?? this.makeStatus();
    this.offerRestore();
    form.addEventListener("input", () => this.later());
    form.addEventListener("change", () => this.later());
    form.addEventListener("focusout", (event) => this.left(event.relatedTarget));
    form.addEventListener("submit", () => this.submitted());
    form.addEventListener("draft:committed", () => this.committed());
    addEventListener("pagehide", () => this.send({ leaving: true }));
    addEventListener("online", () => this.send());
  }

  makeStatus() {
    const line = document.createElement("p");
    line.className = "rv-draft";
    line.setAttribute("role", "status");
    this.form.append(line);
    return line;
  }

  say(text, problem = false) {
    this.status.textContent = text;
    this.status.classList.toggle("rv-draft--problem", problem);
  }

  later() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.send(), PAUSE);
  }

  // Who goes to the button saves the text itself: a draft beside it could arrive after it and stay.
  left(to) {
    if (to?.type !== "submit" || to.form !== this.form) this.send();
  }

  keepHere(text) {
    try {
      const kept = { data: JSON.parse(text), base: this.base, base_revision: this.baseRevision };
      localStorage.setItem(this.slot, JSON.stringify(kept));
      return true;
    } catch {
      return false; // storage is full or switched off
    }
  }

  forget() {
    try {
      localStorage.removeItem(this.slot);
    } catch {
      // nothing was kept
    }
  }

  async send({ leaving = false } = {}) {
    clearTimeout(this.timer);
    if (this.submitting) return;
    const text = JSON.stringify(values(this.form));
    if (text === this.sent || text === this.underWay) return;
    this.underWay = text;
    this.serial += 1;
    const body = JSON.stringify({
      key: this.key,
      data: JSON.parse(text),
      base: this.base,
      base_revision: this.baseRevision,
      serial: this.serial,
      confirmed: this.confirmed,
    });
    const headers = {
      "Content-Type": "application/json",
      Accept: "application/json",
      "X-CSRFToken": token(this.form),
    };
    // Browsers let go of a large request that outlives its page: keep the text here first.
    if (leaving) this.keepHere(text);
    try {
      const keepalive = leaving && body.length < 60000;
      const answer = await fetch(this.url, {
        method: "POST",
        body,
        headers,
        keepalive,
        redirect: "manual",
        credentials: "same-origin",
        signal: leaving ? undefined : AbortSignal.timeout(LATE),
      });
      const told = await answer.json().catch(() => ({}));
      if (answer.ok) this.saved(text, told);
      else if (answer.status === 0 || answer.status === 401 || answer.status === 403)
        this.failed(text, "U bent niet meer aangemeld.", "Meld u in een nieuw tabblad aan.");
      else if (answer.status < 500) this.refused(text, told);
      else if (answer.status === 503) this.failed(text, "Het is nu erg druk.");
      else this.failed(text);
    } catch {
      this.failed(text);
    } finally {
      if (this.underWay === text) this.underWay = null;
    }
  }

  saved(text, told) {
    this.tries = 0;
    this.sent = text;
    if (JSON.stringify(values(this.form)) === text) this.forget();
    this.say(told.saved_at ? `Concept bewaard om ${told.saved_at}` : "Concept bewaard");
    this.form.dispatchEvent(new CustomEvent("draft:saved"));
  }

  // Committed while the page stays open (record.js): from here on it starts from that text. What was
  // typed meanwhile was kept with the former start, so it is kept once more.
  committed() {
    this.base = base(this.form);
    this.baseRevision = Number(this.form.elements["base-revision"].value);
    const text = JSON.stringify(values(this.form));
    if (text === JSON.stringify({ ...JSON.parse(text), ...this.base })) {
      this.sent = text;
      this.forget();
    } else {
      this.sent = null;
      this.later();
    }
  }

  refused(text, told) {
    this.sent = text; // the same text gets the same answer: wait for a change
    const kept = this.keepHere(text);
    const sentences = (told.findings ?? []).map((finding) => finding.message).join(" ");
    const where = kept
      ? "De tekst staat alleen in uw browser."
      : "De tekst is nog nergens bewaard.";
    this.say(`${sentences || told.message || "Dit concept is niet bewaard."} ${where}`, true);
    if (told.findings?.length && told.findings.every((finding) => !finding.blocks)) {
      this.offerConfirm(told.findings.map((finding) => finding.kind));
    }
  }

  // What may be right (an address of an office) is asked once; a number of a person never is.
  offerConfirm(kinds) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "utrecht-button utrecht-button--subtle";
    button.textContent = "Dit mag hier staan, bewaar het";
    button.addEventListener("click", () => {
      this.confirmed = [...new Set([...this.confirmed, ...kinds])];
      this.sent = null;
      this.send();
    });
    this.status.append(" ", button);
  }

  failed(
    text,
    why = "Er is geen verbinding met het portaal.",
    next = "We proberen het opnieuw.",
  ) {
    const kept = this.keepHere(text);
    const where = kept
      ? "Uw tekst staat in deze browser."
      : "Sluit de bladzijde niet: uw tekst staat nog nergens.";
    this.say(`${why} ${where} ${next}`, true);
    const pause = RETRY[Math.min(this.tries, RETRY.length - 1)];
    this.tries += 1;
    // Spread, so that all who were refused at once do not come back at once.
    this.timer = setTimeout(() => this.send(), pause * (1 + Math.random() / 2));
  }

  // A refused or lost submit must not lose the text: it is kept until a new page says otherwise.
  submitted() {
    clearTimeout(this.timer);
    token(this.form);
    this.keepHere(JSON.stringify(values(this.form)));
    this.submitting = true;
    setTimeout(() => (this.submitting = false), 5000);
  }

  offerRestore() {
    let kept;
    try {
      kept = JSON.parse(localStorage.getItem(this.slot) ?? "null");
    } catch {
      return;
    }
    if (!kept) return;
    const text = JSON.stringify(kept.data);
    // Nothing to offer when the page shows it already, or when it was saved after this text.
    if (text === this.sent || (kept.base_revision < this.baseRevision && this.sameStart(kept)))
      return this.forget();
    const box = document.createElement("div");
    box.className = "rv-message rv-message--warning";
    box.setAttribute("role", "status");
    const words = document.createElement("p");
    words.textContent =
      "In deze browser staat tekst die u eerder typte en die nog niet is opgeslagen.";
    const buttons = document.createElement("p");
    buttons.className = "rv-buttons";
    const act = (label, look, doIt) => {
      const button = document.createElement("button");
      button.type = "button";
      button.className = `utrecht-button utrecht-button--${look}`;
      button.textContent = label;
      button.addEventListener("click", () => {
        doIt();
        box.remove();
      });
      buttons.append(button);
    };
    act("Zet die tekst terug", "secondary-action", () => {
      this.base = kept.base;
      this.baseRevision = kept.base_revision;
      fill(this.form, kept.data);
      startFrom(this.form, kept);
      this.later();
    });
    act("Gooi die tekst weg", "subtle", () => this.forget());
    box.append(words, buttons);
    this.form.prepend(box);
  }

  // What was kept equals what the page now shows as saved: the submit came through.
  sameStart(kept) {
    return Object.keys(this.base).every(
      (name) => JSON.stringify(kept.data[name]) === JSON.stringify(this.base[name]),
    );
  }
}

// What was committed needs no offer any more.
for (const { dataset } of document.querySelectorAll("[data-draft-saved]")) {
  try {
    localStorage.removeItem(`draft:${dataset.draftOwner ?? ""}:${dataset.draftSaved}`);
  } catch {
    // nothing was kept
  }
}

const start = (root) => {
  for (const form of root.querySelectorAll("form[data-draft-url]:not([data-drafting])")) {
    form.dataset.drafting = "";
    new Draft(form);
  }
};
start(document);
document.addEventListener("htmx:load", (event) => start(event.target));
