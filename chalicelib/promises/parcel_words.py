"""What a family is told of its parcel: on the shelf, with its floor group; brought to a door that nobody opened. Nothing names what is in it."""

from chalicelib import reach
from chalicelib.delivery.clocks import deadline, half_time, waits_for_family
from chalicelib.delivery.doorstep import as_of
from chalicelib.delivery.records import from_item
from chalicelib.delivery.rules import Parcel
from chalicelib.post import wording
from chalicelib.post.rules import Telling
from chalicelib.promises.parcels import as_it_is
from chalicelib.register.delivering import Goods
from chalicelib.register.rules import Home
from chalicelib.register.standing import Standing
from chalicelib.shared.calendar import day_of, local, ms_of
from chalicelib.shared.news import News
from chalicelib.store.contract import Item, Store


def tellings(store: Store, standing: Standing, item: Item) -> list[Telling]:
    """What the news of a parcel is to its family: of its time, or of a door that nobody opened."""
    return (reminders if item["news"]["name"] == News.PARCEL_DUE else missed)(store, standing, item)


def reminders(store: Store, standing: Standing, item: Item) -> list[Telling]:
    """The family is reminded of what lies on the shelf, and so is its floor group; nobody of what has been taken meanwhile."""
    told = from_item(item)
    now = as_it_is(store, standing, told)
    parcel = as_of(standing.register, now, day_of(standing.now)) if now else None
    home = standing.register.home_by_id.get(told.home)
    if parcel is None or not waits_for_family(parcel) or home is None or home.tenancy != parcel.tenancy:
        return []
    at = (half_time if told.told == 1 else deadline)(standing.register.policy.delivery, told)
    event = f"parcel:{told.id}:{day_of(told.arrived)}:{told.told}"
    family = Telling(event, at, home.id, reach.family(standing.register, home), _words(standing, home, told, "您家"))
    group, robot = reach.floor_group(standing.register, home)
    neighbours = Telling(event, at, group, robot, _words(standing, home, told, home.label))
    return [telling for telling in (family, neighbours) if telling.addresses]


def missed(store: Store, standing: Standing, item: Item) -> list[Telling]:
    """The family hears that somebody stood at its door in vain, once each time; not if the parcel is there by now, or that was a wrong scan."""
    told = from_item(item)
    now, home = as_it_is(store, standing, told), standing.register.home_by_id.get(told.home)
    if now is None or now.tried is None or now.tried != told.tried or home is None or home.tenancy != now.tenancy:
        return []
    register, event = standing.register, f"parcel:{told.id}:{day_of(told.arrived)}:missed@{ms_of(now.tried)}"
    said = {"compound": register.name, "time": f"{local(now.tried):%H:%M}", "phone": register.policy.duty_phone}
    telling = Telling(event, now.tried, home.id, reach.family(register, home), wording.text("parcel_missed", **said))
    return [telling] if telling.addresses else []


def _words(standing: Standing, home: Home, parcel: Parcel, whose: str) -> str:
    register = standing.register
    place = register.place_by_id.get(parcel.at.lower())
    ends = deadline(register.policy.delivery, parcel)
    then = "请尽快来取" if parcel.goods is Goods.DAILY else "志愿者会送到门口"
    ask = f"请在 {local(ends):%H:%M} 前来取" if parcel.told == 1 else f"时间已经到了，{then}"
    return wording.text("parcel", compound=register.name, where=place.name if place else "货架", whose=whose, ask=ask)
