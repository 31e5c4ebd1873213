"""Somebody sets out for a door: from then on its opening is expected, and the doors to go to, as one walks past them."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from chalicelib.delivery.answers import DoorLine, HomeParcel
from chalicelib.delivery.clocks import deadline
from chalicelib.delivery.rules import HANDS, SETS_OUT, Act, Parcel
from chalicelib.delivery.steps import opens_until
from chalicelib.register.rules import Home
from chalicelib.register.standing import Standing
from chalicelib.shared.calendar import stamp
from chalicelib.shared.problems import Problem
from chalicelib.store.contract import Store
from chalicelib.tasks.actions import call_off_opening, expect_opening
from chalicelib.tasks.rules import Opening

AT_THE_DOOR = "parcel"
"""Why a door is expected to open, where somebody brings a parcel."""
AT_LEAST = timedelta(minutes=5)
"""Whoever scans at the door rings within so long."""


def announce(store: Store, now: datetime, standing: Standing, act: Act, key: str, parcel: Parcel) -> None:
    """From now on the opening of this door is expected. Said before the parcel moves, so that no door opens unannounced; not again while
    it is expected for this parcel anyway.
    """
    register = standing.register
    if act not in SETS_OUT or not parcel.bound_for_door or not parcel.home:
        return
    if parcel.spot in HANDS and opens_until(register.policy.delivery, parcel, now) > now + AT_LEAST:
        return
    starts = now.replace(microsecond=0)
    ends = starts + timedelta(minutes=register.policy.delivery.opening)
    opening = Opening(_opening(act, key), starts, ends, AT_THE_DOOR)
    try:
        expect_opening(store, now, register.compound, parcel.home, opening)
    except Problem:  # announced a minute ago under the same key, or forty times today: the parcel goes on all the same
        return


def on_the_way(openings: Iterable[Opening], parcels: Iterable[HomeParcel]) -> list[Opening]:
    """Of a home's announced openings those to be told: that of a parcel once, and only while somebody has it in hand."""
    known = list(openings)
    brought = [each for each in known if each.reason == AT_THE_DOOR]
    told = [max(brought, key=lambda each: each.ends)] if brought and any(each.spot in HANDS for each in parcels) else []
    return [*(each for each in known if each.reason != AT_THE_DOOR), *told]


def call_off(store: Store, now: datetime, standing: Standing, parcel: Parcel) -> None:
    """Nobody has set out for this door after all, so that its opening is looked at again. ``parcel`` is as it was before that was said."""
    wrong = parcel.last
    if wrong.act in SETS_OUT and parcel.home:
        call_off_opening(store, now, standing.register.compound, parcel.home, _opening(wrong.act, wrong.key))


def _opening(act: Act, key: str) -> str:
    return f"parcel:{act}:{key[:12]}"


def doors(standing: Standing, now: datetime, me: str, parcels: Iterable[Parcel]) -> list[DoorLine]:
    """Where somebody has to go today, home by home in walking order: what ``me`` has in hand, and what nobody has taken yet."""
    found: dict[str, list[Parcel]] = {}
    for each in parcels:
        if each.bound_for_door and (each.spot not in HANDS or each.at == me):
            found.setdefault(each.home, []).append(each)
    homes = standing.register.home_by_id
    walked = sorted((homes[home] for home in found if home in homes), key=lambda home: home.place)
    return [_door(standing, now, me, home, found[home.id]) for home in walked]


def _door(standing: Standing, now: datetime, me: str, home: Home, parcels: list[Parcel]) -> DoorLine:
    policy = standing.register.policy.delivery
    until = min(deadline(policy, each) for each in parcels)
    tried = max((each.tried for each in parcels if each.tried), default=None)
    hers = [each for each in parcels if each.at == me]
    opens = max((opens_until(policy, each, now) for each in hers), default=None)
    return DoorLine(
        home=home.id,
        label=home.label,
        mine=[each.id for each in hers],
        waiting=[each.id for each in parcels if each.at != me],
        until=stamp(until),
        overdue=until <= now,
        tried=stamp(tried) if tried else "",
        opens_until=stamp(opens) if opens else "",
    )
