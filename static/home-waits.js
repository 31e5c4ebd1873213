// A home that waited for a place reads on its own page that it has one now; fetched by those that wait, and by nobody else.
import { $, say, tell } from "./words.js";
import { ask } from "./ask.js";
import { when } from "./activity-words.js";

export async function tellMovedUp(link) {
  const answer = await ask("GET", "/api/home/activities", { headers: { "X-Home-Link": link } }).catch(() => null);
  const moved = answer?.ok ? answer.data.activities.find((one) => one.state === "in" && one.moved && one.takes) : undefined;
  if (moved) tell($("moved-up"), say("moved_up", { title: moved.title, when: when(moved) }));
}
