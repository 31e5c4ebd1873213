// The homes whose plans stand still, on every desk: nobody should call or knock there in vain.
import { $, count, fill, homeName } from "./words.js";
import { syncFew } from "./few.js";
import { awayWords, linkHome } from "./home-link.js";

/** Behind a fold, with why and until when; nothing where there are none. */
export function showAway(homes) {
  $("away-fold").hidden = !homes.length;
  $("away-title").textContent = count("away_title", homes.length);
  syncFew($("away"), homes.map((one) => ({ ...one, id: one.home })), awayRow, () => {});
}

function awayRow({ home, label, why, until }) {
  const row = fill("away-row", { home: homeName(home, label), when: awayWords(why, until) });
  linkHome(row, home);
  return row;
}

