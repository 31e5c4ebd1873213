"""What people change between imports: a home's tier (proposed by one, approved by another), pauses of homes, leave of owners.

Everything is known by the id of the request that made it: the same id with the same content changes nothing and gets the same answer,
with other content Problem 422. A line of history is written in the same transaction.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import TypeVar

from msgspec.structs import replace

from chalicelib.register import records
from chalicelib.register.changes import Changes, HomePause, Leave, TierChange
from chalicelib.register.rules import Home, Register
from chalicelib.register.saving import Past, Step, check_days, check_start, save
from chalicelib.register.tiering import computed_tier
from chalicelib.shared.calendar import day_of
from chalicelib.shared.ids import CompoundId
from chalicelib.shared.problems import Problem, absent, bad, key_reused
from chalicelib.store.contract import Store

LONGEST_PAUSE = timedelta(days=180)
LONGEST_LEAVE = timedelta(days=366)
MOST_PROPOSALS = 3
MOST_WORDS = 200

Living = TypeVar("Living", TierChange, HomePause, Leave)


def propose_tier(store: Store, now: datetime, register: Register, wanted: TierChange) -> TierChange:
    """Ask for another tier of a home, from today or later; it is pending until a manager approves it.

    What was asked for a family that has moved out is forgotten: nobody could approve it any more.

    Problem 400 without a reason, in the past or more than a year ahead; 404 for an unknown home; 409 if three wait already.
    """

    def decide(changes: Changes) -> tuple[TierChange, Step | None]:
        same = _with(wanted.id, changes.tiers)
        if same is not None:
            asked = replace(same, made=wanted.made, approved_by="", approved=None, known=wanted.known)
            return _repeated(same, asked == wanted), None
        living(register, wanted.home, wanted.tenancy)
        check_start(now, wanted.since)
        _check_proposal(changes, wanted)
        more = {"tier": wanted.tier, "reason": wanted.reason, "since": wanted.since}
        past = Past(wanted.home, wanted.id, "tier.proposed", wanted.by, more)
        kept = (each for each in changes.tiers if each.home != wanted.home or each.tenancy == wanted.tenancy or each.approved)
        return wanted, Step(replace(changes, tiers=(*kept, wanted)), past)

    return save(store, now, register.compound, decide)


def approve_tier(store: Store, now: datetime, compound: CompoundId, identity: str, by: str) -> TierChange:
    """Let a proposed tier count from its first day on, and never for what is past. Other proposals for the home are over.

    Problem 403 for whoever proposed it; 404 if there is none; 409 with ``by`` if somebody else was faster, or if another family lives there.
    """
    register = records.load(store, compound)  # as imported: the tier in force must not count as a fact
    if register is None:
        raise absent()

    def decide(changes: Changes) -> tuple[TierChange, Step | None]:
        change = find(identity, changes.tiers)
        if change.by == by:
            raise Problem(403, "own-proposal", "自己提出的改档要由别的经理批准。", "Another manager has to approve what you proposed.")
        if change.approved is not None:
            return _won(change, by), None
        home = living(register, change.home, change.tenancy)
        known = computed_tier(register.policy.tier_rules, home, max(change.since, day_of(now)))
        approved = replace(change, approved_by=by, approved=now, known=known)
        others = (each for each in changes.tiers if each.home != change.home or each.approved is not None)
        past = Past(change.home, change.id, "tier.approved", by, {"tier": change.tier, "since": change.since})
        return approved, Step(replace(changes, tiers=(*others, approved)), past)

    return save(store, now, compound, decide)


def pause_home(store: Store, now: datetime, register: Register, wanted: HomePause) -> HomePause:
    """Let a home's plans stand still from today or later, at most 180 days.

    Problem 400 for other days; 404 for an unknown home; 409 if it is paused on one of these days already.
    """

    def decide(changes: Changes) -> tuple[HomePause, Step | None]:
        same = _with(wanted.id, changes.pauses)
        if same is not None:
            return _repeated(same, replace(same, made=wanted.made, ended=None, ended_by="") == wanted), None
        home = living(register, wanted.home, wanted.tenancy)
        check_days(now, wanted.first, wanted.last, LONGEST_PAUSE)
        mine = [pause for pause in changes.pauses if (pause.home, pause.tenancy) == (home.id, home.tenancy)]
        if any(pause.starts < wanted.ends and wanted.starts < pause.ends for pause in mine):
            raise Problem(409, "paused-already", "这一户在这些天里已经暂停。", "This home is paused on some of these days already.")
        more = {"why": wanted.why, "first": wanted.first, "last": wanted.last}
        return wanted, Step(replace(changes, pauses=(*changes.pauses, wanted)), Past(home.id, wanted.id, "home.paused", wanted.by, more))

    return save(store, now, register.compound, decide)


def end_pause(store: Store, now: datetime, compound: CompoundId, identity: str, by: str) -> HomePause:
    """The home is back, or will not leave: its plans count again from now on. One that is over stays as it is. Problem 404 if there is none."""

    def decide(changes: Changes) -> tuple[HomePause, Step | None]:
        pause = find(identity, changes.pauses)
        if pause.ends <= now:
            return pause, None
        ended = replace(pause, ended=now, ended_by=by)
        pauses = tuple(ended if each.id == identity else each for each in changes.pauses)
        return ended, Step(replace(changes, pauses=pauses), Past(pause.home, identity, "home.resumed", by, {}))

    return save(store, now, compound, decide)


def take_leave(store: Store, now: datetime, register: Register, wanted: Leave) -> Leave:
    """A member of staff or a volunteer will not be there, from today or later. Problem 400 for other days; 404 for somebody unknown."""

    def decide(changes: Changes) -> tuple[Leave, Step | None]:
        same = _with(wanted.id, changes.leaves)
        if same is not None:
            return _repeated(same, replace(same, made=wanted.made, ended=None, ended_by="") == wanted), None
        if wanted.person not in register.staff_by_username and wanted.person not in {each.id for each in register.volunteers}:
            raise absent()
        check_days(now, wanted.first, wanted.last, LONGEST_LEAVE)
        past = Past(wanted.person, wanted.id, "leave.taken", wanted.by, {"first": wanted.first, "last": wanted.last})
        return wanted, Step(replace(changes, leaves=(*changes.leaves, wanted)), past)

    return save(store, now, register.compound, decide)


def end_leave(store: Store, now: datetime, compound: CompoundId, identity: str, by: str) -> Leave:
    """Somebody is back, from this day on. One that is over stays as it is. Problem 404 if there is none."""

    def decide(changes: Changes) -> tuple[Leave, Step | None]:
        leave = find(identity, changes.leaves)
        if leave.ended is not None or leave.last < day_of(now):
            return leave, None
        ended = replace(leave, ended=now, ended_by=by)
        leaves = tuple(ended if each.id == identity else each for each in changes.leaves)
        return ended, Step(replace(changes, leaves=leaves), Past(leave.person, identity, "leave.ended", by, {}))

    return save(store, now, compound, decide)


def find(identity: str, among: Iterable[Living]) -> Living:
    """The change with this id; Problem 404 if there is none."""
    found = _with(identity, among)
    if found is None:
        raise absent()
    return found


def _with(identity: str, among: Iterable[Living]) -> Living | None:
    return next((each for each in among if each.id == identity), None)


def _repeated(stored: Living, same: bool) -> Living:
    if not same:
        raise key_reused()
    return stored


def _won(change: TierChange, by: str) -> TierChange:
    if change.approved_by != by:
        raise Problem(409, "approved-already", "别的经理已经批准了。", "Another manager approved it already.", by=change.approved_by)
    return change


def living(register: Register, home: str, tenancy: str) -> Home:
    """The home with this very family in it."""
    found = register.home_by_id.get(home)
    if found is None:
        raise absent()
    if not found.lived_in or found.tenancy != tenancy:
        raise Problem(409, "nobody-lives-here", "这一户已经搬走。", "This household has moved out.")
    return found


def _check_proposal(changes: Changes, wanted: TierChange) -> None:
    if not 0 < len(wanted.reason) <= MOST_WORDS:
        raise bad("reason", f"请写明理由，最多 {MOST_WORDS} 个字。", f"Give a reason of {MOST_WORDS} characters at most.")
    family = wanted.home, wanted.tenancy
    waiting = [change for change in changes.tiers if (change.home, change.tenancy) == family and change.approved is None]
    if len(waiting) >= MOST_PROPOSALS:
        raise Problem(
            409, "too-many-proposals", "这一户已有几份改档申请在等批准。", "Several changes for this home wait for approval already."
        )
