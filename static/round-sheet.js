// The same list on paper, for a pair that walks with a pen.
import { $, count, fill, goodsWords, homeName, say, tagWords } from "./words.js";
import { dayLine } from "./when.js";
import { isKept, isOwed, names } from "./visit-rows.js";

/** Only what is still to be walked: what was done this morning needs no more paper. By time, each window has a sheet of its own to hand in. */
export function showSheet({ day, groups, session, byTime }) {
  $("sheet-title").textContent = say("sheet_title", { day: dayLine(day) });
  $("sheet-who").textContent = say("sheet_who", { compound: session.compound.name, name: session.name });
  const rows = groups.flatMap(({ title, visits }) => {
    const open = visits.filter((visit) => isOwed(visit) && !isKept(visit));
    return open.length ? [fill("sheet-group", { title: `${title} · ${count("sheet_page", open.length)}` }), ...open.map(sheetRow)] : [];
  });
  $("sheet-rows").replaceChildren(...rows);
  $("sheet-rows").classList.toggle("parted", byTime);
}

function sheetRow(visit) {
  return fill("sheet-row", {
    home: homeName(visit.home, visit.label),
    person: visit.contact?.name ?? "",
    phone: visit.contact?.phone ?? "",
    tier: say(`tier_${visit.tier}`),
    tags: tagWords(visit.tags),
    goods: visit.goods?.length ? say("bring", { goods: goodsWords(visit.goods) }) : "",
    who: visit.owners.length ? say("with_whom", { names: names(visit.owners) }) : "",
  });
}
