// A month's tickets in figures: where what is reported, and how it was judged. The month stands behind the #.
import { $, fill, reason, say, tell } from "./words.js";
import { clock, dayLine, dayWords, wall } from "./when.js";
import { as, desk, leave } from "./staff.js";
import { placeName, spotMap, whatName } from "./spot-map.js";

const MONTHS = 12;
let seen = null;

const wanted = () => location.hash.slice(1);

async function look() {
  const answer = await as("GET", `/api/tickets/figures${wanted() ? `?month=${encodeURIComponent(wanted())}` : ""}`).catch(() => undefined);
  if (answer === null) return;
  if (answer?.ok) show(answer.data);
  else tell($("stale"), answer ? reason(answer) : seen ? say("stale_figures", { time: clock(seen.now) }) : say("no_network"));
}

function show(figures) {
  seen = figures;
  tell($("stale"), "");
  $("moment").textContent = `${dayLine(figures.now)} ${clock(figures.now)}`;
  showMonths(figures);
  showSpots(figures.spots);
  showRatings(figures);
}

/** This month and the eleven before. */
function showMonths({ now, month: chosen }) {
  const today = wall(now);
  const options = Array.from({ length: MONTHS }, (_, back) => {
    const at = today.year * 12 + today.month - 1 - back;
    const month = `${Math.floor(at / 12)}-${String((at % 12) + 1).padStart(2, "0")}`;
    return new Option(say("month_of", dayWords(`${month}-01T12:00`)), month);
  });
  $("month").replaceChildren(...options);
  $("month").value = chosen;
}

function showSpots(where) {
  const any = where.spots.length > 0;
  $("spots-none").hidden = any;
  $("spots-box").hidden = !any;
  $("spots").replaceChildren(...(any ? [spotMap(where)] : []));
  const [most] = [...where.spots].sort((one, two) => two.count - one.count);
  const place = most && where.places.find((one) => one.id === most.place);
  tell($("spots-top"), most ? say("spot_top", { place: placeName(place), what: whatName(most.word), n: most.count }) : "");
}

const number = (value) => (typeof value === "number" ? String(value) : say(`count_${value}`));
const mean = (tenths) => (tenths / 10).toFixed(1);

function showRatings({ people, team }) {
  const [solved, rated] = [number(team.solved), number(team.rated)];
  $("team").textContent = team.mean === null ? say("team_few", { solved, rated }) : say("team_line", { solved, rated, mean: mean(team.mean) });
  $("people").hidden = !people.length;
  $("people").tBodies[0].replaceChildren(...people.map(personRow));
}

const personRow = (one) =>
  fill("person-row", {
    name: one.name || one.id,
    solved: number(one.solved),
    rated: number(one.rated),
    mean: one.mean === null ? say("mean_none") : say("mean", { mean: mean(one.mean) }),
  });

$("month").addEventListener("change", () => (location.hash = $("month").value));
addEventListener("hashchange", look);
$("other-language").addEventListener("click", () => ($("other-language").hash = location.hash));
$("sign-out").addEventListener("click", () => leave());
document.addEventListener("visibilitychange", () => !document.hidden && !$("desk").hidden && look());
desk(
  (session) => {
    look();
    import("./figures-parcels.js").then(({ showParcels }) => showParcels(session.compound.id), () => {});
  },
  () => {
    seen = null;
    $("spots").replaceChildren();
    $("people").tBodies[0].replaceChildren();
    $("parcels-list").replaceChildren();
    for (const id of ["team", "spots-top"]) $(id).textContent = "";
  },
);
