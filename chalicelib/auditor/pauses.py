"""Which tasks stand still although they must not: worked out from the stored segments, by code that nothing else uses. Pure."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from chalicelib.register.policy import Policy
from chalicelib.shared.calendar import parse
from chalicelib.shared.tiers import Tier
from chalicelib.store.contract import Item

SLACK = timedelta(minutes=5)


def stand_still(tasks: Sequence[Item], policy: Policy, since: datetime, now: datetime) -> Iterator[tuple[str, datetime]]:
    """Running tasks whose pause nobody owes, or outlasts the policy, or is not looked at when it ends; with when each pause began.

    ``since`` is the last import: a pause from before is not held to the policy that it brought.
    """
    for item in tasks:
        pauses = item["solve"]["pauses"] if item["sk"].startswith("OPEN#") else []
        if not pauses or parse(pauses[-1]["until"]) <= now:
            continue
        begun, ends = parse(pauses[-1]["from"]), parse(pauses[-1]["until"])
        longest = timedelta(hours=policy.pause_hours[Tier(item["tier"])])
        too_long = begun >= since and ends - begun > longest + SLACK
        if not item["owners"] or too_long or parse(item["progress"]["look"]) > ends + SLACK:
            yield f"{item['sk'].partition('#')[2]}:{pauses[-1]['from']}", begun
