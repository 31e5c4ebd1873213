"""Sensors are bound, messages come in, alerts are taken on."""

import json
from datetime import datetime, timedelta

import pytest

from chalicelib.promises.arising import need
from chalicelib.register.changes import Changes, Leave
from chalicelib.register.ladders import DEFAULT_LADDERS
from chalicelib.register.records import changed, to_item
from chalicelib.register.rules import Home
from chalicelib.sensors import records
from chalicelib.sensors.actions import bind, receive, unbind
from chalicelib.sensors.alerts import acknowledge, find_alert
from chalicelib.sensors.readings import Message
from chalicelib.sensors.rules import Alert, AlertState, DoorState, Sensor, Why
from chalicelib.shared.problems import Problem, Rejected
from chalicelib.shared.tiers import Tier
from chalicelib.store import keys
from chalicelib.tasks.acting import Order, act
from chalicelib.tasks.claims import AT_THE_DOOR
from chalicelib.tasks.tasks import Act, Line, Task, TaskKind
from chalicelib.tasks.work import arise
from tests.actions.interrupted import InterruptedStore
from tests.app.client import FixedClock
from tests.builders import DAY, isolated, moment, policy, register
from tests.builders import home as flat

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

    def under(self, *args, **kwargs):
        self.reads += 1
        return super().under(*args, **kwargs)


@pytest.fixture
def store() -> CountingStore:
    store = CountingStore()
    store.fill([to_item(register(homes=(isolated(), isolated("2-802"))), 1)])
    bind(store, "anheli", GATEWAY, "door", "2-801", "zigbee2mqtt", tenancy="t1")
    receive(store, CLOCK, said("07:00", "true"))
    return store


def said(clock: str, contact: str = "false", **members: str) -> Message:
    given = {"thing": GATEWAY, "path": "zigbee2mqtt/door", "client": GATEWAY, **members}
    return Message(**given, received_ms=int(moment(clock).timestamp() * 1000), data=b'{"contact":%s}' % contact.encode())


def cached(name: str, clock: str, contact: str, last_seen: str, **members: int) -> Message:
    payload = {"contact": contact == "true", "last_seen": ms(moment(last_seen)), **members}
    return said(clock, path=f"zigbee2mqtt/{name}")._replace(data=json.dumps(payload).encode())


def ms(at: datetime) -> int:
    return int(at.timestamp() * 1000)


def refused(act) -> tuple[int, str]:
    with pytest.raises(Problem) as problem:
        act()
    return problem.value.status, problem.value.more.get("by", "")


def opened(store: CountingStore, clock: str = "09:00") -> Alert:
    (alert,) = receive(store, CLOCK, said(clock))
    return alert


def door(store: CountingStore, name: str = "door") -> Sensor:
    found = records.sensor(store, "anheli", GATEWAY, name)
    assert found is not None
    return found


def test_an_opening_is_unexplained_where_the_door_was_closed_or_its_magnet_has_just_been_hung(store: CountingStore):
    bind(store, "anheli", GATEWAY, "new", "2-801", "zigbee2mqtt", tenancy="t1")

    assert opened(store).state is AlertState.UNEXPLAINED
    assert [alert.state for alert in receive(store, CLOCK, said("09:00", path="zigbee2mqtt/new"))] == [AlertState.UNEXPLAINED]


@pytest.mark.parametrize(
    ("home", "opening"),
    [(isolated(), 4), (isolated(tier=Tier.RED, steward="anheli.wang"), 3), (flat("2-801"), 2)],
    ids=["unexplained", "explained by a plan", "nobody's business"],
)
def test_the_same_message_again_costs_one_read_and_an_opening_no_more_than_tells_what_it_is(store: CountingStore, home: Home, opening: int):
    store.fill([to_item(register(homes=(home,)), 1)])
    costs = []
    for clock, contact in (("09:00", "false"), ("09:00", "false"), ("09:01", "false"), ("09:02", "true")):
        store.reads = store.writes = 0
        receive(store, CLOCK, said(clock, contact))
        costs.append((store.reads, store.writes))

    closing = 1 if opening == 2 else 2
    assert costs == [
        (opening, 1),
        (1, 0),
        (1, 1),
        (closing, 1),
    ]  # the third is a word of its own: a closing may still be on its way between the two


def test_an_opening_that_is_handled_late_is_told_and_the_door_stays_as_it_was_heard_of_last(store: CountingStore):
    receive(store, CLOCK, said("09:05", "true"))

    (alert,) = receive(store, CLOCK, said("09:04"))
    assert (alert.since, alert.state) == (moment("09:04"), AlertState.UNEXPLAINED)
    assert door(store).state is DoorState.CLOSED
    assert receive(store, CLOCK, said("09:04")) == []


def test_a_closing_that_overtakes_does_not_hide_the_next_opening(store: CountingStore):
    assert [len(receive(store, CLOCK, each)) for each in (said("09:01"), said("09:03"), said("09:02", "true"))] == [1, 0, 1]
    assert door(store).state is DoorState.OPEN


@pytest.mark.parametrize("late", [timedelta(minutes=1), timedelta(hours=1), timedelta(hours=25), timedelta(days=4)], ids=str)
def test_what_was_received_or_said_before_a_sensor_moved_is_not_the_next_homes(store: CountingStore, late: timedelta):
    moved = moment("12:00")
    bind(store, "anheli", GATEWAY, "door", "2-802", "zigbee2mqtt", tenancy="t1", bound_ms=ms(moved))
    rows = dict(store._items)
    received = said("09:00")._replace(received_ms=ms(moved - late))
    buffered = said("12:01")._replace(data=b'{"contact":false,"last_seen":%d}' % ms(moved - late))

    assert receive(store, CLOCK, received) == receive(store, CLOCK, buffered) == []
    assert store._items == rows and door(store).state is DoorState.UNKNOWN
    assert [alert.home for alert in receive(store, CLOCK, said("12:02"))] == ["2-802"]


def test_the_next_family_of_a_home_does_not_inherit_the_last_ones_door(store: CountingStore):
    bind(store, "anheli", GATEWAY, "door", "2-801", "zigbee2mqtt", tenancy="t2", bound_ms=ms(moment("08:00")))

    assert door(store).state is DoorState.UNKNOWN
    assert receive(store, CLOCK, said("07:30")) == receive(store, CLOCK, said("09:00")) == []  # the register still shows the first family


def test_a_sensor_bound_before_families_were_told_apart_watches_the_one_that_lives_there(store: CountingStore):
    bind(store, "anheli", GATEWAY, "old", "2-801", "zigbee2mqtt")
    receive(store, CLOCK, said("08:00", "true", path="zigbee2mqtt/old"))

    assert [alert.home for alert in receive(store, CLOCK, said("09:00", path="zigbee2mqtt/old"))] == ["2-801"]
    assert door(store, "old").tenancy == "t1"


def test_twenty_states_from_a_cache_raise_nothing_and_cost_a_read_each(store: CountingStore):
    names = [f"door-{number}" for number in range(20)]
    for number, name in enumerate(names):
        bind(store, "anheli", GATEWAY, name, "2-801", "zigbee2mqtt", tenancy="t1")
        for clock, contact in (("08:00", "true"), ("08:01", "false"), *([("08:02", "true")] if number % 2 else [])):
            receive(store, CLOCK, cached(name, clock, contact, clock))
    rows, store.reads = dict(store._items), 0

    for number, name in enumerate(names):
        assert receive(store, CLOCK, cached(name, "08:30", "true" if number % 2 else "false", "08:02" if number % 2 else "08:01")) == []
        assert receive(store, CLOCK, cached(name, "08:31", "false", "08:01")) == []

    assert store._items == rows and store.reads == 40


def test_a_state_from_a_cache_that_is_older_than_what_is_known_does_not_open_the_door(store: CountingStore):
    receive(store, CLOCK, cached("door", "09:00", "true", "09:00"))

    assert receive(store, CLOCK, cached("door", "09:30", "false", "08:15")) == []
    assert door(store).state is DoorState.CLOSED


def test_what_was_held_back_on_the_way_is_told_with_its_own_time_if_that_clock_was_right(store: CountingStore):
    receive(store, CLOCK, cached("door", "09:00", "true", "09:00"))

    (alert,) = receive(store, CLOCK, cached("door", "11:00", "false", "10:00"))
    assert alert.since == moment("10:00")


def test_a_sensor_that_its_gateway_cannot_reach_is_unknown_and_open_after_that_is_no_plain_opening(store: CountingStore):
    gone = said("08:00", path="zigbee2mqtt/door/availability")._replace(data=b"offline")
    receive(store, CLOCK, gone)
    assert (door(store).state, door(store).why) == (DoorState.UNKNOWN, Why.SILENT)

    assert opened(store).state is AlertState.UNKNOWN
    assert door(store).state is DoorState.OPEN


def test_open_before_and_after_a_silence_is_no_opening(store: CountingStore):
    opened(store, "07:30")
    receive(store, CLOCK, said("08:00", path="zigbee2mqtt/door/availability")._replace(data=b"offline"))

    assert receive(store, CLOCK, said("09:00")) == []


def test_a_sensor_somebody_is_at_is_unknown_until_it_says_otherwise(store: CountingStore):
    receive(store, CLOCK, said("08:00")._replace(data=b'{"contact":true,"tamper":true}'))
    assert (door(store).state, door(store).why) == (DoorState.UNKNOWN, Why.TAMPERED)
    assert opened(store).state is AlertState.UNKNOWN

    receive(store, CLOCK, said("09:30")._replace(data=b'{"contact":true,"tamper":false}'))
    assert door(store).state is DoorState.CLOSED
    assert opened(store, "09:40").state is AlertState.UNEXPLAINED


def test_a_row_is_one_write_unit_however_much_was_heard(store: CountingStore):
    for number in range(60):
        receive(store, CLOCK, cached("door", f"09:{number:02}", "false" if number % 2 else "true", f"09:{number:02}", battery=97))

    stored = store.get(keys.sensor("anheli", GATEWAY, "door"))
    assert stored is not None and len(json.dumps(stored)) < 900


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

    assert store.writes == 2  # the binding and the door as it was


def test_a_sensor_bound_as_another_kind_holds_up_no_other_of_its_message(store: CountingStore):
    bind(store, "anheli", GATEWAY, "0x1111", "2-802", "zigbee2mqtt", tenancy="t1")
    bind(store, "anheli", GATEWAY, "0x2222", "2-801", "tasmota-zigbee", tenancy="t1")
    both = b'{"ZbReceived":{"0x1111":{"Contact":1},"0x2222":{"Contact":1}}}'

    with pytest.raises(Rejected, match="not in the words of this sensor's kind"):
        receive(store, CLOCK, said("09:00", path="tasmota/tele/bridge/SENSOR")._replace(data=both))
    assert [alert.home for alert in records.board(store, "anheli", DAY)] == ["2-801"]


def test_binding_again_changes_nothing_and_another_home_starts_from_unknown(store: CountingStore):
    opened(store)

    assert not bind(store, "anheli", GATEWAY, "door", "2-801", "zigbee2mqtt", tenancy="t1")
    assert records.sensor(store, "anheli", GATEWAY, "door").state is DoorState.OPEN
    assert bind(store, "anheli", GATEWAY, "door", "2-802", "zigbee2mqtt", tenancy="t1")
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


def taken_on(store: CountingStore, at: str, wanted: Act, task: Task, until: datetime | None = None) -> None:
    line = Line(moment(at), "anheli.wang", wanted, "", f"{wanted}:{at}")
    act(store, moment(at), "anheli", task.id, line, DEFAULT_LADDERS, Order(until=until))


@pytest.mark.parametrize(
    ("acts", "state"),
    [
        ((), AlertState.UNEXPLAINED),
        ((("08:50", Act.CLAIM),), AlertState.EXPECTED),
        ((("07:59", Act.CLAIM),), AlertState.UNEXPLAINED),
        ((("08:50", Act.CLAIM), ("08:55", Act.DONE)), AlertState.UNEXPLAINED),
        ((("08:50", Act.CLAIM), ("08:55", Act.RETURN)), AlertState.UNEXPLAINED),
        ((("08:50", Act.CLAIM), ("08:55", Act.PAUSE)), AlertState.UNEXPLAINED),
        ((("09:01", Act.CLAIM),), AlertState.UNEXPLAINED),
    ],
    ids=["nobody", "claimed", "an hour ago", "done", "given back", "paused", "claimed afterwards"],
)
def test_what_somebody_has_taken_on_for_a_home_explains_its_door_for_an_hour(store: CountingStore, acts, state: AlertState):
    task = need(policy(), isolated(), ("anheli.wang",), DAY, "food", moment("05:40"))
    arise(store, moment("05:40"), "anheli", task, DEFAULT_LADDERS[task.ladder], said=None)
    for clock, wanted in acts:
        taken_on(store, clock, wanted, task, moment("11:00") if wanted is Act.PAUSE else None)

    alert = opened(store)
    assert (alert.state, alert.reason) == (state, "claimed_task" if state is AlertState.EXPECTED else "")


@pytest.mark.parametrize("theirs", [isolated("2-802"), isolated(tenancy="t2")], ids=["another home's", "another family's"])
def test_what_is_taken_on_for_others_explains_nothing(store: CountingStore, theirs: Home):
    task = need(policy(), theirs, ("anheli.wang",), DAY, "food", moment("08:40"))
    arise(store, moment("08:40"), "anheli", task, DEFAULT_LADDERS[task.ladder], said=None)
    taken_on(store, "08:50", Act.CLAIM, task)

    assert opened(store).state is AlertState.UNEXPLAINED


@pytest.mark.parametrize("kind", sorted(set(TaskKind) - AT_THE_DOOR))
def test_an_alarm_somebody_sees_to_and_work_that_brings_nobody_to_the_door_explain_nothing(store: CountingStore, kind: TaskKind):
    task = need(policy(), isolated(), ("anheli.wang",), DAY, "food", moment("08:40"))._replace(kind=kind)
    arise(store, moment("08:40"), "anheli", task, DEFAULT_LADDERS[task.ladder], said=None)
    taken_on(store, "08:50", Act.CLAIM, task)

    assert opened(store).state is AlertState.UNEXPLAINED
