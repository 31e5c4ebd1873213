"""Whatever people, volunteers, families and lockers do with parcels, in whatever order and however often: each is in exactly one place."""

from datetime import timedelta

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from chalicelib.delivery import actions, records
from chalicelib.delivery.actions import Draft, Order
from chalicelib.delivery.clocks import next_look
from chalicelib.delivery.looking import take
from chalicelib.delivery.rules import ENDS, HANDS, Act, Parcel, Spot
from chalicelib.register.changes import Changes
from chalicelib.register.delivering import Goods
from chalicelib.register.standing import Standing, stand
from chalicelib.shared.calendar import day_of, utc_stamp
from chalicelib.shared.problems import Problem
from chalicelib.store.memory import MemoryStore
from tests.builders import moment
from tests.promises.chain import OTHER_SHELF, REGISTER, SHELF

HOMES = ("3-502", "3-1104", "1-302", "2-801")
ACTS = (Act.CARRY, Act.TAKE, Act.SHELVE, Act.PICK_UP, Act.DELIVER, Act.RETURN, Act.DAMAGE, Act.SETTLE, Act.MISS, Act.UNDO)


class Chain(RuleBasedStateMachine):
    @initialize()
    def begin(self) -> None:
        self.store, self.now, self.count = MemoryStore(), moment("08:00"), 0
        self.numbers: list[str] = []
        self.events: list[tuple[Order, list[str]]] = []

    @property
    def standing(self) -> Standing:
        return stand(REGISTER, Changes(), self.now)

    @rule(home=st.sampled_from((*HOMES, "")), goods=st.sampled_from(Goods), no_name=st.booleans(), waybill=st.sampled_from(("", "A", "B")))
    def receive(self, home: str, goods: Goods, no_name: bool, waybill: str) -> None:
        self.count += 1
        said = (no_name, "G1", waybill, "", "anheli.wang", f"key{self.count:03d}:d")
        parcel = actions.receive(self.store, self.now, self.standing, Draft(goods, REGISTER.home_by_id.get(home), "", *said))
        self.numbers += [parcel.id] if parcel.id not in self.numbers else []

    @rule(
        act=st.sampled_from(ACTS), by=st.sampled_from(("w1", "w2", "v1")), right=st.booleans(), which=st.sets(st.integers(0, 9), max_size=3)
    )
    def hand(self, act: Act, by: str, right: bool, which: set[int]) -> None:
        numbers = [self.numbers[each] for each in sorted(which) if each < len(self.numbers)]
        self.count += 1
        shelf = (SHELF if right else OTHER_SHELF) if act is Act.SHELVE else None
        order = Order(act, by, f"key{self.count:03d}:d", shelf)
        self.events.append((order, numbers))
        actions.hand_over(self.store, self.now, self.standing, order, numbers)

    @rule(which=st.integers(0, 99))
    def replay(self, which: int) -> None:
        """Any event that has succeeded, said again, changes nothing."""
        if not self.events:
            return
        order, numbers = self.events[which % len(self.events)]
        taken = [number for number in numbers if any(step.key == order.key for step in self._find(number).steps)]
        before = dict(self.store._items)
        done = actions.hand_over(self.store, self.now, self.standing, order, taken)
        assert self.store._items == before and not any(isinstance(each, Problem) for each in done)

    @rule(which=st.integers(0, 9), home=st.sampled_from(HOMES))
    def address(self, which: int, home: str) -> None:
        if which >= len(self.numbers) or self._find(self.numbers[which]).spot in ENDS:
            return
        self.count += 1
        whose, key = REGISTER.home_by_id[home], f"key{self.count:03d}:d"
        for _ in range(2):
            after = actions.address(self.store, self.now, self.standing, self.numbers[which], whose, "w1", key)
        self.numbers[which] = after.id

    @rule(act=st.sampled_from(ACTS), which=st.integers(0, 9))
    def undo(self, act: Act, which: int) -> None:
        """What is taken back at once is as it was; what could not be done, nobody takes back."""
        if which >= len(self.numbers) or act is Act.UNDO:
            return
        before, place = self._find(self.numbers[which]), SHELF if act is Act.SHELVE else None
        self.count += 2
        orders = [Order(each, "w9", f"key{self.count - back:03d}:d", place) for back, each in ((1, act), (0, Act.UNDO))]
        (done,), (back,) = (actions.hand_over(self.store, self.now, self.standing, order, [before.id]) for order in orders)
        assert isinstance(done, Problem) is isinstance(back, Problem) or (isinstance(done, Parcel) and done.version == before.version)
        if isinstance(back, Parcel):
            assert back._replace(steps=(), version=0, before=None) == before._replace(steps=(), version=0, before=None)
            assert self._find(before.id)._replace(version=0) == back._replace(version=0)

    @rule(minutes=st.integers(1, 400))
    def wait(self, minutes: int) -> None:
        """Time passes, and every look that is due is taken."""
        self.now += timedelta(minutes=minutes)
        for item in [item for item in self.store._items.values() if item.get("due_at", "9") <= utc_stamp(self.now)]:
            take(self.store, self.now, "anheli", REGISTER.policy, item)

    @invariant()
    def each_is_in_exactly_one_place(self) -> None:
        found = [records.from_item(item) for item in self.store._items.values() if "#PARCEL" in item["pk"]]
        assert sorted(each.id for each in found) == sorted(self.numbers)
        for each in found:
            assert (each.spot in ENDS) is (not each.running)
            assert bool(each.at) is (each.spot in HANDS | {Spot.GATE, Spot.SHELF})
            assert each.last.spot is each.spot
            look = next_look(REGISTER.policy.delivery, REGISTER.policy.quiet, each)
            assert ("due_at" in self._item(each)) is (look is not None)

    def _find(self, number: str) -> Parcel:
        return records.find(self.store, "anheli", [number], day_of(self.now))[number]

    def _item(self, parcel: Parcel) -> dict:
        return next(item for item in self.store._items.values() if "#PARCEL" in item["pk"] and item["sk"].endswith(parcel.id))


Chain.TestCase.settings = settings(max_examples=60, stateful_step_count=30, deadline=None)
TestChain = Chain.TestCase
