// Talking to the server. What is sent carries a key, and is sent again with the same key until it is answered: the server
// counts it once.

/** A refusal, in the server's words. */
export class Refused extends Error {
  constructor(code, words) {
    super(words);
    this.code = code;
  }
}

const GIVE_UP_AFTER = 60_000;
const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

/** Reads something. */
export async function get(path, query = {}) {
  const search = new URLSearchParams(Object.entries(query).filter(([, value]) => value !== undefined && value !== null));
  return answer(await fetch(`${path}?${search}`, { headers: { accept: "application/json" } }));
}

/** Sends something, and again when nobody answered or the server is busy; `waiting` is told what to say meanwhile. */
export async function post(path, body, waiting = () => {}) {
  const sent = JSON.stringify({ key: newKey(), ...body });
  const since = Date.now();
  for (let wait = 400; ; wait = Math.min(wait * 2, 5_000)) {
    const response = await fetch(path, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: sent,
    }).catch(() => null);
    const again = response === null || response.status === 503 || response.status === 429;
    if (!again) {
      waiting("");
      return answer(response);
    }
    if (Date.now() - since > GIVE_UP_AFTER) {
      waiting("");
      if (response) return answer(response);
      throw new Refused(0, "The server cannot be reached, so this was not sent.");
    }
    waiting(response?.status === 503 ? "Still working on it…" : "Sending…");
    const seconds = Number(response?.headers.get("retry-after") ?? 0);
    await pause(Math.max(wait, seconds * 1_000));
  }
}

async function answer(response) {
  const data = await response.json().catch(() => ({}));
  if (response.ok) return data;
  throw new Refused(response.status, data.error ?? "The server did not answer as it should.");
}

function newKey() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

// The server says something at least every 15 s; a stream that is silent for longer is dead.
const SILENCE = 40_000;

/**
 * Listens to the room's news for as long as the page is open, and reconnects. `hello` is called after each connection (all must be
 * read anew then), `message` with each new or changed message, `lost` when the connection is, with how often in a row.
 */
export function listen({ hello, message, lost }) {
  let source, silent, wait = 300, times = 0;

  const heard = () => {
    clearTimeout(silent);
    silent = setTimeout(again, SILENCE);
  };
  const again = () => {
    clearTimeout(silent);
    source.close();
    lost(++times);
    setTimeout(connect, wait + Math.random() * wait);
    wait = Math.min(wait * 1.6, 5_000);
  };
  const connect = () => {
    source = new EventSource("/api/events");
    heard();
    source.addEventListener("error", again, { once: true });
    source.addEventListener("hello", () => { wait = 300; times = 0; heard(); hello(); });
    source.addEventListener("again", () => { heard(); hello(); });
    source.addEventListener("beat", heard);
    source.addEventListener("message", (event) => { heard(); message(JSON.parse(event.data)); });
  };
  connect();
}
