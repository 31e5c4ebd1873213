"""Self-reports: what is owed, what was done, and therefore what is missed. Pure."""

from collections.abc import Container, Iterable
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import NamedTuple

from chalicelib.register.policy import Policy
from chalicelib.register.rules import Home
from chalicelib.tasks.rules import Plan, PlanKind, Slot, Window, slots_of

AGAIN = timedelta(hours=1)
"""What a household asks for so long after it last did, it asks for anew: meanwhile somebody may have thought it done."""


class Feeling(StrEnum):
    """How somebody is; a day keeps the worst that was said."""

    WELL = "well"
    UNWELL = "unwell"


class Need(StrEnum):
    MEDICINE = "medicine"
    FOOD = "food"
    REPAIR = "repair"
    SCHOOL = "school"
    MOOD = "mood"
    OTHER = "other"


class Source(StrEnum):
    """How a check-in reached us."""

    LINK = "link"
    PAPER = "paper"
    PHONE = "phone"


class Entry(NamedTuple):
    """One thing said on a day, under the key it was sent with."""

    key: str
    digest: str
    at: datetime
    feeling: Feeling
    needs: tuple[Need, ...]
    note: str
    source: Source

    @property
    def asks(self) -> bool:
        """Does it say anything that somebody should hear of?"""
        return self.feeling is not Feeling.WELL or bool(self.needs) or bool(self.note)


class CheckIn(NamedTuple):
    """All that a household said on one day, first entry first."""

    home: str
    tenancy: str
    day: date
    entries: tuple[Entry, ...]

    @property
    def at(self) -> datetime:
        """When the household first reported: what decides between on time and late."""
        return self.entries[0].at

    @property
    def feeling(self) -> Feeling:
        return Feeling.UNWELL if any(entry.feeling is Feeling.UNWELL for entry in self.entries) else Feeling.WELL

    @property
    def needs(self) -> tuple[Need, ...]:
        return tuple(sorted({need for entry in self.entries for need in entry.needs}, key=list(Need).index))

    @property
    def note(self) -> str:
        return "；".join(dict.fromkeys(entry.note for entry in self.entries if entry.note))

    def upto(self, key: str) -> "CheckIn | None":
        """The check-in as it stood when this key was answered, or None if the key is new."""
        known = [entry.key for entry in self.entries]
        return self._replace(entries=self.entries[: known.index(key) + 1]) if key in known else None

    def adds(self, entry: Entry) -> bool:
        """Does the entry say anything that was not said yet today, or ask for something again?"""
        lately = [known for known in self.entries if entry.at - known.at < AGAIN]
        worse = entry.feeling is Feeling.UNWELL and all(known.feeling is Feeling.WELL for known in lately)
        noted = bool(entry.note) and entry.note not in {known.note for known in self.entries}
        return worse or noted or not set(entry.needs) <= {need for known in lately for need in known.needs}


class State(StrEnum):
    """Where a home stands with today's self-report."""

    WAITING = "waiting"
    MISSED = "missed"
    ON_TIME = "on_time"
    LATE = "late"
    NOT_OWED = "not_owed"
    EXTRA = "extra"


def self_report(policy: Policy) -> Plan:
    """The plan of the daily self-report."""
    return Plan(PlanKind.SELF_REPORT, (Window(policy.self_report_opens, policy.self_report_closes),))


def slot_of(policy: Policy, day: date) -> Slot:
    """The one self-report slot of a day."""
    return slots_of(self_report(policy), day)[0]


def owes(policy: Policy, home: Home, slot: Slot) -> bool:
    """Lived in, of a tier that reports, and not moved in on the very day."""
    settled = home.moved_in is None or home.moved_in < slot.day
    return home.lived_in and settled and home.tier in policy.self_report_tiers


def is_late(slot: Slot, moment: datetime) -> bool:
    return moment >= slot.closes


def state_of(owed: bool, slot: Slot, done_at: datetime | None, now: datetime) -> State:
    """Due − done, read at ``now``: nothing has to have run for a home to be missed."""
    if done_at is not None:
        return State.EXTRA if not owed else State.LATE if is_late(slot, done_at) else State.ON_TIME
    if not owed:
        return State.NOT_OWED
    return State.MISSED if now >= slot.closes else State.WAITING


class Line(NamedTuple):
    """One home on the duty page's list."""

    home: Home
    owed: bool
    state: State
    check_in: CheckIn | None


def board(
    policy: Policy, homes: Iterable[Home], done: Iterable[CheckIn], day: date, now: datetime, away: Container[str] = ()
) -> list[Line]:
    """Every home that owes or gave a report today, worst tier first, then by home. Homes that are ``away`` owe none."""
    slot = slot_of(policy, day)
    given = {(check_in.home, check_in.tenancy): check_in for check_in in done}
    lines = []
    for home in homes:
        check_in, owed = given.get((home.id, home.tenancy)), home.id not in away and owes(policy, home, slot)
        state = state_of(owed, slot, check_in.at if check_in else None, now)
        if state is not State.NOT_OWED:
            lines.append(Line(home, owed, state, check_in))
    return sorted(lines, key=lambda line: (-line.home.tier.order, line.home.place))
