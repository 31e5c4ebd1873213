"""The boards of the grids: what hangs there, and what people do with it."""

from chalice.app import Blueprint

from chalicelib import wiring
from chalicelib.callers import volunteer_of
from chalicelib.errands import actions
from chalicelib.errands.answers import ErrandActBody, ErrandBody, ErrandLine, ErrandsAnswer, OwnBoard
from chalicelib.errands.reading import boards, errand_line, own_board, staff_line
from chalicelib.errands.rules import Draft, open_to
from chalicelib.register.answers import name_of
from chalicelib.shared.problems import Problem, absent, bad
from chalicelib.shared.text import clean
from chalicelib.tasks.tasks import Act, Line
from chalicelib.web import Ask, opens

rooms = Blueprint(__name__)


@opens(rooms, "GET", "/api/errands", answer=ErrandsAnswer)
def show_errands(ask: Ask) -> tuple[int, ErrandsAnswer]:
    return 200, boards(wiring.store(), wiring.clock().now(), ask.who.standing, ask.who.staff)


@opens(rooms, "POST", "/api/errands", ErrandBody, ErrandLine)
def post_errand(ask: Ask) -> tuple[int, ErrandLine]:
    """Hung on the board of a grid that she leads or works in. Problem 404 for another grid, and for a home she does not see.

    400 for a home of another grid: whoever takes it on is told who lives there.
    """
    now, body, register = wiring.clock().now(), ask.body, ask.who.register
    home = ask.who.home(body.door) if body.door else None
    if body.grid not in {grid.id for grid in open_to(register, ask.who.staff)} or (home and not home.lived_in):
        raise absent()
    if home and home.grid not in ("", body.grid):
        raise bad("door", "这一户不在这个网格，请核对。", "This home is not in that grid. Please check.", field="door")
    draft = Draft(body.grid, body.want, clean(body.text), home, ask.who.staff.username, f"{ask.key}:{ask.digest}")
    return 201, staff_line(register, actions.post(wiring.store(), now, register.compound, register.policy, draft), now, ask.who.staff)


@opens(rooms, "GET", "/api/round/errands", answer=OwnBoard)
def show_own_board(ask: Ask) -> tuple[int, OwnBoard]:
    now = wiring.clock().now()
    standing, volunteer = volunteer_of(ask.who, now)
    return 200, own_board(wiring.store(), now, standing, volunteer)


@opens(rooms, "POST", "/api/round/errands/{errand}/acts", ErrandActBody, ErrandLine)
def act_on_errand(ask: Ask) -> tuple[int, ErrandLine]:
    """Claimed, given back, or done, by a volunteer of its grid. Problem 409 says who was first."""
    now = wiring.clock().now()
    standing, volunteer = volunteer_of(ask.who, now)
    line = Line(now, volunteer.id, Act(ask.body.act.value), clean(ask.body.note), f"{ask.key}:{ask.digest}")
    try:
        task = actions.act(wiring.store(), now, standing.register, volunteer, ask.params["errand"], line)
    except Problem as problem:
        if problem.more.get("by"):
            problem.more["by_name"] = name_of(standing.register, problem.more["by"])
        raise
    return 200, errand_line(standing.register, task, now, volunteer.id)
