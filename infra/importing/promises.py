"""The rows of the policy table that say what is promised: windows, days between, quiet hours, and how fast somebody answers."""

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime
from itertools import pairwise
from typing import Any, TypeVar

import msgspec

from chalicelib.register.delivering import DeliveryPolicy
from chalicelib.register.giving import PointsPolicy, SupplyPolicy
from chalicelib.register.plans import DEFAULT_PLANS, GOODS_VISIT, PlanPolicy, TripPolicy
from chalicelib.register.policy import Policy
from chalicelib.register.ticketing import TicketPolicy
from chalicelib.shared.calendar import at
from chalicelib.shared.tiers import Tier
from chalicelib.tasks.rules import Days
from infra.importing import cells
from infra.importing.cells import clock, one_of
from infra.importing.faults import Bad
from infra.importing.text import plain
from infra.importing.words import DAYS, GOODS, WORK, own

Window = tuple[str, str]
MOST_WINDOWS, MOST_GOODS, MOST_ANSWERS = 6, 6, 20
S = TypeVar("S", DeliveryPolicy, PlanPolicy, PointsPolicy, SupplyPolicy, TicketPolicy, TripPolicy)
_DAY = date(2026, 1, 1)
_MANY = re.compile(r"[;；,，、\s]+")
_SPAN = re.compile(r"([\d:：]+)[-–—~至]([\d:：]+)")

COUNTED = {
    "points.basic": ("基本积分", 0, 100),
    "points.complex": ("复杂积分", 0, 100),
    "points.a_day": ("每天最多积分", 1, 1000),
    "points.hold_days": ("兑换保留天数", 1, 60),
    "supplies.ends_soon": ("快到期天数", 1, 366),
    "supplies.run_out": ("快用完天数", 1, 90),
    "parcel.fresh": ("生鲜取件", 5, 1440),
    "parcel.medicine": ("药品取件", 5, 1440),
    "parcel.daily": ("日用品取件", 30, 10080),
    "parcel.undo": ("撤回扫码", 1, 60),
    "parcel.opening": ("送货开门", 10, 480),
    "parcel.slots": ("每个货架放几件", 1, 500),
    "parcel.overflow": ("货架放不下", 1, 500),
}
"""Keys whose value is a whole number between two."""


def span(text: str) -> Window:
    """``22:00-07:00``; one that ends before it begins ends on the next day."""
    found = _SPAN.fullmatch(plain(text).replace(" ", ""))
    if found is None:
        raise Bad("时段要写成 08:00-10:00。", "Hours are written 08:00-10:00.")
    return clock(found[1].replace("：", ":")), clock(found[2].replace("：", ":"))


def windows(text: str) -> tuple[Window, ...]:
    """``08:00-10:00,16:00-18:00``, in order and without an overlap."""
    found = tuple(span(part) for part in _MANY.split(plain(text)) if part)
    if not 1 <= len(found) <= MOST_WINDOWS:
        raise Bad(f"一天要有 1 到 {MOST_WINDOWS} 个时段。", f"A day has 1 to {MOST_WINDOWS} windows.")
    spans = sorted(_moments(window) for window in found)
    wrapped = [*spans, tuple(moment.replace(day=moment.day + 1) for moment in spans[0])]
    if any(begin == end for begin, end in found) or any(second[0] < first[1] for first, second in pairwise(wrapped)):
        raise Bad("时段不能重叠，也不能是空的。", "Windows must not overlap or be empty.")
    return found


def _moments(window: Window) -> tuple[datetime, datetime]:
    opens, closes = at(_DAY, window[0]), at(_DAY, window[1])
    return opens, closes if closes > opens else at(date(2026, 1, 2), window[1])


def whole(least: int, most: int) -> Callable[[str], int]:
    """A reader of a whole number."""

    def read(text: str) -> int:
        found = plain(text)
        if not re.fullmatch(r"[0-9]{1,6}", found) or not least <= int(found) <= most:
            raise Bad(f"要填 {least} 到 {most} 的整数。", f"A whole number from {least} to {most}.")
        return int(found)

    return read


def days(text: str) -> Days:
    """What holidays do to a plan, in either language."""
    return Days(one_of(DAYS)(text))


def plans(said: Mapping[str, Any]) -> tuple[PlanPolicy, ...]:
    """The default plans with what the table says of them, ``plan.<kind>.windows`` and the like; goods are brought where it speaks of them."""
    extra = (GOODS_VISIT,) if any(key.startswith(f"plan.{GOODS_VISIT.kind}.") for key in said) else ()
    return tuple(_changed(f"plan.{plan.kind}", plan, said) for plan in (*DEFAULT_PLANS, *extra))


def _changed(prefix: str, default: S, said: Mapping[str, Any]) -> S:
    """A default with the members that rows ``<prefix>.<member>`` give."""
    members = {name: said[f"{prefix}.{name}"] for name in default.__struct_fields__ if f"{prefix}.{name}" in said}
    return msgspec.structs.replace(default, **members)


def goods(text: str) -> tuple[str, ...]:
    """``米;面;油``: our words for the usual things, anything else as it is called."""
    found = cells.many(_good)(text)
    if not 1 <= len(found) <= MOST_GOODS:
        raise Bad(f"要写 1 到 {MOST_GOODS} 样，用分号隔开。", f"1 to {MOST_GOODS} things, separated by semicolons.")
    return found


def service(text: str) -> Window:
    """``08:30-17:30``: on one day."""
    opens, closes = span(text)
    if opens >= closes:
        raise Bad("服务时段要在同一天里，像 08:30-17:30。", "Service hours lie within one day, like 08:30-17:30.")
    return opens, closes


def answers(text: str) -> tuple[str, ...]:
    """What is often said to a question, separated by semicolons; commas belong to the sentences."""
    found = tuple(cells.words(200)(part.strip()) for part in re.split(r"[;；]", text) if part.strip())
    if not 1 <= len(found) <= MOST_ANSWERS:
        raise Bad(f"要写 1 到 {MOST_ANSWERS} 句，用分号隔开。", f"1 to {MOST_ANSWERS} sentences, separated by semicolons.")
    return found


def work(text: str) -> tuple[str, ...]:
    """``调解;陪诊``: kinds of volunteers' work."""
    return tuple(cells.many(one_of(WORK))(text))


def _good(text: str) -> str:
    return own(GOODS, text) or cells.words(12)(text)


def by_tier(name: str, default: dict[Tier, int], said: Mapping[str, Any]) -> dict[Tier, int]:
    """``respond.red`` and the like, each tier's default where it is left out."""
    return {tier: said.get(f"{name}.{tier.value}", default[tier]) for tier in default}


def promised(said: Mapping[str, Any]) -> dict[str, Any]:
    """The members of a policy that these rows give."""
    plain_policy = Policy("0")
    return {
        "plans": plans(said),
        "trips": _changed("trip", TripPolicy(), said),
        "points": _changed("points", PointsPolicy(), said),
        "supplies": _changed("supplies", SupplyPolicy(), said),
        "tickets": _changed("ticket", TicketPolicy(), said),
        "delivery": _changed("parcel", DeliveryPolicy(), said),
        "respond_minutes": by_tier("respond", plain_policy.respond_minutes, said),
        "solve_hours": by_tier("solve", plain_policy.solve_hours, said),
        "pause_hours": by_tier("pause", plain_policy.pause_hours, said),
    }
