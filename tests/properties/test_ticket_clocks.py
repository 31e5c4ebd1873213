"""A ticket's deadlines as shown are what its stored segments say, whatever was done with it: counted anew, minute by minute."""

from datetime import datetime, timedelta
from functools import cache
from itertools import count

from hypothesis import given, settings
from hypothesis import strategies as st

from chalicelib.register.changes import Changes
from chalicelib.register.rules import Home
from chalicelib.register.standing import Standing
from chalicelib.register.ticketing import Subkind, TicketKind
from chalicelib.shared.calendar import day_of, local
from chalicelib.shared.holidays import is_workday
from chalicelib.shared.problems import Problem
from chalicelib.shared.tiers import Tier
from chalicelib.store.memory import MemoryStore
from chalicelib.tasks.acting import Order
from chalicelib.tasks.clocks import Clock
from chalicelib.tasks.tasks import Act, Line, Task
from chalicelib.tickets import actions, records
from chalicelib.tickets.rules import Draft, Origin, Said, Ticket, Verdict, priority
from tests.builders import moment, register

MINUTE = timedelta(minutes=1)
REGISTER = register()
HOME: Home = REGISTER.home_by_id["3-502"]
ABOUT = [
    (TicketKind.REPAIR, Subkind.LEAK),
    (TicketKind.REPAIR, Subkind.LIFT),
    (TicketKind.COMPLAINT, Subkind.NONE),
    (TicketKind.QUESTION, Subkind.NONE),
]
ACTS = [
    *(Act.CLAIM, Act.PAUSE, Act.RESUME, Act.RETURN, Act.ASSIGN, Act.DONE, Act.DONE, Act.REOPEN, Act.PRIORITISE),
    Verdict.RETURNED,
    Verdict.RETURNED,
]
STEPS = st.lists(st.tuples(st.sampled_from(ACTS), st.integers(1, 2000), st.sampled_from([Tier.RED, Tier.GREEN])), max_size=9)


@cache
def workday(day: object) -> bool:
    return is_workday(day)  # type: ignore[arg-type]


def counts(minute: datetime, ticket: Ticket, clock: Clock) -> bool:
    """Does this minute use up the ticket's time?"""
    if any(pause.start <= minute < pause.end for pause in clock.pauses):
        return False
    wall = local(minute)
    return ticket.wall or ("08:30" <= f"{wall:%H:%M}" < "17:30" and workday(wall.date()))


def replayed(ticket: Ticket, clock: Clock, allowed: timedelta, now: datetime) -> datetime:
    """The deadline, counted; a clock that is late already shows it later by every pause since, as all clocks of tasks do."""
    left, minute = allowed // MINUTE, clock.started
    while left:
        left -= counts(minute, ticket, clock)
        minute += MINUTE
    return minute + sum((min(pause.end, now) - pause.start for pause in clock.pauses if pause.start >= minute), timedelta())


class History:
    """One ticket and what is done with it, through the real actions."""

    def __init__(self, kind: TicketKind, subkind: Subkind, start: datetime) -> None:
        self.store, self.now, self.keys = MemoryStore(), start, count()
        draft = Draft(kind, subkind, "楼道", "", Origin.LINK, "", "k:d")
        ticket, task = actions.report(self.store, self.now, self.standing, HOME, draft)
        assert task
        self.number, self.task = ticket.id, task

    @property
    def standing(self) -> Standing:
        return Standing(REGISTER, Changes(), REGISTER, self.now)

    def ticket(self) -> Ticket:
        found = records.find(self.store, "anheli", self.number)
        assert found
        return found

    def work(self) -> Task | None:
        return actions.task_of(self.store, self.now, "anheli", self.ticket())

    def step(self, what: Act | Verdict, minutes: int, tier: Tier) -> None:
        key = f"{next(self.keys)}:d"
        self.now += MINUTE * minutes
        try:
            if isinstance(what, Verdict):
                actions.judge(self.store, self.now, self.standing, self.number, what, 0, Said(self.now, what, "", "", key), HOME)
            else:
                line = Line(self.now, "anheli.wang", what, "x", key)
                order = Order("anheli.wang", self.now + MINUTE * minutes, priority(REGISTER.policy, self.task, tier))
                actions.do(self.store, self.now, self.standing, self.task, line, order)
        except Problem:
            return


@settings(max_examples=1000)
@given(about=st.sampled_from(ABOUT), start=st.integers(0, 10 * 24 * 60), steps=STEPS)
def test_clocks_replayed_from_their_segments_give_the_shown_deadlines(
    about: tuple[TicketKind, Subkind], start: int, steps: list[tuple[Act | Verdict, int, Tier]]
):
    history = History(*about, moment("00:00") + MINUTE * start)
    for step in steps:
        history.step(*step)

    ticket, work, now = history.ticket(), history.work(), history.now
    if work is None:
        return
    for clock, allowed in ((work.respond, ticket.respond), (work.solve, ticket.solve)):
        wanted = clock.allowed if ticket.wall else allowed
        if not clock.standing(now):
            assert clock.deadline(now) == replayed(ticket, clock, wanted, now)
    assert ticket.running is work.running
    assert day_of(ticket.made) == day_of(moment("00:00") + MINUTE * start)
