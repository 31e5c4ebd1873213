// Writing notices: written, looked at as everybody will see it, then published; a common one can be taken back for two minutes unheard.
import { $, count, reason, say, tell } from "./words.js";
import { clock, dayLine } from "./when.js";
import { as, desk, leave, submit } from "./staff.js";
import { sync } from "./lists.js";
import { claimOf, foundOf, progressOf, whenOf } from "./notice-words.js";
import { noticeRow } from "./notice-rows.js";
import { lineRow, reachOf } from "./notice-lines.js";
import { nowhere, offerPlaces, settle, words, write } from "./notice-form.js";

const UNDO = 110_000;
let seen = null;
let draft = null; // what is being written or looked at, once it is kept
let corrects = "";
let undone = 0;

async function look() {
  const answer = await as("GET", "/api/notices").catch(() => undefined);
  if (answer === null) return;
  if (answer?.ok) show(answer.data);
  else tell($("stale"), answer ? reason(answer) : seen ? say("stale_notices") : say("no_network"));
}

function show(data) {
  if (!seen) offerPlaces(data);
  seen = data;
  tell($("stale"), "");
  $("moment").textContent = `${dayLine(data.now)} ${clock(data.now)}`;
  const missed = data.notices.reduce((sum, { delivery }) => sum + (delivery ? delivery.failed + delivery.trying : 0), 0);
  $("loud").dataset.count = missed;
  tell($("loud-count"), missed ? String(missed) : "");
  $("loud-text").textContent = say(missed ? "loud_missed" : "loud_none");
  sync($("list"), data.notices, (notice) => lineRow(notice, data.now, { edit, correct, after }));
  $("list-count").textContent = data.notices.length ? count("list_count", data.notices.length) : "";
  $("list-none").hidden = data.notices.length > 0;
}

async function after(text) {
  tell($("done"), text);
  await look();
  $("list-title").focus();
}

function openForm(on) {
  $("write").hidden = !on;
  $("preview").hidden = true;
  $("to-write").setAttribute("aria-expanded", String(on));
  (on ? $("write-title") : $("to-write")).focus();
}

function begin(given, title) {
  write(given, seen);
  $("write-title").textContent = title;
  openForm(true);
}

function edit(notice) {
  [draft, corrects] = [notice, notice.corrects?.id ?? ""];
  begin({ ...notice, corrects }, notice.title);
}

function correct(notice) {
  [draft, corrects] = [null, notice.id];
  begin({ ...notice, corrects, title: "", title_en: "", urgent: false }, say("correcting", { title: notice.title }));
}

function preview(notice) {
  draft = notice;
  $("write").hidden = true;
  $("preview").hidden = false;
  $("reach").textContent = reachOf(notice) + (notice.groups ? say(notice.urgent ? "reach_urgent" : "reach_quiet") : "");
  $("as-page").replaceChildren(noticeRow(notice, Date.parse(seen.now), () => {}));
  $("as-robot").textContent = notice.groups ? notice.robot : "";
  $("as-robot").parentElement.hidden = !notice.groups;
  $("as-lift").hidden = !notice.open;
  $("lift-kind").textContent = say(`noticekind_${notice.kind}`);
  $("lift-title").textContent = notice.title;
  $("lift-when").textContent = whenOf(notice);
  $("lift-text").textContent = [claimOf(notice), foundOf(notice), progressOf(notice), notice.text].filter(Boolean).join("\n");
  $("publish-now").textContent = say("publish_to", notice);
  $("preview-title").focus();
}

$("to-write").addEventListener("click", () => {
  if (!$("write").hidden) return openForm(false);
  [draft, corrects] = [null, ""];
  return begin(null, $("to-write").textContent);
});
$("write").addEventListener("change", ({ target }) => settle(target));
$("write").addEventListener("reset", () => openForm(false));
$("write").addEventListener("submit", async (event) => {
  event.preventDefault();
  if (nowhere()) return tell($("write").querySelector(".error"), say("choose_place"));
  const said = words(seen.now.slice(19), corrects);
  const kept = draft
    ? await submit($("write"), `/api/notices/${encodeURIComponent(draft.id)}/words`, { words: said, version: draft.version })
    : await submit($("write"), "/api/notices", said);
  return kept ? preview(kept) : undefined;
});
$("edit").addEventListener("click", () => {
  $("preview").hidden = true;
  $("write").hidden = false;
  $("write-title").focus();
});
$("publish").addEventListener("reset", () => {
  $("preview").hidden = true;
  after(say("kept_draft"));
});
$("publish").addEventListener("submit", async (event) => {
  event.preventDefault();
  const done = await submit($("publish"), `/api/notices/${encodeURIComponent(draft.id)}/publication`, { version: draft.version });
  if (!done) return;
  $("preview").hidden = true;
  offerUndo(done);
  await look();
  $("list-title").focus();
});

function offerUndo(notice) {
  clearTimeout(undone);
  $("undo").hidden = false;
  $("undo").dataset.id = notice.id;
  tell($("done"), "");
  $("undo-text").textContent = say(notice.urgent || !notice.groups ? "published_now" : "published_undo");
  undone = setTimeout(() => ($("undo").hidden = true), UNDO);
}

$("undo").addEventListener("submit", async (event) => {
  event.preventDefault();
  const done = await submit($("undo"), `/api/notices/${encodeURIComponent($("undo").dataset.id)}/withdrawal`, { reason: "" });
  if (!done) return;
  $("undo").hidden = true;
  after(say("taken_back"));
});
$("sign-out").addEventListener("click", () => leave());
document.addEventListener("visibilitychange", () => !document.hidden && !$("desk").hidden && look());
desk(look, () => {
  seen = null;
  $("list").replaceChildren();
  for (const id of ["loud-text", "loud-count", "as-robot"]) $(id).textContent = "";
  for (const id of ["write", "preview", "undo"]) $(id).hidden = true;
});
