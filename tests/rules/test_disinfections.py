"""How often a place is disinfected on a day, and how each of its windows stands."""

from datetime import timedelta

import pytest

from chalicelib.patrols.rules import Disinfection, State, kept_by, last_of, owed, slot_at, standings
from chalicelib.register.patrolling import FOUR, PatrolPolicy
from chalicelib.register.places import Place, PlaceKind
from tests.builders import DAY, moment

LIFT = Place("L3", PlaceKind.LIFT, "3 栋电梯", "3", "g1")
POLICY = PatrolPolicy()


def done(which: str, clock: str = "08:00", **members) -> Disinfection:
    return Disinfection(
        **{"place": "L3", "day": DAY, "which": which, "by": "v1", "at": moment(clock), "key": clock, "digest": "d", **members}
    )


@pytest.mark.parametrize(
    ("kind", "times"),
    [("lift", 4), ("lobby", 2), ("stairs", 2), ("waste", 2), ("gate", 2), ("shelf", 2), ("fitness", 1), ("depot", 0), ("reserve", 0)],
)
def test_each_kind_of_place_is_promised_so_many_a_day(kind: str, times: int):
    assert len(owed(POLICY, Place("X", PlaceKind(kind), ""), DAY)) == times


def test_a_slots_key_is_the_same_whoever_computes_it():
    assert [slot.key("L3") for slot in owed(POLICY, LIFT, DAY)][:2] == ["disinfection:L3:2026-11-22", "disinfection:L3:2026-11-22:1"]


@pytest.mark.parametrize(
    ("clock", "number"), [("05:59", None), ("06:00", 0), ("09:59", 0), ("10:00", 1), ("21:59", 3), ("22:00", None), ("00:00", None)]
)
def test_the_window_that_is_open(clock: str, number: int | None):
    found = slot_at(owed(POLICY, LIFT, DAY), moment(clock))

    assert (found.number if found else None) == number


NOW, DONE, MISSED, COMING = State.NOW, State.DONE, State.MISSED, State.COMING


@pytest.mark.parametrize(
    ("clock", "made", "states"),
    [
        ("05:00", [], [COMING] * 4),
        ("06:00", [], [NOW, COMING, COMING, COMING]),
        ("10:00", [], [MISSED, NOW, COMING, COMING]),
        ("10:00", [done("0")], [DONE, NOW, COMING, COMING]),
        ("09:00", [done("0", undone=moment("08:05"))], [NOW, COMING, COMING, COMING]),
        ("11:00", [done("+key", "10:30")], [MISSED, NOW, COMING, COMING]),
        ("23:00", [done("1", "11:00"), done("3", "20:00")], [MISSED, DONE, MISSED, DONE]),
    ],
)
def test_due_minus_done(clock: str, made: list[Disinfection], states: list[State]):
    found = standings(owed(POLICY, LIFT, DAY), made, moment(clock))

    assert [each.state for each in found] == states


def test_the_last_time_is_also_one_beyond_the_promise_and_never_one_that_was_taken_back():
    made = [done("0", "08:00"), done("+k", "09:00"), done("1", "10:30", undone=moment("10:31"))]

    assert last_of(made) == made[1] and last_of([]) is None
    assert kept_by(owed(POLICY, LIFT, DAY)[1], made) is None


@pytest.mark.parametrize(
    "wrong",
    [
        {"lift": (("10:00", "06:00"),)},
        {"lobby": (("06:00", "12:00"), ("11:00", "13:00"))},
        {"waste": (("06:00", "06:00"),)},
        {"walk": ("20:00", "08:00")},
    ],
)
def test_windows_that_make_no_sense_are_refused(wrong: dict):
    with pytest.raises(ValueError):
        PatrolPolicy(**wrong)


def test_windows_touch_and_the_day_ends_at_midnight():
    assert PatrolPolicy(lift=(*FOUR, ("22:00", "24:00"))).windows(PlaceKind.LIFT)[-1] == ("22:00", "24:00")


def test_every_minute_of_the_promised_hours_lies_in_exactly_one_window():
    slots, at = owed(POLICY, LIFT, DAY), moment("06:00")
    while at < moment("22:00"):
        assert sum(slot.opens <= at < slot.closes for slot in slots) == 1
        at += timedelta(minutes=7)
