// Whether this home waits for a place, as far as this phone knows: so that only such a home asks for more than its own day.
const PLACE = "nuanlin.waits";

export function remember(link, waits) {
  try {
    if (waits) localStorage.setItem(PLACE, link);
    else localStorage.removeItem(PLACE);
  } catch {
    // Storage is off: the page of activities says it all the same.
  }
}

export function waits(link) {
  try {
    return localStorage.getItem(PLACE) === link;
  } catch {
    return false;
  }
}
