// The leaderboard beside the chat.

import { get } from "./api.js";
import { avatar, byId, el } from "./dom.js";

const period = byId("period");
let asked = 0;

/** Reads and shows the standings. */
export async function refresh() {
  const turn = ++asked;
  const board = await get("/api/board", { period: period.value });
  if (turn !== asked) return;
  const inHead = board.rows.some((row) => row.mine);
  const rows = board.rows.map(standing);
  if (board.own && !inHead) rows.push(el("li", { class: "gap", "aria-hidden": "true" }, "⋯"), standing(board.own));
  byId("standings").replaceChildren(...rows);
  const more = board.players - board.rows.length;
  byId("standings-note").textContent = board.rows.length === 0
    ? "Nobody has points here yet. Who answers first?"
    : more > 0 ? `and ${more} more; /kquiz leaderboard shows them` : "";
}

function standing(row) {
  const points = row.points.toLocaleString();
  return el("li", { class: `standing rank${Math.min(row.rank, 4)}${row.mine ? " mine" : ""}` },
    el("span", { class: "rank" }, el("span", { class: "unseen" }, "Rank "), String(row.rank)),
    avatar(row.name),
    el("span", { class: "who" }, el("bdi", {}, row.name), row.mine ? el("span", { class: "you" }, "you") : null),
    el("span", { class: "points" }, points, el("span", { class: "unit" }, row.points === 1 ? " point" : " points")));
}

/** On a narrow page the board is a sheet that opens and closes. */
function toggle(open) {
  byId("room").classList.toggle("board-open", open);
  byId("show-board").setAttribute("aria-expanded", String(open));
  (open ? byId("close-board") : byId("show-board")).focus();
}

period.addEventListener("change", () => refresh().catch(() => {}));
byId("show-board").addEventListener("click", () => toggle(!byId("room").classList.contains("board-open")));
byId("close-board").addEventListener("click", () => toggle(false));
byId("board").addEventListener("keydown", (event) => {
  if (event.key === "Escape" && byId("room").classList.contains("board-open")) toggle(false);
});
