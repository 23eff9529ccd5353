// Dutch names on the toolbar of the rich-text editor, and its tie to the rest of the form. The editor
// writes each change into its textarea and fires `input`, which drafts.js and counter.js listen to.

const NAMES = {
  format_bold: "Vet",
  format_italic: "Cursief",
  format_list_bulleted: "Lijst met punten",
  format_list_numbered: "Genummerde lijst",
  insert_link: "Link maken of wijzigen",
  link_off: "Link weghalen",
  undo: "Ongedaan maken",
  redo: "Opnieuw doen",
  notes: "Gewone tekst",
  grid_on: "Tabel invoegen",
  call_merge: "Cellen samenvoegen",
  call_split: "Cel splitsen",
};
const TITLES = {
  "Add column after": "Kolom rechts toevoegen",
  "Delete column": "Kolom weghalen",
  "Add row after": "Rij eronder toevoegen",
  "Delete row": "Rij weghalen",
  "Toggle header cell": "Kop aan of uit",
};
const WORDS = {
  Update: "Opslaan",
  Cancel: "Niet doen",
  Insert: "Invoegen",
  "Edit Link": "Link",
  URL: "Adres (begint met https://)",
  Title: "Titel",
  "Open in new window": "Openen in een nieuw venster",
  "Insert Table": "Tabel invoegen",
  "Insert table": "Tabel invoegen",
  Rows: "Rijen",
  Columns: "Kolommen",
  "Include header row": "Eerste rij is de kop",
  No: "Nee",
  Yes: "Ja",
};

// The editor asks this for the words of its dialogs; this module runs before the editor's.
window.gettext ??= (text) => WORDS[text] ?? text;

function translate(root) {
  for (const button of root.querySelectorAll(".prose-menubar button")) {
    const name = NAMES[button.textContent.trim()] ?? TITLES[button.title];
    if (!name || button.title === name) continue;
    button.title = name;
    button.setAttribute("aria-label", name);
  }
}

document.addEventListener("prose-editor:ready", (event) => {
  const { editor, textarea } = event.detail;
  const box = textarea.closest(".prose-editor");
  const content = box.querySelector("[contenteditable]");
  const label =
    textarea.labels?.[0] ?? document.querySelector(`label[for="${CSS.escape(textarea.id)}"]`);
  translate(box);
  // The toolbar can be drawn after this moment, and again when a table is at hand.
  new MutationObserver(() => translate(box)).observe(box, { childList: true, subtree: true });
  content.setAttribute("role", "textbox");
  content.setAttribute("aria-multiline", "true");
  if (label) {
    label.id ||= `${textarea.id}_label`;
    content.setAttribute("aria-labelledby", label.id);
    label.addEventListener("click", () => editor.commands.focus());
  }
  for (const name of ["aria-describedby", "aria-invalid"]) {
    if (textarea.hasAttribute(name)) content.setAttribute(name, textarea.getAttribute(name));
  }
  textarea.addEventListener("draft:restored", () => editor.commands.setContent(textarea.value));
});
