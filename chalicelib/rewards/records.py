"""How reservations and bookable hours are stored. A reservation that waits is in the due index, so that it ends by itself."""

from datetime import date, datetime, timedelta

from chalicelib.rewards.rules import Done, Hour, Reservation, State
from chalicelib.shared.calendar import parse, utc_stamp
from chalicelib.store import giving_keys as keys
from chalicelib.store.contract import Add, Change, Item, Remove, Replace, Store
from chalicelib.store.keys import Key, shard

KEEP_DAYS, KEEP_HOURS_DAYS = 400, 60
LATELY = 7
"""A repeat is known for so many days."""


def open_ones(store: Store, compound: str) -> list[Reservation]:
    """Everything that waits. One query."""
    found = [from_item(item) for item in store.under(keys.reservations(compound), prefix="OPEN#")]
    return sorted(found, key=lambda each: (each.made, each.id))


def lately(store: Store, compound: str, day: date) -> list[Reservation]:
    """Everything that waits, and what has ended since a day."""
    found = [from_item(item) for item in store.under(keys.reservations(compound), start=f"DAY#{day.isoformat()}")]
    return sorted(found, key=lambda each: (each.made, each.id))


def find(store: Store, compound: str, identity: str, today: date) -> Reservation | None:
    """One that waits, or has ended within the week."""
    closed = [keys.closed_reservation(compound, today - timedelta(days=back), identity) for back in range(LATELY)]
    found = store.get_many([keys.open_reservation(compound, identity), *closed], consistent=True)
    return next((from_item(item) for item in found.values()), None)


def added(compound: str, reservation: Reservation) -> Change:
    return Add(_item(keys.open_reservation(compound, reservation.id), reservation))


def closed(compound: str, reservation: Reservation, day: date) -> list[Change]:
    """It leaves those that wait; ``reservation`` carries the version it was read at."""
    item = _item(keys.closed_reservation(compound, day, reservation.id), reservation)
    return [Remove(keys.open_reservation(compound, reservation.id), reservation.version), Add(item)]


def hour(store: Store, compound: str, reward: str, starts: datetime) -> Hour | None:
    item = store.get(keys.hour(compound, reward, utc_stamp(starts)), consistent=True)
    return None if item is None else _hour(reward, item)


def hours(store: Store, compound: str, reward: str, since: datetime) -> list[Hour]:
    """The hours of a service from then on. One query."""
    return [_hour(reward, item) for item in store.under(keys.hours(compound, reward), start=utc_stamp(since))]


def hour_changed(compound: str, hour: Hour) -> Change:
    """``hour`` carries the version it was read at."""
    key = keys.hour(compound, hour.reward, utc_stamp(hour.starts))
    ends = int((hour.starts + timedelta(days=KEEP_HOURS_DAYS)).timestamp())
    said = {"seats": hour.seats, "taken": list(hour.taken), "asked": hour.asked, "ttl": ends}
    item: Item = {**key.as_item(), "v": hour.version + 1, **said}
    return Replace(item, hour.version) if hour.version else Add(item)


def from_item(item: Item) -> Reservation:
    return Reservation(
        item["sk"].rpartition("#")[2],
        item["volunteer"],
        item["reward"],
        item["name"],
        item["points"],
        item["good"],
        item["amount"],
        parse(item["made"]),
        parse(item["until"]),
        item["asked"],
        parse(item["starts"]) if item["starts"] else None,
        State(item["state"]),
        Done(parse(item["done"][0]), *item["done"][1:]) if item["done"] else None,
        item["v"],
    )


def _item(key: Key, each: Reservation) -> Item:
    item: Item = {
        **key.as_item(),
        "v": each.version + 1,
        **{name: getattr(each, name) for name in ("volunteer", "reward", "name", "points", "good", "amount", "asked")},
        "made": utc_stamp(each.made),
        "until": utc_stamp(each.until),
        "starts": utc_stamp(each.starts) if each.starts else "",
        "state": each.state.value,
        "done": [utc_stamp(each.done.at), *each.done[1:]] if each.done else [],
    }
    if each.done is None:
        return item | {"due_pk": shard(f"{key.pk}{key.sk}"), "due_at": utc_stamp(each.until)}
    return item | {"ttl": int((each.done.at + timedelta(days=KEEP_DAYS)).timestamp())}


def _hour(reward: str, item: Item) -> Hour:
    return Hour(reward, parse(item["sk"]), item["seats"], tuple(item["taken"]), item["asked"], item["v"])
