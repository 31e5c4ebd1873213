"""Patrols, and the places of a day, as pages show them."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from chalicelib.patrols import records, walk_records
from chalicelib.patrols.reading import slot_line
from chalicelib.patrols.rules import Disinfection, last_of, owed, standings
from chalicelib.patrols.walk_answers import GridLine, GridsAnswer, PatrolAnswer, PlaceLine, PointLine
from chalicelib.patrols.walks import ITEMS, Patrol, Point, held_by, holds_until, left, route
from chalicelib.register.answers import Named, name_of
from chalicelib.register.places import Place
from chalicelib.register.rules import Grid, Register
from chalicelib.shared.calendar import at, day_of, stamp
from chalicelib.store.contract import Store


def answer(register: Register, patrol: Patrol, now: datetime, me: str, credited: int = 0) -> PatrolAnswer:
    policy, walked = register.policy.patrols, route(register.places, patrol.grid)
    ahead, holder, until = left(walked, patrol), held_by(policy, patrol, now), holds_until(policy, patrol)
    seen = {point.place: point for point in patrol.points}
    return PatrolAnswer(
        now=stamp(now),
        day=patrol.day,
        grid=_grid(register, patrol.grid),
        starts=stamp(at(patrol.day, policy.walk[0])),
        ends=stamp(at(patrol.day, policy.walk[1])),
        holder=name_of(register, patrol.holder if patrol.done else holder),
        mine=me == (patrol.holder if patrol.done else holder),
        free_at=stamp(until) if until and holder else "",
        done=stamp(patrol.done) if patrol.done else "",
        next=ahead[0].id if ahead and not patrol.done else "",
        looked_at=len(walked) - len(ahead),
        route=[_point(register, place, seen.get(place.id)) for place in walked],
        credited=credited,
    )


def _point(register: Register, place: Place, point: Point | None) -> PointLine:
    said = (stamp(point.at), name_of(register, point.by), list(point.wrong), point.note) if point else ("", "", [], "")
    return PointLine(place.id, place.kind, place.name, list(ITEMS[place.kind]), *said)


def _grid(register: Register, identity: str) -> Named:
    return next((Named(grid.id, grid.name) for grid in register.grids if grid.id == identity), Named(identity, ""))


def of_today(store: Store, now: datetime, register: Register, me: str) -> GridsAnswer:
    """Every grid's places and patrol of today: two queries. What belongs to no grid stands at the end."""
    today = day_of(now)
    done = records.of_day(store, register.compound, today)
    begun = {patrol.grid: patrol for patrol in walk_records.of_day(store, register.compound, today)}
    whole = Grid("", "", "")
    lines = [_line(register, grid, done, begun.get(grid.id, Patrol(grid.id, today)), now, me) for grid in (*register.grids, whole)]
    return GridsAnswer(stamp(now), today, [line for line in lines if line.places or line.patrol])


def _line(register: Register, grid: Grid, done: Sequence[Disinfection], patrol: Patrol, now: datetime, me: str) -> GridLine:
    places = [_place(register, place, done, now) for place in register.places if place.grid == grid.id]
    walked = answer(register, patrol, now, me) if grid.id and route(register.places, grid.id) else None
    return GridLine(Named(grid.id, grid.name), name_of(register, grid.coordinator), [each for each in places if each.slots], walked)


def _place(register: Register, place: Place, done: Iterable[Disinfection], now: datetime) -> PlaceLine:
    there = [each for each in done if each.place == place.id]
    found, last = standings(owed(register.policy.patrols, place, day_of(now)), there, now), last_of(there)
    said = (stamp(last.at), name_of(register, last.by)) if last else ("", "")
    return PlaceLine(place.id, place.kind, place.name, *said, [slot_line(each) for each in found])
