"""What a door does, as its words tell it, and what an opening means."""

from datetime import datetime

import pytest

from chalicelib.register.rules import Home, Isolation
from chalicelib.sensors.doors import MOST, PASSED, WATCHED, Door, Run, Word, hear, is_open, look_at, moment_ms, runs, unjudged, unwritten
from chalicelib.sensors.records import from_sensor_item, sensor_changed
from chalicelib.sensors.rules import AlertKind, AlertState, DoorState, Sensor, Why, hear_door, judge, left_open, lose, tampered, watched
from chalicelib.tasks.rules import Opening
from tests.builders import DAY, home, isolated, moment

GATEWAY, NEW = "anheli-gw1", Door()
SENSOR = Sensor(GATEWAY, "door-2-801", "2-801", "zigbee2mqtt", "t1")
HOUR = 3_600_000
START = 1_800_000_000_000


def word(at: int, is_open: bool, said: int | None = None) -> Word:
    return Word(START + at, 0 if said is None else START + said, is_open)


def after(*words: Word, door: Door = NEW) -> Door:
    for each in words:
        door = hear(door, each)
    return door


def openings(door: Door, limit_ms: int | None = None, blind_ms: int = 0) -> list[tuple[int, bool]]:
    """When the door opened, and whether it is sure that it was closed before."""
    return [(run.first.received_ms - START, run.sure) for run in runs(door, limit_ms, blind_ms) if run.is_open]


def test_nothing_is_known_of_a_door_that_was_never_heard_of():
    assert is_open(NEW) is None and runs(NEW) == []


@pytest.mark.parametrize(
    ("words", "opened", "open_now"),
    [
        ([word(1, True)], [(1, False)], True),
        ([word(1, False), word(2, True)], [(2, True)], True),
        ([word(1, False), word(2, True), word(3, True)], [(2, True)], True),
        ([word(1, False), word(3, True), word(2, True)], [(2, True)], True),
        ([word(1, False), word(2, True), word(4, True), word(3, False)], [(2, True), (4, True)], True),
        ([word(1, True), word(3, False), word(2, True)], [(1, False)], False),
        ([word(2, False), word(2, True)], [(2, True)], True),
        ([word(1, False), word(2, False), word(2, True)], [(2, True)], False),
        ([word(1, False), word(2, True), word(2, False)], [(2, True)], False),
        ([word(1, False), word(2, True), word(3, False), word(3, True)], [(2, True)], False),
        ([word(1, False), word(2, True), word(6000, False), word(6000, True)], [(2, True), (6000, True)], True),
        ([word(2, True, 1), word(2, False, 2)], [(2, False)], False),
        ([word(2, False, 2), word(2, True, 1)], [(2, False)], False),
    ],
)
def test_words_count_in_the_order_they_were_received_and_said(words: list[Word], opened: list[tuple[int, bool]], open_now: bool):
    door = after(*words)

    assert (openings(door), is_open(door)) == (opened, open_now)


@pytest.mark.parametrize(
    "again",
    [
        word(2, True, 2),
        word(20_000, True, 2),
        word(90 * HOUR, True, 2),
    ],
)
def test_a_word_that_is_sent_again_is_the_old_one(again: Word):
    door = after(word(1, False, 1), word(2, True, 2), word(9_000, False, 9_000))

    assert hear(door, again) is door
    assert hear(after(again), word(2, True, 2)).words == (word(2, True, 2),)  # and the other way round


def test_the_same_word_with_the_same_second_is_said_twice_if_it_comes_within_seconds():
    bounced = after(word(100, True, 0), word(500, False, 0), word(900, True, 0))

    assert openings(bounced) == [(100, False), (900, True)]


@pytest.mark.parametrize(
    ("stale", "counts"),
    [
        (word(60_000, True, 5_000), False),
        (word(60_000, True, 10_000), True),
        (word(60_000, True, 59_000), True),
        (word(60_000, True), True),
        (word(60_000, True, 60_000 + HOUR), True),
    ],
)
def test_what_was_said_before_something_that_is_known_is_out_of_date_when_it_comes(stale: Word, counts: bool):
    assert (openings(after(word(10_000, False, 10_000), stale)) != []) is counts


def test_a_clock_that_is_ahead_hides_nothing_once_it_is_put_right():
    ahead = word(10_000, False, 10_000 + 24 * HOUR)

    assert openings(after(ahead, word(60_000, True, 60_000))) == [(60_000, True)]


@pytest.mark.parametrize(
    ("limit_ms", "blind_ms", "sure"),
    [
        (None, 0, True),
        (HOUR, 0, True),
        (HOUR - 2, 0, False),
        (None, START + 1, True),
        (None, START + 2, False),
        (None, START + HOUR, False),
    ],
)
def test_after_a_silence_nobody_knows_what_the_door_was(limit_ms: int | None, blind_ms: int, sure: bool):
    assert openings(after(word(1, False), word(HOUR, True)), limit_ms, blind_ms) == [(HOUR, sure)]


def test_open_before_and_after_a_silence_is_no_opening():
    assert openings(after(word(1, True), word(HOUR, True)), 5) == [(1, False)]


def test_only_so_much_is_remembered_and_repeats_are_forgotten_first():
    door = after(*(word(at, at % 50 == 0) for at in range(1, 200)))
    assert len(door.words) == MOST
    assert openings(door) == [(50, True), (100, True), (150, True)]

    longer = after(*(word(at, at % 2 == 0) for at in range(200, 240)), door=door)
    assert len(longer.words) == MOST and longer.before_ms == START + 223
    assert hear(longer, word(222, True)) is longer, "too old to be placed"


def test_an_opening_whose_beginning_was_forgotten_is_not_a_new_one():
    door = look_at(after(word(0, True)), runs(after(word(0, True)))[0], PASSED)
    door = after(*(word(at, at % 2 == 1) for at in range(1, 2 * MOST)), door=door)

    assert door.before is not None
    assert bool(runs(door)[0].mark) is (runs(door)[0].is_open is door.before)


def test_an_opening_is_looked_at_once_also_where_its_run_begins_earlier_than_was_known():
    late = after(word(5, True))
    (run,) = runs(late)
    known = look_at(late, run, PASSED)

    assert unjudged(runs(late)) == run and unjudged(runs(known)) is None
    assert unjudged(runs(after(word(3, True), door=known))) is None
    split = after(word(3, True), word(4, False), door=known)
    assert unjudged(runs(split)) == Run(word(3, True), word(3, True), False, "")


def test_a_closing_is_written_down_after_an_opening_that_was():
    door = after(word(1, True), word(2, False), word(3, True), word(4, False))
    for run, mark in zip(runs(door)[::2], (WATCHED, PASSED), strict=True):
        door = look_at(door, run, mark)

    (closing,) = unwritten(runs(door))
    assert closing.first == word(2, False)
    assert unwritten(runs(look_at(door, closing, WATCHED))) == []


@pytest.mark.parametrize(
    ("words", "at"),
    [
        ([word(1000, True)], 1000),
        ([word(1000, True, 400)], 1000),
        ([word(100, False, 99), word(1000, True, 400)], 400),
        ([word(100, False, 100 - HOUR), word(1000, True, 400 - HOUR)], 1000),
        ([word(100, False, 99), word(1000, True, 1900)], 1000),
        ([word(100, False, 99), word(1000, True)], 1000),
    ],
)
def test_when_it_happened_is_what_a_clock_says_that_was_right_before(words: list[Word], at: int):
    door = after(*words)
    assert moment_ms(door, runs(door)[-1].first) - START == at


@pytest.mark.parametrize("lost", [Why.SILENT, Why.GATEWAY, Why.TAMPERED])
def test_a_door_that_is_lost_is_unknown_and_a_late_word_does_not_find_it(lost: Why):
    sensor = hear_door(SENSOR, word(1, False))
    gone = lose(sensor, lost, START + 5)

    assert (sensor.state, sensor.why) == (DoorState.CLOSED, Why.KNOWN)
    assert (gone.state, gone.why) == (DoorState.UNKNOWN, lost)
    assert hear_door(gone, word(4, True)).state is DoorState.UNKNOWN
    assert (hear_door(gone, word(6, True)).state is DoorState.OPEN) is (lost is not Why.TAMPERED)
    assert lose(sensor, lost, START) == sensor, "it was heard of since"


def test_who_was_at_the_sensor_is_told_in_order():
    sensor = hear_door(SENSOR, word(1, False))
    at_it = tampered(sensor, True, START + 5)

    assert (at_it.state, at_it.why) == (DoorState.UNKNOWN, Why.TAMPERED)
    assert tampered(at_it, False, START + 4) == at_it
    assert tampered(at_it, False, START + 6).state is DoorState.CLOSED
    assert tampered(sensor, False, START + 5) == sensor


@pytest.mark.parametrize("number", [Word(5, 0, True), Word(5, 4, False, "!"), Word(5, 9, True), Word(1_800_000_000_000, 1, True, "*")])
def test_a_word_is_read_as_it_was_written(number: Word):
    sensor = SENSOR._replace(door=Door((number,), True, 3, 2))
    item = sensor_changed("anheli", sensor).item

    assert from_sensor_item(item) == sensor._replace(version=1)


RUN = Run(word(0, True), word(0, True), True, "")
WINDOW = Opening("o1", moment("09:00"), moment("09:30"), "核酸上门")
ENDED = isolated(isolation=Isolation(DAY.replace(day=10), DAY.replace(day=21)))
LAST_DAY = isolated(isolation=Isolation(DAY.replace(day=10), DAY))
TOMORROW = isolated(isolation=Isolation(DAY.replace(day=23), DAY.replace(day=30)))


@pytest.mark.parametrize(
    ("where", "when", "state", "reason"),
    [
        (isolated(), moment("08:00"), AlertState.UNEXPLAINED, ""),
        (isolated(), moment("09:00"), AlertState.EXPECTED, "核酸上门"),
        (isolated(), moment("09:30"), AlertState.UNEXPLAINED, ""),
        (LAST_DAY, moment("23:59:59"), AlertState.UNEXPLAINED, ""),
        (LAST_DAY, moment("00:00", DAY.replace(day=23)), None, ""),
        (TOMORROW, moment("23:59:59"), None, ""),
        (TOMORROW, moment("00:00", DAY.replace(day=23)), AlertState.UNEXPLAINED, ""),
        (ENDED, moment("08:00"), None, ""),
        (home("2-801"), moment("08:00"), None, ""),
        (None, moment("08:00"), None, ""),
    ],
)
def test_an_opening_matters_while_the_home_is_isolated_and_is_expected_inside_a_window(
    where: Home | None, when: datetime, state: AlertState | None, reason: str
):
    alert = judge([WINDOW], SENSOR, RUN, when) if watched(where, SENSOR, when) else None

    assert (alert and (alert.state, alert.reason)) == (state and (state, reason))


@pytest.mark.parametrize(("tenancy", "theirs"), [("t1", True), ("t2", False), ("", True)])
def test_another_familys_door_is_nobodys_business(tenancy: str, theirs: bool):
    assert watched(isolated(), SENSOR._replace(tenancy=tenancy), moment("09:00")) is theirs


@pytest.mark.parametrize(
    ("run", "sensor", "openings", "state"),
    [
        (RUN, SENSOR, [], AlertState.UNEXPLAINED),
        (RUN._replace(sure=False), SENSOR, [], AlertState.UNKNOWN),
        (RUN, SENSOR._replace(lost=Why.TAMPERED), [], AlertState.UNKNOWN),
        (RUN._replace(sure=False), SENSOR, [WINDOW], AlertState.EXPECTED),
    ],
)
def test_an_opening_is_not_known_where_the_door_was_not(run: Run, sensor: Sensor, openings: list[Opening], state: AlertState):
    assert judge(openings, sensor, run, moment("09:00")).state is state


def test_an_alerts_id_is_the_same_for_the_same_edge_and_sorts_by_time():
    one, again = (judge([], SENSOR, RUN, moment("09:00")) for _ in range(2))
    later = judge([], SENSOR, RUN._replace(first=word(5, True)), moment("09:01"))

    assert one.id == again.id < later.id


@pytest.mark.parametrize(
    ("words", "lost", "left"),
    [
        ([word(1, True)._replace(mark=WATCHED)], Why.KNOWN, True),
        ([word(1, True)._replace(mark=WATCHED), word(2, True)], Why.KNOWN, True),
        ([word(1, True)._replace(mark=PASSED)], Why.KNOWN, False),
        ([word(1, True)._replace(mark=WATCHED), word(2, False)], Why.KNOWN, False),
        ([word(1, True)._replace(mark=WATCHED)], Why.SILENT, False),
        ([], Why.KNOWN, False),
    ],
)
def test_a_door_is_left_open_if_it_is_known_to_be_open_at_its_moment(words: list[Word], lost: Why, left: bool):
    sensor = SENSOR._replace(door=Door(tuple(words)), lost=lost, look=moment("09:10"))
    alert = left_open(sensor)

    assert (alert is not None) is left
    assert alert is None or (alert.kind, alert.state, alert.since) == (AlertKind.LEFT_OPEN, AlertState.UNEXPLAINED, moment("09:10"))
    assert left_open(sensor._replace(look=None)) is None
