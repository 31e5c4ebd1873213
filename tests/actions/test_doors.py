"""Sensors are bound, messages come in, alerts are taken on."""

import pytest

from chalicelib.register.changes import Changes, Leave
from chalicelib.register.records import changed, to_item
from chalicelib.sensors import records
from chalicelib.sensors.actions import acknowledge, bind, find_alert, receive, unbind
from chalicelib.sensors.readings import Message
from chalicelib.sensors.rules import Alert, AlertState, DoorState
from chalicelib.shared.problems import Problem, Rejected
from chalicelib.shared.tiers import Tier
from tests.actions.interrupted import InterruptedStore
from tests.app.client import FixedClock
from tests.builders import DAY, isolated, moment, register

GATEWAY, CLOCK = "anheli-gw1", FixedClock(moment("12:00"))


class CountingStore(InterruptedStore):
    def __init__(self) -> None:
        super().__init__()
        self.reads = 0

    def get(self, *args, **kwargs):
        self.reads += 1
        return super().get(*args, **kwargs)

    def get_many(self, *args, **kwargs):
        self.reads += 1
        return super().get_many(*args, **kwargs)


@pytest.fixture
def store() -> CountingStore:
    store = CountingStore()
    store.fill([to_item(register(homes=(isolated(), isolated("2-802"))), 1)])
    bind(store, "anheli", GATEWAY, "door", "2-801", "zigbee2mqtt")
    return store


def said(clock: str, contact: str = "false", **members: str) -> Message:
    given = {"thing": GATEWAY, "path": "zigbee2mqtt/door", "client": GATEWAY, **members}
    return Message(**given, received_ms=int(moment(clock).timestamp() * 1000), data=b'{"contact":%s}' % contact.encode())


def refused(act) -> tuple[int, str]:
    with pytest.raises(Problem) as problem:
        act()
    return problem.value.status, problem.value.more.get("by", "")


def opened(store: CountingStore, clock: str = "09:00") -> Alert:
    (alert,) = receive(store, CLOCK, said(clock))
    return alert


def test_the_first_message_after_binding_that_says_open_is_an_opening(store: CountingStore):
    assert opened(store).state is AlertState.UNEXPLAINED


def test_a_repeat_costs_one_read_and_an_edge_two_reads_and_one_write(store: CountingStore):
    store.reads = store.writes = 0
    opened(store)
    assert (store.reads, store.writes) == (2, 1)

    store.reads = store.writes = 0
    assert receive(store, CLOCK, said("09:01")) == []
    assert (store.reads, store.writes) == (1, 0)

    store.reads = store.writes = 0
    receive(store, CLOCK, said("09:02", "true"))
    assert (store.reads, store.writes) == (1, 1)


def test_a_message_older_than_what_is_known_changes_nothing(store: CountingStore):
    receive(store, CLOCK, said("09:05", "true"))

    assert receive(store, CLOCK, said("09:04")) == []
    assert records.sensor(store, "anheli", GATEWAY, "door").state is DoorState.CLOSED


def test_an_alert_carries_the_time_of_the_opening_not_of_its_handling(store: CountingStore):
    assert opened(store, "09:00").since == moment("09:00")


@pytest.mark.parametrize(
    "members",
    [
        {"client": "anheli-gw2"},
        {"thing": "anheli-gw2", "client": "anheli-gw2"},
        {"path": "zigbee2mqtt/other"},
        {"thing": "gw", "client": "gw"},
        {"thing": "qinghe-gw1", "client": "qinghe-gw1"},
        {"thing": "AN#-x", "client": "AN#-x"},
        {"client": ""},
    ],
)
def test_a_message_from_the_wrong_gateway_or_an_unknown_sensor_is_rejected(store: CountingStore, members: dict[str, str]):
    with pytest.raises(Rejected):
        receive(store, CLOCK, said("09:00", **members))

    assert store.writes == 1  # the binding


def test_binding_again_changes_nothing_and_another_home_starts_from_unknown(store: CountingStore):
    opened(store)

    assert not bind(store, "anheli", GATEWAY, "door", "2-801", "zigbee2mqtt")
    assert records.sensor(store, "anheli", GATEWAY, "door").state is DoorState.OPEN
    assert bind(store, "anheli", GATEWAY, "door", "2-802", "zigbee2mqtt")
    assert records.sensor(store, "anheli", GATEWAY, "door").state is DoorState.UNKNOWN
    assert opened(store, "08:00").home == "2-802"


def test_a_sensor_that_was_unbound_is_not_listened_to(store: CountingStore):
    assert unbind(store, "anheli", GATEWAY, "door")
    assert not unbind(store, "anheli", GATEWAY, "door")

    with pytest.raises(Rejected):
        receive(store, CLOCK, said("09:00"))


def test_an_alert_is_written_with_the_doors_state_or_not_at_all(store: CountingStore):
    store.before(lambda: receive(store, CLOCK, said("09:00")))

    assert receive(store, CLOCK, said("09:00")) == []
    assert len(records.board(store, "anheli", DAY)) == 1


def test_one_of_two_takes_the_alert_on_and_the_other_is_told_who(store: CountingStore):
    alert = opened(store)
    store.before(lambda: acknowledge(store, moment("09:01"), "anheli", alert, "anheli.wang", "", "k1"))

    assert refused(lambda: acknowledge(store, moment("09:01"), "anheli", alert, "anheli.chen", "", "k2")) == (409, "anheli.wang")
    (taken,) = records.board(store, "anheli", DAY)
    assert (taken.state, taken.by) == (AlertState.ACKNOWLEDGED, "anheli.wang")


def test_the_winners_repeat_gets_the_first_answer_and_another_note_under_the_key_is_refused(store: CountingStore):
    alert = opened(store)
    first = acknowledge(store, moment("09:01"), "anheli", alert, "anheli.wang", "我去看", "k1")
    found = find_alert(store, moment("09:02"), "anheli", alert.id)

    assert acknowledge(store, moment("09:02"), "anheli", found, "anheli.wang", "我去看", "k1") == first
    assert refused(lambda: acknowledge(store, moment("09:02"), "anheli", found, "anheli.wang", "别的", "k1"))[0] == 422
    assert refused(lambda: acknowledge(store, moment("09:02"), "anheli", found, "anheli.chen", "我去看", "k1")) == (409, "anheli.wang")


@pytest.mark.parametrize(("days_later", "there"), [(0, True), (1, True), (2, False)])
def test_a_cleared_alert_is_found_until_the_next_day(store: CountingStore, days_later: int, there: bool):
    alert = opened(store)
    acknowledge(store, moment("09:01"), "anheli", alert, "anheli.wang", "", "k1")

    def find() -> Alert:
        return find_alert(store, moment("10:00", DAY.replace(day=22 + days_later)), "anheli", alert.id)

    assert find().by == "anheli.wang" if there else refused(find)[0] == 404


@pytest.mark.parametrize("identity", ["", "nothing", "OPEN", "../x"])
def test_an_alert_that_is_none_is_not_found(store: CountingStore, identity: str):
    opened(store)

    assert refused(lambda: find_alert(store, moment("10:00"), "anheli", identity))[0] == 404


def test_an_alert_of_another_compound_is_not_found(store: CountingStore):
    alert = opened(store)

    assert refused(lambda: find_alert(store, moment("10:00"), "qinghe", alert.id))[0] == 404


def test_a_visit_that_somebody_owes_explains_the_door_and_leave_takes_that_back(store: CountingStore):
    red = isolated(tier=Tier.RED, steward="anheli.wang")
    store.fill([to_item(register(homes=(red,)), 1)])
    alert = opened(store)
    assert (alert.state, alert.reason) == (AlertState.EXPECTED, "home_visit")

    receive(store, CLOCK, said("09:10", "true"))
    gone = Changes(leaves=(Leave("l1", "anheli.wang", DAY, DAY, "anheli.chen", moment("09:20")),))
    store.fill([changed("anheli", gone, 0).item])

    assert opened(store, "09:30").state is AlertState.UNEXPLAINED
