// Saves a form with data-record while somebody types: after each draft that was kept (drafts.js) and a
// pause, the whole form goes to its own address and the answer is taken over without leaving the page.
//
// Answer: {revision, base: {field: text}, saved: {field: text}, now: {field: text}, clashes: html,
// errors: [text], saved_at}. A field that was saved starts from what was sent; one that this person did
// not touch gets the newest text; for a field that clashed both texts are shown, and nothing more is sent
// for it until its writer chose. Without script, or when this fails, the button saves the form as always.

const PAUSE = 1500;
const AGAIN = [2000, 5000, 15000, 30000];
const LATE = 20000; // a line that is cut off gives no answer at all; longer than any save takes

// The portal leaves out spaces and empty lines at both ends: they are no change of a text.
const same = (one, other) => one.trim() === other.trim();

class Record {
  constructor(form) {
    this.form = form;
    this.place = form.querySelector("[data-record-clashes]");
    this.status = form.querySelector("[data-record-status]");
    this.tries = 0;
    form.addEventListener("draft:saved", () => this.drafted());
    form.addEventListener("submit", (event) => this.submitted(event));
  }

  fields() {
    return [...this.form.querySelectorAll("textarea")];
  }

  texts() {
    return new Map(this.fields().map((field) => [field.name, field.value]));
  }

  differs(texts) {
    return this.fields().some((field) => field.value !== texts.get(field.name));
  }

  base(name) {
    return this.form.elements[`base-${name}`];
  }

  changed(field) {
    return field.value !== this.base(field.name).value;
  }

  // Waits for its writer to choose between two texts; what is typed there meanwhile is kept as a draft.
  asks(field) {
    return this.place.querySelector(`input[name="theirs-${field.name}"]`) !== null;
  }

  get waiting() {
    return this.fields().some((field) => this.changed(field) && !this.asks(field));
  }

  // A draft that arrived while a save was under way outlives it, so one more save clears it away.
  drafted() {
    this.drafts = true;
    this.later();
  }

  get due() {
    return this.waiting || (this.drafts && !this.fields().some((field) => this.asks(field)));
  }

  later(pause = PAUSE) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.commit(), pause);
  }

  // The button goes after what is under way: passing it, the older text would arrive last.
  submitted(event) {
    clearTimeout(this.timer);
    if (!this.busy) return;
    event.preventDefault();
    this.tell("Bezig met opslaan…");
    this.afterwards = () => this.form.requestSubmit(event.submitter);
  }

  async commit() {
    if (this.busy || !this.due || (this.refused && !this.differs(this.refused))) return;
    this.busy = true;
    this.drafts = false;
    const typed = this.texts();
    const told = await this.send();
    this.busy = false;
    if (told) this.take(told, typed);
    if (this.afterwards) this.afterwards();
    else if (!told) this.again();
    else if (this.drafts || this.differs(typed)) this.later();
  }

  again() {
    this.drafts = true;
    this.tell("Nog niet opgeslagen. We proberen het opnieuw.", true);
    this.later(AGAIN[Math.min(this.tries, AGAIN.length - 1)]);
    this.tries += 1;
  }

  // What the portal answers, or null: no connection, signed out, or too busy. Then it tries again, also
  // when nobody types any more.
  async send() {
    try {
      const answer = await fetch(this.form.action, {
        method: "POST",
        body: this.body(),
        headers: { Accept: "application/json" },
        redirect: "manual",
        credentials: "same-origin",
        signal: AbortSignal.timeout(LATE),
      });
      return answer.ok ? await answer.json() : null;
    } catch {
      return null;
    }
  }

  // The form as it stands, without a choice that was not yet sent by the button; and from now on each
  // text that went, until an answer comes: it may have arrived while its answer did not.
  body() {
    const body = new FormData(this.form);
    for (const field of this.fields()) {
      if (this.asks(field)) body.delete(`keep-${field.name}`);
      else if (this.changed(field)) this.remember(field);
    }
    return body;
  }

  // A line that was cut off long keeps the first, which may have been under way, and the last ones.
  remember(field) {
    const before = this.form.querySelectorAll(`input[name="sent-${field.name}"]`);
    if ([...before].some((sent) => sent.value === field.value)) return;
    if (before.length > 8) before[1].remove();
    const sent = document.createElement("input");
    Object.assign(sent, { type: "hidden", name: `sent-${field.name}`, value: field.value });
    this.form.append(sent);
  }

  forgetSent() {
    for (const sent of this.form.querySelectorAll("input[name^='sent-']")) sent.remove();
  }

  take(told, typed) {
    this.forgetSent();
    this.tries = 0;
    this.refused = told.errors.length ? typed : null;
    for (const field of this.fields()) {
      const base = this.base(field.name);
      if (field.name in told.saved) base.value = typed.get(field.name);
      else if (same(field.value, base.value)) this.replace(field, told.now[field.name]);
      else base.value = told.base[field.name];
    }
    this.form.elements["base-revision"].value = told.revision;
    this.showClashes(told.clashes);
    this.say(told);
    this.form.dispatchEvent(new CustomEvent("draft:committed"));
  }

  // The newest text in a field that this person did not touch. A space that she just typed stays, and so
  // does her place in the text, unless she was at its end.
  replace(field, text) {
    const { selectionStart: place, value: old } = field;
    const fresh = text + old.slice(old.trimEnd().length);
    this.base(field.name).value = fresh;
    if (fresh === old) return;
    field.value = fresh;
    const stays = place < old.trimEnd().length && fresh.startsWith(old.slice(0, place));
    if (stays) field.setSelectionRange(place, place);
  }

  // Who is typing keeps the cursor: taken to the question, the next words would go nowhere.
  showClashes(html) {
    if (html === this.shown) return;
    this.shown = html;
    const before = new FormData(this.form);
    this.place.innerHTML = html;
    for (const choice of this.place.querySelectorAll("input[type='radio']")) {
      const theirs = choice.name.replace("keep-", "theirs-");
      const unchanged = before.get(theirs) === this.form.elements[theirs].value;
      choice.checked = unchanged && before.get(choice.name) === choice.value;
    }
    if (!this.fields().includes(document.activeElement)) {
      this.place.querySelector("[role='alert']")?.focus();
    }
  }

  say(told) {
    const asked = told.clashes && "Iemand anders schreef hier ook: kies hierboven welke tekst blijft.";
    const trouble = told.errors.join(" ") || asked;
    this.tell(trouble || `Opgeslagen om ${told.saved_at}`, Boolean(trouble));
  }

  tell(text, problem = false) {
    this.status.textContent = text;
    this.status.classList.toggle("rv-draft--problem", problem);
  }
}

for (const form of document.querySelectorAll("form[data-record]")) new Record(form);
