// Saves the open block of the nulmeting (form[data-block]): after a minute of silence, and when its
// writer goes elsewhere by a link with data-leaves.
//
// After silence the form goes to its own address and asks for JSON: {revision, saved: {field: text},
// clashes: [label], errors: [text], saved_at}. The page then starts from what was saved. A clash or an
// error is only told: the button shows it whole. On leaving the form is submitted as always, with the
// block it leads to, so that nothing half-done is left behind.

const SILENCE = 60000;

class Block {
  constructor(form) {
    this.form = form;
    this.status = form.querySelector("[data-block-status]");
    this.begun = this.text();
    form.addEventListener("input", () => this.later());
    form.addEventListener("change", () => this.later());
    form.addEventListener("submit", () => {
      clearTimeout(this.timer);
      this.underWay?.abort();
    });
    for (const link of document.querySelectorAll("a[data-leaves]")) {
      link.addEventListener("click", (event) => this.leave(event, link.dataset.leaves));
    }
  }

  text() {
    const data = new FormData(this.form);
    return JSON.stringify([...data].filter(([name]) => !/^(base|csrf)/.test(name)));
  }

  get changed() {
    return this.text() !== this.begun;
  }

  later() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.commit(), SILENCE);
  }

  leave(event, to) {
    const elsewhere = event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0;
    if (elsewhere || !this.changed) return;
    if (to) {
      event.preventDefault();
      this.form.insertAdjacentHTML("beforeend", '<input type="hidden" name="naar">');
      this.form.lastElementChild.value = to;
      this.form.requestSubmit();
    } else {
      this.commit(); // an own page follows, which comes back here
    }
  }

  async commit() {
    if (!this.changed) return;
    // One at a time, and none beside the button: an older text must not arrive after a newer one.
    if (this.underWay) return this.later();
    this.underWay = new AbortController();
    const sent = this.text();
    try {
      const answer = await fetch(this.form.getAttribute("action") ?? location.pathname, {
        method: "POST",
        body: new FormData(this.form),
        headers: { Accept: "application/json" },
        redirect: "manual",
        credentials: "same-origin",
        keepalive: true,
        signal: this.underWay.signal,
      });
      if (answer.ok) this.take(await answer.json(), sent);
    } catch {
      // no connection: drafts.js keeps the text and says so; the next change tries again
    } finally {
      this.underWay = null;
    }
  }

  take(told, sent) {
    const troubles = [...told.errors];
    if (told.clashes.length) {
      troubles.push(`Een collega wijzigde ook ${told.clashes.join(", ")}. Kies ‘Opslaan’ en bekijk beide.`);
    }
    for (const [name, value] of Object.entries(told.saved)) {
      const start = this.form.elements[`base-${name}`];
      if (start) start.value = value;
    }
    if (!troubles.length) {
      this.form.elements["base-revision"].value = told.revision;
      this.begun = sent;
      this.form.dispatchEvent(new CustomEvent("draft:committed"));
    }
    this.status.textContent = troubles.join(" ") || `Opgeslagen om ${told.saved_at}: ook uw collega's zien het.`;
    this.status.classList.toggle("rv-draft--problem", troubles.length > 0);
  }
}

for (const form of document.querySelectorAll("form[data-block]")) new Block(form);
