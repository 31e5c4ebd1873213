"""Somebody would like to be a volunteer; whoever leads a grid says yes or no."""

from datetime import datetime

from chalicelib.recruiting import records
from chalicelib.recruiting.rules import (
    MOST_A_DAY,
    MOST_AN_HOUR,
    Application,
    Decision,
    Said,
    decided,
    recruit_id,
    refused,
    too_many,
    volunteer_of,
)
from chalicelib.register.joining import join
from chalicelib.register.recruits import Recruit
from chalicelib.register.rules import Register
from chalicelib.shared.problems import absent, busy, key_reused
from chalicelib.store.contract import Change, Conflict, Store

ROUNDS = 8


def apply(store: Store, now: datetime, compound: str, said: Said, key: str) -> Application:
    """Write it down, counted within the hour and the day. The same key again gets the first answer; with other words Problem 422. Problem
    429 when too many have applied."""
    identity = key.partition(":")[0][:12]
    for _ in range(ROUNDS):
        known = records.find(store, compound, identity)
        if known is not None:
            if known.key != key:
                raise key_reused()
            return known
        within, today, counts = records.counted(store, compound, now)
        if within >= MOST_AN_HOUR or today >= MOST_A_DAY:
            raise too_many()
        application = Application(identity, now, said, key)
        try:
            store.write(records.saved(compound, application), counts)
            return application
        except Conflict:
            continue
    raise busy()


def decide(store: Store, register: Register, identity: str, decision: Decision, approve: bool) -> Application:
    """Approve, and she is a volunteer from now on; or decline. One transaction. Problem 404 for no such application; 409 with ``by`` if
    somebody else has decided; 422 for another word under the same key."""
    if approve:
        return _approved(store, register, identity, decision)
    for _ in range(ROUNDS):
        application = _undecided(store, register.compound, identity, decision, approve)
        if application.decision:
            return application
        after = decided(application, decision, approve)
        try:
            store.write(records.saved(register.compound, after))
            return after
        except Conflict:
            continue
    raise busy()


def _approved(store: Store, register: Register, identity: str, decision: Decision) -> Application:
    found = [_undecided(store, register.compound, identity, decision, True)]

    def change() -> Change | None:
        found[0] = _undecided(store, register.compound, identity, decision, True)
        return None if found[0].decision else records.saved(register.compound, decided(found[0], decision, True))

    volunteer = volunteer_of(register, found[0], decision.grid)
    recruit = Recruit(recruit_id(found[0]), volunteer, decision.by, decision.at)
    join(store, decision.at, register.compound, recruit, change)
    return found[0] if found[0].decision else decided(found[0], decision, True)


def _undecided(store: Store, compound: str, identity: str, decision: Decision, approve: bool) -> Application:
    """The application, if nobody has decided it, or this very request has."""
    application = records.find(store, compound, identity)
    if application is None:
        raise absent()
    before = application.decision
    if before is None or before.key == decision.key:
        return application
    if before.key.partition(":")[0] == decision.key.partition(":")[0]:
        raise key_reused()
    raise refused(before)
