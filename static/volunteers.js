// Volunteers at the desk: what hangs on their boards (grid-board.js), and their links and digits, made for one person, shown once,
// printed in two parts, kept nowhere.
import { $, count, fill, reason, say, tell } from "./words.js";
import { dayAt } from "./when.js";
import { as, desk, leave, submit } from "./staff.js";
import { sync } from "./lists.js";
import { didWords } from "./deeds.js";
import { skillWords, timeWords } from "./helping.js";

let compound = "";
let leading = false; // links are for those who lead

async function look() {
  const board = import("./grid-board.js").then(({ showBoards }) => showBoards()).catch(() => tell($("stale"), say("no_network")));
  await links();
  if (leading) await import("./grid-applications.js").then(({ showApplications }) => showApplications(joined)).catch(() => tell($("stale"), say("no_network")));
  await board;
}

/** Whoever has just become a volunteer gets her link at once. */
async function joined(volunteer) {
  await links();
  const row = [...$("list").children].find((one) => one.dataset.key === volunteer);
  row?.querySelector("[data-form] [type=submit]").click();
}

async function links() {
  const answer = await as("GET", "/api/volunteers").catch(() => undefined);
  if (answer === null || answer?.status === 403) return;
  tell($("stale"), answer?.ok ? "" : answer ? reason(answer) : say("no_network"));
  if (!answer?.ok) return;
  const { volunteers } = answer.data;
  leading = true;
  turn(!$("made").hidden);
  compound = answer.data.compound.name;
  sync($("list"), volunteers, row);
  $("list-count").textContent = volunteers.length ? count("list_count", volunteers.length) : "";
  $("list-none").hidden = volunteers.length > 0;
}

function row(one) {
  const made = fill("volunteer-row", {
    name: one.name,
    grid: one.grid_name,
    homes: one.homes ? count("care_count", one.homes) : "",
    phone: one.phone,
    did: one.deeds ? say("did_lately", { did: didWords(one.did), all: count("deeds", one.deeds) }) : say("did_none"),
    helps: [skillWords(one.skills), timeWords(one.times)].filter(Boolean).join(" · "),
  });
  const form = made.querySelector("[data-form]");
  const button = made.querySelector("[data-open]");
  for (const each of made.querySelectorAll(".item-act button")) each.setAttribute("aria-label", `${each.textContent} ${one.name}`);
  const open = (on) => {
    form.hidden = !on;
    button.setAttribute("aria-expanded", String(on));
    (on ? form.querySelector("button") : button).focus();
  };
  button.addEventListener("click", () => open(form.hidden));
  form.addEventListener("reset", () => open(false));
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (await make(form, one, "link")) open(false);
  });
  const another = made.querySelector("[data-another]");
  another.addEventListener("submit", (event) => {
    event.preventDefault();
    make(another, one, "device-code");
  });
  return made;
}

async function make(form, one, what) {
  const made = await submit(form, `/api/volunteers/${encodeURIComponent(one.id)}/${what}`, {});
  if (made) show(one, made);
  return made;
}

function show(one, made) {
  $("made-title").textContent = say(made.link ? "made_link" : "made_code", one);
  $("slip-link").hidden = !made.link;
  if (made.link) {
    put("slip-link", "title", say("slip_link", { name: one.name, grid: one.grid_name, compound }));
    put("slip-link", "link", made.link);
    $("slip-link").querySelector("img").src = made.qr;
  }
  put("slip-code", "title", say("slip_code", one));
  put("slip-code", "code", made.device_code.replace(/^(...)/, "$1\u00a0"));
  put("slip-code", "until", say("slip_until", { at: dayAt(made.code_until) }));
  turn(true);
  $("made-title").focus();
}

const put = (slip, slot, text) => ($(slip).querySelector(`[data-slot="${slot}"]`).textContent = text);

function turn(made) {
  $("made").hidden = !made;
  $("choose").hidden = made || !leading;
}

/** Nothing that was shown once stays in the page. */
function forget() {
  turn(false);
  for (const place of document.querySelectorAll(".slip [data-slot]")) place.textContent = "";
  $("slip-link").querySelector("img").removeAttribute("src");
}

$("print").addEventListener("click", () => print());
$("again").addEventListener("click", () => {
  forget();
  $("list-title").focus();
});
$("sign-out").addEventListener("click", () => leave());
desk(look, () => {
  leading = false;
  forget();
  for (const list of ["list", "errands", "waiting", "decided"]) $(list).replaceChildren();
});
