"""Patrols over HTTP: of her grid for a volunteer, of any grid for the staff."""

from collections.abc import Callable
from datetime import datetime

from chalice.app import Blueprint

from chalicelib import wiring
from chalicelib.callers import volunteer_of
from chalicelib.patrols import walk_records, walking
from chalicelib.patrols.walk_answers import GridsAnswer, PatrolActBody, PatrolAnswer, PointBody
from chalicelib.patrols.walk_reading import answer, of_today
from chalicelib.patrols.walking import Walked, Walker
from chalicelib.patrols.walks import ITEMS, Need, Point, Wanted, route
from chalicelib.register.answers import name_of
from chalicelib.register.rules import Register
from chalicelib.register.signs import place_of
from chalicelib.shared.calendar import day_of
from chalicelib.shared.problems import Problem, bad
from chalicelib.shared.text import clean
from chalicelib.web import Ask, opens

rooms = Blueprint(__name__)


@opens(rooms, "GET", "/api/patrols", answer=GridsAnswer)
def show_patrols(ask: Ask) -> tuple[int, GridsAnswer]:
    """Today's places and patrols, grid by grid."""
    return 200, of_today(wiring.store(), wiring.clock().now(), ask.who.register, ask.who.staff.username)


@opens(rooms, "POST", "/api/patrols/{grid}/acts", PatrolActBody, PatrolAnswer)
def act_on_patrol(ask: Ask) -> tuple[int, PatrolAnswer]:
    return _acted(ask, ask.who.register, ask.params["grid"], ask.who.staff.username)


@opens(rooms, "POST", "/api/patrols/{grid}/points", PointBody, PatrolAnswer)
def look_at_point(ask: Ask) -> tuple[int, PatrolAnswer]:
    """By a member of staff, who gets no points for it."""
    return _looked_at(ask, ask.who.register, ask.params["grid"], ask.who.staff.username)


@opens(rooms, "GET", "/api/round/patrol", answer=PatrolAnswer)
def show_round_patrol(ask: Ask) -> tuple[int, PatrolAnswer]:
    """Today's patrol of a volunteer's grid; an empty route where the grid has no places."""
    now = wiring.clock().now()
    standing, volunteer = volunteer_of(ask.who, now)
    register = standing.register
    patrol = walk_records.find(wiring.store(), register.compound, volunteer.grid, day_of(now), consistent=False)
    return 200, answer(register, patrol, now, volunteer.id)


@opens(rooms, "POST", "/api/round/patrol/acts", PatrolActBody, PatrolAnswer)
def act_on_round_patrol(ask: Ask) -> tuple[int, PatrolAnswer]:
    standing, volunteer = volunteer_of(ask.who, wiring.clock().now())
    return _acted(ask, standing.register, volunteer.grid, volunteer.id)


@opens(rooms, "POST", "/api/round/patrol/points", PointBody, PatrolAnswer)
def look_at_round_point(ask: Ask) -> tuple[int, PatrolAnswer]:
    """By a volunteer, of her grid; the last point brings whoever looked at most of them what a patrol is worth."""
    standing, volunteer = volunteer_of(ask.who, wiring.clock().now())
    return _looked_at(ask, standing.register, volunteer.grid, volunteer.id)


def _acted(ask: Ask, register: Register, grid: str, by: str) -> tuple[int, PatrolAnswer]:
    now, who = wiring.clock().now(), Walker(grid, by, f"{ask.key}:{ask.digest}")
    return 200, _shown(register, now, by, lambda: walking.act(wiring.store(), now, register, who, ask.body.act))


def _looked_at(ask: Ask, register: Register, grid: str, by: str) -> tuple[int, PatrolAnswer]:
    now, body = wiring.clock().now(), ask.body
    place = place_of(register, body.code)
    if place is None or place not in route(register.places, grid):
        raise bad("code", "这个地点不在这一圈里，请核对编号。", "This place is not on the route. Please check its id.", field="code")
    wrong, note = tuple(dict.fromkeys(body.wrong)), clean(body.note)
    if any(item not in ITEMS[place.kind] for item in wrong):
        raise bad("wrong", "这里不看这一项。", "That is not looked at here.", field="wrong")
    if wrong and not note:
        raise bad("note", "写一句哪里不好。", "Please say in a word what is wrong.", field="note")
    needs = tuple(dict.fromkeys(_wanted(register, grid, each.home, each.need) for each in body.needs))
    who = Walker(grid, by, f"{ask.key}:{ask.digest}")
    point = Point(place.id, now, by, who.key, wrong, note, needs)
    return 200, _shown(register, now, by, lambda: walking.look_at(wiring.store(), now, register, who, place, point))


def _wanted(register: Register, grid: str, number: str, need: Need) -> Wanted:
    """Problem 400 for what is no home of this grid, or where nobody lives."""
    home = register.home_by_id.get(number.strip())
    if home is None or home.grid != grid or not home.lived_in:
        raise bad(
            "home", "这个网格里没有这一户，请核对房号。", "There is no such home in this grid. Please check its number.", field="home"
        )
    return Wanted(home.id, need)


def _shown(register: Register, now: datetime, by: str, act: Callable[[], Walked]) -> PatrolAnswer:
    """What an act answers. Whoever is told that somebody was first, is told her name: they help in the same grid."""
    try:
        walked = act()
    except Problem as problem:
        if problem.more.get("by"):
            problem.more["by_name"] = name_of(register, problem.more["by"])
        raise
    return answer(register, walked.patrol, now, by, walked.credited)
