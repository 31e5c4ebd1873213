"""What plans owe to homes on a day, worked out and never stored: which visits, by whom, and therefore when a door opens. Pure."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import NamedTuple

from chalicelib.register.changes import Changes
from chalicelib.register.plans import OwnerRule, PlanPolicy
from chalicelib.register.rules import Home, Register
from chalicelib.register.standing import Standing
from chalicelib.shared.calendar import day_of
from chalicelib.tasks.rules import Cadence, Opening, Plan, PlanKind, Slot, Window, slots_of

HOSPITAL_TRIP = "hospital_trip"
"""The word for an accompanied trip, beside the kinds of plans."""


class Due(NamedTuple):
    """One visit that a home is owed today, with who owes it; ``away`` says why it is paused, "" if it is not; ``goods`` are brought along.

    ``over`` would owe it too, had their day not been full.
    """

    slot: Slot
    home: Home
    owners: tuple[str, ...]
    away: str = ""
    goods: tuple[str, ...] = ()
    over: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        return self.slot.key(self.home.id)


def own_home(register: Register, person: str) -> str:
    """Where a volunteer lives, "" for anybody else: there others look after her."""
    return next((each.home for each in register.volunteers if each.id == person), "")


def plan_of(promise: PlanPolicy) -> Plan:
    cadence = Cadence(promise.every, promise.anchor, promise.weekdays, promise.dates, promise.days)
    return Plan(PlanKind(promise.kind), tuple(Window(*window) for window in promise.windows), cadence)


def owners_of(rule: OwnerRule, home: Home, absent: frozenset[str]) -> tuple[str, ...]:
    """Who owes a home its visit, without those who are on leave; nobody is left means nobody owes it, and that is loud."""
    named = {OwnerRule.PAIR: (home.steward, home.volunteer), OwnerRule.STEWARD: (home.steward,), OwnerRule.VOLUNTEER: (home.volunteer,)}
    return tuple(person for person in named[rule] if person and person not in absent)


def owed(promise: PlanPolicy, home: Home, day: date) -> bool:
    """Lived in, of the promise's tiers, and not moved in on the very day."""
    return home.lived_in and home.tier in promise.tiers and (home.moved_in is None or home.moved_in < day)


def due_on(standing: Standing, homes: Iterable[Home], day: date, now: datetime) -> list[Due]:
    """Every visit whose window opens on a day: by arithmetic, for every home of the tier, visited before or not.

    A slot is owed by the tier at its opening. Whether the home is away is asked as of ``now``, or of the nearest moment of the window.
    A person's day is full after so many visits as the policy says, in order of their opening: for the rest she counts as missing.
    """
    found = _named_on(standing, homes, day, now)
    beyond = _beyond(standing, {person for due in found for person in due.owners}, day, now)
    return [_with_room(due, beyond) for due in found] if beyond else found


def _with_room(due: Due, beyond: set[tuple[str, str]]) -> Due:
    over = tuple(person for person in due.owners if (due.key, person) in beyond)
    return due._replace(owners=tuple(person for person in due.owners if person not in over), over=over)


def _beyond(standing: Standing, people: Iterable[str], day: date, now: datetime) -> set[tuple[str, str]]:
    """The visits that go beyond a person's full day, each with the person. Away or not: what comes back is hers again."""
    register, found = standing.register, set[tuple[str, str]]()
    most, windows = register.policy.most_work, sum(len(plan.windows) for plan in register.policy.plans)
    for person in people:
        homes = register.homes_of.get(person, [])
        if len(homes) * windows > most:  # else there is nothing to count
            hers = [due for due in _named_on(standing, homes, day, now) if person in due.owners]
            found.update((due.key, person) for due in hers[most:])
    return found


def _named_on(standing: Standing, homes: Iterable[Home], day: date, now: datetime) -> list[Due]:
    absent, found, homes = standing.absent(day), [], list(homes)
    for promise in standing.register.policy.plans:
        for slot in slots_of(plan_of(promise), day):
            for home in standing.homes_at(homes, slot.opens):
                if owed(promise, home, day):
                    owners = owners_of(promise.owner, home, absent)
                    found.append(Due(slot, home, owners, standing.away(home, slot, now), promise.goods))
    return sorted(found, key=lambda due: (due.slot.opens, due.home.building, due.home.floor, due.home.id, due.key))


def due_now(standing: Standing, homes: Iterable[Home], now: datetime) -> list[Due]:
    """Every visit of today, after those of yesterday whose window still runs: one across midnight is not over when the day is."""
    today, homes = day_of(now), list(homes)
    before = today - timedelta(days=1)
    running = any(slot.closes > now for promise in standing.register.policy.plans for slot in slots_of(plan_of(promise), before))
    late = [due for due in due_on(standing, homes, before, now) if due.slot.closes > now] if running else []
    return [*late, *due_on(standing, homes, today, now)]


def expected_openings(standing: Standing, home: Home, day: date, now: datetime) -> list[Opening]:
    """When what was promised makes this home's door open on a day, and why: the word of the plan, or of the trip.

    A visit that nobody owes, or that is paused, brings nobody to the door. Whether the visit was made does not matter.
    """
    dues = (due for due in due_on(standing, [home], day, now) if due.owners and not due.away)
    visits = [Opening(due.key, due.slot.opens, due.slot.closes, due.slot.kind.value) for due in dues]
    margin = standing.register.policy.trips.margin_time
    trips = [trip for trip in standing.changes.trips_of(home) if trip.known(now)]
    doors = [Opening(trip.id, *trip.door(margin, now), HOSPITAL_TRIP) for trip in trips]
    return [*(door for door in doors if day_of(door.starts) <= day <= day_of(door.ends)), *visits]


def expected_now(register: Register, changes: Changes, home: Home, moment: datetime) -> list[Opening]:
    """What ``expected_openings`` says around a moment, for who has read one home's door and the register as imported.

    A window across midnight began on the day before.
    """
    standing = Standing(register, changes, register, moment)
    found, today = standing.home_at(home, moment), day_of(moment)
    return [opening for day in (today - timedelta(days=1), today) for opening in expected_openings(standing, found, day, moment)]
