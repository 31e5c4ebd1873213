// Who asks on a volunteer's page, and from which phone: her link, and the phone that was confirmed for it once.
const PLACE = "nuanlin.device";
let held = null;

export const link = decodeURIComponent(location.hash.slice(1));

/** The link and the device of whoever's phone this is, on a page whose address does not say; null if it was never confirmed. */
export function own() {
  try {
    return JSON.parse(localStorage.getItem(PLACE)) ?? held;
  } catch {
    return held;
  }
}

/** The device's own token, which counts only together with the link it was confirmed for. */
export function device() {
  try {
    held = JSON.parse(localStorage.getItem(PLACE)) ?? held;
  } catch {
    // Storage is off: confirmed as long as the page lives.
  }
  return held?.link === link ? held.device : null;
}

export function remember(token) {
  held = { link, device: token };
  try {
    localStorage.setItem(PLACE, JSON.stringify(held));
  } catch {
    // Storage is off: asked again next time.
  }
}

export const proof = () => ({ "X-Volunteer-Link": link, "X-Device": device() });
