// Lists that are refreshed under the reader's hands: a row stays the same element while what it says stays the same,
// and while a form in it is open, so nobody loses a half-written note or the focus to the next look.

const said = new WeakMap();

const isWrittenIn = (row) => Boolean(row?.querySelector("form[data-form]:not([hidden])"));

/** Make ``list`` show ``items``. ``make(item)`` builds a row, ``touch(row, item)`` renews what changes with the hour. */
export function sync(list, items, make, touch = () => {}) {
  const known = new Map([...list.children].map((row) => [row.dataset.key, row]));
  const rows = items.map((item) => {
    const text = JSON.stringify(item);
    const old = known.get(item.id);
    const same = old && said.get(old) === text;
    const row = same || isWrittenIn(old) ? old : make(item);
    row.dataset.key = item.id;
    if (row !== old) said.set(row, text);
    touch(row, item);
    return row;
  });
  if (rows.length !== list.children.length || rows.some((row, at) => list.children[at] !== row)) place(list, rows);
}

/** Put the rows in order, moving only those out of place: moving a row would take the focus from it. */
function place(list, rows) {
  const wanted = new Set(rows);
  for (const row of [...list.children]) if (!wanted.has(row)) row.remove();
  rows.forEach((row, at) => {
    if (list.children[at] !== row) list.insertBefore(row, list.children[at] ?? null);
  });
}
