"""A home's own page: what to do now, what was promised and whether it was kept, whom to call."""

from datetime import datetime, timedelta

from chalicelib.care import records as care
from chalicelib.care.rules import CheckIn, State, owes, slot_of, state_of
from chalicelib.delivery.reading import of_family
from chalicelib.delivery.setting_out import AT_THE_DOOR, on_the_way
from chalicelib.pages.answers import HomeAnswer, Promise, PromiseState, SelfReport
from chalicelib.pages.warmth import own_warmth
from chalicelib.register.answers import named, names, phones, steward_contact
from chalicelib.register.dues import HOSPITAL_TRIP, Due, due_now
from chalicelib.register.rules import Home
from chalicelib.register.standing import Standing
from chalicelib.register.trips import Late, Trip, TripState
from chalicelib.sensors.in_a_word import DoorWord, in_a_word
from chalicelib.sensors.thermometers import hung_in, places, seen_in
from chalicelib.shared.calendar import day_of, stamp
from chalicelib.store import keys
from chalicelib.store.contract import Store
from chalicelib.tasks.records import from_item
from chalicelib.tasks.rules import Opening
from chalicelib.trips.rules import late
from chalicelib.visits import records as visits
from chalicelib.visits.rules import State as VisitState
from chalicelib.visits.rules import Visit
from chalicelib.visits.rules import state_of as visit_state

AHEAD = timedelta(days=7)
TRIP_STATES = {
    TripState.COMING: PromiseState.COMING,
    TripState.OUT: PromiseState.OUT,
    TripState.BACK: PromiseState.KEPT,
    TripState.CALLED_OFF: PromiseState.CALLED_OFF,
}
IN_SHORT = {state: PromiseState(state.value) for state in VisitState if state.value in set(PromiseState)}
"""What the home is told of a visit's state: that it was kept, not how it went."""


def home_page(store: Store, now: datetime, standing: Standing, home: Home) -> HomeAnswer:
    """One read for today's report, the announced openings, the visits and the thermometers together; one more where a sensor may call
    for help, and one where there are shelves."""
    register, today = standing.register, day_of(now)
    dues = {keys.visit(register.compound, due.slot.day, due.key, home.tenancy): due for due in due_now(standing, [home], now)}
    report_key = keys.check_in(register.compound, today, home.id, home.tenancy)
    windows_key = keys.expected_openings(register.compound, home.id)
    found = store.get_many([report_key, windows_key, *dues, *places(register.compound, hung_in(register, [home]))], consistent=True)
    said = care.from_item(found[report_key]) if report_key in found else None
    parcels = of_family(store, now, standing, home)
    announced = [each for each in from_item(found.get(windows_key)) if day_of(each.starts) <= today <= day_of(each.ends)]
    came = [_visit(standing, due, visits.from_item(found[key]) if key in found else None, now) for key, due in dues.items()]
    promises = [*(_opening(opening, now) for opening in on_the_way(announced, parcels)), *came, *_trips(standing, home, now)]
    return HomeAnswer(
        compound=named(register),
        home=home.id,
        label=home.label,
        now=stamp(now),
        day=today,
        self_report=_self_report(standing, home, said, now),
        promises=sorted(promises, key=lambda promise: (promise.starts, promise.ends)),
        phones=phones(register),
        steward=steward_contact(register, home),
        warmth=own_warmth(register, seen_in(found, now, register, [home]).get(home.id, [])),
        parcels=parcels,
        door=in_a_word(store, now, register, [home]).get(home.id, DoorWord.NONE),
    )


def _self_report(standing: Standing, home: Home, said: CheckIn | None, now: datetime) -> SelfReport:
    slot = slot_of(standing.register.policy, day_of(now))
    away = standing.away(home, slot, now)
    owed = not away and owes(standing.register.policy, standing.home_at(home, slot.opens), slot)
    state: State = state_of(owed, slot, said.at if said else None, now)
    if said is None:
        return SelfReport(owed, stamp(slot.closes), state)
    return SelfReport(owed, stamp(slot.closes), state, stamp(said.at), said.feeling, list(said.needs), said.note)


def _opening(opening: Opening, now: datetime) -> Promise:
    state = PromiseState.NOW if opening.covers(now) else PromiseState.COMING if now < opening.starts else PromiseState.PAST
    kind = "parcel" if opening.reason == AT_THE_DOOR else "expected_opening"
    return Promise(opening.id, kind, stamp(opening.starts), stamp(opening.ends), opening.reason, state)


def _trips(standing: Standing, home: Home, now: datetime) -> list[Promise]:
    """The trips of today and of the coming week; one that was called off is named on its own day."""
    today = day_of(now)
    near = [
        trip for trip in standing.changes.trips_of(home) if day_of(trip.starts) <= today + AHEAD and day_of(trip.finishes(now)) >= today
    ]
    return [_trip(standing, trip, now) for trip in near if not trip.called_off or day_of(trip.starts) == today]


def _trip(standing: Standing, trip: Trip, now: datetime) -> Promise:
    late_out = late(standing.register.policy.trips, trip, now) is Late.SETTING_OUT
    state = PromiseState.MISSED if late_out else TRIP_STATES[trip.state]
    at = trip.back or trip.set_out
    who = names(standing.register, [trip.companion])
    return Promise(trip.id, HOSPITAL_TRIP, stamp(trip.starts), stamp(trip.ends), trip.hospital, state, who, stamp(at) if at else "")


def _visit(standing: Standing, due: Due, visit: Visit | None, now: datetime) -> Promise:
    state = IN_SHORT.get(visit_state(due, visit, now), PromiseState.KEPT)
    came = stamp(visit.last.at) if visit else ""
    who = names(standing.register, due.owners)
    return Promise(due.key, due.slot.kind, stamp(due.slot.opens), stamp(due.slot.closes), due.away, state, who, came, list(due.goods))
