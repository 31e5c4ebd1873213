"""Whatever volunteers, the desk and the clock do, in whatever order and however often: every balance is the sum of its entries and never
below zero, what is set aside is what was reserved and nothing else, and the night proves it."""

from contextlib import suppress
from datetime import timedelta

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from chalicelib.auditor.ledger import prove
from chalicelib.ledger import records as ledger
from chalicelib.ledger.rules import FLOOR, Cause
from chalicelib.points.actions import correct, credit
from chalicelib.points.rules import Work, account
from chalicelib.register.goods import Good, Reward
from chalicelib.register.places import Place, PlaceKind
from chalicelib.register.rules import Volunteer
from chalicelib.rewards import records
from chalicelib.rewards.actions import end, open_hour, reserve, run_out
from chalicelib.rewards.rules import Act, Done, Hour, Reservation, kept_until
from chalicelib.shared.calendar import day_of
from chalicelib.shared.problems import Problem
from chalicelib.shared.tiers import Tier
from chalicelib.stock.rules import Batch
from chalicelib.store.contract import Conflict
from chalicelib.store.memory import MemoryStore
from chalicelib.supplies import actions as supplies
from chalicelib.supplies.handing import Round
from chalicelib.supplies.rules import Act as Move
from chalicelib.supplies.rules import Moving
from chalicelib.supplies.signing import Signing, begin, sign
from tests.builders import DAY, home, moment, register

MASK = Good("mask", "口罩", "个", 3, 20)
REWARDS = (Reward("pack", "口罩", 2, "mask", 2), Reward("hour", "家政", 3))
PEOPLE = tuple(Volunteer(f"v{number}", "老周", "13800000009", "g1", "3-502" if number else "") for number in range(3))
HERE = register(
    homes=(home("3-502"), home("3-1104"), home("1-302")),
    volunteers=PEOPLE,
    places=(Place("D1", PlaceKind.DEPOT, "仓库"), Place("D2", PlaceKind.RESERVE, "储备库")),
    goods=(MASK,),
    rewards=REWARDS,
)
WHO, FEW, SEAT = st.sampled_from([each.id for each in PEOPLE]), st.integers(0, 6), moment("09:00", DAY + timedelta(days=9))


class Giving(RuleBasedStateMachine):
    @initialize()
    def start(self) -> None:
        self.store, self.now = MemoryStore(), moment("08:00")
        open_hour(self.store, self.now, "anheli", Hour("hour", SEAT, 2, asked="a"))
        begin(self.store, HERE, Round("r1", "mask", "D1", "口罩", {Tier.GREEN: 1}, 1, (), "x", self.now, ""))

    def twice(self, act) -> None:
        """What is refused changes nothing; what is done, done again, changes nothing more."""
        before = dict(self.store._items)
        try:
            act()
        except (Problem, Conflict):
            assert self.store._items == before
            return
        after = dict(self.store._items)
        with suppress(Problem):
            act()
        assert self.store._items == after

    @rule(who=WHO, number=FEW, kind=st.sampled_from(("patrol", "mediation")))
    def work(self, who: str, number: int, kind: str) -> None:
        work = Work(kind, Cause(kind, f"{who}-{number}"), day_of(self.now))
        self.twice(lambda: credit(self.store, self.now, HERE, who, work, "anheli.liu"))

    @rule(who=WHO, number=FEW)
    def mend(self, who: str, number: int) -> None:
        self.twice(lambda: correct(self.store, self.now, "anheli", who, Cause("patrol", f"{who}-{number}"), "anheli.liu", "x"))

    @rule(act=st.sampled_from(Move), amount=FEW, place=st.sampled_from(("D1", "D2")), days=st.sampled_from((None, 2, 40)), number=FEW)
    def move(self, act: Move, amount: int, place: str, days: int | None, number: int) -> None:
        batch = Batch("mask", place, None if days is None else DAY + timedelta(days=days))
        there = ledger.balance(self.store, "anheli", batch.account).amount
        wanted = Moving(act, MASK, batch, amount, f"{number}", f"{act}{batch}{amount}", "anheli.wang", "x", "D1", number % 2 == 0, there)
        before = dict(self.store._items)
        try:
            supplies.move(self.store, self.now, HERE, wanted, number % 3 > 0)
        except Problem:
            assert self.store._items == before

    @rule(who=WHO, number=FEW, reward=st.sampled_from(REWARDS))
    def reserve(self, who: str, number: int, reward: Reward) -> None:
        starts = SEAT if reward.is_service else None
        said = (f"{who}-{number}", who, reward.id, reward.name, reward.points, reward.good, reward.amount, self.now)
        wanted = Reservation(*said, kept_until(reward, 3, self.now, starts), f"{reward.id}", starts)
        self.twice(lambda: reserve(self.store, self.now, HERE, wanted))

    @rule(who=WHO, number=FEW, act=st.sampled_from(Act))
    def end(self, who: str, number: int, act: Act) -> None:
        self.twice(lambda: end(self.store, self.now, "anheli", f"{who}-{number}", act, Done(self.now, "anheli.liu", f"{act}:d")))

    @rule(who=WHO, where=st.sampled_from(["3-502", "3-1104", "1-302"]), volunteer=st.booleans())
    def hand_out(self, who: str, where: str, volunteer: bool) -> None:
        wanted = Signing(HERE.home_by_id[where], who, False, "k", volunteer)
        self.twice(lambda: sign(self.store, self.now, HERE, "r1", wanted))

    @rule(hours=st.integers(1, 60))
    def wait(self, hours: int) -> None:
        """Time passes, and what nobody fetched is released."""
        self.now += timedelta(hours=hours)
        for each in records.open_ones(self.store, "anheli"):
            run_out(self.store, self.now, "anheli", each.id)

    @invariant()
    def every_balance_is_its_lines_and_above_its_floor(self) -> None:
        balances = ledger.balances(self.store, "anheli") if hasattr(self, "store") else []
        for balance in balances:
            lines = ledger.statement(self.store, "anheli", balance.account)
            assert balance.amount == sum(line.amount for line in lines) >= FLOOR and min(line.after for line in lines) >= FLOOR

    @invariant()
    def what_is_set_aside_is_what_was_reserved(self) -> None:
        if not hasattr(self, "store"):
            return
        waiting = records.open_ones(self.store, "anheli")
        held = {each.account.name: each.amount for each in ledger.balances(self.store, "anheli")}
        assert held.get("points:held", 0) == sum(each.points for each in waiting)
        assert held.get("stock/mask:held", 0) == sum(each.amount for each in waiting if each.good)
        seats = records.hour(self.store, "anheli", "hour", SEAT)
        assert seats and {each.id for each in waiting if each.starts} <= set(seats.taken) and seats.left >= 0

    @invariant()
    def nobody_got_more_than_ten_points_a_day(self) -> None:
        if hasattr(self, "store"):
            for each in PEOPLE:
                lines = ledger.statement(self.store, "anheli", account(each.id))
                days = [day_of(line.at) for line in lines if line.cause.kind in ("patrol", "mediation", "hand-out")]
                gained = {day: sum(line.amount for line in lines if day_of(line.at) == day and line.cause.kind in ("patrol", "mediation", "hand-out")) for day in days}  # fmt: skip
                assert all(points <= 10 for points in gained.values())

    def teardown(self) -> None:
        assert prove(self.store, self.now + timedelta(days=1), "anheli") == []


TestGiving = Giving.TestCase
TestGiving.settings = settings(stateful_step_count=30, max_examples=60)
