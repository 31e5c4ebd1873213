"""Which visits are due, who owes them, how they stand."""

from datetime import date, datetime, timedelta

import pytest

from chalicelib.register.changes import Absence, Changes, HomePause, Leave, TierChange
from chalicelib.register.dues import Due, due_on, owners_of
from chalicelib.register.plans import OwnerRule, PlanPolicy
from chalicelib.register.rules import Home
from chalicelib.register.standing import Standing, stand
from chalicelib.shared.tiers import Tier
from chalicelib.visits.rules import Entry, Outcome, State, Visit, find_due, missed, state_of
from tests.builders import DAY, home, moment, policy, register

RED = home("1-302", tier=Tier.RED, steward="anheli.wang", volunteer="v1")
CHRONIC = home("3-1104", tier=Tier.YELLOW, steward="anheli.wang")


def standing(*homes: Home, now: datetime | None = None, changes: Changes | None = None, **members: object) -> Standing:
    return stand(register(homes=homes, policy=policy(**members)), changes or Changes(), now or moment("09:00"))


def dues(found: Standing, now: str = "09:00", day: date = DAY) -> list[Due]:
    return due_on(found, found.register.homes, day, moment(now))


def entry(outcome: Outcome = Outcome.DONE, key: str = "k") -> Entry:
    return Entry(key, "d", moment("09:00"), "anheli.wang", outcome)


def visit(*outcomes: Outcome) -> Visit:
    return Visit("home_visit:1-302:2026-11-22", "1-302", "t1", DAY, tuple(entry(each) for each in outcomes))


def test_a_red_home_is_owed_two_visits_a_day_by_a_pair():
    found = dues(standing(RED, home("3-502"), CHRONIC))

    assert [due.key for due in found] == ["home_visit:1-302:2026-11-22", "home_visit:1-302:2026-11-22:1"]
    assert {due.owners for due in found} == {("anheli.wang", "v1")}


@pytest.mark.parametrize(
    ("day", "runs"), [(date(2026, 11, 19), 1), (date(2026, 11, 20), 0), (date(2026, 12, 2), 0), (date(2026, 12, 3), 1)]
)
def test_a_yellow_home_is_owed_its_medicine_every_fourteen_days(day: date, runs: int):
    assert len(dues(standing(CHRONIC), day=day)) == runs


@pytest.mark.parametrize(
    ("members", "owed"),
    [({}, 2), ({"tenancy": ""}, 0), ({"moved_in": DAY}, 0), ({"moved_in": DAY - timedelta(days=1)}, 2), ({"tier": Tier.GREEN}, 0)],
)
def test_an_empty_home_and_one_moved_into_today_are_owed_nothing(members: dict, owed: int):
    quiet = {"people": (), **members}

    assert len(dues(standing(home("1-302", **{"tier": Tier.RED, **quiet})))) == owed


@pytest.mark.parametrize(
    ("rule", "absent", "owners"),
    [
        (OwnerRule.PAIR, set(), ("anheli.wang", "v1")),
        (OwnerRule.STEWARD, set(), ("anheli.wang",)),
        (OwnerRule.VOLUNTEER, set(), ("v1",)),
        (OwnerRule.PAIR, {"anheli.wang"}, ("v1",)),
        (OwnerRule.PAIR, {"anheli.wang", "v1"}, ()),
        (OwnerRule.STEWARD, {"anheli.wang"}, ()),
    ],
)
def test_who_is_on_leave_owes_nothing_and_then_perhaps_nobody_does(rule: OwnerRule, absent: set[str], owners: tuple[str, ...]):
    assert owners_of(rule, RED, frozenset(absent)) == owners


def test_leave_counts_by_the_day_of_the_slot():
    leave = Changes(leaves=(Leave("l", "v1", DAY, DAY, "x", moment("08:00")),))

    assert {due.owners for due in dues(standing(RED, changes=leave))} == {("anheli.wang",)}
    assert {due.owners for due in dues(standing(RED, changes=leave), day=DAY + timedelta(days=1))} == {("anheli.wang", "v1")}


@pytest.mark.parametrize(
    ("now", "state"), [("07:59", "coming"), ("08:00", "now"), ("09:59", "now"), ("10:00", "missed"), ("23:00", "missed")]
)
def test_without_a_visit_the_window_says_how_it_stands(now: str, state: str):
    assert state_of(dues(standing(RED))[0], None, moment(now)) is State(state)


@pytest.mark.parametrize(
    ("outcomes", "state"),
    [
        ([Outcome.DONE], State.DONE),
        ([Outcome.REFUSED], State.REFUSED),
        ([Outcome.NOT_NEEDED], State.NOT_NEEDED),
        ([Outcome.NOBODY_HOME], State.NOBODY_HOME),
        ([Outcome.NOBODY_HOME, Outcome.DONE], State.DONE),
        ([Outcome.DONE, Outcome.NOBODY_HOME], State.DONE),
        ([Outcome.REFUSED, Outcome.DONE, Outcome.NOBODY_HOME], State.DONE),
    ],
)
def test_a_visit_stands_as_the_last_try_that_kept_the_promise_left_it(outcomes: list[Outcome], state: State):
    paused = dues(standing(RED))[0]._replace(away="away")

    assert state_of(dues(standing(RED))[0], visit(*outcomes), moment("23:00")) is state
    assert state_of(paused, visit(*outcomes), moment("23:00")) is state  # who came, came


def pause(first: date, last: date, made: str = "07:00", ended: str = "") -> Changes:
    return Changes(pauses=(HomePause("p", "1-302", "t1", Absence.AWAY, first, last, "x", moment(made), moment(ended) if ended else None),))


@pytest.mark.parametrize(
    ("made", "ended", "now", "away"),
    [
        ("07:00", "", "12:00", ["away", "away"]),
        ("09:00", "", "12:00", ["away", "away"]),
        ("10:00", "", "12:00", ["", "away"]),  # they left when it was over
        ("07:00", "09:00", "12:00", ["", ""]),  # they came back while it could still be made
        ("07:00", "11:00", "12:00", ["away", ""]),
        ("07:00", "11:00", "09:00", ["away", ""]),
    ],
)
def test_a_slot_is_paused_if_the_home_was_away_when_it_closed(made: str, ended: str, now: str, away: list[str]):
    assert [due.away for due in dues(standing(RED, changes=pause(DAY, DAY, made, ended)), now)] == away


def test_missed_is_due_less_done_and_less_what_stands_still():
    found = dues(standing(RED), "18:00")

    assert missed(found, [], moment("12:00")) == found[:1]
    assert missed(found, [], moment("18:00")) == found
    assert missed(found, [visit(Outcome.DONE)], moment("18:00")) == found[1:]
    assert missed(found, [visit(Outcome.NOBODY_HOME)], moment("18:00")) == found[1:]  # that has a ladder of its own
    assert missed(dues(standing(RED, changes=pause(DAY, DAY)), "18:00"), [], moment("18:00")) == []


def test_the_visit_of_the_family_before_is_not_this_ones():
    other = visit(Outcome.DONE)._replace(tenancy="t0")

    assert len(missed(dues(standing(RED), "10:00"), [other], moment("10:00"))) == 1


def retiered(tier: Tier, clock: str, day: date = DAY) -> Changes:
    change = TierChange("c", "1-302", "t1", tier, "r", "x", day, moment("00:00", day), "y", moment(clock, day), Tier.RED)
    return Changes(tiers=(change,))


@pytest.mark.parametrize(("clock", "slots"), [("07:59", 0), ("08:00", 0), ("08:01", 1), ("12:00", 1), ("16:00", 1), ("16:01", 2)])
def test_a_slot_is_owed_by_the_tier_at_its_opening(clock: str, slots: int):
    bare = home("1-302", tier=Tier.GREEN, people=RED.people[:0])
    to_red = standing(bare, now=moment("20:00"), changes=retiered(Tier.RED, clock))

    assert len(due_on(to_red, to_red.register.homes, DAY, moment("20:00"))) == 2 - slots


def test_the_days_before_a_change_are_asked_for_by_the_tier_of_then():
    found = standing(home("1-302", people=()), now=moment("20:00"), changes=retiered(Tier.RED, "12:00"))
    before, after = DAY - timedelta(days=1), DAY + timedelta(days=1)

    assert [len(due_on(found, found.register.homes, day, moment("20:00"))) for day in (before, DAY, after)] == [0, 1, 2]


@pytest.mark.parametrize(
    ("slot", "now", "found"),
    [
        ("home_visit:1-302:2026-11-22", "08:00", True),
        ("home_visit:1-302:2026-11-22", "07:59", False),
        ("home_visit:1-302:2026-11-15", "09:00", True),
        ("home_visit:1-302:2026-11-14", "09:00", False),
        ("home_visit:9-999:2026-11-22", "09:00", False),
    ],
)
def test_a_slot_can_be_entered_from_its_opening_and_for_a_week(slot: str, now: str, found: bool):
    assert (find_due(policy(), RED, slot, moment(now)) is not None) is found


def test_a_plan_without_windows_or_without_days_cannot_be_made():
    for wrong in ({"windows": ()}, {"every": 0}, {"weekdays": (8,)}):
        with pytest.raises(ValueError, match="home_visit"):
            PlanPolicy(**{"kind": "home_visit", "tiers": (Tier.RED,), "windows": (("08:00", "10:00"),), "owner": OwnerRule.PAIR, **wrong})


def test_a_window_across_midnight_is_one_slot_of_the_day_it_opens_on():
    night = PlanPolicy("home_visit", (Tier.RED,), (("22:00", "02:00"),), OwnerRule.PAIR)
    (due,) = dues(standing(RED, plans=(night,)), "23:00")

    assert (due.slot.opens, due.slot.closes) == (moment("22:00"), moment("02:00", DAY + timedelta(days=1)))
    assert state_of(due, None, moment("01:59", DAY + timedelta(days=1))) is State.NOW
    assert find_due(policy(plans=(night,)), RED, due.key, moment("01:00", DAY + timedelta(days=1))) == due.slot
