"""How warm it is: a building home by home, and one home hour by hour. Reads only, a fixed number of them."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from chalicelib.pages.warmth_answers import (
    ColdPlace,
    HomeName,
    HomeWarmth,
    HomeWarmthAnswer,
    HourLine,
    ReadLine,
    RoomLine,
    WarmthAnswer,
    WarmthCell,
)
from chalicelib.register.answers import Named
from chalicelib.register.rules import Home, Register, Staff
from chalicelib.register.standing import Standing
from chalicelib.register.watching import riser_of
from chalicelib.sensors import gateways, rooms
from chalicelib.sensors.incidents import Incident, IncidentKind
from chalicelib.sensors.thermometers import Seen, coldest, hung_in, seen
from chalicelib.sensors.warmth import Hour, Room, RoomState, hours, readings
from chalicelib.shared.calendar import at, day_of, moment_of, stamp
from chalicelib.shared.problems import absent
from chalicelib.store.contract import Store


def warmth(store: Store, now: datetime, standing: Standing, staff: Staff, building: str) -> WarmthAnswer:
    """One building of the caller's scope; Problem 404 for one that is not. Two reads, and one more a hundred thermometers."""
    register, policy = standing.register, standing.register.policy.watch
    scope = [home for home in register.homes if staff.covers(home)]
    names = _buildings(register, scope)
    chosen = building or next(iter(dict.fromkeys(home.building for home in _measured(register, scope))), names[0].id if names else "")
    if chosen and chosen not in {each.id for each in names}:
        raise absent()
    homes = sorted((home for home in scope if home.building == chosen), key=lambda home: home.place)
    found = seen(store, now, register, homes)
    return WarmthAnswer(
        now=stamp(now),
        building=chosen,
        buildings=names,
        least=policy.warm_least / 10,
        minutes=policy.warm_minutes,
        floors=sorted({home.floor for home in homes}, reverse=True),
        columns=sorted({_column(home) for home in homes}),
        homes=[_cell(home, found.get(home.id)) for home in homes],
        incidents=[place for each in gateways.incidents(store, register.compound) if (place := _place(register, each, scope))],
    )


def _measured(register: Register, homes: list[Home]) -> list[Home]:
    wanted = {device.home for device in hung_in(register, homes)}
    return sorted((home for home in homes if home.id in wanted), key=lambda home: home.place)


def _buildings(register: Register, homes: Iterable[Home]) -> list[Named]:
    called = {each.id: each.name for each in register.buildings}
    known = sorted({(len(home.building), home.building) for home in homes})
    return [Named(each, called.get(each, each)) for _, each in known]


def _column(home: Home) -> str:
    return riser_of(home).removeprefix(f"{home.building}-")


def _cell(home: Home, known: list[Seen] | None) -> WarmthCell:
    cell = WarmthCell(home.id, home.label, home.floor, _column(home), "none")
    if not known:
        return cell
    room = coldest(known)
    cell.state, cell.temperature, cell.at, cell.since = room.state.value, _degrees(room.tenths), _stamp(room.at), _stamp(room.since)
    return cell


def _place(register: Register, incident: Incident, scope: list[Home]) -> ColdPlace | None:
    mine = {str(home.id): home for home in scope}
    homes = [mine[each] for each in incident.homes if each in mine]
    if incident.kind is not IncidentKind.COLD or not homes:
        return None
    since = min(member.since for member in incident.members.values())
    line = any(home.line_end == incident.group for home in homes)
    return ColdPlace(incident.id, incident.group, line, stamp(moment_of(since)), [HomeName(home.id, home.label) for home in homes])


def home_warmth(store: Store, now: datetime, register: Register, home: Home, day: date | None) -> HomeWarmthAnswer:
    """One home's rooms on a day, or in the last 24 hours. Three reads at most."""
    known = seen(store, now, register, [home]).get(home.id, [])
    first = day or day_of(now) - timedelta(days=1)
    past = rooms.hours_of(store, register.compound, home.id, home.tenancy, first) if known else {}
    raw = rooms.readings_of(store, now, register.compound, home.id, home.tenancy, day) if known and day else {}
    after = now - timedelta(days=1) if day is None else at(day, "00:00")
    lines = [_room(each, day or day_of(now), first, past, after) for each in known]
    for line, room in zip(lines, known, strict=True):
        line.readings = _readings(room, day, raw) if day and rooms.still_kept(now, day) else []
    return HomeWarmthAnswer(home.id, home.label, stamp(now), day, register.policy.watch.warm_least / 10, lines)


def _room(room: Seen, day: date, first: date, past: dict[str, list[Hour | None]], after: datetime) -> RoomLine:
    name, today = _name(room), room.sensor.room
    days = {first: past.get(name, [])}
    if today and today.day in (first, day):
        days[today.day] = hours(today.values)
    told = [line for each in sorted(days) for line in _hours(each, days[each]) if line[0] > after - timedelta(hours=1)]
    return RoomLine(
        sensor=room.sensor.name,
        state=room.state.value,
        temperature=_degrees(room.tenths),
        at=_stamp(room.at),
        since=_stamp(room.since),
        hours=[HourLine(stamp(begins), *(_degrees_of(value) for value in hour[:3])) for begins, hour in told],
        readings=[],
    )


def _readings(room: Seen, day: date, raw: dict[str, bytes]) -> list[ReadLine]:
    today = room.sensor.room
    values = today if today and today.day == day else Room(day, raw.get(_name(room), b""))
    return [ReadLine(stamp(moment), _degrees_of(tenths)) for moment, tenths in readings(values)]


def _name(room: Seen) -> str:
    return f"{room.sensor.thing}/{room.sensor.name}"


def _hours(day: date, known: list[Hour | None]) -> list[tuple[datetime, Hour]]:
    return [(at(day, f"{number:02}:00"), hour) for number, hour in enumerate(known) if hour]


def own_warmth(register: Register, known: list[Seen]) -> HomeWarmth | None:
    """For the home's own page; nothing where nothing is measured, or nobody knows."""
    room = coldest(known) if known else None
    if room is None or room.tenths is None or room.at is None:
        return None
    least = register.policy.watch.warm_least / 10
    return HomeWarmth(room.state.value, room.tenths / 10, stamp(room.at), least, room.state is RoomState.COLD)


def _degrees(tenths: int | None) -> float | None:
    return None if tenths is None else tenths / 10


def _degrees_of(tenths: int) -> float:
    return tenths / 10


def _stamp(moment: datetime | None) -> str:
    return stamp(moment) if moment else ""
