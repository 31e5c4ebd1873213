// Check-ins that have not arrived yet. They wait in this browser under the key minted at the tap, so that
// sending one twice is harmless. Only "I am well" ever waits here: a call for help must be heard now or by phone.
const PLACE = "nuanlin.unsent";
const DAY = 24 * 60 * 60 * 1000;
let memory = [];

/** All that wait, whichever home of this browser they belong to. */
export function waiting() {
  try {
    return JSON.parse(localStorage.getItem(PLACE) ?? "[]");
  } catch {
    return memory;
  }
}

/** False when the browser keeps nothing: then it lives as long as this page. */
export function keep(item) {
  return store([...waiting().filter((one) => one.key !== item.key), item]);
}

export function forget(key) {
  return store(waiting().filter((one) => one.key !== key));
}

/** Too old to mean anything. The server refuses an item of an earlier day as well, going by its own calendar. */
export const expired = (item) => Date.now() - Date.parse(item.tapped) > DAY;

function store(items) {
  memory = items;
  try {
    if (items.length) localStorage.setItem(PLACE, JSON.stringify(items));
    else localStorage.removeItem(PLACE);
    return true;
  } catch {
    return false;
  }
}
