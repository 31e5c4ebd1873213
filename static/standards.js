// What the compound has promised, beside how often it was kept this month and the last. The compound may stand behind the #.
import { $, count, fill, reason, say, tell } from "./words.js";
import { ask } from "./ask.js";
import { dayWords } from "./when.js";
import { figure, monthOf, parcelPromise } from "./promise-words.js";
import { settle, toggleSize } from "./resident-page.js";

const TIERED = ["alarm", "help"];

async function look() {
  const compound = $("compound-choice").value;
  $("standards").hidden = true;
  tell($("trouble"), "");
  if (!compound) return;
  const answer = await ask("GET", `/api/standards?compound=${encodeURIComponent(compound)}`).catch(() => null);
  if (compound !== $("compound-choice").value) return;
  if (answer?.ok) show(answer.data);
  else tell($("trouble"), answer ? reason(answer) : say("no_network"));
}

function show({ compound, months, until, hours, promises }) {
  $("standards-title").textContent = say("standards_of", { name: $("compound-choice").selectedOptions[0].text || compound.name });
  $("counted").textContent = until ? say("counted_until", { day: say("today_line", dayWords(`${until}T12:00`)) }) : say("counted_none");
  $("hours").textContent = say("service_hours", { from: hours[0], until: hours[1] });
  const groups = new Map();
  for (const one of promises) {
    const [word] = one.id.split("_");
    if (!groups.has(word)) groups.set(word, fill("group", { title: say(`group_${word}`) }));
    groups.get(word).querySelector("ul").append(row(one, months));
  }
  $("groups").replaceChildren(...groups.values());
  $("standards").hidden = false;
}

function row({ id, limits, figures }, months) {
  return fill("promise", {
    promise: sentence(id, limits),
    now: monthOf(months[0]),
    "now-figure": figure(figures[0]),
    before: monthOf(months[1]),
    "before-figure": figure(figures[1]),
  });
}

function sentence(id, [a, b, c]) {
  const [word, which] = id.split("_");
  if (word === "visit" || word === "letter") return say(`standard_${word}`, { a });
  if (word === "parcel") return parcelPromise(which, a);
  if (TIERED.includes(word)) return say("standard_tiers", { a, b, c });
  if (word === "urgent") return say(which === "solve" ? "standard_at_once_solve" : "standard_at_once", { a });
  if (which === "respond") return a % 60 ? say("standard_respond", { a }) : counted("standard_respond_hours", a / 60);
  return a % 24 ? say("standard_solve_hours", { a }) : counted("standard_solve", a / 24);
}

const counted = (key, a) => count(key, a, { a });

const named = decodeURIComponent(location.hash.slice(1));
if ([...$("compound-choice").options].some((one) => one.value === named)) $("compound-choice").value = named;
$("compound-choice").addEventListener("change", look);
settle();
toggleSize();
look();
