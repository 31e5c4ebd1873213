"""Tiers proposed and approved, homes paused, leave taken: kept with their history, each once."""

import random
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from msgspec.structs import replace

from chalicelib.register import actions, records
from chalicelib.register.changes import Absence, Changes, HomePause, Leave, TierChange
from chalicelib.register.records import standing, to_item
from chalicelib.register.rules import Person
from chalicelib.shared.problems import Problem
from chalicelib.shared.tiers import Tier
from chalicelib.store.contract import Replace
from tests.actions.interrupted import InterruptedStore
from tests.builders import DAY, home, moment, register

NOW = moment("08:00")
YEAR = timedelta(days=365)
CHEN, WANG = "anheli.chen", "anheli.wang"


@pytest.fixture
def store() -> InterruptedStore:
    fresh = InterruptedStore()
    fresh.fill([to_item(register(), 1)])
    return fresh


def tier(identity: str = "c1", **members: Any) -> TierChange:
    given: dict[str, Any] = {"home": "3-502", "tenancy": "t1", "tier": Tier.RED, "reason": "夜里摔倒过", "by": WANG, "since": DAY}
    return TierChange(**{"id": identity, **given, "made": NOW, **members})


def pause(identity: str = "p1", **members: Any) -> HomePause:
    given: dict[str, Any] = {
        "home": "3-502",
        "tenancy": "t1",
        "why": Absence.HOSPITAL,
        "first": DAY,
        "last": DAY + timedelta(days=3),
        "by": WANG,
    }
    return HomePause(**{"id": identity, **given, "made": NOW, **members})


def leave(identity: str = "l1", **members: Any) -> Leave:
    given: dict[str, Any] = {"person": "v1", "first": DAY, "last": DAY + timedelta(days=3), "by": WANG}
    return Leave(**{"id": identity, **given, "made": NOW, **members})


def refused(act) -> tuple[int, str]:
    with pytest.raises(Problem) as problem:
        act()
    return problem.value.status, problem.value.slug


def tier_of(store: InterruptedStore, now: datetime = NOW, which: str = "3-502") -> Tier:
    found = standing(store, now, "anheli")
    assert found is not None
    return found.register.home_by_id[which].tier


def history(store: InterruptedStore, subject: str) -> list[tuple[str, str]]:
    return [(line.what, line.by) for line in records.history(store, "anheli", subject)]


def propose(store: InterruptedStore, wanted: TierChange, now: datetime = NOW) -> TierChange:
    return actions.propose_tier(store, now, register(), wanted)


def approve(store: InterruptedStore, identity: str = "c1", by: str = CHEN, now: datetime = NOW) -> TierChange:
    return actions.approve_tier(store, now, "anheli", identity, by)


def test_a_proposal_changes_nothing_until_another_one_approves_it(store: InterruptedStore):
    propose(store, tier())
    assert tier_of(store) is Tier.GREEN

    approved = approve(store)

    assert (approved.approved_by, approved.approved) == (CHEN, NOW)
    assert tier_of(store) is Tier.RED and tier_of(store, which="3-1104") is Tier.GREEN
    assert history(store, "3-502") == [("tier.approved", CHEN), ("tier.proposed", WANG)]


def test_history_says_when_what_and_with_which_particulars(store: InterruptedStore):
    propose(store, tier())

    assert records.history(store, "anheli", "3-502") == [
        records.Line(NOW, "tier.proposed", WANG, {"tier": "red", "reason": "夜里摔倒过", "since": "2026-11-22"})
    ]
    assert records.history(store, "anheli", "3-1104") == []


def test_without_any_change_the_facts_decide_and_one_request_says_so(store: InterruptedStore):
    old = (Person("p1", "安娜", born=1940, facts=("lives_alone",)),)
    store.write(Replace(to_item(register(homes=(home(people=old), home("3-1104"))), 2), 1))

    assert [tier_of(store), tier_of(store, which="3-1104")] == [Tier.RED, Tier.GREEN]
    assert standing(store, NOW, "nowhere") is None


def test_an_approval_that_comes_late_counts_forwards_only(store: InterruptedStore):
    propose(store, tier())
    late = moment("15:00", DAY + timedelta(days=2))
    approve(store, now=late)

    assert [tier_of(store, late - timedelta(seconds=1)), tier_of(store, late)] == [Tier.GREEN, Tier.RED]


def test_the_next_family_has_no_tier_of_the_last(store: InterruptedStore):
    propose(store, tier())
    moved = register(homes=(home(tenancy="t2"),))
    store.write(Replace(to_item(moved, 2), 1))

    assert refused(lambda: approve(store)) == (409, "nobody-lives-here")
    assert refused(lambda: actions.propose_tier(store, NOW, moved, tier("c2"))) == (409, "nobody-lives-here")


def test_facts_that_get_worse_after_a_milder_tier_was_approved_are_not_hidden_by_it(store: InterruptedStore):
    chronic, alone = (Person("p1", "安娜", born=1940, facts=("chronic",)),), (Person("p1", "安娜", born=1940, facts=("lives_alone",)),)
    store.write(Replace(to_item(register(homes=(home(people=chronic),)), 2), 1))
    propose(store, tier(tier=Tier.GREEN))
    approve(store)
    assert tier_of(store) is Tier.GREEN

    store.write(Replace(to_item(register(homes=(home(people=alone),)), 3), 2))

    assert tier_of(store) is Tier.RED


@pytest.mark.parametrize(
    ("wanted", "problem"),
    [
        (tier(since=DAY - timedelta(days=1)), (400, "days")),
        (tier(since=DAY + YEAR + timedelta(days=1)), (400, "days")),
        (tier(reason=""), (400, "reason")),
        (tier(reason="字" * 201), (400, "reason")),
        (tier(home="9-999"), (404, "not-found")),
        (tier(tenancy=""), (409, "nobody-lives-here")),
    ],
)
def test_a_proposal_that_makes_no_sense_is_refused(store: InterruptedStore, wanted: TierChange, problem: tuple[int, str]):
    assert refused(lambda: propose(store, wanted)) == problem
    assert store.writes == 0


def test_the_last_day_a_tier_may_begin_on_is_in_a_year(store: InterruptedStore):
    assert propose(store, tier(since=DAY + YEAR)).since == DAY + YEAR


def test_nobody_approves_what_she_proposed_and_nobody_what_there_is_not(store: InterruptedStore):
    propose(store, tier(by=CHEN))

    assert refused(lambda: approve(store)) == (403, "own-proposal")
    assert refused(lambda: approve(store, "c9")) == (404, "not-found")
    assert refused(lambda: actions.approve_tier(store, NOW, "nowhere", "c1", CHEN)) == (404, "not-found")
    assert tier_of(store) is Tier.GREEN


def test_the_first_approval_counts_and_the_other_manager_is_told_whose(store: InterruptedStore):
    propose(store, tier())
    first = approve(store)

    assert approve(store) == first
    with pytest.raises(Problem) as lost:
        approve(store, by="anheli.zhang")
    assert (lost.value.slug, lost.value.more) == ("approved-already", {"by": CHEN})


def test_an_approval_ends_the_other_proposals_for_the_home_and_three_may_wait(store: InterruptedStore):
    for number in range(3):
        propose(store, tier(f"c{number}"))
    propose(store, tier("elsewhere", home="3-1104"))
    assert refused(lambda: propose(store, tier("c9"))) == (409, "too-many-proposals")

    approve(store)

    assert [change.id for change in records.changes(store, "anheli")[0].tiers] == ["elsewhere", "c1"]


def test_what_was_asked_for_a_family_that_has_moved_out_stands_in_nobodys_way(store: InterruptedStore):
    for number in range(3):
        propose(store, tier(f"c{number}"))
    moved = register(homes=(home("3-502", tenancy="t2"),))

    actions.propose_tier(store, NOW, moved, tier("c9", tenancy="t2"))

    assert [change.id for change in records.changes(store, "anheli")[0].tiers] == ["c9"]


def test_more_than_one_item_holds_is_refused_with_words_and_nothing_is_written(store: InterruptedStore):
    words = [chr(number) for number in range(0x4E00, 0x9FA5)]
    reasons = ["".join(random.Random(number).choices(words, k=200)) for number in range(900)]
    many = Changes(tiers=tuple(tier(f"{number:016x}", home=f"1-{number}", reason=reason) for number, reason in enumerate(reasons)))
    store.write(records.changed("anheli", many, 0))
    writes = store.writes

    assert refused(lambda: propose(store, tier())) == (409, "too-many-changes")
    assert store.writes == writes


def pause_it(store: InterruptedStore, wanted: HomePause, now: datetime = NOW) -> HomePause:
    return actions.pause_home(store, now, register(), wanted)


def test_a_home_is_paused_from_now_until_it_is_back(store: InterruptedStore):
    pause_it(store, pause())
    noon = moment("12:00", DAY + timedelta(days=1))
    ended = actions.end_pause(store, noon, "anheli", "p1", CHEN)

    found = standing(store, noon, "anheli")
    assert found is not None and ended.ends == noon
    anna = found.register.home_by_id["3-502"]
    assert found.changes.pause_at(anna, noon - timedelta(seconds=1)) == ended and found.changes.pause_at(anna, noon) is None
    assert history(store, "3-502") == [("home.paused", WANG), ("home.resumed", CHEN)]
    assert actions.end_pause(store, noon + timedelta(hours=1), "anheli", "p1", WANG) == ended
    assert refused(lambda: actions.end_pause(store, noon, "anheli", "p9", WANG)) == (404, "not-found")


@pytest.mark.parametrize(
    ("wanted", "problem"),
    [
        (pause(first=DAY - timedelta(days=1)), (400, "days")),
        (pause(last=DAY - timedelta(days=1)), (400, "days")),
        (pause(last=DAY + timedelta(days=180)), (400, "days")),
        (pause(first=DAY + YEAR + timedelta(days=1), last=DAY + YEAR + timedelta(days=2)), (400, "days")),
        (pause(last=date.max), (400, "days")),
        (pause(home="9-999"), (404, "not-found")),
        (pause(tenancy=""), (409, "nobody-lives-here")),
    ],
)
def test_a_pause_that_makes_no_sense_is_refused(store: InterruptedStore, wanted: HomePause, problem: tuple[int, str]):
    assert refused(lambda: pause_it(store, wanted)) == problem
    assert store.writes == 0


def test_the_longest_pause_has_180_days(store: InterruptedStore):
    longest = pause(last=DAY + timedelta(days=179))

    assert pause_it(store, longest) == longest


def test_a_home_is_not_paused_twice_on_one_day_but_again_after_it_came_back(store: InterruptedStore):
    pause_it(store, pause())

    assert refused(lambda: pause_it(store, pause("p2", first=DAY + timedelta(days=3)))) == (409, "paused-already")
    assert pause_it(store, pause("p3", first=DAY + timedelta(days=4), last=DAY + timedelta(days=5)))
    assert pause_it(store, pause("p4", home="3-1104"))
    actions.end_pause(store, moment("09:00"), "anheli", "p1", WANG)
    assert pause_it(store, pause("p5", made=moment("10:00")), moment("10:00"))


def take(store: InterruptedStore, wanted: Leave, now: datetime = NOW) -> Leave:
    return actions.take_leave(store, now, register(), wanted)


@pytest.mark.parametrize("person", ["v1", WANG])
def test_staff_and_volunteers_take_leave_and_come_back(store: InterruptedStore, person: str):
    take(store, leave(person=person))
    assert records.changes(store, "anheli")[0].on_leave(person, DAY)

    actions.end_leave(store, NOW, "anheli", "l1", CHEN)

    assert not records.changes(store, "anheli")[0].on_leave(person, DAY)
    assert sorted(history(store, person)) == [("leave.ended", CHEN), ("leave.taken", WANG)]
    assert refused(lambda: actions.end_leave(store, NOW, "anheli", "l9", CHEN)) == (404, "not-found")


@pytest.mark.parametrize(
    ("wanted", "problem"),
    [
        (leave(person="nobody"), (404, "not-found")),
        (leave(person="3-502"), (404, "not-found")),
        (leave(first=DAY - timedelta(days=1)), (400, "days")),
        (leave(last=DAY - timedelta(days=1)), (400, "days")),
        (leave(last=DAY + timedelta(days=366)), (400, "days")),
    ],
)
def test_leave_that_makes_no_sense_is_refused(store: InterruptedStore, wanted: Leave, problem: tuple[int, str]):
    assert refused(lambda: take(store, wanted)) == problem
    assert store.writes == 0


LATER = NOW + timedelta(minutes=5)


@pytest.mark.parametrize("act", [(propose, tier(), {"reason": "别的"}), (pause_it, pause(), {"why": Absence.AWAY}), (take, leave(), {"person": WANG})], ids=["tier", "pause", "leave"])  # fmt: skip
def test_the_same_request_counts_once_and_stands_for_one_content(store: InterruptedStore, act: tuple[Any, Any, dict[str, Any]]):
    do, wanted, other = act
    first = do(store, wanted)
    kept = dict(store._items)

    assert do(store, replace(wanted, made=LATER), LATER) == first
    assert refused(lambda: do(store, replace(wanted, **other))) == (422, "key-reused")
    assert store._items == kept


def test_whoever_is_slower_adds_to_what_the_faster_one_wrote(store: InterruptedStore):
    store.before(lambda: pause_it(store, pause("theirs", home="3-1104")))
    pause_it(store, pause("ours"))

    assert [each.id for each in records.changes(store, "anheli")[0].pauses] == ["theirs", "ours"]


def test_of_two_approvals_at_once_one_wins(store: InterruptedStore):
    propose(store, tier())
    store.before(lambda: approve(store, by="anheli.zhang"))

    assert refused(lambda: approve(store)) == (409, "approved-already")


def test_nothing_is_written_of_a_change_whose_history_cannot_be(store: InterruptedStore):
    store.write(records.remembered("anheli", "3-502", NOW, "p1:home.paused", "home.paused", WANG))

    assert refused(lambda: pause_it(store, pause())) == (503, "busy")
    assert records.changes(store, "anheli") == (records.Changes(), 0)
