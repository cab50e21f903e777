// Elements from data. Nothing in this room ever sets HTML: text goes in as text.

/** An element with properties (`class`, `on…`, `data-…`, `aria-…` and other attributes) and children (elements or text). */
export function el(tag, properties = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (value === undefined || value === null || value === false) continue;
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else element.setAttribute(name, value === true ? "" : String(value));
  }
  element.append(...children.filter((child) => child !== null && child !== undefined));
  return element;
}

export const byId = (id) => document.getElementById(id);

const TAGS = { p: "p", h: "h3", item: "li", quote: "blockquote", strong: "strong", em: "em" };

/** The tree that the server made of Markdown, as elements. */
export function rich(nodes) {
  return nodes.flatMap((node) => {
    switch (node.t) {
      case "text": return drawn(node.text);
      case "br": return [el("br")];
      case "rule": return [el("hr")];
      case "code": return [el("code", {}, node.text)];
      case "pre": return [el("pre", { tabindex: 0 }, el("code", {}, node.text))];
      case "link": return [link(node)];
      case "list":
        return [el(node.start === null ? "ul" : "ol", { start: node.start }, ...rich(node.c))];
      default: return [el(TAGS[node.t] ?? "span", {}, ...rich(node.c ?? []))];
    }
  });
}

function link(node) {
  if (!node.href.startsWith("https://")) return el("span", {}, ...rich(node.c));
  const bare = node.c.length === 1 && node.c[0].text === node.href;
  const shown = bare ? [node.href.replace(/^https:\/\/|\/$/g, "")] : rich(node.c);
  return el("a", { href: node.href, target: "_blank", rel: "noopener noreferrer" }, ...shown);
}

/**
 * Text with its number emoji drawn alike on every machine; read aloud and copied they stay the emoji they are. Bars are not read
 * aloud: the words beside them say the same.
 */
function drawn(text) {
  return text.split(/([1-9]\uFE0F?\u20E3|[▰▱]+)/u).filter(Boolean).map((part) => {
    if (/[▰▱]/u.test(part)) return el("span", { class: "meter", "aria-hidden": "true" }, part);
    return /\u20E3$/u.test(part) ? keycap(Number(part[0])) : part;
  });
}

export const keycap = (n) => el("span", { class: "keycap", "data-n": n }, `${n}\uFE0F\u20E3`);

/** The words of a tree, for previews and announcements. */
export function words(nodes) {
  return nodes.map((node) => node.text ?? (node.c ? words(node.c) : "")).join(" ").replace(/\s+/g, " ").trim();
}

/** A round picture for a name: its first letter on a colour that is always the same for it. */
export function avatar(name) {
  if (name === null) return el("img", { class: "avatar", src: "/icon.svg", alt: "", width: 36, height: 36 });
  let hash = 0;
  for (const character of name) hash = (hash * 31 + character.codePointAt(0)) % 360;
  const picture = el("span", { class: "avatar", "aria-hidden": "true" }, [...name][0].toUpperCase());
  picture.style.setProperty("--hue", String(hash));
  return picture;
}

/** Says something to screen readers. */
export function announce(text) {
  byId("announce").textContent = text;
}

/** A line at the foot of the chat: what is wrong, or that all is well again. */
export function status(text) {
  byId("status").textContent = text;
}
