"""Whatever a sensor sends, however often and in whatever order: an alert for every opening edge, and none more."""

from typing import NamedTuple

from hypothesis import given
from hypothesis import strategies as st

from chalicelib.register.records import to_item
from chalicelib.sensors.actions import bind, receive
from chalicelib.sensors.readings import Message
from chalicelib.sensors.records import board, sensor
from chalicelib.sensors.rules import DoorState
from chalicelib.shared.clock import RealClock
from chalicelib.store.memory import MemoryStore
from tests.builders import DAY, isolated, moment, register

GATEWAY, START = "anheli-gw1", int(moment("09:00").timestamp() * 1000)


class Said(NamedTuple):
    """``contact`` None is a report that leaves the door out."""

    contact: bool | None
    at: int


SAID = st.lists(st.builds(Said, st.sampled_from([True, False, False, None]), st.integers(0, 12)), max_size=14)
IN_ORDER = SAID.map(lambda said: [each._replace(at=place) for place, each in enumerate(said)])


def alerts_after(handled: list[Said]) -> tuple[int, DoorState]:
    """How many alerts stand after the messages were handled in this order, and the state the door is left in."""
    store = MemoryStore()
    store.fill([to_item(register(homes=(isolated(),)), 1)])
    bind(store, "anheli", GATEWAY, "door", "2-801", "zigbee2mqtt")
    raised = 0
    for said in handled:
        body = b"{}" if said.contact is None else b'{"contact":true}' if said.contact else b'{"contact":false}'
        raised += len(receive(store, RealClock(), Message(GATEWAY, "zigbee2mqtt/door", GATEWAY, START + said.at, body)))
    known = sensor(store, "anheli", GATEWAY, "door")
    assert known is not None and len(board(store, "anheli", DAY)) == raised
    return raised, known.state


def edges(handled: list[Said]) -> tuple[int, DoorState]:
    """The model: a message counts if it says another state than the last that counted, and is newer."""
    state, last, opened = DoorState.UNKNOWN, -START, 0
    for said in handled:
        if said.contact is None:
            continue
        new = DoorState.CLOSED if said.contact else DoorState.OPEN
        if new is not state and said.at > last:
            state, last, opened = new, said.at, opened + (new is DoorState.OPEN)
    return opened, state


@given(SAID)
def test_there_is_one_alert_for_every_closed_or_unknown_to_open_edge(handled: list[Said]):
    assert alerts_after(handled) == edges(handled)


@given(IN_ORDER, st.data())
def test_delivering_messages_again_after_they_were_handled_raises_nothing(handled: list[Said], data: st.DataObject):
    again: list[Said] = []
    for place, said in enumerate(handled):
        again.append(said)
        again += data.draw(st.lists(st.sampled_from(handled[: place + 1]), max_size=2))

    assert alerts_after(again) == alerts_after(handled)


@given(IN_ORDER)
def test_in_order_the_openings_are_counted_exactly_and_the_last_word_holds(handled: list[Said]):
    doors = [said.contact for said in handled if said.contact is not None]
    openings = sum(not said and (place == 0 or doors[place - 1]) for place, said in enumerate(doors))

    assert alerts_after(handled) == (openings, DoorState.UNKNOWN if not doors else DoorState.CLOSED if doors[-1] else DoorState.OPEN)


@given(IN_ORDER, st.randoms(use_true_random=False))
def test_out_of_order_there_are_never_more_alerts_than_messages_that_said_open(handled: list[Said], dice):
    shuffled = list(handled)
    dice.shuffle(shuffled)

    assert alerts_after(shuffled)[0] <= sum(said.contact is False for said in handled)
