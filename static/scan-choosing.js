// Which parcels one scan means: by what was scanned, and what is there to be carried, put down or brought.
const plain = (text) => text.normalize("NFKC").toUpperCase().replace(/[\s\-–—·.]/g, "");
const bare = (text) => text.slice(text.lastIndexOf("#") + 1).trim();
const stuck = (parcel) => parcel.trouble === "unknown_room" || parcel.trouble === "no_name";

export const isMine = (parcel, me) => parcel.at === me && (parcel.spot === "carrier" || parcel.spot === "volunteer");
export const isWaiting = (parcel) => (parcel.spot === "gate" || parcel.spot === "shelf") && !stuck(parcel);

/** What should be taken along: all at the gate; of what lies on a shelf, what is overdue, to be brought, or wrong there. */
export const isOffered = (parcel) => isWaiting(parcel) && (parcel.spot === "gate" || parcel.overdue || parcel.door || Boolean(parcel.trouble));

/** The shelf a sign names: its id, or the whole address behind its QR. */
export const shelfOf = (shelves, code) => {
  const id = bare(code).split(".").at(-1).toUpperCase();
  return shelves.find((shelf) => shelf.id.toUpperCase() === id);
};

/** Parcels by number, batch, home, or building, whichever says something. */
export function carried(parcels, code) {
  const waiting = parcels.filter(isWaiting);
  const text = plain(code);
  const ways = [
    (one) => plain(one.id) === text,
    (one) => one.batch && plain(one.batch) === text && one.spot === "gate",
    (one) => one.home && plain(one.home) === text,
    (one) => one.building && plain(one.building) === text && one.spot === "gate",
  ];
  return ways.map((way) => waiting.filter(way)).find((found) => found.length) ?? [];
}

export const shelved = (parcels, me, shelf) => parcels.filter((one) => isMine(one, me) && !one.door && one.building === shelf.building);

/** Those for this home; for a card, whose home only the server knows, all that she has for doors. */
export function delivered(parcels, me, code) {
  const mine = parcels.filter((one) => isMine(one, me));
  const home = plain(code);
  return code.includes("#") ? mine.filter((one) => one.door) : mine.filter((one) => plain(one.home) === home || plain(one.id) === home);
}

/** Groups in the order they come in. */
export function grouped(parcels, key) {
  const found = new Map();
  for (const one of parcels) found.set(key(one), [...(found.get(key(one)) ?? []), one]);
  return [...found.values()];
}
