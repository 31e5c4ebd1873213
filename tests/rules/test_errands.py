"""What hangs on a grid's board: who may put it there, how long a claim holds, whose it is to finish."""

from datetime import datetime, timedelta

import pytest

from chalicelib.errands.rules import Draft, Want, check_act, in_scope, made, open_to
from chalicelib.register.ladders import DEFAULT_LADDERS
from chalicelib.register.rules import Grid, Role, Staff
from chalicelib.shared.problems import Problem
from chalicelib.tasks.errands import LADDER, grid_of, hers_to_finish, just_lapsed, lapsed, waits_for_hands
from chalicelib.tasks.ladders import Ladder, Rung, climb
from chalicelib.tasks.tasks import Act, Line, Task, TaskKind, TaskState, assign, claim, give_back, holder
from tests.builders import home, moment, policy, register

NOW = moment("09:00")
HERE = register(homes=(home("3-502"), home("1-302", grid="g2")), grids=(Grid("g1", "一网格", "anheli.liu"), Grid("g2", "二网格", "")))
FORM = DEFAULT_LADDERS[LADDER]
HOLDS = timedelta(minutes=FORM.holds)


def errand(want: Want = Want.SHOPPING) -> Task:
    return made(policy(), Draft("g1", want, "买米", None, "anheli.liu", "key000000000:d"), NOW)


def said(act: Act, by: str, at: datetime = NOW) -> Line:
    return Line(at, by, act)


def claimed(by: str = "v1", at: datetime = NOW) -> Task:
    return claim(errand(), FORM, at, said(Act.CLAIM, by, at))


@pytest.mark.parametrize(
    ("grids", "buildings", "boards"),
    [((), (), ["g1", "g2"]), (("g1",), (), ["g1"]), ((), ("1",), ["g2"]), (("g1",), ("1",), ["g1", "g2"]), ((), ("9",), [])],
)
def test_a_board_is_open_to_who_leads_the_grid_and_to_who_sees_a_home_of_it(grids: tuple, buildings: tuple, boards: list[str]):
    staff = Staff("anheli.x", "某某", "", (Role.STEWARD,), grids, buildings)

    assert [grid.id for grid in open_to(HERE, staff)] == boards
    assert in_scope(HERE, staff, errand()) is ("g1" in boards)


@pytest.mark.parametrize(("want", "kind"), [(Want.SHOPPING, TaskKind.ERRAND), (Want.OTHER, TaskKind.ERRAND), (Want.MEDIATION, TaskKind.MEDIATION)])  # fmt: skip
def test_what_is_put_on_the_board_is_nobodys_and_wakes_nobody_yet(want: Want, kind: TaskKind):
    task = errand(want)

    assert (task.kind, grid_of(task), task.owners, waits_for_hands(task)) == (kind, "g1", (), True)
    assert climb(FORM, task.progress, NOW)[1] is None
    later, rung = climb(FORM, task.progress, NOW + timedelta(minutes=240), frozenset({Rung.ASSIGNEE}))
    assert rung is Rung.COORDINATOR and not waits_for_hands(task._replace(progress=later))


def test_a_ladder_of_the_compounds_own_is_climbed_as_it_is():
    only = Ladder((DEFAULT_LADDERS["calendar"].steps[0],))
    own = policy(ladders={LADDER: only})

    assert made(own, Draft("g1", Want.OTHER, "x", None, "a", "k:d"), NOW).progress.look == NOW


@pytest.mark.parametrize(("after", "held"), [(HOLDS - timedelta(seconds=1), "v1"), (HOLDS, ""), (HOLDS + timedelta(days=3), "")])
def test_a_claim_holds_for_the_policys_time_and_then_it_is_nobodys(after: timedelta, held: str):
    stands = lapsed(claimed(), FORM, NOW + after)

    assert holder(stands) == held
    assert (stands.owners, stands.state) == ((held,), TaskState.CLAIMED) if held else ((), TaskState.OPEN)


def test_a_lapse_is_the_same_whoever_looks_and_is_written_once():
    first, much_later = (lapsed(claimed(), FORM, NOW + HOLDS + timedelta(hours=hours)) for hours in (0, 30))

    assert first.lines == much_later.lines and just_lapsed(first) == Line(NOW + HOLDS, "", "lapsed", to="v1")
    assert lapsed(first, FORM, NOW + timedelta(days=9)) == first and just_lapsed(claimed()) is None


def test_nothing_else_lapses():
    need = claimed()._replace(kind=TaskKind.NEED)

    assert lapsed(need, FORM, NOW + timedelta(days=9)) == need and grid_of(need) == ""


RETURNED = give_back(claimed(), FORM, NOW, said(Act.RETURN, "v1"))
LAPSED = lapsed(claimed(), FORM, NOW + HOLDS)
FINISH = {
    "nobody had it": (errand(), False),
    "in hand": (claimed(), True),
    "run out, and nobody else on it": (LAPSED, True),
    "run out, and claimed by another": (claim(LAPSED, FORM, NOW, said(Act.CLAIM, "v2")), False),
    "given back": (RETURNED, False),
    "given to her": (assign(errand(), FORM, NOW, said(Act.ASSIGN, "anheli.liu"), "v1"), True),
    "given to another": (assign(claimed(), FORM, NOW, said(Act.ASSIGN, "anheli.liu"), "v2"), False),
}


@pytest.mark.parametrize(("task", "hers"), FINISH.values(), ids=FINISH)
def test_whose_it_is_to_finish(task: Task, hers: bool):
    assert hers_to_finish(task, "v1") is hers
    if not hers:
        with pytest.raises(Problem):
            check_act(task, "v1", Act.DONE)


def test_what_was_given_to_somebody_nobody_else_takes():
    given = assign(errand(), FORM, NOW, said(Act.ASSIGN, "anheli.liu"), "v2")

    with pytest.raises(Problem) as refused:
        check_act(claim(given, FORM, NOW, said(Act.CLAIM, "v1")), "v1", Act.CLAIM)
    assert (refused.value.status, refused.value.more["by"]) == (409, "v2")
    check_act(claim(given, FORM, NOW, said(Act.CLAIM, "v2")), "v2", Act.CLAIM)
