// What is on its way to a family, on its own page; what lies on the shelf may be said to be taken.
import { $, count, tell } from "./words.js";
import { keepHome, keptHome, ownRow, pickUp } from "./own-parcels.js";

/** Wire the panel once; what it gives back shows ``home``'s parcels. ``reload()`` asks how things stand. */
export function wireParcels(link, reload) {
  let lying = [];
  let taken = [];
  const error = $("parcels").querySelector(".error");
  $("keep-home").checked = keptHome() === link;
  $("keep-home").addEventListener("change", (event) => keepHome(event.target.checked ? link : ""));
  $("take").addEventListener("click", async () => {
    const wanted = lying;
    $("take").disabled = true;
    const number = await pickUp(link, wanted, error);
    $("take").disabled = false;
    if (!number) return;
    taken = wanted;
    await reload();
    tell($("heard"), count("own_taken", number));
    $("parcels").hidden = $("untake").hidden = false;
    $("parcels-title").textContent = count("own_taken", number);
    $("parcels-title").focus();
  });
  $("untake").addEventListener("click", async () => {
    if (!(await pickUp(link, taken, error, true))) return;
    $("untake").hidden = true;
    await reload();
    $("parcels-title").focus();
  });
  return ({ parcels = [], now }) => {
    lying = parcels.filter((one) => one.spot === "shelf");
    $("parcels").hidden = !parcels.length;
    $("take").hidden = !lying.length;
    $("parcels-title").textContent = count("own_title", parcels.length);
    $("parcel-list").replaceChildren(...parcels.map((one) => ownRow(one, now, true)));
  };
}
