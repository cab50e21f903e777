// One message, as elements: what is said, the facts, reactions, controls, and the private answers under it.

import { avatar, byId, el, keycap, rich, words } from "./dom.js";
import { atClock, countdown, shortly, span } from "./time.js";

const BADGES = { question: "Question", reveal: "Answer", note: "" };

/** The first words of a message, for a quotation or an announcement. */
export function excerpt(view, length = 90) {
  const text = view.kind === "said" ? view.text : words(view.nodes.slice(0, 1));
  return text.length > length ? `${text.slice(0, length).trimEnd()}…` : text;
}

export const author = (view) => view.author ?? "kcard";

/** The element of a message. `does` has what can be done: `react`, `reply`, `press`, `open`, `jump`. */
export function draw(view, does) {
  const element = el("li", { class: `message ${view.role ?? "said"}`, id: `m${view.id}`, tabindex: -1 });
  element.append(
    avatar(view.author),
    el("article", { class: "inner", "aria-label": `${author(view)}, ${atClock(view.at)}` },
      meta(view),
      el("div", { class: "quoted" }),
      el("div", { class: "body" }),
      el("div", { class: "bar" },
        el("div", { class: "reactions", role: "group", "aria-label": "Reactions" }),
        el("div", { class: "actions" })),
      el("div", { class: "after" })),
  );
  element.addEventListener("keydown", (event) => numberKey(event, element));
  refresh(element, view, null, does);
  return element;
}

/** Brings an element up to date, and leaves alone what has not changed: nobody loses their place or their focus. */
export function refresh(element, view, before, does) {
  const inner = element.querySelector(".inner");
  if (!before || before.edited !== view.edited) {
    inner.querySelector(".quoted").replaceChildren(...quoted(view, does));
    inner.querySelector(".body").replaceChildren(...body(view, does));
    inner.querySelector(".actions").replaceChildren(reply(view, does));
    element.classList.toggle("open", Boolean(view.closes));
    inner.querySelector(".actions").hidden = Boolean(view.closes) && !view.replies;
  }
  reactions(inner.querySelector(".reactions"), view, does);
}

function meta(view) {
  const badge = BADGES[view.role];
  return el("div", { class: "meta" },
    el("span", { class: "author", dir: "auto" }, author(view)),
    badge ? el("span", { class: "badge" }, badge) : null,
    el("time", { datetime: new Date(view.at).toISOString(), title: new Date(view.at).toLocaleString() }, atClock(view.at)),
    view.by ? el("span", { class: "for" }, "for ", el("bdi", {}, view.by)) : null);
}

function quoted(view, does) {
  if (view.reply_to === null) return [];
  const text = does.quote(view.reply_to);
  return [el("button", { type: "button", class: "quote", dir: "auto", onclick: () => does.jump(view.reply_to) }, text)];
}

function body(view, does) {
  if (view.kind === "said") {
    return [el("p", { class: "said", dir: "auto" }, view.text)];
  }
  return [
    el("div", { class: "rich", dir: "auto" }, ...rich(view.nodes)),
    view.facts.length || view.closes ? facts(view) : null,
    view.controls.length
      ? controls(view.controls, (id, picked) => does.press(view, id, picked), (form) => does.open(form, view.id))
      : null,
  ].filter(Boolean);
}

function facts(view) {
  const list = el("dl", { class: "facts" }, ...view.facts.map((fact) => {
    return el("div", {}, el("dt", {}, fact.name), el("dd", { dir: "auto" }, ...inline(fact.nodes)));
  }));
  if (view.closes) {
    const left = el("time", { datetime: new Date(view.closes).toISOString(), title: new Date(view.closes).toLocaleString() });
    countdown(left, view.closes, (element, ms) => {
      element.textContent = ms > 0 ? `${shortly(view.closes)}, in ${span(ms)}` : "now";
      element.classList.toggle("soon", ms < 60_000);
    });
    list.prepend(el("div", { class: "closes" }, el("dt", {}, "Closes"), el("dd", {}, left)));
  }
  return list;
}

/** A fact is one line: its paragraph's content without the paragraph. */
const inline = (nodes) => rich(nodes.flatMap((node) => (node.t === "p" ? node.c : [node])));

/** Buttons, menus and form openers; `press` gets the control's id and what was picked, `open` the form. */
export function controls(list, press, open) {
  return el("div", { class: "controls" }, ...list.map((control) => {
    if (control.type === "menu") return menu(control, press);
    const opens = control.type === "form" && control.form;
    const onclick = opens ? () => open(control.form) : () => press(control.id, []);
    return el("button", { type: "button", class: control.answers ? "main" : "option", dir: "auto", onclick }, control.label);
  }));
}

function menu(control, press) {
  const boxes = control.options.map((option, at) => {
    const box = el("input", { type: "checkbox", value: at + 1 });
    return [box, el("label", {}, box, keycap(at + 1), el("span", { dir: "auto" }, option))];
  });
  const send = () => press(control.id, boxes.filter(([box]) => box.checked).map(([box]) => Number(box.value)));
  return el("fieldset", {}, el("legend", {}, control.label), ...boxes.map(([, label]) => label),
    el("button", { type: "button", class: "main", onclick: send }, "Answer"));
}

function reply(view, does) {
  const label = view.closes ? "Reply to this question" : `Reply to ${author(view)}`;
  return el("button", { type: "button", class: "quiet reply", "aria-label": label, onclick: () => does.reply(view) }, "Reply");
}

function reactions(group, view, does) {
  const standing = new Map(view.reactions.map((reaction) => [reaction.option, reaction]));
  const offered = view.kind === "bot" ? view.offered : 0;
  const shown = [1, 2, 3, 4, 5, 6, 7, 8, 9].filter((n) => n <= offered || standing.has(n));
  const buttons = new Map(Array.from(group.children, (button) => [Number(button.dataset.option), button]));
  for (const [n, button] of buttons) if (!shown.includes(n)) button.remove();
  for (const n of shown) {
    const { count, mine } = standing.get(n) ?? { count: 0, mine: false };
    const button = buttons.get(n) ?? reaction(n, view, does);
    button.querySelector(".count").textContent = count || "";
    button.setAttribute("aria-pressed", String(mine));
    button.setAttribute("aria-label", `React with ${n}, ${count} so far`);
    button.disabled = n > offered && !mine;
    if (!buttons.has(n)) group.append(button);
  }
  group.hidden = shown.length === 0;
}

function reaction(n, view, does) {
  const button = el("button", { type: "button", class: "reaction", "data-option": n }, keycap(n), el("span", { class: "count" }));
  button.addEventListener("click", () => {
    const on = button.getAttribute("aria-pressed") !== "true";
    button.setAttribute("aria-pressed", String(on));
    does.react(view, n, on);
  });
  return button;
}

/** With the focus within a question, its number keys react. */
function numberKey(event, element) {
  if (event.ctrlKey || event.altKey || event.metaKey || event.target.matches("input, textarea, select")) return;
  const button = /^[1-9]$/.test(event.key) && element.querySelector(`.reaction[data-option="${event.key}"]`);
  if (button) button.click();
}

/** A private answer. It replaces the one before it in the same place. */
export function whisper(place, reply, { press, open, gone }) {
  const close = () => { note.remove(); gone?.(); byId("say").focus(); };
  const note = el("div", { class: "whisper", role: "group", "aria-label": "Only you can see this" },
    el("div", { class: "rich", dir: "auto" }, ...rich(reply.nodes)),
    reply.file ? download(reply.file) : null,
    reply.controls.length ? controls(reply.controls, press, open) : null,
    el("p", { class: "fine" }, "Only you can see this · ",
      el("button", { type: "button", class: "quiet", onclick: close }, "Dismiss")));
  place.replaceChildren(note);
  return note;
}

function download(file) {
  const url = URL.createObjectURL(new Blob([file.content], { type: "application/octet-stream" }));
  return el("p", {}, el("a", { class: "option", href: url, download: file.name }, `Save ${file.name}`));
}
