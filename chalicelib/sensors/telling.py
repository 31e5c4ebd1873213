"""What the duty team's group robot says of an alert that nothing explains. Pure."""

from datetime import datetime

from chalicelib import reach
from chalicelib.post import wording
from chalicelib.post.rules import Telling
from chalicelib.register.rules import Register
from chalicelib.sensors.rules import AlertKind
from chalicelib.shared.calendar import day_of, local, parse
from chalicelib.store.contract import Item


def telling(register: Register, event: str, item: Item, now: datetime, site: str) -> Telling:
    """``item`` is the alert as it was stored."""
    since, home = parse(item["since"]), register.home_by_id.get(item["home"])
    days = (day_of(since) - home.isolation.first).days + 1 if home and home.isolation else "?"
    time = f"{local(since):%H:%M}" if day_of(since) == day_of(now) else f"{local(since):%m-%d %H:%M}"
    name = f"door_{item['state']}" if item["kind"] == AlertKind.DOOR_OPENED else item["kind"]
    text = wording.text(name, label=home.label if home else item["home"], time=time, days=days, site=site)
    return Telling(event, since, reach.DUTY, reach.addresses(register, reach.DUTY), text)
