// The two dialogs: picking a name, and filling in a form.

import { post } from "./api.js";
import { byId, el, rich } from "./dom.js";

/** Asks for a name until the server takes one. */
export function welcome() {
  const dialog = byId("welcome");
  const wrong = byId("welcome-wrong");
  const form = dialog.querySelector("form");
  dialog.addEventListener("cancel", (event) => event.preventDefault());
  return new Promise((resolve) => {
    form.onsubmit = async (event) => {
      event.preventDefault();
      wrong.textContent = "";
      try {
        const me = await post("/api/join", { name: byId("name").value }, (words) => { wrong.textContent = words; });
        dialog.close();
        resolve(me);
      } catch (refused) {
        wrong.textContent = `${refused.message[0].toUpperCase()}${refused.message.slice(1)}.`;
        byId("name").focus();
      }
    };
    if (!dialog.open) dialog.showModal();
    byId("name").focus();
  });
}

/** The largest file that the server takes, in bytes. */
const LARGEST_FILE = 2_000_000;

/** A file as the server takes it. */
function attached(file) {
  if (file.size > LARGEST_FILE) throw new Error("This file is too large: it may have at most 2 MB.");
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve({ name: file.name, content: reader.result.split(",")[1] ?? "" });
    reader.onerror = () => reject(new Error("This file cannot be read."));
    reader.readAsDataURL(file);
  });
}

/** What one types or attaches into a field. */
function inputFor(field, id) {
  const common = { id, required: !field.optional };
  if (field.file) return el("input", { ...common, type: "file" });
  // A text of several lines is never cut short unsaid: the server says where it is too long.
  const input = field.long
    ? el("textarea", { ...common, placeholder: field.hint, autocomplete: "off", spellcheck: "false", rows: 4 })
    : el("input", { ...common, placeholder: field.hint, autocomplete: "off", spellcheck: "false", maxlength: 4000 });
  input.value = field.value;
  return input;
}

/** Opens a form; `send(fields, file)` gives or throws what is wrong, and then the form stays as it was filled in. */
export function fill(spec, send) {
  const dialog = byId("sheet");
  const form = dialog.querySelector("form");
  const wrong = byId("sheet-wrong");
  const submit = form.querySelector("[type=submit]");
  submit.disabled = false;
  byId("sheet-title").textContent = spec.title;
  wrong.textContent = "";
  const fields = spec.fields.map((field, at) => ({ field, input: inputFor(field, `field-${at}`) }));
  byId("sheet-fields").replaceChildren(...fields.flatMap(({ field, input }) => [
    el("label", { for: input.id }, field.label, field.optional ? el("span", { class: "fine" }, " optional") : null), input,
  ]));
  byId("sheet-cancel").onclick = () => dialog.close();
  const own = form.onsubmit = async (event) => {
    event.preventDefault();
    submit.disabled = true;
    try {
      const typed = fields.filter(({ field }) => !field.file).map(({ field, input }) => [field.name, input.value]);
      const file = fields.map(({ input }) => input.files?.[0]).find(Boolean);
      const refusal = await send(Object.fromEntries(typed), file && await attached(file));
      // Another form may stand there by now.
      if (form.onsubmit !== own) return;
      if (refusal) wrong.replaceChildren(...rich(refusal.nodes));
      else dialog.close();
    } catch (refused) {
      if (form.onsubmit === own) wrong.textContent = refused.message;
    } finally {
      if (form.onsubmit === own) submit.disabled = false;
    }
  };
  dialog.showModal();
  fields[0]?.input.focus();
}
