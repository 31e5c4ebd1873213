// The desk's page of what is printed: a number is rewritten here, and every door that says another is ticked off here.
import { $, fill, reason, say, tell } from "./words.js";
import { clock, dayLine, on } from "./when.js";
import { as, desk, leads, leave, submit } from "./staff.js";
import { sync } from "./lists.js";
import { wireCopies } from "./copies.js";

let mayWrite = false;
const show = wireCopies({ look, post: (form, line, body) => submit(form, `/api/homes/${encodeURIComponent(line.home)}/copies`, body) });

async function look(building = "") {
  const answer = await as("GET", `/api/outdated?building=${encodeURIComponent(building)}`).catch(() => undefined);
  if (answer === null) return;
  tell($("stale"), answer?.ok ? "" : answer ? reason(answer) : say("no_network"));
  if (!answer?.ok) return;
  $("moment").textContent = `${dayLine(answer.data.now)} ${clock(answer.data.now)}`;
  $("on-paper").textContent = `${answer.data.compound.name} ${$("moment").textContent}`;
  show(answer.data);
  await lookAtContents(answer.data.now);
}

async function lookAtContents(now) {
  const answer = await as("GET", "/api/contents").catch(() => undefined);
  if (answer?.ok) sync($("contents"), answer.data.lines.map((one) => ({ ...one, id: one.line })), (one) => contentRow(one, now));
}

function contentRow(one, now) {
  const line = say(`line_${one.line}`);
  const row = fill("content-row", {
    line,
    text: one.text || say("content_nothing"),
    who: one.by_name ? say("content_by", { time: on(one.at, now), name: one.by_name }) : "",
    label: say("content_label", { line }),
  });
  const [button, form] = [row.querySelector("button"), row.querySelector("form")];
  button.hidden = !mayWrite;
  const open = (wanted) => {
    form.hidden = !wanted;
    button.setAttribute("aria-expanded", String(wanted));
    form.elements.text.value = one.text;
    (wanted ? form.elements.text : button).focus();
  };
  button.addEventListener("click", () => open(form.hidden));
  form.addEventListener("reset", () => open(false));
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (!(await submit(form, "/api/contents", { line: one.line, text: form.elements.text.value.trim() }))) return;
    form.hidden = true;
    tell($("done"), say("content_heard", { line }));
    await look($("building").value);
    $("contents-title").focus();
  });
  return row;
}

$("print").addEventListener("click", () => print());
$("sign-out").addEventListener("click", () => leave());
desk(
  (session) => {
    mayWrite = leads(session);
    look();
  },
  () => {
    for (const id of ["contents", "copies", "ticked-list", "building"]) $(id).replaceChildren();
    for (const id of ["progress", "on-paper"]) $(id).textContent = "";
    tell($("done"), "");
  },
);
