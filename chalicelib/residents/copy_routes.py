"""Doors whose card or sheet is out of date: listed, ticked off, and what is printed on them rewritten."""

from chalice.app import Blueprint

from chalicelib import wiring
from chalicelib.callers import VolunteerVisitor, volunteer_of
from chalicelib.register import records as registers
from chalicelib.register.answers import named, steward_contact
from chalicelib.register.rewriting import rewrite
from chalicelib.register.rules import Home
from chalicelib.register.standing import Standing
from chalicelib.residents import copy_actions, copy_records
from chalicelib.residents.copies import STEWARD, Copies, Kind, lines_of
from chalicelib.residents.copy_answers import (
    ContentsAnswer,
    CopyLine,
    LineBody,
    MarkBody,
    OutdatedAnswer,
    RoundMarkBody,
    SheetAnswer,
    SheetsAnswer,
    SheetsBody,
    contents,
    copy_lines,
    outdated,
)
from chalicelib.shared.calendar import day_of
from chalicelib.shared.problems import Problem, absent
from chalicelib.shared.text import clean
from chalicelib.web import Ask, opens

rooms = Blueprint(__name__)


@opens(rooms, "GET", "/api/contents", answer=ContentsAnswer)
def show_contents(ask: Ask) -> tuple[int, ContentsAnswer]:
    return 200, contents(ask.who.standing)


@opens(rooms, "POST", "/api/contents", LineBody, ContentsAnswer)
def rewrite_line(ask: Ask) -> tuple[int, ContentsAnswer]:
    """From now on it is the compound's number everywhere; every card that says another is out of date."""
    who, now, body = ask.who, wiring.clock().now(), ask.body
    rewrite(wiring.store(), now, who.standing, body.line, clean(body.text), ask.key, who.staff.username)
    after = registers.standing(wiring.store(), now, who.register.compound)
    return 200, contents(after or who.standing)


@opens(rooms, "POST", "/api/door-sheets", SheetsBody, SheetsAnswer)
def print_sheets(ask: Ask) -> tuple[int, SheetsAnswer]:
    """What to print, noted for each home. A sheet holds no secret: it may be printed again as often as one likes."""
    who, now = ask.who, wiring.clock().now()
    homes = [who.home(home) for home in dict.fromkeys(ask.body.homes)]
    if not all(home.lived_in for home in homes):
        raise Problem(409, "nobody-lives-here", "有的房子目前没有人住，不用印。", "Nobody lives in one of these homes; it needs none.")
    copy_actions.print_sheets(wiring.store(), now, who.register, homes, who.staff.username, ask.key)
    sheets = [SheetAnswer(home.id, home.label, steward_contact(who.register, home)) for home in homes]
    lines = {line: text for line, text in lines_of(who.register, homes[0], Kind.SHEET).items() if line != STEWARD}
    return 201, SheetsAnswer(named(who.register), lines, day_of(now).isoformat(), sheets)


@opens(rooms, "GET", "/api/outdated", answer=OutdatedAnswer)
def show_outdated(ask: Ask) -> tuple[int, OutdatedAnswer]:
    """Of ``?building=3``, or of the first building that has any."""
    register = ask.who.register
    wanted = dict[str, str](rooms.current_request.query_params or {}).get("building", "")
    seen = [home for home in register.homes if ask.who.staff.covers(home)]
    known = copy_records.of_compound(wiring.store(), register.compound)
    return 200, outdated(register, seen, known, wanted, wiring.clock().now())


@opens(rooms, "POST", "/api/homes/{home}/copies", MarkBody, CopyLine)
def mark_copy(ask: Ask) -> tuple[int, CopyLine]:
    """The new one hangs at this door; or it does not, after all."""
    home = ask.who.home(ask.params["home"])
    return 200, _mark(ask, ask.who.standing, home, ask.who.staff.username)


@opens(rooms, "GET", "/api/round/outdated", answer=OutdatedAnswer)
def show_round_outdated(ask: Ask) -> tuple[int, OutdatedAnswer]:
    """The same for a volunteer: the homes of her grid, and those in her care."""
    standing, homes = _grid(ask.who)
    wanted = dict[str, str](rooms.current_request.query_params or {}).get("building", "")
    known = copy_records.of_homes(wiring.store(), standing.register.compound, homes)
    return 200, outdated(standing.register, homes, known, wanted, wiring.clock().now())


@opens(rooms, "POST", "/api/round/copies", RoundMarkBody, CopyLine)
def mark_round_copy(ask: Ask) -> tuple[int, CopyLine]:
    standing, homes = _grid(ask.who)
    home = next((each for each in homes if each.id == ask.body.home), None)
    if home is None:
        raise absent()
    return 200, _mark(ask, standing, home, ask.who.volunteer)


def _mark(ask: Ask, standing: Standing, home: Home, by: str) -> CopyLine:
    now, body, register = wiring.clock().now(), ask.body, standing.register
    key = f"{ask.key}:{ask.digest}"
    done: Copies = copy_actions.mark(wiring.store(), now, register, home, body.kind, body.mark, body.version, by, key)
    return next(line for line in copy_lines(register, home, done, now) if line.kind is body.kind)


def _grid(who: VolunteerVisitor) -> tuple[Standing, list[Home]]:
    standing, volunteer = volunteer_of(who, wiring.clock().now())
    homes = standing.register.homes
    return standing, [home for home in homes if home.lived_in and (home.volunteer == volunteer.id or home.grid == volunteer.grid)]
