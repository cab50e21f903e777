// Times in the reader's own zone, and countdowns that tick.

const clock = new Intl.DateTimeFormat(undefined, { hour: "2-digit", minute: "2-digit" });
const day = new Intl.DateTimeFormat(undefined, { weekday: "long", day: "numeric", month: "long" });
const dayAndClock = new Intl.DateTimeFormat(undefined, { weekday: "short", hour: "2-digit", minute: "2-digit" });

export const atClock = (ms) => clock.format(ms);
export const onDay = (ms) => day.format(ms);
export const sameDay = (a, b) => new Date(a).toDateString() === new Date(b).toDateString();

/** `09:00`, or `Tue 09:00` when that is not today. */
export const shortly = (ms) => (sameDay(ms, Date.now()) ? clock : dayAndClock).format(ms);

/** A span in the two units that matter: `2 h 5 min`, `3 min 20 s`, `12 s`. */
export function span(ms) {
  const seconds = Math.max(0, Math.ceil(ms / 1_000));
  const [d, h, m, s] = [seconds / 86_400, (seconds / 3_600) % 24, (seconds / 60) % 60, seconds % 60].map(Math.floor);
  if (d) return h ? `${d} d ${h} h` : `${d} d`;
  if (h) return m ? `${h} h ${m} min` : `${h} h`;
  if (m) return m < 10 && s ? `${m} min ${s} s` : `${m} min`;
  return `${s} s`;
}

const ticking = new Map();

/** Calls `show` with the element and the milliseconds left now and every second, while the element is in the page. */
export function countdown(element, until, show) {
  ticking.set(element, { until, show });
  show(element, until - Date.now());
  return element;
}

setInterval(() => {
  for (const [element, { until, show }] of ticking) {
    if (element.isConnected) show(element, until - Date.now());
    else ticking.delete(element);
  }
}, 1_000);
