// How often parcels were home in time, this month and the last: the same figures as everybody may read, each beside what was promised.
import { $, fill } from "./words.js";
import { ask } from "./ask.js";
import { figure, monthOf, parcelPromise } from "./promise-words.js";

/** Nothing is shown where the compound has no shelves, or there is no answer: the rest of the page stands by itself. */
export async function showParcels(compound) {
  const answer = await ask("GET", `/api/standards?compound=${encodeURIComponent(compound)}`).catch(() => null);
  const { months = [], promises = [] } = answer?.ok ? answer.data : {};
  const rows = promises.filter((one) => one.id.startsWith("parcel_"));
  $("parcels").hidden = !rows.length;
  if (!rows.length) return;
  const [now, before] = months.map(monthOf);
  $("parcels-list").replaceChildren(
    ...rows.map(({ id, limits: [minutes], figures }) =>
      fill("parcels-row", { promise: parcelPromise(id.split("_")[1], minutes), "now-month": now, now: figure(figures[0]), "before-month": before, before: figure(figures[1]) }),
    ),
  );
}
