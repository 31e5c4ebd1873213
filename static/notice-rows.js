// One notice as residents read it; what somebody typed is text and nothing else.
import { fill, say } from "./words.js";
import { claimOf, foundOf, progressOf, standing, textOf, titleOf, whenOf } from "./notice-words.js";

/** A row. ``at`` is the hour in milliseconds; ``goto(id)`` shows another notice. */
export function noticeRow(notice, at, goto) {
  const stands = notice.corrected_by ? "corrected" : standing(notice, at);
  const [title, titleIn] = titleOf(notice);
  const [text, textIn] = textOf(notice);
  const row = fill("notice-row", {
    urgent: notice.urgent && stands !== "over" ? say("notice_urgent") : "",
    kind: say(`noticekind_${notice.kind}`),
    stands: say(`stands_${stands}`),
    title,
    when: whenOf(notice),
    places: notice.places.length ? say("notice_for", { places: notice.places.join(say("comma")) }) : "",
    claim: claimOf(notice),
    found: foundOf(notice),
    progress: progressOf(notice),
    text,
  });
  if (stands === "now") row.querySelector('[data-slot="stands"]').classList.add("leaf");
  if (stands === "corrected") row.querySelector('[data-slot="stands"]').classList.add("sun");
  if (titleIn) row.querySelector("h2").lang = titleIn;
  if (textIn && text) row.querySelector('[data-slot="text"]').lang = textIn;
  link(row, "corrects", notice.corrects, goto);
  link(row, "corrected", notice.corrected_by, goto);
  return row;
}

function link(row, name, other, goto) {
  const place = row.querySelector(`[data-slot="${name}"]`);
  if (!other) return place.remove();
  if (!other.title) return name === "corrected" ? (place.textContent = say("see_corrected_bare")) : place.remove();
  const button = document.createElement("button");
  button.type = "button";
  button.textContent = say(`see_${name}`, { title: titleOf(other)[0] });
  button.addEventListener("click", () => goto(other.id));
  return place.replaceChildren(button);
}
