"""What is owed, what was done, and therefore what is missed."""

from datetime import date, datetime, timedelta

import pytest

from chalicelib.care.rules import CheckIn, Entry, Feeling, Need, State, board, is_late, owes, slot_of, state_of
from chalicelib.register.policy import Policy
from chalicelib.register.rules import Home, Tier
from chalicelib.shared.ids import TenancyId
from tests.builders import DAY, entry, home, isolated, moment, policy

SLOT = slot_of(policy(), DAY)
ALL_TIERS = policy(self_report_tiers=tuple(Tier))


@pytest.mark.parametrize(
    ("rules", "of", "owed"),
    [
        (policy(), home(), True),
        (policy(), home(tier=Tier.YELLOW), False),
        (policy(), home(tier=Tier.RED), False),
        (ALL_TIERS, home(tier=Tier.RED), True),
        (policy(self_report_tiers=(Tier.RED,)), home(), False),
        (policy(self_report_tiers=()), home(), False),
        (policy(), home(tenancy=TenancyId("")), False),
        (policy(), home(people=()), True),
        (policy(), home(volunteer="", steward="", grid=""), True),
        (policy(), home(moved_in=DAY), False),
        (policy(), home(moved_in=DAY + timedelta(days=1)), False),
        (policy(), home(moved_in=DAY - timedelta(days=1)), True),
        (policy(), isolated(), True),
    ],
)
def test_a_home_owes_if_it_is_lived_in_settled_and_of_a_tier_that_reports(rules: Policy, of: Home, owed: bool):
    assert owes(rules, of, SLOT) is owed


@pytest.mark.parametrize(
    ("owed", "done", "now", "state"),
    [
        (True, None, "00:00", State.WAITING),
        (True, None, "09:59:59", State.WAITING),
        (True, None, "10:00", State.MISSED),
        (True, None, "23:59:59", State.MISSED),
        (True, "09:59:59", "11:00", State.ON_TIME),
        (True, "10:00", "11:00", State.LATE),
        (True, "23:59", "23:59", State.LATE),
        (False, None, "09:00", State.NOT_OWED),
        (False, None, "11:00", State.NOT_OWED),
        (False, "09:00", "09:00", State.EXTRA),
        (False, "11:00", "11:00", State.EXTRA),
    ],
)
def test_where_a_home_stands_follows_from_what_it_owed_what_it_did_and_the_time(owed: bool, done: str | None, now: str, state: State):
    assert state_of(owed, SLOT, moment(done) if done else None, moment(now)) is state


@pytest.mark.parametrize(
    ("closes", "clock", "late"), [("10:00", "09:59:59.999", False), ("10:00", "10:00", True), ("24:00", "23:59", False)]
)
def test_late_begins_at_the_closing_time_of_the_policy(closes: str, clock: str, late: bool):
    slot = slot_of(policy(self_report_closes=closes), DAY)

    assert is_late(slot, moment(clock)) is late


@pytest.mark.parametrize(("opens", "closes"), [("10:00", "10:00"), ("10:00", "09:00"), ("24:00", "10:00"), ("08:00", "ten")])
def test_a_window_that_never_is_open_makes_no_policy(opens: str, closes: str):
    with pytest.raises(ValueError):
        policy(self_report_opens=opens, self_report_closes=closes)


def said(identity: str, *entries: Entry, tenancy: str = "t1") -> CheckIn:
    return CheckIn(identity, tenancy, DAY, entries or (entry(),))


def states(now: str, homes: list[Home], done: list[CheckIn]) -> dict[str, str]:
    return {line.home.id: line.state.value for line in board(policy(), homes, done, DAY, moment(now))}


HOMES = [home("3-502"), home("3-1104"), home("10-101"), home("1-302", tier=Tier.RED), home("2-101", tenancy=TenancyId(""))]


def test_the_board_lists_who_owes_or_reported_and_nobody_else():
    done = [said("3-502"), said("1-302")]

    assert states("09:30", HOMES, done) == {"1-302": "extra", "3-502": "on_time", "3-1104": "waiting", "10-101": "waiting"}
    assert states("10:00", HOMES, done) == {"1-302": "extra", "3-502": "on_time", "3-1104": "missed", "10-101": "missed"}


def test_with_nothing_reported_at_all_every_home_that_owes_is_missed():
    assert states("10:00", HOMES, []) == {"3-502": "missed", "3-1104": "missed", "10-101": "missed"}


def test_the_last_tenants_report_does_not_count_for_the_next():
    assert states("10:00", [home("3-502", tenancy=TenancyId("t2"))], [said("3-502", tenancy="t1")]) == {"3-502": "missed"}


def test_a_report_of_a_home_that_is_not_ours_to_see_is_not_on_the_board():
    assert states("10:00", [home("3-502")], [said("9-999")]) == {"3-502": "missed"}


def test_the_worst_tier_comes_first_then_building_floor_and_door():
    homes = [home("3-1104"), home("3-502"), home("1-101"), home("2-201", tier=Tier.YELLOW), home("9-901", tier=Tier.RED)]

    lines = board(ALL_TIERS, homes, [], DAY, moment("10:00"))

    assert [line.home.id for line in lines] == ["9-901", "2-201", "1-101", "3-502", "3-1104"]


MORNING, NOON = entry("k1", "09:00", (Need.FOOD,), note="米"), entry("k2", "12:00", (Need.MEDICINE, Need.FOOD), note="药")
ILL = entry("k3", "13:00", feeling=Feeling.UNWELL)


def test_a_day_keeps_its_first_time_its_worst_feeling_all_needs_and_all_notes():
    day = said("3-502", MORNING, NOON, ILL, entry("k4", "14:00"))

    assert (day.at, day.feeling, day.needs, day.note) == (moment("09:00"), Feeling.UNWELL, (Need.MEDICINE, Need.FOOD), "米；药")


@pytest.mark.parametrize(
    ("new", "adds"),
    [
        (entry("new"), False),
        (entry("new", "15:00"), False),
        (entry("new", needs=(Need.FOOD,)), False),
        (entry("new", "09:59", (Need.FOOD,)), False),
        (entry("new", "10:00", (Need.FOOD,)), True),
        (entry("new", note="米"), False),
        (entry("new", note="面"), True),
        (entry("new", needs=(Need.FOOD, Need.MOOD)), True),
        (entry("new", feeling=Feeling.UNWELL), True),
    ],
)
def test_an_entry_adds_only_what_was_not_said_yet_or_not_for_an_hour(new: Entry, adds: bool):
    assert said("3-502", MORNING).adds(new) is adds


def test_saying_at_once_again_that_one_is_unwell_or_well_after_all_adds_nothing():
    day = said("3-502", ILL)

    assert not day.adds(entry("k5", "13:59", feeling=Feeling.UNWELL))
    assert not day.adds(entry("k6", "16:00", feeling=Feeling.WELL))
    assert day.adds(entry("k7", "14:00", feeling=Feeling.UNWELL))


def test_a_note_that_came_twice_is_read_once():
    assert said("3-502", MORNING, MORNING._replace(key="k9", at=moment("15:00"))).note == "米"


def test_the_answer_to_a_key_is_the_day_as_it_stood_then():
    day = said("3-502", MORNING, NOON)

    assert day.upto("k1") == said("3-502", MORNING)
    assert day.upto("k2") == day
    assert day.upto("k9") is None


@pytest.mark.parametrize("day", [date(2026, 11, 22), date(2028, 2, 29)])
def test_a_slot_opens_and_closes_by_policy(day: date):
    slot = slot_of(policy(self_report_opens="06:30", self_report_closes="12:00"), day)

    assert (slot.opens, slot.closes) == (moment("06:30", day), moment("12:00", day))
    assert isinstance(slot.opens, datetime)
