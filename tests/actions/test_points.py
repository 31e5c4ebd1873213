"""Points for work: once a cause, counted with the day, written with the work, taken back by the counter-entry."""

from collections import Counter
from datetime import timedelta

import pytest

from chalicelib.ledger.actions import post
from chalicelib.ledger.records import balance, statement
from chalicelib.ledger.rules import Cause, Posting, give
from chalicelib.points.actions import correct, credit
from chalicelib.points.rules import Credited, Why, Work, account
from chalicelib.points.shares import lately, middle
from chalicelib.shared.calendar import day_of
from chalicelib.shared.problems import Problem
from chalicelib.store.contract import Add, Conflict
from chalicelib.store.keys import Key
from chalicelib.store.memory import MemoryStore
from tests.builders import DAY, moment, register

NOW, HERE = moment("09:00"), register()
PATROL = Add({**Key("anheli#PATROL", "1").as_item(), "v": 1})


def work(number: int = 1, kind: str = "patrol", home: str = "") -> Work:
    return Work(kind, Cause(kind, str(number)), DAY, home)


def points(store: MemoryStore, who: str = "v1") -> int:
    return balance(store, "anheli", account(who)).amount


@pytest.fixture
def store() -> MemoryStore:
    return MemoryStore()


def test_a_piece_of_work_is_credited_once_and_written_with_it(store: MemoryStore):
    first = credit(store, NOW, HERE, "v1", work(), "", PATROL)
    before = dict(store._items)
    again = credit(store, NOW + timedelta(days=1), HERE, "v1", work(), "", PATROL)

    assert (first, again, points(store)) == (Credited(1, Why.CREDITED), Credited(1, Why.KNOWN), 1)
    assert store.get(Key("anheli#PATROL", "1")) and store._items == before


def test_a_day_brings_no_more_than_its_figure_and_what_is_beyond_brings_nothing_later_either(store: MemoryStore):
    found = [credit(store, NOW, HERE, "v1", work(number)).points for number in range(12)]
    again = credit(store, NOW + timedelta(days=2), HERE, "v1", work(11))
    tomorrow = credit(store, NOW, HERE, "v1", work(12)._replace(day=DAY + timedelta(days=1)))

    assert (sum(found), found[-2:], again, tomorrow.points, points(store)) == (10, [0, 0], Credited(0, Why.KNOWN), 1, 11)


def test_the_work_itself_is_kept_where_it_brings_nothing(store: MemoryStore):
    assert credit(store, NOW, HERE, "v1", work(home="3-1104"), "", PATROL).why is Why.OWN_HOME
    assert store.get(Key("anheli#PATROL", "1")) and points(store) == 0


def test_work_that_somebody_has_written_already_is_not_credited(store: MemoryStore):
    store.write(PATROL)

    with pytest.raises(Conflict):
        credit(store, NOW, HERE, "v1", work(), "", PATROL)
    assert points(store) == 0


def test_what_is_known_for_one_person_is_not_credited_to_another(store: MemoryStore):
    both = register(volunteers=(*HERE.volunteers, HERE.volunteers[0].__class__("v2", "老郑", "13800000008", "g1")))
    credit(store, NOW, both, "v1", work())

    with pytest.raises(Problem, match="422"):
        credit(store, NOW, both, "v2", work())
    assert (points(store), points(store, "v2")) == (1, 0)


def test_a_correction_is_a_counter_entry_with_its_reason_once(store: MemoryStore):
    credit(store, NOW, HERE, "v1", work(kind="mediation"), "anheli.liu")
    for _ in range(2):
        correct(store, NOW, "anheli", "v1", Cause("mediation", "1"), "anheli.liu", "记错人了")

    lines = [(line.cause.key, line.amount, line.note) for line in statement(store, "anheli", account("v1"))]
    assert lines == [("mediation:1", 3, "mediation"), ("undo:mediation:1", -3, "记错人了")] and points(store) == 0


@pytest.mark.parametrize("cause", [Cause("patrol", "7"), Cause("receive", "1"), Cause("undo", "patrol:1")])
def test_only_her_own_credits_can_be_corrected(store: MemoryStore, cause: Cause):
    credit(store, NOW, HERE, "v1", work())
    correct(store, NOW, "anheli", "v1", Cause("patrol", "1"), "anheli.liu", "x")
    post(store, "anheli", give(Cause("receive", "1"), NOW, "", Posting(account("v2"), 3)))

    with pytest.raises(Problem, match="404"):
        correct(store, NOW, "anheli", "v1", cause, "anheli.liu", "x")


def test_points_that_are_spent_cannot_be_taken_back(store: MemoryStore):
    credit(store, NOW, HERE, "v1", work())
    post(store, "anheli", give(Cause("reserve", "1"), NOW, "v1", Posting(account("v1"), -1)))

    with pytest.raises(Problem, match="points-spent"):
        correct(store, NOW, "anheli", "v1", Cause("patrol", "1"), "anheli.liu", "x")


def did(store: MemoryStore, now=NOW) -> dict[str, dict[str, int]]:
    return {who: dict(kinds) for who, kinds in lately(store, "anheli", day_of(now)).items()}


def test_who_does_how_much_is_counted_with_the_credit_once_and_beyond_the_days_figure_too(store: MemoryStore):
    for number in [*range(12), *range(12)]:
        credit(store, NOW, HERE, "v1", work(number))
    credit(store, NOW, HERE, "v1", work(1, "mediation"))
    credit(store, NOW, HERE, "v1", work(2, "mediation"), "anheli.liu")
    credit(store, NOW, HERE, "v1", work(3, "errand", home="3-1104"))

    assert did(store) == {"v1": {"patrol": 12, "mediation": 1}}


def test_what_is_taken_back_is_counted_no_more_and_a_repeat_takes_back_once(store: MemoryStore):
    for number in (1, 2):
        credit(store, NOW, HERE, "v1", work(number))
    for _ in range(2):
        correct(store, NOW + timedelta(days=1), "anheli", "v1", Cause("patrol", "1"), "anheli.liu", "x")

    assert did(store, NOW + timedelta(days=1)) == {"v1": {"patrol": 1}}


@pytest.mark.parametrize(("days", "seen"), [(0, 1), (27, 1), (28, 0)])
def test_four_weeks_are_counted(days: int, seen: int, store: MemoryStore):
    credit(store, NOW, HERE, "v1", work())

    assert did(store, NOW + timedelta(days=days)).get("v1", {}).get("patrol", 0) == seen


@pytest.mark.parametrize(("counts", "expected"), [([], 0), ([0], 0), ([3], 3), ([0, 0, 9], 0), ([1, 4, 9], 4), ([1, 4], 3), ([2, 4], 3)])
def test_the_middle_of_a_grid_counts_those_who_did_nothing(counts: list[int], expected: int):
    known = {f"v{number}": Counter(patrol=n) for number, n in enumerate(counts) if n}

    assert middle(known, [f"v{number}" for number in range(len(counts))]) == expected
