"""Accompanied trips: when they may be, who may go along, what they mean for the home meanwhile, whom they tell when."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from msgspec.structs import replace

from chalicelib.register.changes import Absence, Changes, HomePause, Leave, pruned
from chalicelib.register.dues import due_on, expected_now
from chalicelib.register.plans import TripPolicy
from chalicelib.register.standing import stand
from chalicelib.register.trips import Late, Trip, TripState
from chalicelib.shared.problems import Problem
from chalicelib.shared.tiers import Tier
from chalicelib.tasks.ladders import Rung, begin, climb
from chalicelib.tasks.rules import expecting
from chalicelib.trips.rules import MOST, check, check_companion, check_room, ladder, late
from tests.builders import DAY, home, moment, register

RED = home("1-302", tier=Tier.RED, steward="anheli.wang", volunteer="v1")
HOMES = register(homes=(RED, home("3-1104")))
RULES = TripPolicy()


def trip(starts: str = "07:30", ends: str = "12:00", day: date = DAY, **members: Any) -> Trip:
    given: dict[str, Any] = {
        "id": "t",
        "home": "1-302",
        "tenancy": "t1",
        "hospital": "市一医院",
        "starts": moment(starts, day),
        "ends": moment(ends, day),
        "agreed_by": "何护士",
        "agreed_on": DAY,
        "by": "anheli.liu",
        "made": moment("00:00"),
        "asked": "",
        "companion": "v1",
        "since": moment("00:00"),
    }
    return Trip(**{**given, **members})


def away(now: str, *trips: Trip) -> list[str]:
    """Why each of the day's two visits (8–10 and 16–18) stands still."""
    standing = stand(HOMES, Changes(trips=trips), moment(now))
    return [due.away for due in due_on(standing, [RED], DAY, moment(now))]


@pytest.mark.parametrize(
    ("found", "now", "morning"),
    [
        (trip(), "07:00", "trip"),
        (trip("08:00", "10:00"), "09:00", "trip"),
        (trip("08:01", "12:00"), "09:00", ""),  # somebody can come before
        (trip("07:30", "09:59"), "09:00", ""),  # or after
        (trip(tenancy="t0"), "09:00", ""),  # another family's
        (trip(home="3-1104"), "09:00", ""),
        (trip(back=moment("09:00")), "09:30", ""),  # home early: owed again
        (trip(back=moment("10:30")), "11:00", "trip"),
        (trip(set_out=moment("09:00")), "11:00", "trip"),
        (trip("09:00", set_out=moment("07:55")), "11:00", "trip"),
        (trip("08:00", "09:30", set_out=moment("08:00")), "09:45", ""),  # late: nobody knows until the window closes
        (trip("08:00", "09:30", set_out=moment("08:00")), "10:00", "trip"),
        (trip(called_off=moment("09:00")), "09:30", ""),
        (trip(called_off=moment("10:30")), "11:00", "trip"),  # what stood still when it closed, stays so
        (trip(made=moment("10:30")), "11:00", ""),  # nothing is excused afterwards
    ],
)
def test_a_visit_stands_still_if_they_are_out_for_the_whole_of_its_window(found: Trip, now: str, morning: str):
    assert away(now, found) == [morning, ""]


def test_a_pause_says_its_own_reason():
    pause = HomePause("p", "1-302", "t1", Absence.HOSPITAL, DAY, DAY, "anheli.wang", moment("00:00"))
    standing = stand(HOMES, Changes(trips=(trip(),), pauses=(pause,)), moment("09:00"))

    assert {due.away for due in due_on(standing, [RED], DAY, moment("09:00"))} == {"hospital"}


@pytest.mark.parametrize(
    ("found", "clock", "expected"),
    [
        (trip(), "06:59", False),
        (trip(), "07:00", True),
        (trip(), "12:29", True),
        (trip(), "12:30", False),
        (trip(back=moment("11:15")), "11:44", True),
        (trip(back=moment("11:15")), "11:45", False),
        (trip(set_out=moment("06:20")), "06:25", True),
        (trip(set_out=moment("07:30")), "14:00", True),  # not home yet: they may come at any moment
        (trip(set_out=moment("07:30"), back=moment("13:50")), "14:00", True),
        (trip(called_off=moment("09:00")), "08:59", True),
        (trip(called_off=moment("09:00")), "09:00", False),
        (trip(tenancy="t0"), "09:00", False),
    ],
)
def test_the_door_is_expected_to_open_with_a_margin_on_either_side(found: Trip, clock: str, expected: bool):
    quiet = home("1-302")
    openings = expected_now(register(homes=(quiet,)), Changes(trips=(found,)), quiet, moment(clock))

    assert bool(expecting(openings, moment(clock))) is expected
    assert {opening.reason for opening in openings} <= {"hospital_trip"}


def test_a_night_at_the_hospital_is_expected_on_both_days():
    night = replace(trip("22:00"), ends=moment("06:00", DAY + timedelta(days=1)))
    quiet = home("1-302")
    found = expected_now(register(homes=(quiet,)), Changes(trips=(night,)), quiet, moment("06:20", DAY + timedelta(days=1)))

    assert expecting(found, moment("06:20", DAY + timedelta(days=1)))


@pytest.mark.parametrize(
    ("members", "field"),
    [
        ({}, None),
        ({"starts": moment("12:00"), "ends": moment("12:00")}, "until"),
        ({"ends": moment("11:00")}, "until"),
        ({"ends": moment("12:01") + timedelta(days=1)}, "until"),
        ({"starts": moment("08:00"), "ends": moment("16:00")}, None),  # just begun
        ({"starts": moment("07:59"), "ends": moment("16:00")}, "from"),
        ({"starts": moment("08:30"), "ends": moment("09:00")}, "from"),
        ({"starts": moment("12:00") + timedelta(days=60), "ends": moment("13:00") + timedelta(days=60)}, "from"),
        ({"agreed_on": DAY + timedelta(days=1)}, "agreed_on"),
    ],
)
def test_a_window_that_makes_no_sense_is_refused_where_it_is_wrong(members: dict, field: str | None):
    try:
        check(moment("09:00"), replace(trip("12:00", "18:00"), **members))
        said = None
    except Problem as problem:
        assert problem.status == 400
        said = problem.more["field"]

    assert said == field


@pytest.mark.parametrize(
    ("known", "status"),
    [
        (trip("09:00", "10:00"), 409),
        (trip("06:00", "07:31"), 409),
        (trip("06:00", "07:30"), None),
        (trip("12:00", "13:00"), None),
        (trip("09:00", "10:00", back=moment("09:30")), None),
        (trip("09:00", "10:00", called_off=moment("08:00")), None),
        (trip("09:00", "10:00", tenancy="t0"), None),
        (trip("09:00", "10:00", home="3-1104"), None),
    ],
)
def test_a_home_is_out_once_at_a_time(known: Trip, status: int | None):
    changes = Changes(trips=(replace(known, id="known"),))
    try:
        check_room(changes, RED, trip())
        said = None
    except Problem as problem:
        said = problem.status

    assert said == status
    check_room(changes, RED, trip(), but="known")  # moved onto itself


def test_a_home_has_only_so_many_trips_to_come():
    known = tuple(trip("09:00", "10:00", DAY + timedelta(days=ahead), id=f"t{ahead}") for ahead in range(1, MOST + 1))
    check_room(Changes(trips=known[1:]), RED, trip())

    with pytest.raises(Problem) as refused:
        check_room(Changes(trips=known), RED, trip())
    assert refused.value.status == 409


@pytest.mark.parametrize(
    ("home_id", "person", "status"),
    [
        ("1-302", "", None),
        ("1-302", "v1", None),
        ("1-302", "anheli.wang", None),
        ("1-302", "v7", 400),
        ("1-302", "anheli.nobody", 400),
        ("3-1104", "v1", 409),  # 老周 lives there
        ("1-302", "anheli.chen", 400),  # on leave that day
        ("1-302", "anheli.liu", 409),  # out with others
    ],
)
def test_who_may_go_along(home_id: str, person: str, status: int | None):
    busy = trip("11:00", "13:00", id="other", home="3-502", companion="anheli.liu")
    over = trip("07:00", "13:00", id="over", home="3-502", companion="v1", back=moment("07:10"))
    leave = Leave("l", "anheli.chen", DAY, DAY, "anheli.chen", moment("00:00"))
    try:
        check_companion(HOMES, Changes(trips=(busy, over), leaves=(leave,)), trip(home=home_id, companion=person))
        said = None
    except Problem as problem:
        assert problem.more["field"] == "companion"
        said = problem.status

    assert said == status


def taken(found: Trip, start: datetime, end: datetime, empty: frozenset[Rung] = frozenset()) -> list[tuple[str, str]]:
    """Who is told at which minute, looked at every minute."""
    progress, told, now = begin(ladder(RULES, found, start), start), [], start
    while now < end:
        progress, rung = climb(ladder(RULES, found, now), progress, now, empty)
        told += [(f"{now:%d %H:%M}", rung.value)] if rung else []
        now += timedelta(minutes=1)
    return told


EVE = moment("14:00", DAY - timedelta(days=1))


def test_before_a_trip_its_companion_is_told_and_reminded_twice_and_then_those_above_her():
    found = trip("09:00", since=EVE, made=EVE)

    assert taken(found, EVE, moment("10:01")) == [
        ("21 14:00", "assignee"),
        ("21 20:00", "assignee"),
        ("22 08:00", "assignee"),
        ("22 09:15", "coordinator"),
        ("22 09:45", "manager"),
        ("22 10:00", "manager"),
    ]


def test_whoever_is_named_late_is_not_reminded_of_hours_that_are_past():
    found = trip("09:00", since=moment("08:30"), made=EVE)

    assert taken(found, moment("08:30"), moment("09:16")) == [("22 08:30", "assignee"), ("22 09:15", "coordinator")]


def test_out_and_not_back_the_companion_is_asked_then_those_above_her():
    found = trip("09:00", "12:00", set_out=moment("09:00"))

    assert taken(found, moment("09:00"), moment("13:01")) == [
        ("22 12:00", "assignee"),
        ("22 12:30", "coordinator"),
        ("22 13:00", "manager"),
    ]


def test_nobody_goes_along_is_told_at_once_and_softly_while_there_is_time():
    near, far = trip("13:00", "15:00", companion=""), trip("13:00", "15:00", DAY + timedelta(days=5), companion="")
    start, end = moment("08:00"), moment("12:30")

    assert [at for at, _ in taken(near, start, end)] == ["22 08:00", "22 08:30", "22 08:45", "22 09:15", "22 10:15", "22 11:15", "22 12:15"]
    assert taken(far, start, end) == [("22 08:00", "coordinator"), ("22 12:00", "manager")]


def test_hours_in_which_nothing_swept_are_caught_up_step_by_step():
    found = trip("09:00", since=EVE, made=EVE)
    progress, _ = climb(ladder(RULES, found, EVE), begin(ladder(RULES, found, EVE), EVE), EVE)
    told = []
    for minute in range(5):
        now = moment(f"09:2{minute}")
        progress, rung = climb(ladder(RULES, found, now), progress, now)
        told += [rung.value] if rung else []

    assert told == ["assignee", "assignee", "coordinator"]


@pytest.mark.parametrize(
    ("found", "now", "said"),
    [
        (trip("09:00"), "09:14", None),
        (trip("09:00"), "09:15", Late.SETTING_OUT),
        (trip("09:00", set_out=moment("09:20")), "12:29", None),
        (trip("09:00", set_out=moment("09:20")), "12:30", Late.COMING_BACK),
        (trip("09:00", back=moment("12:00")), "15:00", None),
        (trip("09:00", called_off=moment("08:00")), "15:00", None),
    ],
)
def test_what_should_have_happened_by_now(found: Trip, now: str, said: Late | None):
    assert late(RULES, found, moment(now)) is said


def test_a_state_is_the_last_thing_that_happened():
    out, back = {"set_out": moment("09:00")}, {"back": moment("11:00")}

    assert trip().state is TripState.COMING and trip(**out).state is TripState.OUT
    assert trip(**out, **back).state is TripState.BACK and trip(called_off=moment("08:00")).state is TripState.CALLED_OFF


def test_a_trip_is_remembered_for_a_month_after_it():
    changes = Changes(trips=(trip(),))

    assert pruned(changes, DAY + timedelta(days=31)) == changes
    assert pruned(changes, DAY + timedelta(days=33)).trips == ()
