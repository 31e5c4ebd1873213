"""Applying, approving, declining; interrupted, repeated, by two at once."""

from datetime import timedelta

import pytest

from chalicelib.recruiting import records
from chalicelib.recruiting.actions import apply, decide
from chalicelib.recruiting.rules import MOST_A_DAY, MOST_AN_HOUR, Decision, Said, State
from chalicelib.register import records as registers
from chalicelib.register.joining import describe
from chalicelib.register.records import history, standing, to_item
from chalicelib.register.recruits import Profile
from chalicelib.register.rules import Grid, Role, Staff
from chalicelib.shared.ids import CompoundId
from chalicelib.shared.problems import Problem
from chalicelib.shared.tokens import mint
from chalicelib.store.contract import Add
from chalicelib.store.memory import MemoryStore
from chalicelib.volunteers.actions import issue_link, open_link
from tests.builders import moment, policy, register
from tests.promises.world import World

NOW, HERE, TOKEN = moment("09:00"), register(), mint("anheli")
SAID = Said("小满", "13900000088", "3-502", ("driving",), ("7am",), "想出点力")


@pytest.fixture
def store() -> MemoryStore:
    made = MemoryStore()
    made.write(Add(to_item(HERE, 1)))
    return made


def yes(key: str = "yes:d", by: str = "anheli.liu") -> Decision:
    return Decision(NOW, by, "g1", "", key)


def no(key: str = "no:d", by: str = "anheli.chen") -> Decision:
    return Decision(NOW, by, "", "住得太远", key)


def refused(act) -> Problem:
    with pytest.raises(Problem) as problem:
        act()
    return problem.value


def volunteers(store: MemoryStore) -> list[str]:
    found = standing(store, NOW, CompoundId("anheli"))
    assert found
    return [each.id for each in found.register.volunteers]


def test_approved_she_is_a_volunteer_at_once_and_has_a_link(store: MemoryStore):
    applied = apply(store, NOW, "anheli", SAID, "application1:d")
    done = decide(store, HERE, applied.id, yes(), True)
    found = standing(store, NOW, CompoundId("anheli"))
    assert found
    issue_link(store, NOW, found.register, f"r-{applied.id}", TOKEN, "123456")

    assert (done.state, volunteers(store)) == (State.APPROVED, ["v1", f"r-{applied.id}"])
    assert found.register.volunteers[-1].home == "3-502" and found.register.volunteers[-1].times == ("7am",)
    assert open_link(store, TOKEN)[1].volunteer == f"r-{applied.id}"
    assert [line.what for line in history(store, "anheli", f"r-{applied.id}")] == ["volunteer.joined"]


def test_declined_she_is_none_and_the_reason_is_kept(store: MemoryStore):
    applied = apply(store, NOW, "anheli", SAID, "application1:d")
    done = decide(store, HERE, applied.id, no(), False)

    assert (done.state, done.decision and done.decision.reason, volunteers(store)) == (State.DECLINED, "住得太远", ["v1"])


@pytest.mark.parametrize(("first", "approve"), [(yes(), True), (no(), False)])
def test_a_decision_is_made_once_and_who_comes_second_hears_whose_it_was(store: MemoryStore, first: Decision, approve: bool):
    applied = apply(store, NOW, "anheli", SAID, "application1:d")
    one = decide(store, HERE, applied.id, first, approve)
    before = dict(store._items)
    again = decide(store, HERE, applied.id, first, approve)
    late = [refused(lambda act=act, word=word: decide(store, HERE, applied.id, act, word)) for act, word in ((yes("z:d", "x"), True), (no("y:d", "x"), False))]  # fmt: skip
    other = refused(lambda: decide(store, HERE, applied.id, first._replace(key=f"{first.key}2"), approve))

    assert again.state is one.state and store._items == before
    assert [(each.status, each.more["by"]) for each in late] == [(409, first.by)] * 2 and other.status == 422
    assert refused(lambda: decide(store, HERE, "nobody", yes(), True)).status == 404


def test_the_same_request_is_one_application_and_other_words_under_its_key_are_refused(store: MemoryStore):
    first = apply(store, NOW, "anheli", SAID, "application1:d")
    again = apply(store, NOW + timedelta(hours=2), "anheli", SAID, "application1:d")

    assert again.made == first.made and len(records.all_of(store, "anheli")) == 1
    assert refused(lambda: apply(store, NOW, "anheli", SAID, "application1:e")).status == 422


def test_so_many_an_hour_and_then_the_next_hour_again(store: MemoryStore):
    for number in range(MOST_AN_HOUR):
        apply(store, NOW, "anheli", SAID, f"{number:012d}:d")
    full = refused(lambda: apply(store, NOW, "anheli", SAID, "one-too-many:d"))

    assert (full.status, full.more["retry_after"]) == (429, 3600)
    assert apply(store, NOW, "anheli", SAID, "000000000003:d").id == "000000000003"
    assert apply(store, NOW + timedelta(hours=1), "anheli", SAID, "one-too-many:d").state is State.WAITING
    assert len(records.all_of(store, "anheli")) == MOST_AN_HOUR + 1


def test_so_many_a_day_however_patient_somebody_is(store: MemoryStore):
    for number in range(MOST_A_DAY):
        apply(store, NOW + timedelta(minutes=3 * number), "anheli", SAID, f"{number:012d}:d")
    late = NOW + timedelta(minutes=3 * MOST_A_DAY)

    assert refused(lambda: apply(store, late, "anheli", SAID, "one-too-many:d")).status == 429
    assert apply(store, NOW + timedelta(days=1), "anheli", SAID, "one-too-many:d").state is State.WAITING


def test_a_volunteer_says_what_she_can_do_and_a_stranger_cannot(store: MemoryStore):
    describe(store, NOW, HERE, Profile("k1", "v1", ("dialect", "理发"), ("2am",), NOW))
    again = describe(store, NOW + timedelta(hours=1), HERE, Profile("k1", "v1", ("dialect", "理发"), ("2am",), NOW))
    found = standing(store, NOW, CompoundId("anheli"))

    assert found and found.register.volunteers[0].skills == ("dialect", "理发") and again.made == NOW
    assert len(registers.changes(store, "anheli")[0].profiles) == 1
    assert refused(lambda: describe(store, NOW, HERE, Profile("k1", "v1", (), (), NOW))).status == 422
    assert refused(lambda: describe(store, NOW, HERE, Profile("k2", "v7", (), (), NOW))).status == 403


STAFF = (
    Staff("anheli.liu", "刘组长", "13800000011", (Role.COORDINATOR,), ("g1",)),
    Staff("anheli.chen", "陈经理", "13800000012", (Role.MANAGER,)),
)


@pytest.mark.parametrize(
    ("where", "told"), [("3-502", ["sms:+8613800000011"]), ("3 栋", ["sms:+8613800000011"]), ("隔壁小区", ["sms:+8613800000012"])]
)
def test_whoever_leads_the_grid_hears_of_it_once_a_day_however_many_apply(where: str, told: list[str], monkeypatch: pytest.MonkeyPatch):
    grids = (Grid("g1", "一网格", "anheli.liu"), Grid("g2", "二网格", ""))
    world = World(monkeypatch, register(staff=STAFF, grids=grids, policy=policy(self_report_tiers=(), plans=())), NOW)
    for number in range(3):
        apply(world.store, NOW, "anheli", SAID._replace(where=where), f"{number:012d}:d")
        world.pump()
    world.until(NOW + timedelta(minutes=3))
    decide(world.store, world.register, "000000000001", no(), False)
    world.until(NOW + timedelta(minutes=6))

    assert [address for _, address, _ in world.sent] == told
    assert all("有人报名做志愿者" in text and "/volunteers/" in text and "小满" not in text for text in world.texts())
