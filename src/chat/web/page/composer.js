// Where one types: messages, replies, and commands with completion.

import { get } from "./api.js";
import { byId, el } from "./dom.js";

const AFTER_TYPING = 60;

export class Composer {
  /** `send(text, replyTo)` says whether it went out; the text comes back where it did not. */
  constructor(send) {
    this.send = send;
    this.field = byId("say");
    this.popup = byId("complete");
    this.options = [];
    this.active = -1;
    this.replyTo = null;
    this.asked = 0;
    byId("composer").addEventListener("submit", (event) => { event.preventDefault(); this.submit(); });
    byId("stop-replying").addEventListener("click", () => this.reply(null));
    this.field.addEventListener("keydown", (event) => this.key(event));
    this.field.addEventListener("input", () => { this.grow(); this.complete(); });
    this.field.addEventListener("blur", () => setTimeout(() => this.hide(), 150));
  }

  /** Answers a message from now on, or none. */
  reply(view, label = "") {
    this.replyTo = view;
    this.label = label;
    byId("replying").hidden = view === null;
    byId("replying-to").textContent = label;
    this.hide();
    this.field.focus();
  }

  place(channel) {
    this.field.placeholder = `Message #${channel}`;
  }

  async submit() {
    const { value: text } = this.field;
    const { replyTo, label } = this;
    if (!text.trim()) return;
    // The field is free for what comes next while this is sent.
    this.field.value = "";
    this.reply(null);
    this.grow();
    const sent = await this.send(text, replyTo?.id ?? null);
    if (sent || this.field.value) return;
    this.field.value = text;
    this.reply(replyTo, label);
    this.grow();
  }

  key(event) {
    const open = !this.popup.hidden;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (open && step) this.activate((this.active + step + this.options.length) % this.options.length);
    else if (open && event.key === "Tab" && !event.shiftKey) this.take(Math.max(this.active, 0));
    else if (open && event.key === "Enter" && this.active >= 0) this.take(this.active);
    else if (event.key === "Enter" && !event.shiftKey && !event.isComposing) this.submit();
    else if (open && event.key === "Escape") this.hide();
    else if (event.key === "Escape" && this.replyTo !== null) this.reply(null);
    else return;
    event.preventDefault();
  }

  complete() {
    const line = this.field.value;
    const asked = ++this.asked;
    if (!line.startsWith("/") || line.includes("\n") || this.replyTo !== null) return this.hide();
    setTimeout(async () => {
      if (asked !== this.asked) return;
      const options = await get("/api/complete", { line }).catch(() => []);
      if (asked === this.asked && document.activeElement === this.field) this.show(options);
    }, AFTER_TYPING);
  }

  show(options) {
    this.options = options.filter((option) => option.line.trimEnd() !== this.field.value.trimEnd());
    this.popup.replaceChildren(...this.options.map((option, at) => {
      const item = el("li", { role: "option", id: `complete-${at}`, "aria-selected": "false" },
        el("span", { class: "what" }, option.label), el("span", { class: "about" }, option.about));
      // Before the field loses its focus.
      item.addEventListener("mousedown", (event) => { event.preventDefault(); this.take(at); });
      return item;
    }));
    this.popup.hidden = this.options.length === 0;
    this.field.setAttribute("aria-expanded", String(!this.popup.hidden));
    this.activate(-1);
  }

  activate(at) {
    this.active = at;
    Array.from(this.popup.children, (item, n) => item.setAttribute("aria-selected", String(n === at)));
    if (at < 0) return this.field.removeAttribute("aria-activedescendant");
    this.field.setAttribute("aria-activedescendant", `complete-${at}`);
    this.popup.children[at].scrollIntoView({ block: "nearest" });
  }

  take(at) {
    const { line } = this.options[at];
    this.field.value = line.endsWith(" ") || line.endsWith(":") ? line : `${line} `;
    this.grow();
    this.complete();
  }

  hide() {
    this.asked++;
    this.popup.hidden = true;
    this.field.setAttribute("aria-expanded", "false");
    this.activate(-1);
  }

  grow() {
    this.field.style.height = "auto";
    this.field.style.height = `${Math.min(this.field.scrollHeight, 180)}px`;
  }
}
