"""How gateways and incidents are stored."""

from typing import NamedTuple

from chalicelib.sensors.incidents import Incident, IncidentKind, Member
from chalicelib.sensors.presence import Gateway, Presence
from chalicelib.sensors.records import from_sensor_item
from chalicelib.sensors.rules import Sensor
from chalicelib.shared.calendar import parse, utc_stamp
from chalicelib.shared.news import News, told
from chalicelib.store import keys
from chalicelib.store.contract import Add, Change, Item, Remove, Replace, Store


class Site(NamedTuple):
    """A gateway and what is bound under it."""

    gateway: Gateway | None
    sensors: list[Sensor]


def gateway(store: Store, compound: str, thing: str) -> Gateway | None:
    item = store.get(keys.gateway(compound, thing), consistent=True)
    return None if item is None else from_item(item)


def site(store: Store, compound: str, thing: str) -> Site:
    """One query."""
    key = keys.gateway(compound, thing)
    items = store.under(key.pk, consistent=True)
    gateways = [from_item(item) for item in items if item["sk"] == key.sk]
    return Site(next(iter(gateways), None), [from_sensor_item(item) for item in items if item["sk"].startswith("SENSOR#")])


def from_item(item: Item) -> Gateway:
    thing, last = item["pk"].partition("#THING#")[2], item.get("last")
    presence = Presence(thing, item["there"], last["ms"], last["session"], last["number"]) if last else None
    marks = (item["there"], item["awake"], item["changed"], item["begun"], item["said"], item["back"], item["out"])
    return Gateway(thing, *marks, presence, item["v"], parse(item["due_at"]) if "due_at" in item else None)


def gateway_changed(compound: str, gateway: Gateway) -> Change:
    """``gateway`` carries the version it was read at, 0 for a new one. Without a moment in ``due`` nobody looks at it."""
    key, last = keys.gateway(compound, gateway.thing), gateway.last
    item: Item = {
        **key.as_item(),
        "v": gateway.version + 1,
        "there": gateway.there,
        "awake": gateway.awake,
        "changed": gateway.changed,
        "begun": gateway.begun,
        "said": gateway.said,
        "back": gateway.back,
        "out": gateway.out,
        "last": {"ms": last.at_ms, "session": last.session, "number": last.number} if last else None,
    }
    if gateway.due:
        item |= {"due_pk": keys.shard(f"{key.pk}{key.sk}"), "due_at": utc_stamp(gateway.due)}
    return Replace(item, gateway.version) if gateway.version else Add(item)


def gateway_removed(compound: str, gateway: Gateway) -> Change:
    return Remove(keys.gateway(compound, gateway.thing), gateway.version)


def incident(store: Store, compound: str, kind: IncidentKind, group: str = "") -> Incident:
    item = store.get(keys.incident(compound, kind, group), consistent=True)
    return Incident(kind, group, {}) if item is None else incident_of(item)


def incidents(store: Store, compound: str) -> list[Incident]:
    """Those that have members. One query."""
    return [found for item in store.under(keys.incidents(compound)) if (found := incident_of(item)).members]


def incident_of(item: Item) -> Incident:
    kind, _, group = item["sk"].partition("#")
    members = {name: Member(*row) for name, row in item["members"].items()}
    return Incident(IncidentKind(kind), group, members, item["began"], item["v"])


def incident_changed(compound: str, incident: Incident) -> Change:
    """Its news is about the incident as it stands, whatever has changed."""
    item: Item = {
        **keys.incident(compound, incident.kind, incident.group).as_item(),
        "v": incident.version + 1,
        "began": incident.began,
        "members": {name: list(member) for name, member in incident.members.items()},
        "news": told(f"{incident.id}:{incident.version + 1}", News.INCIDENT_CHANGED),
    }
    return Replace(item, incident.version) if incident.version else Add(item)
