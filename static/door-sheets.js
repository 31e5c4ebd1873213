// Door sheets as they are printed: two to a sheet of A4, with no secret on them.
import { fill, homeName, say } from "./words.js";

const A_PAGE = 2;

/** The pages of what was answered. */
export function doorSheets({ compound, lines, printed, sheets }) {
  const pages = [];
  for (let at = 0; at < sheets.length; at += A_PAGE) {
    const page = fill("leaf", {});
    page.append(...sheets.slice(at, at + A_PAGE).map((one) => sheetOf(one, compound, lines, printed)));
    pages.push(page);
  }
  return pages;
}

function sheetOf({ home, label, steward }, compound, { duty = "", emergency = "", hours = "", words = "" }, printed) {
  const row = fill("door-sheet", {
    home: say("sheet_home", { home: homeName(home, label), compound: compound.name }),
    duty,
    emergency,
    hours,
    words,
    steward: steward ? say("steward_line", steward) : "",
    foot: say("sheet_foot", { printed }),
  });
  for (const empty of row.querySelectorAll("dl div")) if (!empty.querySelector("dd")) empty.remove();
  return row;
}
