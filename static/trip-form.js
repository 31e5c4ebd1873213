// The form that enters an accompanied trip, or moves one. What is wrong is said beside its field.
import { $, homeName, reason, say, tell } from "./words.js";
import { mint } from "./ask.js";
import { as } from "./staff.js";

const NEEDED = ["hospital", "day", "from", "until", "agreed_by", "agreed_on"];
const OFFSET = /(Z|[+-]\d\d:\d\d)$/;

let opens = null;

/** Open the form, on a trip to move it or on none; ``about`` as for ``tripForm``, which is made once. */
export function openTrip(about, trip) {
  opens ??= tripForm(about);
  opens(trip);
}

/** ``file()`` is the home's file as it was read last; ``path(rest)`` its address; ``after(text)`` once a trip is entered. */
function tripForm({ file, path, after }) {
  const form = $("trip");
  let moved = null;
  let key = "";

  function open(trip = null) {
    moved = trip;
    key = mint();
    form.hidden = false;
    $("to-trip").setAttribute("aria-expanded", "true");
    fillIn(trip, file());
    clear();
    $("trip-form-title").focus();
    form.scrollIntoView({ block: "nearest" });
  }

  function close() {
    form.hidden = true;
    $("to-trip").setAttribute("aria-expanded", "false");
    $("to-trip").focus();
  }

  function fillIn(trip, { now, companions }) {
    const given = form.elements;
    const today = now.slice(0, 10);
    $("trip-form-title").textContent = say(trip ? "trip_move_title" : "trip_new_title");
    form.querySelector("[type=submit]").textContent = say(trip ? "trip_move_submit" : "trip_new_submit");
    given.companion.replaceChildren(new Option(say("trip_no_companion"), ""), ...companions.map((one) => new Option(one.name || one.id, one.id)));
    given.hospital.value = trip?.hospital ?? "";
    given.day.value = trip ? trip.from.slice(0, 10) : today;
    given.from.value = trip?.from.slice(11, 16) ?? "";
    given.until.value = trip?.until.slice(11, 16) ?? "";
    given.agreed_by.value = trip?.agreed_by ?? "";
    given.agreed_on.value = today;
    given.companion.value = trip?.companion?.id ?? "";
  }

  function clear() {
    for (const name of [...NEEDED, "companion"]) sayAt(name, "");
    tell(form.querySelector("[data-whole]"), "");
  }

  function sayAt(name, text) {
    tell($(`trip-${name}-error`), text);
    form.elements[name].setAttribute("aria-invalid", String(Boolean(text)));
  }

  /** The first empty field gets the focus, every one its sentence. */
  function complete() {
    clear();
    const empty = NEEDED.filter((name) => !form.elements[name].value.trim());
    for (const name of empty) sayAt(name, say("trip_needed"));
    if (empty.length) form.elements[empty[0]].focus();
    return !empty.length;
  }

  function body() {
    const given = Object.fromEntries(new FormData(form));
    const at = (time) => `${given.day}T${time}:00${OFFSET.exec(file().now)[0]}`;
    const agreed = { agreed_by: given.agreed_by.trim(), agreed_on: given.agreed_on, companion: given.companion };
    return { hospital: given.hospital.trim(), from: at(given.from), until: at(given.until), ...agreed };
  }

  async function submit() {
    if (!complete()) return;
    const buttons = form.querySelectorAll("button");
    buttons.forEach((one) => (one.disabled = true));
    const rest = moved ? `/trips/${encodeURIComponent(moved.id)}/move` : "/trips";
    const answer = await as("POST", path(rest), body(), key).catch(() => ({ lost: true }));
    buttons.forEach((one) => (one.disabled = false));
    if (!answer) return;
    if (!answer.ok) return refused(answer);
    close();
    after(say(moved ? "trip_moved" : "trip_planned", { home: homeName(file().home, file().label) }));
  }

  /** Another try after a refusal is another request. */
  function refused(answer) {
    if (!answer.lost) key = mint();
    const field = answer.data?.field;
    const text = answer.lost ? say("no_network") : reason(answer);
    if (!form.elements[field]) return tell(form.querySelector("[data-whole]"), text);
    sayAt(field, text);
    form.elements[field].focus();
  }

  form.addEventListener("reset", (event) => {
    event.preventDefault();
    close();
  });
  form.addEventListener("input", () => (key = mint()));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    submit();
  });
  return open;
}
