"""What has changed since the import, asked about an instant or a day. Nothing changes its mind about the past."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from msgspec.structs import replace

from chalicelib.register.changes import KEPT, Absence, Changes, HomePause, Leave, TierChange, Week, pruned
from chalicelib.shared.tiers import Tier
from chalicelib.tasks.shifts import Shift
from tests.builders import DAY, home, moment

G, Y, R = Tier.GREEN, Tier.YELLOW, Tier.RED
NEXT, BEFORE = DAY + timedelta(days=1), DAY - timedelta(days=1)
ANNA = home("3-502")


def change(tier: Tier, since: date = DAY, approved: datetime | None = None, **members: Any) -> TierChange:
    given: dict[str, Any] = {"id": f"{tier}{since}{approved}", "home": "3-502", "tenancy": "t1", "reason": "出院", "by": "anheli.wang"}
    return TierChange(**{**given, "tier": tier, "since": since, "made": moment("08:00"), "approved": approved, **members})


def pause(first: date, last: date, **members: Any) -> HomePause:
    given: dict[str, Any] = {"id": "p1", "home": "3-502", "tenancy": "t1", "why": Absence.AWAY, "by": "anheli.wang"}
    return HomePause(**{**given, "first": first, "last": last, "made": moment("08:00", BEFORE), **members})


@pytest.mark.parametrize(
    ("tiers", "now", "tier"),
    [
        ((), moment("12:00"), Y),
        ((change(R),), moment("12:00"), Y),  # pending
        ((change(R, approved=moment("11:00")),), moment("10:59:59"), Y),
        ((change(R, approved=moment("11:00")),), moment("11:00"), R),
        ((change(R, NEXT, approved=moment("11:00")),), moment("23:59:59"), Y),
        ((change(R, NEXT, approved=moment("11:00")),), moment("00:00", NEXT), R),
        ((change(G, approved=moment("11:00"), known=Y),), moment("12:00"), G),
        ((change(G, approved=moment("11:00"), known=G),), moment("12:00"), Y),  # the facts got worse since
        ((change(R, approved=moment("09:00")), change(G, approved=moment("11:00"), known=Y)), moment("12:00"), G),
        ((change(G, approved=moment("11:00"), known=Y), change(R, approved=moment("09:00"))), moment("12:00"), G),
        ((change(R, approved=moment("09:00"), tenancy="t2"),), moment("12:00"), Y),
        ((change(R, approved=moment("09:00"), home="3-503"),), moment("12:00"), Y),
    ],
)
def test_the_latest_approved_change_that_has_begun_decides(tiers: tuple[TierChange, ...], now: datetime, tier: Tier):
    assert Changes(tiers).tier_at(ANNA, Y, now) is tier


def test_a_decision_does_not_cover_facts_that_were_not_known_when_it_was_made():
    milder = Changes((change(G, approved=moment("11:00"), known=Y),))

    assert milder.tier_at(ANNA, Y, moment("12:00")) is G
    assert milder.tier_at(ANNA, R, moment("12:00")) is R


@pytest.mark.parametrize(
    ("given", "now", "stands_still"),
    [
        (pause(DAY, NEXT), moment("23:59:59", BEFORE), False),
        (pause(DAY, NEXT), moment("00:00"), True),
        (pause(DAY, NEXT), moment("23:59:59", NEXT), True),
        (pause(DAY, NEXT), moment("00:00", NEXT + timedelta(days=1)), False),
        (pause(DAY, NEXT, made=moment("15:00")), moment("14:59"), False),  # the morning's slots stay owed
        (pause(DAY, NEXT, made=moment("15:00")), moment("15:00"), True),
        (pause(DAY, NEXT, ended=moment("12:00")), moment("11:59"), True),
        (pause(DAY, NEXT, ended=moment("12:00")), moment("12:00"), False),
        (pause(DAY, NEXT, ended=moment("12:00", BEFORE)), moment("12:00"), False),
        (pause(DAY, NEXT, tenancy="t2"), moment("12:00"), False),
        (pause(DAY, NEXT, home="3-503"), moment("12:00"), False),
    ],
)
def test_a_pause_counts_on_its_days_but_never_for_what_was_before_it(given: HomePause, now: datetime, stands_still: bool):
    assert (Changes(pauses=(given,)).pause_at(ANNA, now) is not None) is stands_still


def test_leave_includes_its_first_and_last_day_and_whoever_is_back_works_that_day():
    leave = Leave("l1", "anheli.wang", DAY, NEXT, "anheli.chen", moment("08:00", BEFORE))
    days = [BEFORE, DAY, NEXT, NEXT + timedelta(days=1)]
    back = replace(leave, ended=moment("07:00", NEXT))

    assert [Changes(leaves=(leave,)).on_leave("anheli.wang", day) for day in days] == [False, True, True, False]
    assert [Changes(leaves=(back,)).on_leave("anheli.wang", day) for day in days] == [False, True, False, False]
    assert not Changes(leaves=(leave,)).on_leave("v1", DAY)


def test_nobody_on_leave_is_counted_on_to_stand_a_shift():
    night = Shift("anheli.wang", moment("22:00"), moment("06:00", NEXT))
    late = Shift("anheli.wang", moment("16:00"), moment("00:00", NEXT))
    leave = Leave("l1", "anheli.wang", NEXT, NEXT, "anheli.wang", moment("08:00"))

    assert Changes(leaves=(leave,), shifts=(late, night)).duty() == (late,)


def test_what_is_over_for_a_month_goes_and_what_still_counts_stays():
    today, long_ago = DAY + KEPT + timedelta(days=9), moment("08:00", date(2026, 1, 1))
    replaced, in_force, pending = (
        change(R, approved=moment("09:00")),
        change(Y, approved=moment("10:00")),
        change(G, since=date(2026, 1, 1)),
    )
    later = Leave("l2", "v1", today, today, "anheli.chen", long_ago)
    changes = Changes(
        tiers=(replaced, in_force, pending),
        pauses=(pause(DAY, NEXT), pause(DAY, today - KEPT)),
        leaves=(Leave("l1", "v1", DAY, NEXT, "anheli.chen", long_ago), later),
        weeks=(Week(date(2026, 11, 23), "w1", "anheli.chen", long_ago), Week(date(2026, 11, 30), "w2", "anheli.chen", long_ago)),
        shifts=(Shift("a", moment("06:00"), moment("14:00")), Shift("a", moment("06:00", today), moment("14:00", today))),
    )

    left = pruned(changes, today)

    assert left.tiers == (in_force, pending)
    assert left.pauses == changes.pauses[1:] and left.leaves == (later,)
    assert left.weeks == changes.weeks[1:] and left.shifts == changes.shifts[1:]


@pytest.mark.parametrize("back", range(int(KEPT.days)))
def test_no_answer_about_the_last_month_changes_by_forgetting(back: int):
    then, today = moment("12:00"), DAY + timedelta(days=back)
    changes = Changes(
        (change(R, approved=moment("09:00")), change(G, approved=moment("11:00"), known=Y), change(Y, NEXT, approved=moment("13:00"))),
        (pause(DAY, DAY),),
        (Leave("l1", "v1", DAY, DAY, "v1", moment("08:00")),),
        (),
        (Shift("a", moment("08:00"), moment("13:00")),),
    )
    left = pruned(changes, today)

    assert left.tier_at(ANNA, Y, then) is changes.tier_at(ANNA, Y, then) is G
    assert left.tier_at(ANNA, Y, moment("10:00")) is R
    assert left.pause_at(ANNA, then) and left.on_leave("v1", DAY) and left.duty() == changes.duty()
