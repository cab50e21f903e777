// The room: wires the channel list, the messages, the composer, the leaderboard and the news together.

import { get, listen, post } from "./api.js";
import * as board from "./board.js";
import { Composer } from "./composer.js";
import { fill, welcome } from "./dialogs.js";
import { byId, el, status } from "./dom.js";
import { author, excerpt } from "./message.js";
import { Timeline } from "./timeline.js";
import { countdown, shortly, span } from "./time.js";

let me = null;
let channels = [];
let current = null;
const unread = new Set();

/** What was sent last waits for what was sent before it, so that the server hears it in order. */
let turn = Promise.resolve();
const inTurn = (work) => (turn = turn.then(work, work));

async function send(path, body) {
  return inTurn(async () => {
    const outcome = await post(path, body, status);
    status("");
    return outcome;
  });
}

/** Sends, and shows the private answer; a refusal is shown at the foot and gives `null`. */
async function act(path, body, at, show = (reply) => timeline.whisper(reply, at, press)) {
  try {
    const outcome = await send(path, body);
    if (outcome.reply?.form) open(outcome.reply.form, at, show);
    else if (outcome.reply) show(outcome.reply);
    return outcome;
  } catch (refused) {
    if (refused.code === 401) return start();
    status(`${refused.message[0].toUpperCase()}${refused.message.slice(1)}.`);
    return null;
  }
}

const press = (control, picked, show) => act("/api/press", { channel: current, control, picked }, null, show);

function open(form, at, show = (reply) => timeline.whisper(reply, at, press)) {
  fill(form, async (fields, file) => {
    const outcome = await send("/api/submit", { channel: current, control: form.id, fields, file });
    if (outcome.reply?.refused) return outcome.reply;
    if (outcome.reply) show(outcome.reply);
  });
}

const timeline = new Timeline({
  react: async (view, option, on) => {
    const done = await act("/api/react", { message: view.id, option, on }, view.id);
    if (!done) await timeline.load(current).catch(() => {});
  },
  reply: (view) => composer.reply(view, `Replying to ${author(view)}: ${excerpt(view, 60)}`),
  press: (view, control, picked) => act("/api/press", { channel: view.channel, control, picked }, view.id),
  open: (form, at, show) => open(form, at, show),
});

const composer = new Composer(async (text, replyTo) => {
  const outcome = await act("/api/say", { channel: current, text, reply_to: replyTo }, replyTo);
  return Boolean(outcome);
});

function showChannels() {
  byId("channels").replaceChildren(...channels.map(({ name }) => {
    const properties = { href: `#${encodeURIComponent(name)}`, "aria-current": name === current ? "page" : undefined };
    const dot = unread.has(name) ? el("span", { class: "dot" }, el("span", { class: "unseen" }, " (new)")) : null;
    return el("li", {}, el("a", properties, el("span", { "aria-hidden": "true" }, "# "), name, dot));
  }));
  const shown = channels.find(({ name }) => name === current);
  byId("channel").textContent = `#${current}`;
  document.title = `#${current} · kcard`;
  composer.place(current);
  const next = (shown?.schedules ?? []).map((schedule) => {
    const line = el("span", { title: `${schedule.name} (${schedule.timezone})` }, `Next question ${schedule.at}`);
    if (schedule.next === null) line.append(" · paused");
    else line.append(countdown(el("time", { title: new Date(schedule.next).toLocaleString() }), schedule.next,
      (element, ms) => { element.textContent = ms > 0 ? ` · ${shortly(schedule.next)}, in ${span(ms)}` : " · now"; }));
    return line;
  });
  byId("next").replaceChildren(...(next.length ? next : ["Questions come here when an admin asks them"]));
}

function chosen() {
  const wanted = decodeURIComponent(location.hash.slice(1));
  return channels.some(({ name }) => name === wanted) ? wanted : channels[0]?.name ?? "daily-quiz";
}

/** Reads everything anew: at the start, and after each time the connection was lost. Gives what there is to say about it. */
async function sync() {
  const room = await get("/api/room");
  if (room.me === null && me) return "Your name is gone from this room. What you do next asks for a new one.";
  if (room.me === null) return start();
  me = room.me;
  channels = room.channels;
  current = chosen();
  unread.delete(current);
  byId("me").replaceChildren(el("bdi", {}, me.name), me.admin ? el("span", { class: "badge" }, "admin") : "");
  showChannels();
  await timeline.load(current);
  await board.refresh();
  return "";
}

const resync = () => sync().then((words) => status(words ?? ""), () => status("Reconnecting…"));

function arrived(view) {
  if (!channels.some(({ name }) => name === view.channel)) resync();
  if (view.channel === current) timeline.arrived(view, view.author === me?.name);
  else { unread.add(view.channel); showChannels(); }
  if (view.role === "reveal") board.refresh().catch(() => {});
  if (view.role === "question" && !view.edited) get("/api/room").then((room) => { channels = room.channels; showChannels(); }).catch(() => {});
}

window.addEventListener("hashchange", () => { composer.reply(null); resync(); });
document.addEventListener("keydown", (event) => {
  const typing = event.target.matches("input, textarea, select") || document.querySelector("dialog[open]");
  if (event.key === "/" && !typing) { event.preventDefault(); byId("say").focus(); }
});

let listening = false;

/** The news stopped. Where the server answers all the same, the page keeps itself up to date by asking. */
async function lost(times) {
  status("Reconnecting…");
  if (times < 3) return;
  await sync().then(() => status("Not live: the room may be open in too many tabs. Still trying."), () => {});
}

async function start() {
  const room = await get("/api/room").catch(() => null);
  if (room === null) {
    status("Reconnecting…");
    return setTimeout(start, 2_000);
  }
  byId("room").hidden = false;
  if (room.me === null) {
    await welcome();
    // The stream is still the one of whoever was here before.
    if (listening) return location.reload();
  }
  if (!listening) {
    listening = true;
    listen({ hello: resync, message: arrived, lost });
  } else await resync();
}

start();
