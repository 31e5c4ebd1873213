// What is on its way to a family, on its own page; what lies on the shelf may be said to be taken.
import { $, count, tell } from "./words.js";
import { keepHome, keptHome, ownRow, pickUp } from "./own-parcels.js";

/** Wire the panel once; what it gives back shows ``home``'s parcels. ``reload()`` asks how things stand. */
export function wireParcels(link, reload) {
  let lying = [];
  $("keep-home").checked = keptHome() === link;
  $("keep-home").addEventListener("change", (event) => keepHome(event.target.checked ? link : ""));
  $("take").addEventListener("click", async () => {
    $("take").disabled = true;
    const taken = await pickUp(link, lying, $("parcels").querySelector(".error"));
    $("take").disabled = false;
    if (!taken) return;
    await reload();
    tell($("heard"), count("own_taken", taken));
    $("parcels").hidden = false;
    $("parcels-title").textContent = count("own_taken", taken);
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
