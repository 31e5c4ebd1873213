// The desk of solved cases: writing one for everybody to read, letting another's go, taking one back.
import { $, count, fill, reason, say, tell } from "./words.js";
import { as, desk, leave, submit } from "./staff.js";
import { halfDay } from "./letter-words.js";
import { clock, dayWords } from "./when.js";
import { sync } from "./lists.js";

const FIELDS = ["text", "result"];
let seen = null;

async function look() {
  const answer = await as("GET", "/api/cases").catch(() => undefined);
  if (answer === null) return;
  if (answer?.ok) show(answer.data);
  else tell($("stale"), answer ? reason(answer) : seen ? say("stale_cases") : say("no_network"));
}

function show(data) {
  const first = !seen;
  seen = data;
  tell($("stale"), "");
  $("next-release").textContent = say("next_release", dayWords(`${data.release}T00:00`));
  if (first) begin(data);
  for (const list of ["drafts", "approved", "published"]) {
    const cases = data[list];
    $(`${list}-count`).textContent = cases.length ? count("case_count", cases.length) : "";
    $(`${list}-none`).hidden = cases.length > 0;
    sync($(list), cases, caseRow, touch);
  }
}

function begin(data) {
  const options = [["", say("where_all")], ...data.buildings.map((one) => [one.id, one.name || say("where_building", { n: one.id })])];
  $("building").replaceChildren(...options.map(([value, text]) => new Option(text, value)));
  $("public").href += `${data.me.split(".")[0]}/`;
  // Whoever comes from a letter that was just answered, or a ticket that was solved, finds its number and half-day filled in.
  const from = new URLSearchParams(location.hash.slice(1));
  const half = from.get("half") ?? data.now;
  $("number").value = from.get("letter") ?? from.get("ticket") ?? "";
  $("building").value = from.get("building") ?? "";
  if (from.has("ticket")) $("write").elements.origin.value = "ticket";
  $("day").value = half.slice(0, 10);
  $("day").max = data.now.slice(0, 10);
  if (half.endsWith("-pm")) $("write").elements.part.value = "pm";
  if ($("number").value) $("write-title").focus();
  history.replaceState(null, "", location.pathname);
}

const place = (id) => {
  if (!id) return say("where_all");
  if (id.startsWith("zone:")) return id.slice(5);
  return seen.buildings.find((one) => one.id === id)?.name || say("where_building", { n: id });
};

const whatWhere = (kind, where) => say("what_where", { kind: say(`case_${kind}`), place: place(where) });

function wait(one) {
  if (one.state === "withdrawn") return say("gone", { why: one.why });
  if (one.label_month) return say("shown_as", { kind: say(`case_${one.label_kind}`), place: place(one.label_place), when: one.label_month });
  if (one.state === "approved") return "";
  return one.may_from > seen.now ? say("may_from", { ...dayWords(one.may_from), time: clock(one.may_from) }) : one.by === seen.me ? say("own_case") : "";
}

function caseRow(one) {
  const row = fill("case-row", {
    what: whatWhere(one.kind, one.building),
    when: halfDay(`origin_${one.origin}`, one.half_day),
    text: one.text,
    result: one.result,
    who: say(one.approved_by_name ? "seen_by" : "written_by", { name: one.by_name, other: one.approved_by_name }),
    ticked: one.ticked.length ? say("ticked", { list: one.ticked.map((word) => `“${word}”`).join(say("comma")) }) : "",
  });
  const [approval, taking, opener] = ["[data-approve]", "[data-form]", "[data-open]"].map((part) => row.querySelector(part));
  approval.addEventListener("submit", (event) => {
    event.preventDefault();
    const atOnce = event.submitter?.value === "1";
    done(submit(approval, `/api/cases/${one.id}/approval`, { at_once: atOnce }), atOnce ? "out" : "let_go");
  });
  const open = (on) => {
    taking.hidden = !on;
    opener.setAttribute("aria-expanded", String(on));
    (on ? taking.elements.why : opener).focus();
  };
  opener.hidden = one.state === "withdrawn";
  opener.addEventListener("click", () => open(taking.hidden));
  taking.addEventListener("reset", () => open(false));
  taking.addEventListener("submit", async (event) => {
    event.preventDefault();
    const sent = await submit(taking, `/api/cases/${one.id}/withdrawal`, { why: taking.elements.why.value.trim() });
    if (sent) taking.hidden = true;
    done(sent, "taken_back");
  });
  return row;
}

/** What changes with the hour and with who looks. */
function touch(row, one) {
  const mine = one.by === seen.me;
  const approval = row.querySelector("[data-approve]");
  approval.hidden = !["draft", "approved"].includes(one.state) || mine || one.may_from > seen.now;
  approval.querySelector(".go").hidden = one.state === "approved"; // what waits for its day may still go at once
  tell(row.querySelector('[data-slot="wait"]'), wait(one));
}

async function done(sent, word) {
  if (!(await sent)) return;
  tell($("done"), say(word));
  look();
}

$("write").addEventListener("submit", async (event) => {
  event.preventDefault();
  const form = $("write");
  const given = new FormData(form);
  const { origin, kind, building } = Object.fromEntries(given);
  const [text, result] = FIELDS.map((name) => given.get(name).trim());
  const typed = given.get("number").normalize("NFKC").replace(/\s/g, "").toUpperCase();
  const number = origin === "letter" ? typed.replace(/\D/g, "") : typed;
  const body = { kind, building, text, result, origin, number, half_day: `${given.get("day")}-${given.get("part")}`, ticked: given.getAll("ticked") };
  const kept = await submit(form, "/api/cases", body, body, judge);
  if (!kept) return;
  form.reset();
  flags([]);
  done(kept, "saved");
  $("drafts-title").focus();
});

/** What the server found: a number or a door is shown where it stands, what may be a name is asked about word by word. */
function judge({ data }) {
  if (data?.flags) flags(data.flags);
  const mark = data?.marks?.[0];
  if (!mark) return;
  $(mark.field).focus();
  $(mark.field).setSelectionRange(mark.start, mark.end);
}

function flags(found) {
  const kept = [...$("flag-list").querySelectorAll(":checked")].map((tick) => tick.value);
  const words = [...new Set([...kept, ...found.map((flag) => flag.said)])];
  $("flags").hidden = words.length === 0 || found.length === 0;
  $("flag-list").replaceChildren(
    ...words.map((word) => {
      const row = fill("flag", { said: say("flag_is_none", { said: word }) });
      Object.assign(row.querySelector("input"), { value: word, checked: kept.includes(word) });
      return row;
    }),
  );
}

$("sign-out").addEventListener("click", () => leave());
document.addEventListener("visibilitychange", () => !document.hidden && !$("desk").hidden && look());
desk(look, () => {
  seen = null;
  for (const list of ["drafts", "approved", "published"]) $(list).replaceChildren();
  $("write").reset();
  flags([]);
});
