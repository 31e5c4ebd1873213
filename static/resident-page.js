// The parts of a resident's page that do not depend on the day: language, size of letters, numbers, the kept shell.
import { $, dial, fill, say } from "./words.js";
import { mint } from "./ask.js";

const phones = { duty: "", emergency: "" };

const remember = (name, value) => {
  try {
    localStorage.setItem(name, value);
  } catch {
    // Storage is off: the choice lasts as long as the page.
  }
};

const remembered = (name) => {
  try {
    return localStorage.getItem(name);
  } catch {
    return null;
  }
};

/** The language chosen last on this phone wins over the one printed on the card; the link stays behind the #. */
export function settle() {
  document.documentElement.classList.add("awake");
  const other = $("other-language");
  other.hash = location.hash;
  if (remembered("nuanlin.lang") === other.lang) return location.replace(other.href);
  other.addEventListener("click", () => {
    remember("nuanlin.lang", other.lang);
    other.hash = location.hash;
  });
  const nonce = document.querySelector("input[name=nonce]");
  if (nonce) nonce.value = mint();
  navigator.serviceWorker?.register("/sw.js").catch(() => {});
}

export function toggleSize() {
  const page = document.documentElement.classList;
  const show = () => $("big").setAttribute("aria-pressed", String(page.contains("big")));
  $("big").addEventListener("click", () => {
    remember("nuanlin.big", page.toggle("big") ? "1" : "0");
    show();
  });
  show();
}

/** The compound is the link's first part, and its numbers stand in the page: they are there even with no network at all. */
export function wirePhones(link) {
  const compound = link.split(".")[0];
  const own = [...$("numbers").content.querySelectorAll("[data-compound]")].find((one) => one.dataset.compound === compound);
  if (!own) return;
  if ($("compound")) $("compound").textContent = own.dataset.name;
  for (const id of ["to-standards", "to-letter"]) if ($(id)) $(id).hash = compound; // and no more: a letter knows no home
  setPhones({ duty: own.querySelector("b").textContent, emergency: own.dataset.emergency });
}

/** Put these numbers wherever the page offers a call. */
export function setPhones({ duty, emergency }) {
  Object.assign(phones, { duty, emergency });
  if (duty) document.querySelector(".foot-in").replaceChildren(callButton("duty"));
  for (const place of document.querySelectorAll("[data-call]")) {
    place.replaceChildren(callButton(phones[place.dataset.call] ? place.dataset.call : "duty"));
  }
}

/** A button that dials the duty desk or the emergency line. */
export function callButton(which) {
  return callTo(phones[which], say(`call_${which}`));
}

export function callTo(phone, who) {
  const row = fill("call-row", { who, phone });
  row.href = dial(phone);
  return row;
}

export const knowsNumber = () => Boolean(phones.duty);
