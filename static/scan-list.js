// Everything that is on its way, what presses most at the front, and what may be wrong with it.
import { $, count, fill, homeName, knows, say, tell } from "./words.js";
import { sync } from "./lists.js";
import { goodsWord, untilWord, whereWord } from "./parcel-words.js";
import { handPath, isVolunteer, post } from "./scan-caller.js";

/** ``data`` as the API gives it; ``after(title, more)`` once something was done with one. */
export function showList(data, after) {
  sync($("list"), data.parcels, (parcel) => row(parcel, data, after));
  tell($("list-count"), data.parcels.length ? count("pieces", data.parcels.length) : "");
  $("list-none").hidden = data.parcels.length > 0;
}

function row(parcel, { now, me, shelves }, after) {
  const made = fill("parcel-row", {
    home: parcel.home ? homeName(parcel.home, parcel.label) : say("wrong_building"),
    goods: goodsWord(parcel),
    door: parcel.door ? say("to_door") : "",
    clean: parcel.clean ? say("parcel_clean") : "",
    wrong: parcel.trouble && knows(`wrong_${parcel.trouble}`) ? say(`wrong_${parcel.trouble}`) : "",
    number: parcel.id,
    where: whereWord(parcel, me),
    until: untilWord(parcel, now),
  });
  made.querySelector('[data-slot="until"]').classList.toggle("over", parcel.overdue);
  const fold = made.querySelector("details");
  if (isVolunteer) fold.remove();
  else wire(fold, parcel, shelves, after);
  return made;
}

function wire(fold, parcel, shelves, after) {
  const error = fold.querySelector(".error");
  const wanted = { damage: parcel.trouble !== "damaged", settle: ["damaged", "no_name", "nobody_home"].includes(parcel.trouble), return: true };
  for (const button of fold.querySelectorAll("[data-act]")) {
    const { act } = button.dataset;
    if (!wanted[act]) button.remove();
    button.addEventListener("click", async () => {
      if (await post(handPath, { act, parcels: [parcel.id] }, error)) after(say(`done_${act}`), { back: [parcel] });
    });
  }
  const [shelf, home] = ["shelve", "home"].map((name) => fold.querySelector(`[data-fill="${name}"]`));
  shelf.querySelector("select").append(new Option(say("choose_shelf"), ""), ...shelves.map((one) => new Option(one.name, one.id)));
  if (parcel.trouble === "unknown_room" || !shelves.length) shelf.remove();
  shelf.addEventListener("submit", async (event) => {
    event.preventDefault();
    const code = shelf.elements.code.value;
    const answer = code && (await post(handPath, { act: "shelve", parcels: [parcel.id], code }, error));
    if (answer) after(answer.done[0].trouble === "wrong_shelf" ? say("done_astray") : count("done_shelve", 1), { back: [parcel] });
  });
  home.addEventListener("submit", async (event) => {
    event.preventDefault();
    const found = await post(`/api/parcels/${encodeURIComponent(parcel.id)}/home`, { home: home.elements.home.value.trim() }, error);
    if (found) after(say(found.id === parcel.id ? "done_home_same" : "done_home"), { number: found.id });
  });
  if (parcel.trouble !== "unknown_room") home.remove();
}
