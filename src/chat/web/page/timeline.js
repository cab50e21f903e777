// The messages of the channel that is shown: kept by id, brought up to date in place, and scrolled as a reader expects.

import { get } from "./api.js";
import { announce, byId, el } from "./dom.js";
import { author, draw, excerpt, refresh, whisper } from "./message.js";
import { onDay, sameDay } from "./time.js";

const CLOSE_TOGETHER = 5 * 60_000;
const NEAR_THE_END = 120;

export class Timeline {
  /** `does` has what can be done to messages; `known` is asked whether a message is news to the reader. */
  constructor(does) {
    this.does = { ...does, quote: (id) => this.quote(id), jump: (id) => this.jump(id) };
    this.views = new Map();
    this.channel = null;
    this.list = byId("messages");
    this.scroller = byId("scroll");
    byId("earlier").addEventListener("click", () => this.earlier());
    byId("newer").addEventListener("click", () => this.toEnd(true));
    this.scroller.addEventListener("scroll", () => { if (this.atEnd()) byId("newer").hidden = true; });
  }

  /** Shows a channel, or what is true of the one that is shown. */
  async load(channel) {
    const { messages, more } = await get("/api/messages", { channel });
    const ids = new Set(messages.map((message) => message.id));
    const oldest = messages[0]?.id ?? Infinity;
    const gap = messages.length && this.views.size && Math.max(...this.views.keys()) < oldest;
    if (channel !== this.channel || gap) this.clear();
    this.channel = channel;
    for (const id of this.views.keys()) if (id >= oldest && !ids.has(id)) this.remove(id);
    if (!messages.length) this.clear();
    const stay = !this.atEnd() && this.list.children.length > 0;
    for (const message of messages) this.put(message);
    if (oldest === Math.min(...this.views.keys(), Infinity)) byId("earlier").hidden = !more;
    this.tidy();
    if (!stay) this.toEnd(false);
  }

  async earlier() {
    const first = this.list.firstElementChild;
    const { messages, more } = await get("/api/messages", { channel: this.channel, before: Math.min(...this.views.keys()) });
    const height = this.scroller.scrollHeight;
    for (const message of messages) this.put(message);
    byId("earlier").hidden = !more;
    this.tidy();
    this.scroller.scrollTop += this.scroller.scrollHeight - height;
    first?.focus({ preventScroll: true });
  }

  /** A message that came live. */
  arrived(view, mine) {
    const fresh = !this.views.has(view.id);
    const stay = !this.atEnd();
    this.put(view);
    this.tidy();
    if (!fresh) { if (!stay) this.toEnd(false); return; }
    if (stay && !mine) byId("newer").hidden = false;
    else this.toEnd(true);
    const what = { question: "New question: ", reveal: "The answer: " }[view.role] ?? `${author(view)}: `;
    if (!mine) announce(what + excerpt(view, 300));
  }

  put(view) {
    const before = this.views.get(view.id);
    this.views.set(view.id, view);
    const element = byId(`m${view.id}`);
    if (element) return refresh(element, view, before, this.does);
    const next = [...this.list.querySelectorAll(":scope > .message")].find((other) => Number(other.id.slice(1)) > view.id);
    this.list.insertBefore(draw(view, this.does), next?.previousElementSibling?.matches(".day") ? next.previousElementSibling : next ?? null);
  }

  /** Days between messages, and one head for what one author says at once. */
  tidy() {
    for (const day of this.list.querySelectorAll(".day")) day.remove();
    let last = null;
    for (const element of [...this.list.querySelectorAll(":scope > .message")]) {
      const view = this.views.get(Number(element.id.slice(1)));
      const newDay = !last || !sameDay(last.at, view.at);
      if (newDay) this.list.insertBefore(el("li", { class: "day" }, el("span", {}, onDay(view.at))), element);
      const follows = !newDay && view.kind === "said" && last.author === view.author && view.reply_to === null
        && view.at - last.at < CLOSE_TOGETHER && !element.previousElementSibling.querySelector(".whisper");
      element.classList.toggle("follows", follows);
      last = view;
    }
    byId("empty").hidden = this.list.children.length > 0;
  }

  /** Puts a private answer under a message, or at the end where it belongs to none. */
  whisper(reply, at, press) {
    let place = at === null ? null : byId(`m${at}`)?.querySelector(".after");
    let item = null;
    if (!place) {
      item = el("li", { class: "aside" });
      place = el("div", { class: "after" });
      item.append(place);
      this.list.append(item);
    }
    // What is pressed in a private answer is answered in its place.
    const show = (next) => this.swap(place, next, {
      press: (id, picked) => press(id, picked, show),
      open: (form) => this.does.open(form, null, show),
      gone: () => item?.remove(),
    });
    show(reply);
  }

  swap(place, reply, does) {
    const focused = place.contains(document.activeElement);
    const note = whisper(place, reply, does);
    if (focused) (note.querySelector(".controls button, .controls input") ?? note.querySelector("button")).focus();
    byId("empty").hidden = true;
    note.scrollIntoView({ block: "nearest" });
    announce(`Only for you: ${note.querySelector(".rich").textContent}`);
  }

  quote(id) {
    const view = this.views.get(id);
    return view ? `${author(view)}: ${excerpt(view, 70)}` : "an earlier message";
  }

  jump(id) {
    const element = byId(`m${id}`);
    element?.scrollIntoView({ block: "center" });
    element?.focus({ preventScroll: true });
  }

  remove(id) {
    this.views.delete(id);
    byId(`m${id}`)?.remove();
  }

  clear() {
    this.views.clear();
    this.list.replaceChildren();
  }

  atEnd() {
    return this.scroller.scrollHeight - this.scroller.scrollTop - this.scroller.clientHeight < NEAR_THE_END;
  }

  toEnd(smooth) {
    const calm = !smooth || matchMedia("(prefers-reduced-motion: reduce)").matches;
    this.scroller.scrollTo({ top: this.scroller.scrollHeight, behavior: calm ? "instant" : "smooth" });
    byId("newer").hidden = true;
  }
}
