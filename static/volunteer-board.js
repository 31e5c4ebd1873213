// A grid's board on a volunteer's phone: what waits for hands, what she has in hand, and whether what she did was confirmed.
import { $, fill, reason, say, tell } from "./words.js";
import { ask, isProblem } from "./ask.js";
import { callTo, settle, toggleSize, wirePhones } from "./resident-page.js";
import { device, link, proof } from "./volunteer-proof.js";
import { sender } from "./sending.js";
import { sync } from "./lists.js";
import { errandWords, isOpen } from "./errand-words.js";
import { helpingOf, putHelping } from "./helping.js";

const send = sender(proof);
let now = "";

async function look() {
  const answer = await ask("GET", "/api/round/errands", { headers: proof() }).catch(() => null);
  if (answer && isProblem(answer, "device")) return refuse(say("round_device"));
  if (!answer?.ok) return refuse(answer ? reason(answer) : say("no_network"), answer?.status >= 400 && answer.status < 500);
  tell($("trouble"), "");
  $("board").hidden = false;
  return show(answer.data);
}

/** Whose link counts no more reads no more. */
function refuse(text, over = true) {
  tell($("trouble"), text);
  if (!over) return;
  $("board").hidden = true;
  for (const list of ["mine-list", "free", "others-list", "past-list"]) $(list).replaceChildren();
}

function show(data) {
  now = data.now;
  $("grid").textContent = say("grid_line", { grid: data.grid.name, name: data.volunteer.name });
  if (!$("about-me").open) putHelping($("profile"), data);
  const open = data.errands.filter(isOpen);
  const free = open.filter((one) => !one.who);
  sync($("free"), free, (one) => row("free-row", one));
  $("free-none").hidden = free.length > 0;
  part("mine", open.filter((one) => one.mine), mine);
  part("others", open.filter((one) => one.who && !one.mine), (one) => fill("line-row", errandWords(one, now)));
  part("past", data.errands.filter((one) => !isOpen(one)), (one) => fill("line-row", errandWords(one, now)));
}

function part(name, errands, make) {
  sync($(`${name}-list`), errands, make);
  $(name).hidden = !errands.length;
}

function row(kind, one) {
  const made = fill(kind, { ...errandWords(one, now), complex: one.complex ? say("complex") : "" });
  const form = made.querySelector("form");
  const button = form.querySelector("button");
  button.setAttribute("aria-label", `${button.textContent} ${say(`want_${one.want}`)} ${one.text}`);
  if (kind === "free-row") wire(form, one, () => ({ act: "claim" }));
  return made;
}

function mine(one) {
  const made = row("mine-row", one);
  const [done, back] = made.querySelectorAll("form");
  if (one.contact?.phone) made.querySelector("[data-contact]").append(callTo(one.contact.phone, one.contact.name || say("call_them")));
  wire(done, one, () => ({ act: "done", note: done.note.value.trim() }));
  wire(back, one, () => ({ act: "return", note: back.note.value.trim() }));
  return made;
}

function wire(form, one, body) {
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const said = body();
    if (!(await send(form, `/api/round/errands/${encodeURIComponent(one.id)}/acts`, said))) return;
    form.reset();
    tell($("done"), say(`took_${said.act}${said.act === "done" && one.complex ? "_complex" : ""}`));
    await look();
    if (document.activeElement === document.body) ($("mine").hidden ? $("free-title") : $("mine-title")).focus();
  });
}

function start() {
  settle();
  toggleSize();
  wirePhones(link);
  $("back").hash = location.hash;
  addEventListener("hashchange", () => location.reload());
  if (!link) return refuse(say("round_nolink"));
  if (!device()) return refuse(say("round_device"));
  $("profile").addEventListener("submit", async (event) => {
    event.preventDefault();
    if (!(await send($("profile"), "/api/round/profile", helpingOf($("profile"))))) return;
    $("about-me").open = false;
    tell($("done"), say("profile_kept"));
    $("about-me").querySelector("summary").focus();
  });
  document.addEventListener("visibilitychange", () => document.hidden || look());
  return look();
}

start();
