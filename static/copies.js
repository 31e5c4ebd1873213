// Doors with an old card or sheet, floor by floor: what to correct, one tap when it hangs there, and one to take that back.
import { $, count, fill, homeName, say, tell } from "./words.js";
import { on } from "./when.js";
import { sync } from "./lists.js";

const STATES = { old: "copy_old", printed: "copy_printed" };
const KINDS = { card: "kind_card", sheet: "kind_sheet" };

/**
 * ``post(form, line, body)`` sends a tick and gives null where it was not taken; ``look(building)`` asks again.
 * Returns ``show(outdated)``.
 */
export function wireCopies({ post, look }) {
  let chosen = "";
  $("building").addEventListener("change", () => look((chosen = $("building").value)));

  const wire = (row, line, mark, then) =>
    row.querySelector("form").addEventListener("submit", async (event) => {
      event.preventDefault();
      if (!(await post(event.target, line, { kind: line.kind, mark, version: line.version }))) return;
      tell($("heard"), say(then, { home: homeName(line.home, line.label) }));
      await look(chosen);
      if (!document.activeElement || document.activeElement === document.body) $("doors-title").focus();
    });

  function oldRow(line, now) {
    if (line.heading) return fill("copy-floor", { floor: say("copy_floor", { n: line.floor }) });
    const row = fill("copy-row", { ...whose(line), state: say(STATES[line.state]), when: say("copy_since", { time: on(line.at, now) }) });
    row.querySelector('[data-slot="state"]').classList.add(line.state === "old" ? "sun" : "sky");
    row.querySelector(".copy-lines").append(...line.changes.map(change));
    wire(row, line, "done", "heard_done");
    return row;
  }

  function tickedRow(line, now) {
    const row = fill("ticked-row", { ...whose(line), when: say("copy_done", { time: on(line.at, now), name: line.by_name }) });
    wire(row, line, "undo", "heard_undo");
    return row;
  }

  return (data) => {
    chosen = data.building;
    showBuildings(data);
    sync($("copies"), byFloor(data.lines), (line) => oldRow(line, data.now));
    sync($("ticked-list"), data.done, (line) => tickedRow(line, data.now));
    $("ticked").hidden = !data.done.length;
    $("ticked-title").textContent = count("ticked_title", data.done.length);
  };
}

const whose = (line) => ({ home: homeName(line.home, line.label), kind: say(KINDS[line.kind]) });

/** In three parts, each of which stays in one piece where the line is long enough. */
function change({ line, was, now }) {
  return fill("copy-line", {
    line: say("copy_line", { line: say(`line_${line}`) }),
    was: was ? say("copy_was", { was }) : say("copy_missing"),
    now: !now ? say("copy_gone") : was ? say("copy_change", { now }) : say("copy_new", { now }),
  });
}

/** The lines with a heading before each floor. */
function byFloor(lines) {
  const rows = [];
  for (const line of lines) {
    if (rows.at(-1)?.floor !== line.floor) rows.push({ id: `floor:${line.floor}`, floor: line.floor, heading: true });
    rows.push(line);
  }
  return rows;
}

function showBuildings({ building, buildings }) {
  const options = buildings.map((one) => new Option(option(one), one.id, false, one.id === building));
  $("building").replaceChildren(...options);
  $("choose").hidden = buildings.length < 2;
  const here = buildings.find((one) => one.id === building) ?? { name: "", held: 0, current: 0, without: 0 };
  const left = here.held - here.current;
  const parts = [here.held ? say("progress", { ...here, left }) : "", here.without ? count("progress_without", here.without) : ""];
  $("progress").textContent = parts.join(" ").trim();
  $("bar").hidden = !here.held;
  $("bar").max = Math.max(1, here.held);
  $("bar").value = here.current;
  tell($("copies-none"), left ? "" : say(here.held ? "copies_fine" : "copies_empty"));
}

function option(one) {
  const left = one.held - one.current;
  return left ? say("building_left", { name: one.name, n: left }) : say(one.held ? "building_fine" : "building_empty", one);
}
