"""How parcels are stored: those on their way side by side, in order of their buildings; the others under the day of their arrival."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import Any

from chalicelib.delivery.clocks import next_look
from chalicelib.delivery.numbers import NOWHERE, day_of_arrival
from chalicelib.delivery.rules import Act, Before, Parcel, Spot, Step, Trouble
from chalicelib.register.delivering import Goods
from chalicelib.register.policy import Policy
from chalicelib.shared.calendar import day_of, parse, utc_stamp
from chalicelib.shared.news import News, told
from chalicelib.store import keys, parcel_keys
from chalicelib.store.contract import Add, Change, Item, Remove, Replace, Store

KEEP_DAYS = 35
"""Long enough to see how full the shelves were for four weeks; who received what is nobody's affair afterwards."""


def find(store: Store, compound: str, numbers: Sequence[str], today: date) -> dict[str, Parcel]:
    """Parcels on their way, or closed within the month, by number. One read a fifty."""
    places = [place for number in numbers for place in _places(compound, number, today)]
    found = store.get_many(places, consistent=True) if places else {}
    return {parcel.id: parcel for parcel in map(from_item, found.values())}


def on_their_way(store: Store, compound: str, building: str | None = None) -> list[Parcel]:
    """All of a compound, or those of one building ("" for those whose building nobody knows). One query."""
    prefix = "OPEN#" if building is None else f"OPEN#{building or NOWHERE}-"
    return [from_item(item) for item in store.under(parcel_keys.parcels(compound), prefix=prefix)]


def arrived_on(store: Store, compound: str, day: date) -> list[Parcel]:
    """Those that arrived on a day and are home or returned. One query."""
    return [from_item(item) for item in store.under(parcel_keys.closed_parcels(compound, day))]


def added(compound: str, policy: Policy, parcel: Parcel) -> Change:
    """A new parcel, under a number that nobody has."""
    return Add(_item(compound, policy, parcel, _of_trouble(parcel, Trouble.NONE)))


def changed(compound: str, policy: Policy, before: Parcel, after: Parcel) -> list[Change]:
    """A parcel after a step: it stays where it is stored until it is home or returned. News where it is somebody's task, or a volunteer brought it."""
    if after.last.act is Act.UNDO:
        return _undone(compound, policy, before, after)
    if not after.running:
        heeded = before.tasked or before.trouble or before.spot is Spot.VOLUNTEER
        news = told(f"{after.id}:{after.version + 1}", News.PARCEL_CLOSED) if heeded else None
        return [Remove(parcel_keys.open_parcel(compound, before.id), before.version), Add(_item(compound, policy, after, news))]
    news_of_trouble = _of_trouble(after, before.trouble)
    handed = told(f"{after.id}:{after.version + 1}", News.PARCEL_HANDED) if before.tasked else None
    return [Replace(_item(compound, policy, after, news_of_trouble or handed), before.version)]


def _undone(compound: str, policy: Policy, before: Parcel, after: Parcel) -> list[Change]:
    """It is where it was. News where the step that is taken back was anybody's affair."""
    heeded = before.tasked or after.tasked or before.trouble or after.trouble or after.spot is Spot.VOLUNTEER
    item = _item(compound, policy, after, told(f"{after.id}:{after.version + 1}", News.PARCEL_UNDONE) if heeded else None)
    if before.running:
        return [Replace(item, before.version)]
    closed = parcel_keys.closed_parcel(compound, day_of(before.arrived), before.id)
    return [Remove(closed, before.version), Add(item)]


def renumbered(compound: str, policy: Policy, before: Parcel, after: Parcel) -> list[Change]:
    """It goes to another building than was thought: the old number is no more."""
    news = told(f"{after.id}:1", News.PARCEL_TROUBLED)
    return [Remove(parcel_keys.open_parcel(compound, before.id), before.version), Add(_item(compound, policy, after, news))]


def looked_at(compound: str, policy: Policy, after: Parcel) -> Change:
    """A parcel after a look: whoever hears the news reminds its family, or finds it somebody."""
    return Replace(_item(compound, policy, after, told(f"{after.id}:told:{after.told}", News.PARCEL_DUE)), after.version)


def _of_trouble(parcel: Parcel, before: Trouble) -> dict[str, Any] | None:
    in_vain = parcel.last.act is Act.MISS and parcel.trouble is Trouble.NOBODY_HOME  # each time: the family hears of it, and its steward
    if parcel.trouble is before and not in_vain:
        return None
    return told(f"{parcel.id}:{parcel.version + 1}", News.PARCEL_TROUBLED)


def _places(compound: str, number: str, today: date) -> Iterable[keys.Key]:
    yield parcel_keys.open_parcel(compound, number)
    yield parcel_keys.closed_parcel(compound, day_of_arrival(number, today), number)


def _item(compound: str, policy: Policy, parcel: Parcel, news: dict[str, Any] | None) -> Item:
    closed = parcel_keys.closed_parcel(compound, day_of(parcel.arrived), parcel.id)
    key = parcel_keys.open_parcel(compound, parcel.id) if parcel.running else closed
    some = {name: getattr(parcel, name) for name in ("told", "door", "tasked", "waybill", "batch") if getattr(parcel, name)}
    item: Item = {
        **key.as_item(),
        "v": parcel.version + 1,
        "goods": parcel.goods.value,
        "home": parcel.home,
        "tenancy": parcel.tenancy,
        "spot": parcel.spot.value,
        "at": parcel.at,
        "trouble": parcel.trouble.value,
        "arrived": utc_stamp(parcel.arrived),
        "clock": utc_stamp(parcel.clock),
        "steps": [_row(step) for step in parcel.steps],
        "news": news,
        **({"before": _kept(parcel, parcel.before)} if parcel.before else {}),
        **some,
    }
    if not parcel.running:
        return item | {"ttl": int((parcel.arrived + timedelta(days=KEEP_DAYS)).timestamp())}
    look = next_look(policy.delivery, policy.quiet, parcel)
    return item | ({"due_pk": keys.shard(f"{key.pk}{key.sk}"), "due_at": utc_stamp(look.at)} if look else {})


def from_item(item: Item) -> Parcel:
    return Parcel(
        item["sk"].removeprefix("OPEN#"),
        Goods(item["goods"]),
        item["home"],
        item["tenancy"],
        Spot(item["spot"]),
        item["at"],
        Trouble(item["trouble"]),
        item.get("door", False),
        parse(item["arrived"]),
        parse(item["clock"]),
        tuple(_step(row) for row in item["steps"]),
        item.get("told", 0),
        item.get("tasked", False),
        item.get("waybill", ""),
        item.get("batch", ""),
        item["v"],
        _before(item),
    )


def _kept(parcel: Parcel, before: Before) -> dict[str, Any]:
    """What was otherwise before the last step, and where it was."""
    row = {"spot": before.spot.value, "at": before.at}
    others = {"trouble": before.trouble.value, "clock": utc_stamp(before.clock), "told": before.told, "tasked": before.tasked}
    now = {"trouble": parcel.trouble.value, "clock": utc_stamp(parcel.clock), "told": parcel.told, "tasked": parcel.tasked}
    return row | {name: each for name, each in others.items() if each != now[name]}


def _before(item: Item) -> Before | None:
    if "before" not in item:
        return None
    row = {"told": 0, "tasked": False, **item, **item["before"]}
    return Before(Spot(row["spot"]), row["at"], Trouble(row["trouble"]), parse(row["clock"]), row["told"], row["tasked"])


def _row(step: Step) -> dict[str, Any]:
    said = {"by": step.by, "where": step.where, "key": step.key, "clean": step.clean}
    known = {"t": utc_stamp(step.at), "act": step.act.value, "spot": step.spot.value}
    return {**known, **{name: each for name, each in said.items() if each}}


def _step(row: dict[str, Any]) -> Step:
    return Step(
        parse(row["t"]),
        Act(row["act"]),
        row.get("by", ""),
        Spot(row["spot"]),
        row.get("where", ""),
        row.get("key", ""),
        row.get("clean", False),
    )
