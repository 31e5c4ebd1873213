"""A grid's board through the real acts, the real sweep and the real reactions."""

from datetime import timedelta
from typing import Any

import pytest
from msgspec.structs import replace

from chalicelib.errands import actions
from chalicelib.errands.reading import boards
from chalicelib.errands.rules import Draft, Want
from chalicelib.ledger.records import balance
from chalicelib.points.rules import account
from chalicelib.promises.doing import do
from chalicelib.register.changes import Changes
from chalicelib.register.rules import Grid, Role, Staff, Volunteer
from chalicelib.register.standing import stand
from chalicelib.shared.problems import Problem
from chalicelib.tasks.acting import Order
from chalicelib.tasks.tasks import Act, Line, Task
from chalicelib.tasks.work import find
from tests.builders import home, moment, policy, register
from tests.promises.world import World

PEOPLE = tuple(Volunteer(f"v{n}", name, f"1380000000{n}", "g1", where) for n, name, where in ((1, "老周", "3-1104"), (2, "老郑", ""), (3, "老冯", "")))  # fmt: skip
LEADS = (Staff("anheli.liu", "刘组长", "13800000011", (Role.COORDINATOR,), ("g1",)), Staff("anheli.qian", "钱组长", "13800000014", (Role.COORDINATOR,), ("g2",)))  # fmt: skip
GRIDS = (Grid("g1", "一网格", "anheli.liu", ("v1", "v2", "v3")), Grid("g2", "二网格", "anheli.qian"))
HERE = register(
    homes=(home("3-502"), home("3-1104")), volunteers=PEOPLE, staff=LEADS, grids=GRIDS, policy=policy(self_report_tiers=(), plans=())
)


class Board(World):
    def hang(self, want: Want = Want.SHOPPING, door: str = "") -> str:
        where = self.register.home_by_id[door] if door else None
        draft = Draft("g1", want, "帮老人买米", where, "anheli.liu", f"{want}{door}:d")
        task = actions.post(self.store, self.clock.moment, "anheli", self.register.policy, draft)
        self.pump()
        return task.id

    def does(self, who: str, what: Act, task: str, note: str = "") -> Task:
        self.clock.moment += timedelta(minutes=1)
        now = self.clock.moment
        line = Line(now, who, what, note, f"{who}{what}{int(now.timestamp())}:d")
        volunteer = next(each for each in PEOPLE if each.id == who)
        after = actions.act(self.store, now, self.register, volunteer, task, line)
        self.pump()
        return after

    def decides(self, what: Act, task: str, owner: str = "") -> None:
        self.clock.moment += timedelta(minutes=1)
        now, standing = self.clock.moment, stand(self.register, Changes(), self.clock.moment)
        line = Line(now, "anheli.liu", what, "看过了", f"{what}{int(now.timestamp())}:d")
        do(self.store, now, standing, find(self.store, now, "anheli", task), line, Order(owner=owner))
        self.pump()

    def points(self, who: str = "v1") -> int:
        return balance(self.store, "anheli", account(who)).amount

    def told(self, who: str) -> list[str]:
        return [text for _, address, text in self.sent if address == f"sms:+861380000000{who[1:]}"]


@pytest.fixture
def board(monkeypatch: pytest.MonkeyPatch) -> Board:
    return Board(monkeypatch, HERE, moment("09:00"))


def refused(act: Any) -> Problem:
    with pytest.raises(Problem) as problem:
        act()
    return problem.value


def test_one_takes_it_the_others_hear_who_and_done_with_a_word_it_brings_a_point(board: Board):
    task = board.hang(door="3-502")
    board.does("v1", Act.CLAIM, task)
    late = refused(lambda: board.does("v2", Act.CLAIM, task))
    silent = refused(lambda: board.does("v1", Act.DONE, task))
    foreign = refused(lambda: board.does("v2", Act.DONE, task, "我做的"))
    board.does("v1", Act.DONE, task, "买了十斤米，送到了")

    assert (late.status, late.slug, late.more["by"]) == (409, "already-taken", "v1")
    assert (silent.status, silent.more["field"]) == (400, "note") and (foreign.status, foreign.slug) == (409, "not-yours")
    assert (board.points(), board.points("v2"), board.sent) == (1, 0, [])


def test_whoever_leads_a_grid_reads_what_hangs_there_and_what_was_done_and_nobody_elses(board: Board):
    done, running = board.hang(), board.hang(door="3-502")
    board.does("v1", Act.CLAIM, done)
    board.does("v1", Act.DONE, done, "买了十斤米")
    standing = stand(board.register, Changes(), board.clock.moment)
    hers, others = (boards(board.store, board.clock.moment, standing, each) for each in LEADS)

    assert [(line.id, line.place, line.note) for line in hers.errands] == [(running, "3 栋 502", ""), (done, "", "买了十斤米")]
    assert (others.errands, [grid.id for grid in others.grids]) == ([], ["g2"])


def test_a_steward_who_does_not_see_a_home_reads_its_building(board: Board):
    board.hang(door="3-502")
    here = replace(board.register, homes=(*board.register.homes, home("4-101")))
    standing = stand(here, Changes(), board.clock.moment)
    (line,) = boards(board.store, board.clock.moment, standing, Staff("anheli.bai", "白管家", "", (Role.STEWARD,), (), ("4",))).errands

    assert (line.home, line.place) == ("", "3")


def test_mediation_brings_three_once_somebody_else_has_confirmed_it_and_loses_them_when_it_was_not_done(board: Board):
    task, seen = board.hang(Want.MEDIATION), []
    board.does("v1", Act.CLAIM, task)
    board.does("v1", Act.DONE, task, "两家坐下来谈了，晚上十点后不拖椅子")
    seen.append(board.points())
    board.decides(Act.CONFIRM, task)
    seen.append(board.points())
    board.decides(Act.REOPEN, task)
    seen.append(board.points())

    assert seen == [0, 3, 0]


def test_nothing_is_credited_for_ones_own_home(board: Board):
    task = board.hang(door="3-1104")
    board.does("v1", Act.CLAIM, task)
    board.does("v1", Act.DONE, task, "买了")

    assert board.points() == 0


def test_a_claim_that_nothing_follows_hangs_there_again_and_she_and_the_coordinator_are_told_once(board: Board):
    task = board.hang()
    board.does("v1", Act.CLAIM, task)
    board.until(moment("17:00"), timedelta(minutes=5))
    before = list(board.sent)
    board.until(moment("18:00"), timedelta(minutes=1))

    assert before == [] and len(board.told("v1")) == 1 and "放回任务板" in board.told("v1")[0]
    stands = find(board.store, board.clock.moment, "anheli", task)
    assert stands.owners == () and [line.act for line in stands.lines] == ["opened", "claim", "lapsed"]
    coordinator = [text for _, address, text in board.sent if address == "sms:+8613800000011"]
    assert len(coordinator) == 1 and "还没有人认领" in coordinator[0] and "一网格" in coordinator[0]
    assert not [address for _, address, _ in board.sent if address.endswith("14")]


def test_before_anybody_has_looked_a_claim_that_ran_out_is_the_next_ones_and_the_first_hears_of_it(board: Board):
    task = board.hang()
    board.does("v1", Act.CLAIM, task)
    board.clock.moment = moment("17:01")
    after = board.does("v2", Act.CLAIM, task)

    assert after.owners == ("v2",) and len(board.told("v1")) == 1
    board.sweep()
    assert len(board.told("v1")) == 1 and refused(lambda: board.does("v1", Act.DONE, task, "做了")).slug == "not-yours"


def test_who_is_late_and_did_it_all_the_same_has_done_it(board: Board):
    task = board.hang()
    board.does("v1", Act.CLAIM, task)
    board.until(moment("18:00"), timedelta(minutes=10))
    board.does("v1", Act.DONE, task, "送到了，路上耽误了")

    assert board.points() == 1


def test_given_back_it_is_the_coordinators_at_once_and_who_is_asked_is_told(board: Board):
    task = board.hang()
    board.does("v1", Act.CLAIM, task)
    board.does("v1", Act.RETURN, task, "下午在医院")
    board.sweep()
    board.decides(Act.ASSIGN, task, "v3")
    board.sweep()

    assert len([address for _, address, _ in board.sent if address == "sms:+8613800000011"]) == 1
    assert len(board.told("v3")) == 1 and "任务板" in board.told("v3")[0]
    assert refused(lambda: board.does("v2", Act.CLAIM, task)).more["by"] == "v3"
    board.does("v3", Act.DONE, task, "买好了")
    assert board.points("v3") == 1


def test_what_nobody_takes_on_is_the_coordinators_after_the_policys_wait(board: Board):
    board.hang()
    board.until(moment("12:55"), timedelta(minutes=5))
    before = list(board.sent)
    board.until(moment("13:05"), timedelta(minutes=5))

    assert before == [] and [address for _, address, _ in board.sent] == ["sms:+8613800000011"]


def test_the_same_key_puts_one_thing_on_the_board(board: Board):
    first, again = board.hang(), board.hang()
    other = Draft("g1", Want.SHOPPING, "买面", None, "anheli.liu", "shopping:other")

    assert first == again and len(board.stored("#TASK/OPEN#errand")) == 1
    assert refused(lambda: actions.post(board.store, board.clock.moment, "anheli", HERE.policy, other)).status == 422
