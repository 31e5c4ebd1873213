"""A trip, its task and its history are written together or not at all, whoever comes in between."""

from datetime import timedelta
from typing import Any

import pytest

from chalicelib.register.records import changes, history, to_item
from chalicelib.register.standing import Standing, stand
from chalicelib.register.trips import Trip, TripState
from chalicelib.shared.problems import Problem
from chalicelib.tasks.board import of_day
from chalicelib.tasks.tasks import Act, Line
from chalicelib.tasks.work import look
from chalicelib.trips.actions import act, move, plan
from chalicelib.trips.rules import ladder
from tests.actions.interrupted import InterruptedStore
from tests.builders import DAY, home, moment, register

HOME = home("3-502", steward="anheli.wang")
REGISTER = register(homes=(HOME, home("3-1104")))
NOW, NEXT = moment("14:00"), DAY + timedelta(days=1)
OUT = moment("09:00", NEXT)


@pytest.fixture
def store() -> InterruptedStore:
    store = InterruptedStore()
    store.fill([to_item(REGISTER, 1)])
    return store


def standing(store: InterruptedStore, now: Any = NOW) -> Standing:
    return stand(REGISTER, changes(store, "anheli")[0], now)


def wanted(identity: str = "a", starts: str = "09:00", ends: str = "12:00", **members: Any) -> Trip:
    window = {"starts": moment(starts, NEXT), "ends": moment(ends, NEXT)}
    said = {"agreed_by": "何护士", "agreed_on": DAY, "by": "anheli.liu", "made": NOW, "asked": identity, "companion": "v1", "since": NOW}
    return Trip(**{"id": identity, "home": "3-502", "tenancy": "t1", "hospital": "市一医院", **window, **said, **members})


def trips(store: InterruptedStore) -> dict[str, TripState]:
    return {trip.id: trip.state for trip in changes(store, "anheli")[0].trips}


def tasks(store: InterruptedStore) -> dict[str, str]:
    return {task.id: task.state.value for task in of_day(store, "anheli", DAY)}


def lines(store: InterruptedStore) -> list[str]:
    return [line.what for line in history(store, "anheli", "3-502")]


def do(store: InterruptedStore, what: Act, by: str = "v1", now: Any = OUT, key: str = "", **more: Any) -> TripState:
    line = Line(now, by, what, more.pop("note", ""), f"{key or what}:d")
    return act(store, now, standing(store, now), "a", line, **more).trip.state


def refused(act: Any) -> tuple[int, str]:
    with pytest.raises(Problem) as problem:
        act()
    return problem.value.status, problem.value.slug


def test_a_trip_its_task_and_its_history_are_one_write(store: InterruptedStore):
    plan(store, NOW, standing(store), HOME, wanted())

    assert (trips(store), tasks(store), lines(store), store.writes) == ({"a": "coming"}, {"trip:a": "open"}, ["trip.planned"], 1)
    assert plan(store, NOW, standing(store), HOME, wanted()).id == "a" and store.writes == 1


def test_two_that_are_entered_at_once_for_one_home_are_one_and_a_no(store: InterruptedStore):
    store.before(lambda: plan(store, NOW, standing(store), HOME, wanted("theirs", "11:00", "13:00")))

    assert refused(lambda: plan(store, NOW, standing(store), HOME, wanted())) == (409, "trip-overlaps")
    assert (trips(store), tasks(store)) == ({"theirs": "coming"}, {"trip:theirs": "open"})


def test_a_companion_is_wanted_by_two_homes_at_once_and_goes_with_one(store: InterruptedStore):
    other = REGISTER.home_by_id["3-1104"]
    theirs = wanted("theirs", home="3-1104", companion="anheli.wang")
    store.before(lambda: plan(store, NOW, standing(store), other, theirs))

    assert refused(lambda: plan(store, NOW, standing(store), HOME, wanted(companion="anheli.wang"))) == (409, "companion-busy")


def test_nobody_lives_there_any_more(store: InterruptedStore):
    empty = stand(register(homes=(home("3-502", tenancy=""),)), changes(store, "anheli")[0], NOW)

    assert refused(lambda: plan(store, NOW, empty, HOME, wanted())) == (409, "nobody-lives-here")
    assert refused(lambda: plan(store, NOW, standing(store), HOME, wanted(tenancy="t0"))) == (409, "nobody-lives-here")


def test_out_and_back_and_each_step_once(store: InterruptedStore):
    plan(store, NOW, standing(store), HOME, wanted())

    home_at = OUT + timedelta(hours=2)
    assert [do(store, Act.SET_OUT), do(store, Act.SET_OUT, now=home_at)] == ["out", "out"]
    assert [do(store, Act.DONE, now=home_at), do(store, Act.DONE, now=home_at)] == ["back", "back"]
    assert (tasks(store), lines(store)) == ({"trip:a": "done"}, ["trip.planned", "trip.set_out", "trip.done"])


def test_the_sweep_comes_in_between_and_nothing_is_lost(store: InterruptedStore):
    plan(store, NOW, standing(store), HOME, wanted())

    def swept() -> None:
        (task,) = of_day(store, "anheli", DAY)
        look(store, OUT, "anheli", task, ladder(REGISTER.policy.trips, wanted(), OUT))

    store.before(swept)
    assert do(store, Act.SET_OUT) is TripState.OUT
    (task,) = of_day(store, "anheli", DAY)
    assert task.progress.told == 1 and task.respond.stopped == OUT


def test_moved_old_and_new_change_places_in_one_write_and_a_repeat_finds_the_new_one(store: InterruptedStore):
    plan(store, NOW, standing(store), HOME, wanted())
    for _ in range(2):
        assert move(store, NOW, standing(store), HOME, "a", wanted("b", "10:00", "13:00")).id == "b"

    assert trips(store) == {"a": TripState.CALLED_OFF, "b": TripState.COMING}
    assert tasks(store) == {"trip:a": "cancelled", "trip:b": "open"} and store.writes == 2
    assert [trip.id for trip in changes(store, "anheli")[0].trips_of(HOME)] == ["b"]  # one line for the family


@pytest.mark.parametrize("what", [Act.SET_OUT, Act.CANCEL])
def test_what_is_over_or_on_the_way_is_not_moved(store: InterruptedStore, what: Act):
    plan(store, NOW, standing(store), HOME, wanted())
    do(store, what, note="x")

    assert refused(lambda: move(store, OUT, standing(store), HOME, "a", wanted("b", "10:00", "13:00"))) == (409, "not-now")
    assert refused(lambda: move(store, OUT, standing(store), HOME, "z", wanted("b", "10:00", "13:00"))) == (404, "not-found")


EARLIER = moment("06:59", NEXT)


@pytest.mark.parametrize(
    ("first", "what", "more", "slug"),
    [
        (None, Act.SET_OUT, {"now": EARLIER}, "too-early"),
        (None, Act.DONE, {"now": EARLIER}, "too-early"),
        (Act.SET_OUT, Act.CANCEL, {"note": "x"}, "on-the-way"),
        (Act.SET_OUT, Act.RETURN, {}, "on-the-way"),
        (Act.SET_OUT, Act.SET_OUT, {"key": "again"}, "not-now"),
        (Act.RETURN, Act.SET_OUT, {"by": "anheli.wang"}, "nobody-goes-along"),
        (Act.RETURN, Act.DONE, {"only": "v1"}, "not-found"),
        (Act.CANCEL, Act.SET_OUT, {}, "not-now"),
        (Act.DONE, Act.CANCEL, {}, "not-now"),
        (Act.DONE, Act.REOPEN, {}, "not-now"),
        (None, Act.PAUSE, {}, "not-now"),
        (None, Act.PRIORITISE, {}, "not-now"),
        (None, Act.RETURN, {"by": "anheli.wang"}, "not-yours"),
        (None, Act.ASSIGN, {"owner": "v7"}, "trip"),
    ],
)
def test_what_cannot_be_done_now_is_refused_and_changes_nothing(
    store: InterruptedStore, first: Act | None, what: Act, more: dict[str, Any], slug: str
):
    plan(store, NOW, standing(store), HOME, wanted())
    if first:
        do(store, first, note="x")
    before = dict(store._items)

    assert refused(lambda: do(store, what, **more))[1] == slug
    assert store._items == before


def test_somebody_else_takes_over_on_the_way(store: InterruptedStore):
    plan(store, NOW, standing(store), HOME, wanted())
    do(store, Act.SET_OUT)
    do(store, Act.ASSIGN, "anheli.liu", owner="anheli.wang")

    (task,) = of_day(store, "anheli", DAY)
    assert (changes(store, "anheli")[0].trips[0].companion, task.owners) == ("anheli.wang", ("anheli.wang",))
    assert (task.state, task.progress.look) == ("claimed", wanted().ends)


def test_one_of_two_who_see_to_a_late_trip_wins(store: InterruptedStore):
    plan(store, NOW, standing(store), HOME, wanted())
    late = OUT + timedelta(minutes=20)
    do(store, Act.CLAIM, "anheli.liu", late, "liu")

    with pytest.raises(Problem) as second:
        do(store, Act.CLAIM, "anheli.chen", late, "chen")
    assert (second.value.status, second.value.more["by"]) == (409, "anheli.liu")
    (task,) = of_day(store, "anheli", DAY)
    assert task.owners == ("v1",) and task.progress.look == late + timedelta(hours=1)


def test_a_companion_who_says_yes_silences_nobody(store: InterruptedStore):
    plan(store, NOW, standing(store), HOME, wanted())
    (before,) = of_day(store, "anheli", DAY)
    do(store, Act.CLAIM)

    (after,) = of_day(store, "anheli", DAY)
    assert after.progress == before.progress and after.lines[-1].act == Act.CLAIM
