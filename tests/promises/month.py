"""A large compound lived through by the minute: seeded households, visitors and staff act through the real actions; what they did is noted.

The notes are the oracle: they know which visit was made when, and nothing of looks, ladders or ledgers.
"""

import heapq
import random
from collections.abc import Callable
from datetime import date, datetime, timedelta
from itertools import count
from typing import Any, NamedTuple

from chalicelib import subscriptions
from chalicelib.auditor.audit import audit, left_lying
from chalicelib.auditor.rules import Finding
from chalicelib.care.actions import check_in
from chalicelib.care.rules import Entry as Said
from chalicelib.care.rules import Feeling, Need, Source
from chalicelib.register.actions import pause_home, take_leave
from chalicelib.register.changes import Absence, HomePause, Leave
from chalicelib.register.ladders import DEFAULT_LADDERS
from chalicelib.register.rules import Grid, Home, Isolation, Register, Role, Staff, Volunteer
from chalicelib.sensors.actions import bind, receive
from chalicelib.sensors.alerts import acknowledge, find_alert
from chalicelib.sensors.readings import Message
from chalicelib.sensors.rules import Alert
from chalicelib.shared.calendar import at, day_of
from chalicelib.shared.problems import Problem
from chalicelib.shared.tiers import Tier
from chalicelib.store.contract import Item
from chalicelib.tasks.acting import act
from chalicelib.tasks.tasks import Act, Line
from chalicelib.visits.actions import record
from chalicelib.visits.rules import Entry, Outcome
from tests.builders import home, policy, register
from tests.promises.world import World

MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)
WINDOWS = {
    Tier.RED: (("home_visit", 0, "08:00", "10:00"), ("home_visit", 1, "16:00", "18:00")),
    Tier.YELLOW: (("medicine_run", 0, "09:00", "18:00"),),
}


class Owed(NamedTuple):
    home: str
    opens: datetime
    closes: datetime


def compound(homes: int, first: date) -> Register:
    """A tenth of the homes red or yellow, some of them nobody's, one in sixty isolated."""
    made = [_home(number, first) for number in range(homes)]
    grids = tuple(Grid(f"g{n}", f"{n} 网格", f"anheli.liu{n}", ()) for n in range(4))
    stewards = [Staff(f"anheli.wang{n}", f"王{n}", "", (Role.STEWARD,), (), (str(n),)) for n in range(1, 1 + homes // 100 + 1)]
    leaders = [Staff(f"anheli.liu{n}", f"刘{n}", "", (Role.COORDINATOR,), (f"g{n}",)) for n in range(4)]
    manager = Staff("anheli.chen", "陈经理", "", (Role.MANAGER,))
    volunteers = tuple(Volunteer(f"v{n}", f"周{n}", "", f"g{n % 4}") for n in range(24))
    rules = policy(robots={"duty": "wecombot://anheli-duty"}, self_report_tiers=(Tier.GREEN, Tier.YELLOW))
    return register(policy=rules, homes=tuple(made), grids=grids, volunteers=volunteers, staff=(*stewards, *leaders, manager))


def _home(number: int, first: date) -> Home:
    building, floor, door = number // 100 + 1, number % 100 // 4 + 1, number % 4 + 1
    tier = Tier.RED if number % 20 == 3 else Tier.YELLOW if number % 20 == 7 else Tier.GREEN
    steward = "" if number % 200 == 103 else f"anheli.wang{building}"
    volunteer = "" if number % 100 == 3 else f"v{number % 24}"
    isolation = Isolation(first, first + 40 * DAY) if number % 60 == 11 else None
    people = {"tier": tier, "steward": steward, "volunteer": volunteer, "grid": f"g{number % 4}", "people": (), "isolation": isolation}
    return home(f"{building}-{floor}{door:02d}", **people)


class Month(World):
    """``every`` is the step of the schedule. What the stream brings may come ``again`` within a day.

    Notes: ``done`` has the moments of a visit's entries by slot and ``kept`` the first at which somebody was met, ``reports`` the first
    check-in by (home, day), ``away`` the paused days by home, ``leaves`` who went on leave, ``taken`` when an alert was. On the
    ``dutiful`` day everybody reports in time.
    """

    every, again, dutiful = MINUTE, 0.02, 4

    def __init__(self, monkeypatch: Any, homes: int, start: datetime, seed: int = 7) -> None:
        super().__init__(monkeypatch, compound(homes, day_of(start)), start)
        self.random, self.luck, self.start = random.Random(seed), random.Random(seed), start
        self.done: dict[str, list[datetime]] = {}
        self.kept: dict[str, datetime] = {}
        self.leaves: list[Leave] = []
        self.taken: dict[str, datetime] = {}
        self.reports: dict[tuple[str, date], datetime] = {}
        self.away: dict[str, list[tuple[datetime, datetime]]] = {}
        self.off: tuple[datetime, datetime] = (start, start)
        self.findings: list[tuple[datetime, Finding]] = []
        self.coming: list[tuple[datetime, int, Callable[[], object]]] = []
        self.number = count()
        self.seen: set[str] = set()
        for each in self.isolated:
            bind(self.store, "anheli", "anheli-gw1", f"door-{each.id}", each.id, "zigbee2mqtt", tenancy="t1")

    @property
    def now(self) -> datetime:
        return self.clock.moment

    @property
    def isolated(self) -> list[Home]:
        return [each for each in self.register.homes if each.isolation]

    def later(self, moment: datetime, act: Callable[[], object]) -> None:
        heapq.heappush(self.coming, (moment, next(self.number), act))

    def live(self, days: int) -> None:
        """Minute by minute; the schedule is silent while it is ``off``."""
        for number in range(days):
            day = day_of(self.start) + number * DAY
            self._plan(day)
            while self.now < at(day, "24:00"):
                self.clock.moment += self.every
                self._minute()

    def _minute(self) -> None:
        while self.coming and self.coming[0][0] <= self.now:
            heapq.heappop(self.coming)[2]()
            self.pump()
        if self.now.minute == 0:  # before the sweep of this minute: what is only just due is nobody's fault
            self.findings += [(self.now, finding) for finding in self.audit()]
        if not self.off[0] <= self.now < self.off[1]:
            self.sweep()
        self._notice()

    def pump(self) -> None:
        """Every record at least once."""
        while self.store.stream:
            record = self.store.stream.pop(0)
            subscriptions.react(record)
            if self.luck.random() < self.again:
                wait = timedelta(minutes=self.luck.randrange(1, 24 * 60))
                self.later(self.now + wait, lambda record=record: self.store.stream.append(record))

    def audit(self) -> list[Finding]:
        lying = left_lying(self.store, self.now).get("anheli", [])
        return sorted({*lying, *audit(self.store, self.now, self.register.compound)})

    # What a day brings.

    def _plan(self, day: date) -> None:
        for each in self.register.homes:
            if each.tier in WINDOWS:
                self._plan_visits(each, day)
            if each.tier is not Tier.RED:
                self._plan_report(each, day)
        for number, each in enumerate(self.random.sample(self.isolated, min(4, len(self.isolated)))):
            self.later(self._at(day, 7, 22), lambda each=each, taken=bool(number): self._open_door(each, taken))
        self._plan_absences(day)

    def _at(self, day: date, first: int, last: int) -> datetime:
        return at(day, "00:00") + timedelta(minutes=self.random.randrange(first * 60, last * 60))

    def _plan_report(self, each: Home, day: date) -> None:
        fate = self.random.random() * (0.9 if day == day_of(self.start) + self.dutiful * DAY else 1)
        if fate < 0.96:
            moment = self._at(day, 6, 10) if fate < 0.93 else self._at(day, 10, 20)
            self.later(moment, lambda: self._report(each))

    def _report(self, each: Home) -> None:
        fate, key = self.random.random(), f"key-{next(self.number)}"
        needs = (self.random.choice(list(Need)),) if fate < 0.01 else ()
        feeling = Feeling.UNWELL if fate < 0.004 else Feeling.WELL
        check_in(self.store, self.now, "anheli", each.id, each.tenancy, Said(key, "d", self.now, feeling, needs, "", Source.LINK))
        self.reports.setdefault((each.id, day_of(self.now)), self.now)

    def _plan_visits(self, each: Home, day: date) -> None:
        for slot, owed in owed_on(each, day):
            length = int((owed.closes - owed.opens).total_seconds() // 60)
            fate = self.random.random() + (0 if each.steward or each.volunteer else 0.5)  # whom nobody owes a visit, few visit
            within = owed.opens + timedelta(minutes=self.random.randrange(1, length))
            if fate < 0.86:
                self.later(within, lambda slot=slot: self._visit(each, slot, Outcome.DONE))
            elif fate < 0.92:
                self.later(within, lambda slot=slot: self._visit(each, slot, Outcome.NOBODY_HOME))
                if fate < 0.90:
                    self.later(within + 45 * MINUTE, lambda slot=slot: self._visit(each, slot, Outcome.DONE))
            elif fate < 0.95:
                late = owed.closes + timedelta(minutes=self.random.randrange(1, 300))
                self.later(late, lambda slot=slot: self._visit(each, slot, Outcome.DONE))

    def _visit(self, each: Home, slot: str, outcome: Outcome) -> None:
        if any(begin <= self.now < end for begin, end in self.away.get(each.id, [])):
            return
        needs = ("medicine",) if self.random.random() < 0.03 else ()
        entry = Entry(f"key-{next(self.number)}", "d", self.now, each.steward or "v1", outcome, 366, None, needs)
        record(self.store, self.now, "anheli", self.register.policy, each, slot, entry)
        self.done.setdefault(slot, []).append(self.now)
        if outcome is Outcome.DONE:
            self.kept.setdefault(slot, self.now)

    def _open_door(self, each: Home, taken: bool) -> None:
        self._door(each, b"true")
        raised = self._door(each, b"false")
        self.later(self.now + timedelta(minutes=5), lambda: self._door(each, b"true"))
        if raised and taken:
            wait = timedelta(minutes=self.random.randrange(1, 30))
            self.later(self.now + wait, lambda: self._take(raised[0].id))

    def _door(self, each: Home, contact: bytes) -> list[Alert]:
        stamp = int(self.now.timestamp() * 1000) + (contact == b"false")
        said = Message("anheli-gw1", f"zigbee2mqtt/door-{each.id}", "anheli-gw1", stamp, b'{"contact": %s}' % contact)
        return receive(self.store, self.clock, said)

    def _take(self, alert: str) -> None:
        found = find_alert(self.store, self.now, "anheli", alert)
        acknowledge(self.store, self.now, "anheli", found, "anheli.wang1", "", f"key-{alert}")
        self.taken[alert] = self.now

    def _plan_absences(self, day: date) -> None:
        reds = [each for each in self.register.homes if each.tier is Tier.RED and each.id not in self.away]
        for each in self.random.sample(reds, min(1, len(reds))):
            self.later(self._at(day, 11, 15), lambda each=each: self._leave_home(each))
        person = self.random.choice([*self.register.staff, *self.register.volunteers])
        self.later(self._at(day, 11, 20), lambda: self._on_leave(getattr(person, "username", "") or person.id))

    def _leave_home(self, each: Home) -> None:
        last = day_of(self.now) + self.random.randrange(1, 4) * DAY
        wanted = HomePause(
            f"p{next(self.number)}", each.id, each.tenancy, Absence.HOSPITAL, day_of(self.now), last, "anheli.chen", self.now
        )
        pause_home(self.store, self.now, self.register, wanted)
        self.away.setdefault(each.id, []).append((self.now, at(last, "24:00")))

    def _on_leave(self, person: str) -> None:
        first = day_of(self.now) + self.random.randrange(2) * DAY
        leave = Leave(f"l{next(self.number)}", person, first, first + 2 * DAY, "anheli.chen", self.now)
        take_leave(self.store, self.now, self.register, leave)
        self.leaves.append(leave)

    # What people do about tasks: each is noticed once, when it has told somebody.

    def _notice(self) -> None:
        for task in sorted(self.open_tasks() - self.seen):
            self.seen.add(task)
            self._decide(task)

    def open_tasks(self) -> set[str]:
        return {key.sk.removeprefix("OPEN#") for key in self.store._partitions.get("anheli#TASK", ()) if key.sk.startswith("OPEN#")}

    def _decide(self, task: str) -> None:
        soon = self.now + timedelta(minutes=self.random.randrange(3, 120))
        fate, who = self.random.random(), f"anheli.liu{self.random.randrange(4)}"
        self.later(soon, lambda: self._act(task, who, Act.CLAIM))
        if fate < 0.7:
            self.later(soon + timedelta(minutes=self.random.randrange(5, 55)), lambda: self._act(task, who, Act.DONE))
        elif fate < 0.8:
            self.later(soon + 20 * MINUTE, lambda: self._act(task, who, Act.RETURN))
        self.later(soon + timedelta(hours=20), lambda: self._act(task, "anheli.chen", Act.CANCEL))

    def _act(self, task: str, who: str, wanted: Act) -> None:
        try:
            act(self.store, self.now, "anheli", task, Line(self.now, who, wanted, "", f"key-{next(self.number)}"), DEFAULT_LADDERS)
        except Problem:
            return

    # What is stored of it.

    def tasks(self) -> dict[str, Item]:
        """Every task, open or closed, by its id; a task that is there twice is an error."""
        found: dict[str, Item] = {}
        for item in self.store.under("anheli#TASK"):
            identity = item["sk"].split("#", 1 if item["sk"].startswith("OPEN#") else 2)[-1]
            assert identity not in found
            found[identity] = item
        return found

    def messages(self) -> list[Item]:
        return [item for item in self.store._items.values() if "#POST#" in item["pk"]]


def owed_on(each: Home, day: date) -> list[tuple[str, Owed]]:
    """What a home is owed on a day, spelled out for this test: red every day, yellow every fourteenth of 2026."""
    if each.tier is Tier.YELLOW and (day - date(2026, 1, 1)).days % 14:
        return []
    return [
        (f"{kind}:{each.id}:{day}" + (f":{number}" if number else ""), Owed(each.id, at(day, opens), at(day, closes)))
        for kind, number, opens, closes in WINDOWS.get(each.tier, ())
    ]
