// What is said of an accompanied trip: where to, how far they are, with whom, and when the door will open for it.
import { say } from "./words.js";
import { clock, dayLine, span } from "./when.js";
import { deadline } from "./deadlines.js";

const TONES = { coming: "sky", out: "leaf", back: "leaf" };
const NEAR = 2 * 3600_000;
const day = (moment) => moment.slice(0, 10);
const nobody = (trip) => trip.state === "coming" && !trip.companion;

export const isUnderWay = ({ state }) => state === "coming" || state === "out";
export const tripTone = (trip) => (trip.late || nobody(trip) ? "fire" : TONES[trip.state]);

/** The slots of a row. */
export function tripWords(trip) {
  const { agreed_by: who, agreed_on: on, companion, late, leaves, returns, state } = trip;
  const agreed = state === "coming" ? say("trip_agreed", { day: dayLine(`${on}T00:00`), who }) : "";
  return {
    what: say("trip_what", trip),
    state: say(`trip_${late || (nobody(trip) ? "nobody" : state)}`),
    who: companion ? say("trip_with", { name: companion.name || companion.id }) : "",
    hint: [agreed, isUnderWay(trip) ? say("trip_door", { span: span(leaves, returns) }) : ""].filter(Boolean).join(say("comma")),
  };
}

/** What changes with the hour: when, and how long until they set out or are home once that is near. */
export function touchTrip(place, trip, now) {
  const { back, from, set_out: went, state, until } = trip;
  const next = state === "coming" ? from : state === "out" ? until : "";
  const { over, text } = next && Date.parse(next) - Date.parse(now) < NEAR ? deadline(next, now) : { over: false, text: "" };
  const times = state === "out" ? say("trip_went", { time: clock(went), until: clock(until) }) : back ? say("trip_home", { time: clock(back) }) : span(from, until);
  place.textContent = [day(from) === day(now) ? "" : dayLine(from), times, text].filter(Boolean).join(" ");
  place.className = over ? "overdue" : "";
}

/** What a task's buttons say for a trip. */
export const tripNames = (trip) => [["done", say("trip_back")], ...(trip.companion ? [] : [["claim", say("trip_go_along")]])];

/** What this person may do with it now; ``people`` whom she may name, ``holder`` who sees to it already. */
export function tripActs(trip, me, now, people = [], holder = "") {
  const coming = trip.state === "coming";
  const hers = trip.companion?.id === me;
  return {
    set_out: coming && trip.companion && day(trip.from) <= day(now),
    done: trip.state === "out",
    return: coming && hers,
    cancel: coming,
    assign: people.length > 0 && isUnderWay(trip),
    claim: isUnderWay(trip) && !hers && !holder && (nobody(trip) || Boolean(trip.late)),
  };
}
