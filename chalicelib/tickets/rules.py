"""A ticket: what somebody said is wrong, what was done about it step by step, and whether that was good. Pure.

open → solved → good, or bad        solved → returned (open again)        open → cancelled

The work is a task, which never changes without its ticket: its clocks are the ticket's clocks, its ladder the ticket's ladder.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta
from enum import StrEnum
from typing import NamedTuple

from chalicelib.register.policy import Policy
from chalicelib.register.rules import Home
from chalicelib.register.ticketing import URGENT, Subkind, TicketKind
from chalicelib.shared.problems import bad
from chalicelib.shared.tiers import Tier
from chalicelib.tasks.service import fitted
from chalicelib.tasks.tasks import Allowance, Task, TaskKind, opened
from chalicelib.tasks.waiting import Priority
from chalicelib.tickets.photos import Photo

LONGEST_TEXT = 300
MOST_LINES = 60
REPEATED, LIKELY = timedelta(days=30), timedelta(hours=72)
LEAST = timedelta(hours=1)
"""Of service time, or of wall time for what is urgent: what a ticket has left when it is opened again."""


class TicketState(StrEnum):
    OPEN = "open"
    SOLVED = "solved"
    GOOD = "good"
    BAD = "bad"
    CANCELLED = "cancelled"


class Origin(StrEnum):
    """How it reached us."""

    LINK = "link"
    PHONE = "phone"
    DESK = "desk"
    GROUP = "group"
    OPEN311 = "open311"


class Verdict(StrEnum):
    """What the family says of a solved ticket."""

    GOOD = "good"
    BAD = "bad"
    RETURNED = "returned"


class Said(NamedTuple):
    """One line of feedback. ``what`` is the act, or what the family did; ``key`` the request's, so that a repeat is known."""

    at: datetime
    what: str
    by: str = ""
    note: str = ""
    key: str = ""


class Ticket(NamedTuple):
    """``place`` is a building, "" for the compound; ``wall`` says that its limits are wall time; ``group`` is the floor group, or the
    other system, it came from; ``like`` are earlier complaints of the same; ``same`` what it says to be about; ``incident`` its cause."""

    id: str
    kind: TicketKind
    subkind: Subkind
    home: str
    tenancy: str
    place: str
    text: str
    origin: Origin
    group: str
    by: str
    key: str
    respond: timedelta
    solve: timedelta
    wall: bool
    lines: tuple[Said, ...]
    state: TicketState = TicketState.OPEN
    doer: str = ""
    rating: int = 0
    like: tuple[str, ...] = ()
    same: str = ""
    incident: str = ""
    photos: tuple[Photo, ...] = ()
    version: int = 0

    @property
    def made(self) -> datetime:
        return self.lines[0].at

    @property
    def running(self) -> bool:
        return self.state is TicketState.OPEN

    @property
    def task(self) -> str:
        """The id of the task that is its work."""
        return f"{TaskKind.TICKET}:{self.id}"

    @property
    def word(self) -> str:
        """What it is about in one word: ``leak``, ``question``."""
        return self.subkind.value or self.kind.value


class Draft(NamedTuple):
    """What somebody reports, before it is a ticket. ``key`` is ``<request>:<digest of its payload>``."""

    kind: TicketKind
    subkind: Subkind
    text: str
    place: str
    origin: Origin
    by: str
    key: str
    group: str = ""
    same: str = ""


def check(draft: Draft) -> None:
    """Problem 400 for a repair that does not say what is broken, for another kind that does, and where words are needed and missing."""
    if (draft.kind is TicketKind.REPAIR) is (draft.subkind is Subkind.NONE):
        raise bad("subkind", "请点一下坏的是什么。", "Please say what is broken.", field="subkind")
    if draft.subkind in (Subkind.NONE, Subkind.OTHER) and not draft.text:
        raise bad("text", "请写一句是什么事。", "Please say in a few words what it is about.", field="text")


def priority(policy: Policy, task: Task, tier: Tier) -> Priority:
    """What another tier means for a ticket's work: its times and its ladder."""
    limits = policy.tickets.limits(_kind(task.category), policy.tickets.is_urgent(tier))
    return Priority(tier, Allowance(limits.respond, limits.solve), _ladder(_kind(task.category), limits.urgent))


def make(policy: Policy, identity: str, draft: Draft, home: Home | None, like: Iterable[str], now: datetime) -> Ticket:
    """A new ticket. A complaint that was made before is one step more urgent."""
    urgent, like = draft.subkind in URGENT, tuple(like)
    limits = policy.tickets.limits(draft.kind, urgent)
    return Ticket(
        identity,
        draft.kind,
        draft.subkind,
        home.id if home else "",
        home.tenancy if home else "",
        home.building if home else draft.place,
        draft.text,
        draft.origin,
        draft.group,
        draft.by,
        draft.key,
        limits.respond,
        limits.solve,
        limits.urgent,
        (Said(now, "reported", draft.by), *([Said(now, "raised")] if like else [])),
        like=like,
        same=draft.same,
    )


def work(policy: Policy, ticket: Ticket, owners: tuple[str, ...], now: datetime) -> Task:
    """The task that is a new ticket's work."""
    name = _ladder(ticket.kind, ticket.wall)
    said = {"home": ticket.home, "tenancy": ticket.tenancy, "tier": tier_of(ticket), "category": ticket.word, "about": ticket.id}
    times = Allowance(ticket.respond, ticket.solve)
    return timed(policy, ticket, opened(ticket.task, TaskKind.TICKET, (name, policy.every_ladder[name]), now, times, owners, **said))


def tier_of(ticket: Ticket) -> Tier:
    """How urgent a new ticket is: what cannot wait for the morning, what was complained of before, the rest."""
    return Tier.RED if ticket.wall else Tier.YELLOW if ticket.like else Tier.GREEN


def timed(policy: Policy, ticket: Ticket, task: Task) -> Task:
    """The task with clocks that run out when the ticket's service time is used up; urgent ones as they are."""
    if ticket.wall:
        return task
    hours = policy.tickets.service
    return task._replace(respond=fitted(hours, task.respond, ticket.respond), solve=fitted(hours, task.solve, ticket.solve))


def repeats(kind: TicketKind, earlier: Iterable[tuple[str, TicketKind, datetime]], now: datetime) -> list[str]:
    """Which earlier tickets a complaint repeats: complaints of the last thirty days."""
    if kind is not TicketKind.COMPLAINT:
        return []
    return [identity for identity, known, made in earlier if known is kind and now - made <= REPEATED]


def _kind(word: str) -> TicketKind:
    return TicketKind(word) if word in set(TicketKind) else TicketKind.REPAIR


def _ladder(kind: TicketKind, urgent: bool) -> str:
    return "ticket-urgent" if urgent else "question" if kind is TicketKind.QUESTION else "ticket"
