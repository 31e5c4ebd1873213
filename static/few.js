// A long list shows its first rows until somebody asks for all.
import { count, fill } from "./words.js";
import { sync } from "./lists.js";

const opened = new Set();
const latest = new Map();
const MOST = 8;

/** As ``sync`` does, with only the first few until somebody asks for all. */
export function syncFew(list, items, make, touch) {
  latest.set(list.id, items); // the row that offers the rest may be older than what the list says now
  const all = opened.has(list.id) || items.length <= MOST + 1;
  const shown = all ? items : [...items.slice(0, MOST), { id: "rest", rest: items.length - MOST }];
  const rest = ({ rest: n }) => {
    const row = fill("rest-row", { text: count("rest", n) });
    row.querySelector("button").addEventListener("click", () => {
      opened.add(list.id);
      syncFew(list, latest.get(list.id), make, touch);
      list.children[MOST].querySelector("a, button, summary")?.focus();
    });
    return row;
  };
  sync(list, shown, (item) => (item.rest ? rest(item) : make(item)), (row, item) => item.rest || touch(row, item));
}
