"""Gateways come and go, and are looked at: one item to look at each, whatever the number of sensors behind it."""

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta

from chalicelib.register import records as registers
from chalicelib.register.policy import Policy
from chalicelib.sensors import gateways, records
from chalicelib.sensors.condition import dormant, farewell
from chalicelib.sensors.health import ails
from chalicelib.sensors.incidents import IncidentKind, Member, joined, left
from chalicelib.sensors.kinds import KINDS, LONGEST
from chalicelib.sensors.presence import Found, Gateway, Heard, Presence, came_or_went, look, said_of_itself
from chalicelib.sensors.rules import Sensor, Why, lose
from chalicelib.sensors.troubles import Trouble, cured, excused, fell_silent, running
from chalicelib.shared.calendar import moment_of, ms_of
from chalicelib.shared.clock import Clock
from chalicelib.shared.ids import CompoundId
from chalicelib.shared.problems import busy
from chalicelib.store.contract import Change, Conflict, Store

ROUNDS = 8


def watch(store: Store, compound: str, things: Iterable[str], now: datetime) -> int:
    """Make sure that every gateway is looked at; returns how many were not. For the import, and for whoever finds one lost."""
    new = 0
    for thing in dict.fromkeys(things):
        known = gateways.gateway(store, compound, thing) or Gateway(thing, changed=ms_of(now), back=ms_of(now))
        lost = known.due is None or known.due > now + LONGEST
        new += lost and _written(store, [gateways.gateway_changed(compound, known._replace(due=now))])
    return new


def presence(store: Store, clock: Clock, event: Presence) -> None:
    """A gateway has connected, or is gone. One that nothing is bound behind is nobody's concern."""
    compound, at = CompoundId(event.thing.partition("-")[0]), ms_of(clock.at(event.at_ms))
    _heard(store, clock.now(), compound, event.thing, lambda gateway: came_or_went(gateway, event, at))


def speaks(store: Store, clock: Clock, compound: CompoundId, thing: str, awake: bool, received_ms: int) -> None:
    """A gateway's own word, or its last will."""
    at = ms_of(clock.at(received_ms))
    _heard(store, clock.now(), compound, thing, lambda gateway: said_of_itself(gateway, awake, at))


def goes(store: Store, clock: Clock, compound: CompoundId, thing: str) -> None:
    """A device behind a gateway says that it goes: that gateway is looked at once the wait is over."""
    now = clock.now()
    over = now + timedelta(minutes=registers.policy(store, now, compound).watch.gateway_wait)
    _heard(store, now, compound, thing, lambda gateway: gateway._replace(due=min(gateway.due or over, over)))


def _heard(store: Store, now: datetime, compound: CompoundId, thing: str, hear: Callable[[Gateway], Gateway]) -> None:
    for _ in range(ROUNDS):
        known = gateways.gateway(store, compound, thing)
        moved = hear(known) if known else None
        if known is None or moved is None or moved == known:
            return
        changes = _leaves(store, compound, known) if moved.online else []
        if _written(store, [gateways.gateway_changed(compound, _next(store, now, compound, moved)), *changes]):
            return
    raise busy()


def _next(store: Store, now: datetime, compound: CompoundId, gateway: Gateway) -> Gateway:
    """Gone, it is looked at after the wait; back from what people were told of, its sensors begin anew."""
    if gateway.online:
        return gateway._replace(out=0, back=gateway.changed) if gateway.out else gateway
    if gateway.out:
        return gateway
    over = moment_of(gateway.changed) + timedelta(minutes=registers.policy(store, now, compound).watch.gateway_wait)
    return gateway._replace(due=min(gateway.due or over, over))


def take(store: Store, now: datetime, compound: CompoundId, thing: str, policy: Policy) -> bool:
    """Look at a gateway whose moment has come: one query, and a write where nothing is found. False if somebody else was faster.

    1. Sensors that have fallen silent are marked, each in a write of its own; one that has just spoken is left for the next look.
    2. Only then the gateway moves on, in one write with what is told of it: a crash in between looks again.
    """
    site = gateways.site(store, compound, thing)
    gateway = site.gateway
    if gateway is None:
        return False
    if not site.sensors:
        return _written(store, [gateways.gateway_removed(compound, gateway), *_leaves(store, compound, gateway)])
    wait = timedelta(minutes=policy.watch.gateway_wait)
    found = look(gateway, [heard for each in site.sensors if (heard := _of(each, wait, now))], wait, now)
    if not _mark(store, compound, site.sensors, found, now, policy):
        return False
    return _written(store, _moved_on(store, compound, gateway, found, now))


def _of(sensor: Sensor, wait: timedelta, now: datetime) -> Heard | None:
    """None for what need not speak. A device that only says when it goes may be gone as long as a gateway may."""
    limit, silent = KINDS[sensor.kind].limit, Trouble.SILENT in running(sensor.ill)
    if _is_over(sensor, now):
        return None
    if limit is None:
        if sensor.lost is not Why.SILENT or sensor.heard_ms > sensor.blind_ms:
            return None
        return Heard(sensor.name, sensor.blind_ms, _span(wait), silent, told=True)
    return Heard(sensor.name, sensor.heard_ms, _span(limit), silent, bound=sensor.bound_ms)


def _span(limit: timedelta) -> int:
    return int(limit.total_seconds() * 1000)


def _is_over(sensor: Sensor, now: datetime) -> bool:
    """Has its binding ended?"""
    return 0 < sensor.until_ms <= ms_of(now)


def _mark(store: Store, compound: str, sensors: list[Sensor], found: Found, now: datetime, policy: Policy) -> bool:
    """Sensors newly silent; those whose gateway is out, whose own silence says nothing any more; those bound no longer, which nothing ails.

    The doors of what is silent may have done anything.
    """
    for sensor in sensors:
        moved, also = sensor, list[Change]()
        if _is_over(sensor, now):
            moved, also = sensor._replace(ill=cured(sensor.ill, ms_of(now)), room=None), farewell(store, compound, sensor)
        elif sensor.name in found.silent:
            moved = _blind(sensor, Why.SILENT)._replace(ill=fell_silent(sensor.ill, ms_of(now)))
        elif found.out:
            moved = _blind(sensor, Why.GATEWAY)._replace(ill=excused(sensor.ill, ms_of(now)))
        if found.out or Trouble.SILENT in running(moved.ill):
            moved, put_by = dormant(store, compound, moved, policy, now)
            also += put_by
        if moved != sensor and not _written(store, [records.sensor_changed(compound, moved, ails(sensor, moved)), *also]):
            return False
    return True


def _blind(sensor: Sensor, why: Why) -> Sensor:
    """From its last word on. Words bear AWS's time, which a stage's clock need not keep, so no other moment is named."""
    words = sensor.door.words
    return lose(sensor, why, words[-1].received_ms + 1) if words else sensor


def _moved_on(store: Store, compound: str, gateway: Gateway, found: Found, now: datetime) -> list[Change]:
    moved, at = gateway._replace(due=found.again), ms_of(now)
    if found.back:
        back = moved._replace(there=True, awake=True, changed=at, back=at if gateway.out else gateway.back, out=0)
        return [gateways.gateway_changed(compound, back), *_leaves(store, compound, gateway)]
    if found.out and not gateway.out:
        outage = gateways.incident(store, compound, IncidentKind.OUTAGE)
        joins = gateways.incident_changed(compound, joined(outage, gateway.thing, Member("", found.out, at)))
        return [gateways.gateway_changed(compound, moved._replace(out=found.out)), joins]
    return [gateways.gateway_changed(compound, moved)]


def _leaves(store: Store, compound: str, gateway: Gateway) -> list[Change]:
    if not gateway.out:
        return []
    outage = gateways.incident(store, compound, IncidentKind.OUTAGE)
    return [gateways.incident_changed(compound, left(outage, gateway.thing))] if gateway.thing in outage.members else []


def _written(store: Store, changes: list[Change]) -> bool:
    try:
        store.write(*changes)
    except Conflict:
        return False
    return True
