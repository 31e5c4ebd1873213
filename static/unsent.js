// What was tapped and has not arrived yet. It waits in the browser under the key minted at the tap, so that sending
// one twice is harmless. A call for help never waits here: it must be heard now or by phone.
const DAY = 24 * 60 * 60 * 1000;

/** A place of its own in one of the browser's stores. ``storage`` is asked for each time, since it may be switched off. */
export function shelf(place, storage) {
  let memory = [];

  function waiting() {
    try {
      return JSON.parse(storage().getItem(place) ?? "[]");
    } catch {
      return memory;
    }
  }

  function store(items) {
    memory = items;
    try {
      if (items.length) storage().setItem(place, JSON.stringify(items));
      else storage().removeItem(place);
      return true;
    } catch {
      return false;
    }
  }

  return {
    waiting,
    /** False when the browser keeps nothing: then it lives as long as this page. */
    keep: (item) => store([...waiting().filter((one) => one.key !== item.key), item]),
    forget: (key) => store(waiting().filter((one) => one.key !== key)),
    clear: () => store([]),
  };
}

/** Too old to mean anything. The server refuses an item of an earlier day as well, going by its own calendar. */
export const expired = (item) => Date.now() - Date.parse(item.tapped) > DAY;
