// Today's places, grid by grid: what was disinfected, what was missed, and how far the patrols are; entered and walked from here as well.
import { $, fill, reason, say, tell } from "./words.js";
import { clock, dayLine, span } from "./when.js";
import { as, desk, leave, submit } from "./staff.js";
import { showWalk, wireWalk } from "./walk.js";

const EVERY = 60_000;
const NAMED = 4;
let timer = 0;
let walking = "";
let last = "";

async function look() {
  clearTimeout(timer);
  const answer = await as("GET", "/api/patrols").catch(() => undefined);
  if (answer === null) return;
  tell($("stale"), answer?.ok ? "" : answer ? reason(answer) : say("no_network"));
  if (answer?.ok) show(answer.data);
  if (!document.hidden) timer = setTimeout(look, EVERY);
}

function show({ now, grids }) {
  $("moment").textContent = `${dayLine(now)} ${clock(now)}`;
  const missed = grids.flatMap((one) => one.places).filter((place) => place.slots.some((slot) => slot.state === "missed" && !since(place, slot)));
  $("loud").dataset.count = missed.length;
  tell($("loud-count"), missed.length ? String(missed.length) : "");
  const rest = missed.length > NAMED ? say("loud_more", { n: missed.length - NAMED }) : "";
  $("loud-text").textContent = missed.length ? say("loud_missed", { list: missed.slice(0, NAMED).map((place) => place.name).join(say("list_and")) + rest }) : say("loud_missed_none");
  $("none").hidden = grids.length > 0;
  $("grids").replaceChildren(...grids.map(gridPart));
}

/** Was it made good after the window was over? */
const since = ({ last: at }, slot) => Boolean(at) && Date.parse(at) >= Date.parse(slot.until);

const nameOf = (grid) => grid.name || grid.id || say("whole_compound");

function gridPart({ grid, coordinator, places, patrol }) {
  const state = !patrol ? "" : patrol.done ? say("patrol_done") : patrol.holder ? say("patrol_taken", { name: patrol.holder }) : say("patrol_free");
  const part = fill("grid-part", {
    name: nameOf(grid),
    who: coordinator ? say("led_by", { name: coordinator }) : "",
    state,
    patrol: patrol ? say("patrol_points", { n: patrol.looked_at, all: patrol.route.length }) : "",
  });
  part.querySelector('[data-slot="state"]')?.classList.add(patrol?.done ? "leaf" : patrol?.holder ? "sky" : "sun");
  if (!patrol) part.querySelector(".patrol-line").remove();
  const open = part.querySelector("[data-walk]");
  open?.setAttribute("aria-label", `${open.textContent} ${nameOf(grid)}`);
  open?.addEventListener("click", () => openWalk(patrol));
  part.querySelector(".places").replaceChildren(...places.map(placeRow));
  return part;
}

function placeRow({ place, name, last: at, by, slots }) {
  const row = fill("place-row", { name, id: place, last: at ? say("place_last", { time: clock(at), name: by }) : say("place_never") });
  row.querySelector(".windows").replaceChildren(
    ...slots.map((slot) => {
      const line = fill("window-row", { span: span(slot.from, slot.until), state: say(`window_${slot.state}`) });
      line.dataset.state = slot.state;
      return line;
    }),
  );
  return row;
}

function openWalk(patrol) {
  walking = patrol.grid.id;
  $("walk").hidden = false;
  $("walk-grid").textContent = say("walk_grid", { grid: nameOf(patrol.grid) });
  showWalk(patrol);
  $("walk-grid").focus();
}

/** What came of entering a place, or of taking that back. */
function heard(answer) {
  if (!answer) return;
  const key = answer.undone ? "came_undone" : answer.new ? "came_new" : "came_first";
  tell($("done"), say(key, { place: answer.place.name, name: answer.by, time: clock(answer.at) }));
  $("extra").hidden = answer.new;
  $("undo").hidden = !answer.new || answer.undone;
  if (answer.new && !answer.undone) $("place").reset();
  look();
}

function wirePlace() {
  const form = $("place");
  const way = (code) => `/api/places/${encodeURIComponent(code)}/disinfections`;
  const enter = async (extra) => {
    const code = form.elements.code.value.trim().split("#").pop();
    const amount = Number(form.elements.amount.value);
    const answer = await submit(form, way(code), { amount, ...(extra ? { extra } : {}) });
    if (answer) last = code;
    heard(answer);
  };
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    enter(false);
  });
  $("extra").addEventListener("click", () => enter(true));
  $("undo").addEventListener("click", async () => heard(await submit(form, `${way(last)}/undo`, {})));
  $("place-code").value = decodeURIComponent(location.hash.slice(1));
}

wirePlace();
wireWalk(
  (form, part, body) => submit(form, `/api/patrols/${encodeURIComponent(walking)}/${part}`, body),
  (patrol) => {
    tell($("done"), say("walked", { n: patrol.looked_at, all: patrol.route.length }));
    look();
  },
);
$("sign-out").addEventListener("click", () => leave());
document.addEventListener("visibilitychange", () => document.hidden || $("desk").hidden || look());
desk(look, () => {
  clearTimeout(timer);
  $("grids").replaceChildren();
  $("walk").hidden = true;
});
