// The signs above the shelves: until when to pick up, and a code to scan or type. One to a sheet of A4.
import { $, fill, reason, say, tell } from "./words.js";
import { as, desk, leave } from "./staff.js";

const within = (minutes) => (minutes % 60 || minutes < 120 ? say("sign_minutes", { n: minutes }) : say("sign_hours", { n: minutes / 60 }));

function sign({ place, name, qr }, { compound, duty, limits }) {
  const times = { fresh: within(limits.fresh), medicine: within(limits.medicine), daily: within(limits.daily) };
  const row = fill("sign", { compound, name, duty, code: place, ...times });
  row.querySelector("img").src = qr;
  return row;
}

async function load() {
  const answer = await as("GET", "/api/signs").catch(() => undefined);
  if (answer === null) return;
  tell($("stale"), answer?.ok ? "" : answer ? reason(answer) : say("no_network"));
  if (!answer?.ok) return;
  $("none").hidden = answer.data.signs.length > 0;
  $("signs").replaceChildren(...answer.data.signs.map((one) => sign(one, answer.data)));
}

$("print").addEventListener("click", () => print());
$("sign-out").addEventListener("click", () => leave());
desk(load, () => $("signs").replaceChildren());
