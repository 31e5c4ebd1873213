"""The register as it stands: what the import brought and what has changed since, asked about any instant. Pure."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import NamedTuple

import msgspec

from chalicelib.register.changes import Changes
from chalicelib.register.contents import rewritten
from chalicelib.register.recruits import described, joined
from chalicelib.register.rules import Home, Register
from chalicelib.register.tiering import computed_tier
from chalicelib.shared.calendar import day_of
from chalicelib.shared.tiers import Tier
from chalicelib.tasks.rules import Slot

TRIP = "trip"
"""Why plans stand still for a home whose people are at the hospital with somebody; beside the words of a pause."""


class Standing(NamedTuple):
    """``register`` has every home's tier as it is ``now``; ``imported`` has those of the import."""

    register: Register
    changes: Changes
    imported: Register
    now: datetime

    def homes_at(self, homes: Iterable[Home], moment: datetime) -> list[Home]:
        """The homes with the tiers they had at an instant. Who is owed a slot is decided when it opens, so that a change counts forwards only."""
        known = {change.home for change in self.changes.tiers} if day_of(moment) == day_of(self.now) else None
        return [home if known is not None and home.id not in known else self.home_at(home, moment) for home in homes]

    def home_at(self, home: Home, moment: datetime) -> Home:
        """One home with the tier it had at an instant: facts and policy first, then what was decided by hand."""
        imported = self.imported.home_by_id[home.id]
        computed = computed_tier(self.imported.policy.tier_rules, imported, day_of(moment))
        return _of_tier(home, self.changes.tier_at(imported, computed, moment))

    def away(self, home: Home, slot: Slot, now: datetime) -> str:
        """Why a slot stands still for this home, as of ``now`` or of the nearest moment of its window; "" if it does not.

        The home is paused then, or out on an accompanied trip for the whole of the window.
        """
        moment = slot.seen(now)
        pause = self.changes.pause_at(home, moment)
        return pause.why.value if pause else TRIP if self.changes.out_for(home, slot.opens, slot.closes, moment) else ""

    def absent(self, day: date) -> frozenset[str]:
        """Everybody on leave on a day."""
        return frozenset(leave.person for leave in self.changes.leaves if leave.covers(day))


def as_of(imported: Register, day: date) -> Register:
    """The register with the tiers that the facts ask for on a day: what all answers of that day have in common."""
    rules = imported.policy.tier_rules
    return msgspec.structs.replace(imported, homes=tuple(_of_tier(home, computed_tier(rules, home, day)) for home in imported.homes))


def stand(imported: Register, changes: Changes, now: datetime, today: Register | None = None) -> Standing:
    """The register as it stands at ``now``; ``today`` is the register as of its day, where that is at hand."""
    before = Standing(_manned(_reprinted(today or as_of(imported, day_of(now)), changes), changes), changes, imported, now)
    decided = {change.home for change in changes.tiers}
    if not decided:
        return before
    homes = tuple(before.home_at(home, now) if home.id in decided else home for home in before.register.homes)
    return before._replace(register=msgspec.structs.replace(before.register, homes=homes))


def _reprinted(register: Register, changes: Changes) -> Register:
    """With the lines that the staff has rewritten since the import."""
    policy = rewritten(register.policy, changes.contents) if changes.contents else register.policy
    return register if policy is register.policy else msgspec.structs.replace(register, policy=policy)


def _manned(register: Register, changes: Changes) -> Register:
    """With the volunteers who joined since, and with what volunteers have said of themselves."""
    return described(joined(register, changes.recruits), changes.profiles)


def _of_tier(home: Home, tier: Tier) -> Home:
    return home if tier is home.tier else msgspec.structs.replace(home, tier=tier)
