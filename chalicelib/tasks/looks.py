"""The next moment to look at a plan's window: one item per compound, plan and window, however many homes it is about."""

from datetime import date, datetime
from enum import StrEnum
from typing import NamedTuple

from chalicelib.shared.calendar import parse, utc_stamp
from chalicelib.store import keys
from chalicelib.store.contract import Add, Change, Item, Remove, Replace


class Phase(StrEnum):
    """What the look is for: who owes the visits when the window opens, what was missed when it closes."""

    OPENS = "opens"
    CLOSES = "closes"


class Look(NamedTuple):
    compound: str
    plan: str
    window: int
    day: date
    phase: Phase
    due: datetime
    version: int = 0


def stored(look: Look) -> Change:
    """The write that sets the look to its moment, if nobody has moved it meanwhile."""
    key = keys.look(look.compound, look.plan, look.window)
    item: Item = {
        **key.as_item(),
        "v": look.version + 1,
        "day": look.day.isoformat(),
        "phase": look.phase.value,
        "due_pk": keys.shard(f"{key.pk}{key.sk}"),
        "due_at": utc_stamp(look.due),
        "due": utc_stamp(look.due),
    }
    return Replace(item, look.version) if look.version else Add(item)


def removed(look: Look) -> Change:
    """For a window that the policy no longer has."""
    return Remove(keys.look(look.compound, look.plan, look.window), look.version)


def from_item(item: Item) -> Look:
    compound = item["pk"].partition("#")[0]
    plan, _, window = item["sk"].rpartition("#")
    return Look(compound, plan, int(window), date.fromisoformat(item["day"]), Phase(item["phase"]), parse(item["due"]), item["v"])
