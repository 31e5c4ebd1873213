"""A letter is a promise: its result is owed within 24 hours of the half-day it was sent in. The task knows a receipt, never a word of it."""

from datetime import datetime

import msgspec

from chalicelib.promises import arising
from chalicelib.promises.people import empty_rungs
from chalicelib.register import records as registers
from chalicelib.register.policy import Policy
from chalicelib.shared.calendar import day_of, parse
from chalicelib.shared.ids import CompoundId, is_compound_id
from chalicelib.shared.problems import Problem, Rejected
from chalicelib.shared.tiers import Tier
from chalicelib.store.contract import Store
from chalicelib.tasks import board
from chalicelib.tasks.acting import Order, act
from chalicelib.tasks.clocks import Clock
from chalicelib.tasks.tasks import Act, Line, Task, TaskKind, opened
from chalicelib.tasks.work import arise, settle

TIERS = {"danger": Tier.RED, "urgent": Tier.RED, "soon": Tier.YELLOW, "later": Tier.GREEN}


class LetterSaid(msgspec.Struct, forbid_unknown_fields=True):
    """All that the rest of the system ever hears of a letter. ``turn`` counts its results before this one."""

    compound: str
    receipt: str
    turn: int
    urgency: str
    state: str
    due: str
    version: int

    @property
    def task(self) -> str:
        return f"letter:{self.receipt}:{self.turn}"


def letter_told(store: Store, now: datetime, said: LetterSaid) -> None:
    """A letter that waits is a task, one that was answered settles it. Heard twice, it is done once; out of order, the newest stands.

    Rejected for a compound that is not there.
    """
    standing = registers.standing(store, now, CompoundId(said.compound)) if is_compound_id(said.compound) else None
    if standing is None:
        raise Rejected("no such compound")
    policy, compound = standing.register.policy, said.compound
    if said.state == "answered":
        if not settle(store, now, compound, said.task, "answered") and board.lately_closed(store, compound, said.task, day_of(now)) is None:
            raise Rejected("the answer came before its letter; it comes again")
        return
    task = _task(policy, said, now)
    if not arise(store, now, compound, task, arising.ladder_of(policy, task), empty_rungs(standing, task, now)):
        _judged(store, now, policy, said)


def _judged(store: Store, now: datetime, policy: Policy, said: LetterSaid) -> None:
    """Somebody has said how urgent it is; what is older than the newest word is left alone."""
    task = board.running(store, said.compound, said.task)
    tier = TIERS[said.urgency]
    if (
        task is None
        or task.tier is tier
        or any(line.key.startswith("letter:") and int(line.key[7:]) >= said.version for line in task.lines)
    ):
        return
    line = Line(now, "", Act.PRIORITISE, "", f"letter:{said.version}")
    try:
        act(store, now, said.compound, said.task, line, policy.every_ladder, Order(priority=arising.priority(policy, task, tier)))
    except Problem:
        return


def _task(policy: Policy, said: LetterSaid, now: datetime) -> Task:
    """Owed from the beginning of the half-day, whenever it is heard of; no line of its history tells more of when it was written."""
    tier, began = TIERS[said.urgency], parse(said.due) - arising.LETTER_HOURS
    ladder = arising.letter_ladder(tier)
    times = arising.letter_allowance(policy, tier)
    about = {"tier": tier, "category": "letter", "about": said.receipt}
    task = opened(said.task, TaskKind.LETTER, (ladder, policy.every_ladder[ladder]), now, times, (), **about)
    first = task.lines[0]._replace(at=began)
    return task._replace(respond=Clock(began, times.respond), solve=Clock(began, times.solve), lines=(first,))
