"""Whatever a sensor sends, however often and in whatever order: the door ends as the messages say in their own order, and every opening
is told once.

The model knows nothing of how it is done: it sorts what was said by (received, said), of a tie it takes what is new first, drops what
was sent again or was out of date when it came, and walks along it.
"""

from itertools import accumulate, permutations
from typing import NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from chalicelib.register.records import to_item
from chalicelib.sensors.actions import bind, receive
from chalicelib.sensors.readings import Message
from chalicelib.sensors.records import board, sensor
from chalicelib.sensors.rules import Alert, DoorState
from chalicelib.shared.clock import RealClock
from chalicelib.store.memory import MemoryStore
from tests.builders import DAY, isolated, moment, register

GATEWAY, START = "anheli-gw1", int(moment("09:00").timestamp() * 1000)
MINUTE, DAY_MS = 60_000, 86_400_000
SECONDS_LATER = 5_000


class Said(NamedTuple):
    """Minutes after nine: when AWS received it, and what its own clock said, if it has one."""

    received: int
    said: int | None
    is_open: bool


class World:
    """One door of an isolated home, and what has been delivered of it."""

    def __init__(self) -> None:
        self.store = MemoryStore()
        self.store.fill([to_item(register(homes=(isolated(),)), 1)])
        bind(self.store, "anheli", GATEWAY, "door", "2-801", "zigbee2mqtt", tenancy="t1")
        self.alerts: list[Alert] = []
        self.delivered: list[Said] = []

    def deliver(self, said: Said) -> None:
        time = "" if said.said is None else f',"last_seen":{START + said.said * MINUTE}'
        payload = f'{{"contact":{"false" if said.is_open else "true"}{time}}}'.encode()
        message = Message(GATEWAY, "zigbee2mqtt/door", GATEWAY, START + said.received * MINUTE, payload)
        self.alerts += receive(self.store, RealClock(), message)
        self.delivered.append(said)

    def holds(self) -> None:
        """The door's state, and the openings told, are the model's."""
        state, openings = model(self.delivered)
        known = sensor(self.store, "anheli", GATEWAY, "door")
        assert known is not None and known.state is state
        assert len(self.alerts) == len(openings) == len({alert.id for alert in self.alerts})
        assert len(board(self.store, "anheli", DAY)) == len(self.alerts)
        told = sorted(int(alert.since.timestamp() * 1000) for alert in self.alerts)
        assert all(any(first <= at <= last for first, last in openings) for at in told)


def model(delivered: list[Said]) -> tuple[DoorState, list[tuple[int, int]]]:
    """The door's state, and from when to when each of its openings was spoken of."""
    state, openings, newest = DoorState.UNKNOWN, list[tuple[int, int]](), dict.fromkeys((False, True), -DAY_MS * 20)
    waiting = sorted(set(delivered), key=lambda each: (each.received, -DAY_MS if each.said is None else each.said, each.is_open))
    while waiting:
        tie = len(waiting) > 1 and waiting[0][:2] == waiting[1][:2]
        said = waiting.pop(1 if tie and state is DoorState.CLOSED else 0)
        at, own = START + said.received * MINUTE, None if said.said is None else said.said
        if own is not None and any(
            each.said == own and each.is_open is said.is_open and each.received < said.received for each in delivered
        ):
            continue  # sent again
        if own is not None:
            ahead = own > said.received + 5  # compared only with what another clock that was ahead has said
            if own < newest[ahead]:
                continue  # out of date when it came
            newest[ahead] = own
        if said.is_open and state is DoorState.OPEN:
            openings[-1] = (min(openings[-1][0], START + (own or said.received) * MINUTE), at)
        elif said.is_open:
            openings.append((min(at, START + (said.received if own is None else own) * MINUTE), at))
        state = DoorState.OPEN if said.is_open else DoorState.CLOSED
    return state, openings


def trace(states: str, skew: int | None = None) -> list[Said]:
    """``ococo``, a minute apart; ``skew`` is how many minutes the sensor's clock is ahead."""
    return [Said(at, None if skew is None else at + skew, each == "o") for at, each in enumerate(states)]


OFF = {"no clock": None, "right": 0, "a day slow": -1440, "a day fast": 1440}


@pytest.mark.parametrize("skew", OFF.values(), ids=OFF)
@pytest.mark.parametrize("states", ["ococo", "cococ", "ooccc", "coooc", "cccco", "oocoo", "ocooc", "ccocc"])
def test_all_120_orders_of_five_messages_end_as_their_own_order_says(states: str, skew: int | None):
    for order in permutations(trace(states, skew)):
        world = World()
        for said in order:
            world.deliver(said)
            world.holds()


@pytest.mark.parametrize("squeezed", [[0, 1, 2, 2, 2], [0, 1, 1, 1, 2], [0, 0, 1, 2, 3]], ids=str)
@pytest.mark.parametrize("states", ["cooco", "cocoo", "ccoco", "coooc", "ococo"])
def test_all_120_orders_of_a_backlog_received_in_one_moment_end_alike(states: str, squeezed: list[int]):
    """A gateway without a clock says in a millisecond what took seconds: nobody can tell what came first."""
    words = [Said(at, None, each == "o") for at, each in zip(squeezed, states, strict=True)]
    for order in permutations(words):
        world = World()
        for said in order:
            world.deliver(said)
            world.holds()


@pytest.mark.parametrize("late", [1, 60, 25 * 60, 4 * 1440], ids=["1 min", "1 h", "25 h", "4 days"])
def test_all_120_orders_of_a_trace_with_one_message_from_long_ago(late: int):
    early = [Said(-late, -late, True), *trace("coco", 0)]
    for order in permutations(early):
        world = World()
        for said in order:
            world.deliver(said)
        state, openings = model(early)
        known = sensor(world.store, "anheli", GATEWAY, "door")
        assert known is not None and known.state is state
        isolated_then = 1 if late < 4 * 1440 else 0
        assert len(world.alerts) == len(openings) - 1 + isolated_then


@pytest.mark.parametrize("order", list(permutations(range(5)))[::7])
def test_a_reconnection_that_sends_everything_again_adds_nothing(order: tuple[int, ...]):
    words = trace("cococ", 0)
    again = [said._replace(received=said.received + 30) for said in words]
    world = World()
    for place in order:
        world.deliver(words[place])
        world.deliver(again[place])
        world.holds()
    before = (len(world.alerts), sensor(world.store, "anheli", GATEWAY, "door"))
    for said in again + words:
        world.deliver(said)

    assert (len(world.alerts), sensor(world.store, "anheli", GATEWAY, "door")) == before


@pytest.mark.parametrize("skew", OFF.values(), ids=OFF)
@pytest.mark.parametrize("states", ["coc", "oco", "ooc"])
def test_all_120_orders_with_two_messages_sent_again_end_as_their_own_order_says(states: str, skew: int | None):
    words = trace(states, skew)
    again = [said._replace(received=said.received + 30) for said in words[1:]] if skew is not None else trace("oc")
    for order in permutations([*words, *again]):
        world = World()
        for said in order:
            world.deliver(said)
        state, openings = model(world.delivered)
        known = sensor(world.store, "anheli", GATEWAY, "door")
        assert known is not None and known.state is state
        assert len(world.alerts) == len(openings)


@given(st.lists(st.booleans(), max_size=12), st.sampled_from([None, 0, -1440, 1440]), st.randoms(use_true_random=False))
def test_any_order_of_any_dozen_ends_the_same(states: list[bool], skew: int | None, dice):
    words = trace("".join("o" if each else "c" for each in states), skew)
    dice.shuffle(words)
    world = World()
    for said in words:
        world.deliver(said)
    world.holds()


@given(st.lists(st.tuples(st.booleans(), st.integers(0, 1)), max_size=10), st.randoms(use_true_random=False))
def test_any_order_of_any_backlog_ends_the_same_and_loses_no_opening(steps: list[tuple[bool, int]], dice):
    """Where several moments hold both words, one told before the others came may be told once too often, and never too seldom."""
    at = accumulate(step for _, step in steps)
    words = [Said(moment, None, is_open) for moment, (is_open, _) in zip(at, steps, strict=True)]
    dice.shuffle(words)
    world = World()
    for said in words:
        world.deliver(said)
    state, openings = model(words)
    known = sensor(world.store, "anheli", GATEWAY, "door")
    assert (known.state if known else None) is state
    assert len({alert.id for alert in world.alerts}) == len(world.alerts) >= len(openings)


class Deliveries(RuleBasedStateMachine):
    """A door is opened and closed, its clock may be wrong; messages wait on the way, overtake each other, and come again."""

    def __init__(self) -> None:
        super().__init__()
        self.world, self.waiting, self.now, self.skew = World(), list[Said](), 0, 0

    @rule(is_open=st.booleans(), later=st.integers(1, 40))
    @precondition(lambda self: len(self.world.delivered) + len(self.waiting) < 14)
    def say(self, is_open: bool, later: int) -> None:
        self.now += later
        self.waiting.append(Said(self.now, self.now + self.skew, is_open))

    @rule(skew=st.sampled_from([-1440, 0, 1440]))
    @precondition(lambda self: not self.world.delivered and not self.waiting)
    def set_the_clock(self, skew: int) -> None:
        self.skew = skew

    @rule(data=st.data())
    @precondition(lambda self: self.waiting)
    def deliver(self, data: st.DataObject) -> None:
        self.world.deliver(self.waiting.pop(data.draw(st.integers(0, len(self.waiting) - 1))))

    @rule(data=st.data())
    @precondition(lambda self: self.world.delivered)
    def deliver_twice(self, data: st.DataObject) -> None:
        self.world.deliver(data.draw(st.sampled_from(self.world.delivered)))

    @rule(data=st.data())
    @precondition(lambda self: 0 < len(self.world.delivered) < 12)
    def send_again(self, data: st.DataObject) -> None:
        self.now += 1
        self.world.deliver(data.draw(st.sampled_from(self.world.delivered))._replace(received=self.now))

    @invariant()
    def the_door_is_as_the_messages_say_in_their_own_order(self) -> None:
        self.world.holds()


Deliveries.TestCase.settings = settings(max_examples=500, stateful_step_count=20, deadline=None, derandomize=True, database=None)
TestDeliveries = Deliveries.TestCase
