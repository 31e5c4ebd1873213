// Supplies at the desk: what lies where, what is done with it, the request to the street office. Hand-out rounds: handing-out.js.
import { $, fill, reason, say, tell } from "./words.js";
import { clock, dayLine } from "./when.js";
import { as, desk, leads, leave, submit } from "./staff.js";
import { sync } from "./lists.js";
import { lookAtRounds, wireRounds } from "./handing-out.js";

let seen = null;
let session = null;

async function look() {
  const answer = await as("GET", "/api/supplies").catch(() => undefined);
  if (answer === null) return;
  const old = seen ? say("no_supplies", { time: clock(seen.now) }) : say("no_network");
  tell($("stale"), answer?.ok ? "" : answer ? reason(answer) : old);
  if (!answer?.ok) return;
  show(answer.data);
  await lookAtRounds(seen, leads(session));
}

function show(data) {
  seen = data;
  $("moment").textContent = `${dayLine(data.now)} ${clock(data.now)}`;
  const low = data.goods.filter((good) => good.low);
  $("loud").dataset.count = String(low.length);
  $("loud-count").textContent = low.length ? String(low.length) : "";
  $("loud-text").textContent = low.length ? say("loud_low", { list: low.map((good) => good.name).join(say("list_and")) }) : say("loud_none");
  sync($("goods"), data.goods, row);
  $("goods-none").hidden = data.goods.length > 0;
}

const batchWords = (batch) =>
  say(batch.over ? "batch_over" : batch.ends ? "batch_ends" : "batch", { place: batch.place_name, n: batch.amount, day: batch.ends });

function row(good) {
  const more = [good.reserve ? say("reserve", { n: good.reserve }) : "", good.held ? say("held", { n: good.held }) : ""].filter(Boolean);
  const rate = good.days_left < 0 ? say("rate_none") : say("rate", { n: good.per_day / 10, days: good.days_left });
  const made = fill("good-row", {
    name: good.name,
    there: say("there", { n: good.there, measure: good.measure }),
    low: good.low ? say("low") : "",
    plan: say("plan", { ...good, keeper: good.keeper ? say("kept_by", good.keeper) : "" }),
    rate: [rate, ...more].join(say("comma")),
  });
  made.classList.toggle("low", good.low);
  const tags = good.batches.map((batch) => {
    const tag = fill("batch-tag", { text: batchWords(batch) });
    if (batch.over || batch.soon) tag.classList.add(batch.over ? "fire" : "sun");
    return tag;
  });
  made.querySelector(".batches").append(...tags);
  wire(made, good);
  return made;
}

function wire(made, good) {
  const [button, form] = [made.querySelector("[data-open]"), made.querySelector("[data-form]")];
  const given = form.elements;
  button.setAttribute("aria-label", `${button.textContent} ${good.name}`);
  for (const name of ["place", "to"]) for (const place of seen.places) given[name].add(new Option(place.name, place.id));
  good.batches.forEach((batch, at) => given.batch.add(new Option(batchWords(batch), String(at))));
  const turn = () => {
    for (const part of form.querySelectorAll("[data-for]")) part.hidden = !part.dataset.for.split(" ").includes(given.act.value);
    form.querySelector("[data-amount]").textContent = say(given.act.value === "count" ? "counted" : "how_many");
    given.note.required = ["count", "write_off"].includes(given.act.value);
  };
  const open = (wanted) => {
    form.hidden = !wanted;
    button.setAttribute("aria-expanded", String(wanted));
    turn();
    (wanted ? form.querySelector("input") : button).focus();
  };
  form.addEventListener("change", turn);
  button.addEventListener("click", () => open(form.hidden));
  form.addEventListener("reset", () => open(false));
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const answer = await submit(form, `/api/supplies/${encodeURIComponent(good.id)}/acts`, body(given, good));
    if (!answer) return;
    form.hidden = true;
    tell($("done"), say("recorded", good));
    show(answer);
    $("goods-title").focus();
  });
}

/** What the form says: a batch is named by its place and its last day. */
function body(given, good) {
  const act = given.act.value;
  const asked = { act, amount: Number(given.amount.value), note: given.note.value.trim() };
  if (act === "issue") return { ...asked, place: given.place.value, front: given.front.checked };
  if (act === "receive" || act === "return") return { ...asked, place: given.place.value, ...(given.ends.value ? { ends: given.ends.value } : {}) };
  const batch = good.batches[Number(given.batch.value)] ?? { place: "", ends: "", amount: 0 };
  const from = { ...asked, place: batch.place, ...(batch.ends ? { ends: batch.ends } : {}) };
  return act === "move" ? { ...from, to: given.to.value } : act === "count" ? { ...from, expected: batch.amount } : from;
}

/** The table is made by the server, so that no cell of it is a formula; the browser keeps it as a file. */
async function keepRequest() {
  const answer = await as("GET", "/api/supplies/request").catch(() => undefined);
  if (!answer?.ok) return answer === null || tell($("stale"), answer ? reason(answer) : say("no_network"));
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([answer.data.text], { type: "text/csv" }));
  link.download = answer.data.name;
  link.click();
  URL.revokeObjectURL(link.href);
  return tell($("done"), say("request_made", answer.data));
}

$("request").addEventListener("click", keepRequest);
wireRounds(look);
$("sign-out").addEventListener("click", () => leave());
desk(
  (given) => {
    session = given;
    look();
  },
  () => {
    seen = null;
    for (const id of ["goods", "rounds"]) $(id).replaceChildren();
    tell($("done"), "");
  },
);
