// The form a notice is written in: what it holds, and how words that are there already stand in it.
import { $ } from "./words.js";

const form = $("write");
const picked = (name) => [...form.querySelectorAll(`[name="${name}"]:checked`)].map((box) => box.value);

function tick(name, value, text) {
  const label = document.createElement("label");
  const box = document.createElement("input");
  label.className = "tick";
  Object.assign(box, { type: "checkbox", name, value });
  const word = document.createElement("span");
  word.textContent = text;
  label.append(box, word);
  return label;
}

/** The places one can choose; a building's floors stand together. */
export function offerPlaces({ buildings, floors, grids, whole }) {
  $("buildings").replaceChildren(...buildings.map(({ id, name }) => tick("buildings", id, name)));
  $("grids").replaceChildren(...grids.map(({ id, name }) => tick("grids", id, name)));
  const groups = Map.groupBy ? [...Map.groupBy(floors, (floor) => floor.building).values()] : [floors];
  $("floors").replaceChildren(...groups.map((group) => {
    const row = document.createElement("div");
    row.className = "choices";
    row.append(...group.map(({ id, name }) => tick("floors", id, name)));
    return row;
  }));
  form.querySelector("[name=whom][value=all]").disabled = !whole;
}

/** What belongs to the kind and the audience that are chosen, and nothing else. What is for some places is open only if somebody says so. */
export function settle(changed) {
  if (changed?.name === "whom") form.elements.open.checked = changed.value === "all";
  const kind = form.elements.kind.value;
  $("for-rumour").hidden = kind !== "rumour";
  $("for-campaign").hidden = kind !== "campaign";
  for (const name of ["claim", "source", "day"]) form.elements[name].required = kind === "rumour";
  $("places").hidden = form.elements.whom.value !== "some";
  const some = picked("tiers").length > 0;
  $("n-open").disabled = some;
  if (some) $("n-open").checked = false;
}

/** Put words into the form, or the beginnings of new ones; ``wall`` is a moment as the compound's clock writes it. */
export function write(words, { now, whole }) {
  form.reset();
  const until = new Date(Date.parse(`${now.slice(0, 19)}Z`) + 24 * 3_600_000).toISOString();
  const given = words ?? { from: now, until, open: whole, audience: {} };
  for (const name of ["title", "text", "title_en", "text_en"]) form.elements[name].value = given[name] ?? "";
  for (const name of ["from", "until"]) form.elements[name].value = given[name].slice(0, 16);
  for (const name of ["urgent", "open"]) form.elements[name].checked = Boolean(given[name]);
  if (given.kind) form.elements.kind.value = given.kind;
  const { claim = "", verdict = "false", source = "", day = now.slice(0, 10) } = given.rumour ?? {};
  const { done = "", goal = "", unit = "" } = given.progress ?? {};
  for (const [name, value] of Object.entries({ claim, verdict, source, day, done, goal, unit })) form.elements[name].value = value;
  const places = ["buildings", "floors", "grids"].some((name) => given.audience[name]?.length);
  form.elements.whom.value = places || !whole ? "some" : "all";
  for (const name of ["buildings", "floors", "grids", "tiers"]) {
    for (const box of form.querySelectorAll(`[name="${name}"]`)) box.checked = (given.audience[name] ?? []).includes(box.value);
  }
  $("whom").hidden = Boolean(given.corrects);
  form.elements.open.closest("label").hidden = Boolean(given.corrects);
  settle();
}

/** The words as the API takes them. ``offset`` is the compound's, ``corrects`` the notice they put right. */
export function words(offset, corrects) {
  const value = (name) => form.elements[name].value.trim();
  const kind = value("kind");
  const audience = Object.fromEntries(
    ["buildings", "floors", "grids"].map((name) => [name, value("whom") === "some" ? picked(name) : []]).concat([["tiers", picked("tiers")]]),
  );
  const rumour = { claim: value("claim"), verdict: value("verdict"), source: value("source"), day: value("day") };
  const progress = { done: Number(value("done")), goal: Number(value("goal")), unit: value("unit") };
  return {
    ...Object.fromEntries(["kind", "title", "text", "title_en", "text_en"].map((name) => [name, value(name)])),
    from: `${value("from")}:00${offset}`,
    until: `${value("until")}:00${offset}`,
    urgent: form.elements.urgent.checked,
    open: form.elements.open.checked,
    audience,
    ...(kind === "rumour" ? { rumour } : {}),
    ...(kind === "campaign" && value("goal") ? { progress } : {}),
    ...(corrects ? { corrects } : {}),
  };
}

/** Is nobody chosen where only some are meant? */
export const nowhere = () => form.elements.whom.value === "some" && !$("whom").hidden && !["buildings", "floors", "grids"].some((name) => picked(name).length);
