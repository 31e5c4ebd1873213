// The trips of one home in its file: those to come and the one under way, each with a way to move it.
import { $, say } from "./words.js";
import { sync } from "./lists.js";
import { taskRow, touchTask } from "./task-rows.js";

/** ``move(trip)`` opens the form on a trip. */
export function showTrips(tasks, { companions, now }, { me, after, move }) {
  const make = (task) => {
    const row = taskRow(task, { me, now, people: companions, after });
    const more = row.querySelector("[data-more]");
    if (!more) return row;
    more.querySelector("summary").textContent = [say("trip_move"), say("trip_called_off")].join(say("comma"));
    more.querySelector(".choices").prepend(mover(() => move(task.trip)));
    return row;
  };
  sync($("trips"), tasks, make, (row, task) => touchTask(row, task, now));
}

function mover(open) {
  const button = document.createElement("button");
  button.type = "button";
  button.textContent = say("trip_move");
  button.addEventListener("click", open);
  return button;
}
