"""The looks at a plan's windows: one each, moved on for good, whatever becomes of the policy meanwhile."""

from datetime import date, datetime, timedelta

import pytest

from chalicelib.promises.looking import ensure, first_looks, take
from chalicelib.register.changes import Changes
from chalicelib.register.plans import OwnerRule, PlanPolicy
from chalicelib.register.rules import Register
from chalicelib.register.standing import stand
from chalicelib.shared.tiers import Tier
from chalicelib.store import keys
from chalicelib.store.memory import MemoryStore
from chalicelib.tasks.board import of_day
from chalicelib.tasks.looks import Look, Phase, from_item
from tests.builders import DAY, home, moment, policy, register

TOMORROW = DAY + timedelta(days=1)
RED = home("1-302", tier=Tier.RED, steward="anheli.wang", volunteer="v1")


def compound(*windows: tuple[str, str], **members: object) -> Register:
    plan = PlanPolicy("home_visit", (Tier.RED,), windows or (("08:00", "10:00"), ("16:00", "18:00")), OwnerRule.PAIR, **members)
    return register(homes=(RED,), policy=policy(plans=(plan,)))


def looks(store: MemoryStore) -> dict[str, Look]:
    return {item["sk"]: from_item(item) for item in store.under(keys.looks("anheli"))}


def taken(store: MemoryStore, found: Register, name: str, now: datetime) -> bool:
    return take(store, now, looks(store)[name], stand(found, Changes(), now))


def missed(store: MemoryStore, day: date = DAY) -> list[str]:
    return [task.id for task in of_day(store, "anheli", day) if task.id.startswith("missed:")]


@pytest.mark.parametrize(
    ("now", "phase", "due"),
    [
        (moment("07:00"), Phase.OPENS, moment("08:00")),
        (moment("08:00"), Phase.CLOSES, moment("10:00")),
        (moment("09:59"), Phase.CLOSES, moment("10:00")),
        (moment("10:00"), Phase.OPENS, moment("08:00", TOMORROW)),
    ],
)
def test_a_window_is_looked_at_when_it_next_opens_or_closes(now: datetime, phase: Phase, due: datetime):
    look = next(each for each in first_looks(compound(), now) if (each.plan, each.window) == ("home_visit", 0))

    assert (look.phase, look.due) == (phase, due)


def test_a_window_across_midnight_is_looked_at_on_both_days():
    look = next(each for each in first_looks(compound(("22:00", "02:00")), moment("01:00")) if each.plan == "home_visit")

    assert (look.day, look.phase, look.due) == (DAY - timedelta(days=1), Phase.CLOSES, moment("02:00"))


def test_there_is_one_look_for_each_window_however_often_it_is_made_sure_of():
    store = MemoryStore()

    assert (ensure(store, compound(), moment("07:00")), ensure(store, compound(), moment("09:00"))) == (4, 0)
    assert set(looks(store)) == {"self_report#0", "home_visit#0", "home_visit#1", "daily#0"}


def test_a_look_goes_from_opening_to_close_to_the_next_opening():
    store, found = MemoryStore(), compound()
    ensure(store, found, moment("07:00"))
    seen = []
    for now in (moment("08:00"), moment("10:00")):
        assert taken(store, found, "home_visit#0", now)
        seen.append((looks(store)["home_visit#0"].phase, looks(store)["home_visit#0"].due))

    assert seen == [(Phase.CLOSES, moment("10:00")), (Phase.OPENS, moment("08:00", TOMORROW))]
    assert missed(store) == ["missed:home_visit:1-302:2026-11-22"]


def test_days_left_out_are_caught_up_in_order_each_with_its_own_misses():
    store, found = MemoryStore(), compound()
    ensure(store, found, moment("07:00"))
    late = moment("09:00", DAY + timedelta(days=3))
    taken(store, found, "home_visit#0", late)

    assert missed(store) == [f"missed:home_visit:1-302:2026-11-{22 + day}" for day in range(3)]
    assert (looks(store)["home_visit#0"].phase, looks(store)["home_visit#0"].due.day) == (Phase.CLOSES, 25)


def test_of_two_who_take_a_look_one_moves_it_on():
    store, found, now = MemoryStore(), compound(), moment("08:00")
    ensure(store, found, moment("07:00"))
    look, standing = looks(store)["home_visit#0"], stand(found, Changes(), now)

    assert [take(store, now, look, standing), take(store, now, look, standing)] == [True, False]


def test_a_window_that_the_policy_has_no_longer_is_looked_at_no_longer():
    store = MemoryStore()
    ensure(store, compound(), moment("07:00"))
    taken(store, compound(("08:00", "10:00")), "home_visit#1", moment("16:00"))

    assert set(looks(store)) == {"self_report#0", "home_visit#0", "daily#0"}


def test_a_plan_that_falls_on_other_days_now_is_looked_at_on_those():
    store, thursdays = MemoryStore(), compound(weekdays=(4,))
    ensure(store, compound(), moment("07:00"))  # a Sunday
    taken(store, thursdays, "home_visit#0", moment("08:00"))

    assert (looks(store)["home_visit#0"].day, looks(store)["home_visit#0"].phase) == (date(2026, 11, 26), Phase.OPENS)
    assert missed(store) == []


def test_a_window_moved_later_in_mid_slot_is_judged_at_its_new_close():
    store = MemoryStore()
    ensure(store, compound(), moment("08:30"))
    longer = compound(("08:00", "12:00"), ("16:00", "18:00"))
    taken(store, longer, "home_visit#0", moment("10:00"))
    assert (missed(store), looks(store)["home_visit#0"].due) == ([], moment("12:00"))

    taken(store, longer, "home_visit#0", moment("12:00"))
    assert missed(store) == ["missed:home_visit:1-302:2026-11-22"]


def test_a_window_moved_away_in_mid_slot_is_looked_at_again_when_it_opens():
    store = MemoryStore()
    ensure(store, compound(), moment("08:30"))
    taken(store, compound(("12:00", "14:00"), ("16:00", "18:00")), "home_visit#0", moment("10:00"))

    assert (looks(store)["home_visit#0"].phase, looks(store)["home_visit#0"].due) == (Phase.OPENS, moment("12:00"))


def test_a_window_moved_earlier_is_brought_forward_when_looks_are_made_sure_of():
    store = MemoryStore()
    ensure(store, compound(), moment("08:30"))
    ensure(store, compound(("08:00", "09:00"), ("16:00", "18:00")), moment("08:40"))

    assert looks(store)["home_visit#0"].due == moment("09:00")
