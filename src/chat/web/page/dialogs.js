// The two dialogs: picking a name, and filling in a form.

import { post } from "./api.js";
import { byId, el } from "./dom.js";

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

/** Opens a form; `send(fields)` throws what is wrong, and then the form stays as it was filled in. */
export function fill(spec, send) {
  const dialog = byId("sheet");
  const form = dialog.querySelector("form");
  const wrong = byId("sheet-wrong");
  const submit = form.querySelector("[type=submit]");
  byId("sheet-title").textContent = spec.title;
  wrong.textContent = "";
  const fields = spec.fields.map((field, at) => {
    const input = el(field.long ? "textarea" : "input", {
      id: `field-${at}`, maxlength: 4000, placeholder: field.hint, autocomplete: "off", spellcheck: "false",
      required: !field.optional, rows: field.long ? 4 : undefined,
    });
    input.value = field.value;
    return { field, input };
  });
  byId("sheet-fields").replaceChildren(...fields.flatMap(({ field, input }) => [
    el("label", { for: input.id }, field.label, field.optional ? el("span", { class: "fine" }, " optional") : null), input,
  ]));
  byId("sheet-cancel").onclick = () => dialog.close();
  form.onsubmit = async (event) => {
    event.preventDefault();
    submit.disabled = true;
    try {
      await send(Object.fromEntries(fields.map(({ field, input }) => [field.name, input.value])));
      dialog.close();
    } catch (refused) {
      wrong.textContent = refused.message;
    } finally {
      submit.disabled = false;
    }
  };
  dialog.showModal();
  fields[0]?.input.focus();
}
