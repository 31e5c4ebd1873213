"""A gateway comes and goes, and is looked at: decision tables."""

import json
from datetime import datetime, timedelta
from itertools import permutations

import pytest

from chalicelib.sensors.presence import Found, Gateway, Heard, Presence, came_or_went, event_of, look, newer, said_of_itself
from chalicelib.shared.problems import Rejected
from tests.builders import moment

WAIT, LIMIT = timedelta(minutes=10), timedelta(hours=25)
MINUTE = 60_000


def ms(clock: str, back: int = 0) -> int:
    return round((moment(clock) - timedelta(days=back)).timestamp() * 1000)


def event(there: bool, clock: str, session: str = "s1", number: int = 1) -> Presence:
    return Presence("anheli-gw1", there, ms(clock), session, number)


def payload(**members: object) -> bytes:
    """As in the AWS IoT developer guide, "Connect/Disconnect events"."""
    said = {
        "clientId": "anheli-gw1",
        "timestamp": 1573002230757,
        "eventType": "disconnected",
        "sessionIdentifier": "a4666d2a7d844ae4ac5d7b38c9cb7967",
        "principalIdentifier": "12345678901234567890123456789012",
        "clientInitiatedDisconnect": False,
        "disconnectReason": "CONNECTION_LOST",
        "versionNumber": 3,
    }
    return json.dumps({**said, **members}).encode()


def test_an_event_is_read_as_it_is_documented():
    found = event_of("$aws/events/presence/disconnected/anheli-gw1", payload())

    assert found == Presence("anheli-gw1", False, 1573002230757, "a4666d2a7d844ae4ac5d7b38c9cb7967", 3)


@pytest.mark.parametrize(
    ("topic", "data"),
    [
        ("connected/anheli-gw1", payload()),
        ("disconnected/anheli-gw2", payload()),
        ("subscribed/anheli-gw1", payload(eventType="subscribed")),
        ("disconnected/anheli-gw1", b"{}"),
        ("disconnected/anheli-gw1", b"\xff"),
        ("disconnected/anheli-gw1", b"[" * 100_000),
    ],
)
def test_what_is_no_event_is_rejected(topic: str, data: bytes):
    with pytest.raises(Rejected):
        event_of(f"$aws/events/presence/{topic}", data)


@pytest.mark.parametrize(
    ("last", "event", "counts"),
    [
        pytest.param(None, event(True, "09:00"), True, id="the first of all"),
        pytest.param(event(True, "09:00"), event(False, "09:30"), True, id="the session ends"),
        pytest.param(event(False, "09:30"), event(True, "09:00"), False, id="its beginning comes after its end"),
        pytest.param(event(False, "09:30"), event(False, "09:30"), False, id="a duplicate"),
        pytest.param(event(True, "09:01", "s2", 2), event(False, "09:00", "s1", 1), False, id="the old session ends late"),
        pytest.param(event(True, "09:01", "s2", 2), event(False, "09:02", "s1", 1), False, id="kicked out by the new session"),
        pytest.param(event(False, "09:00", "s1", 5), event(True, "10:30", "s2", 0), True, id="the number began anew"),
        pytest.param(event(True, "10:30", "s2", 0), event(False, "09:00", "s1", 5), False, id="a high number from before it did"),
        pytest.param(event(False, "09:02", "s1", 5), event(True, "09:00", "s2", 6), True, id="clocks off by two minutes"),
        pytest.param(event(False, "09:00", "s1", 5), event(True, "09:01", "s1", 6), True, id="a session that is kept is taken up again"),
        pytest.param(event(True, "09:01", "s1", 6), event(False, "09:00", "s1", 5), False, id="its break comes late"),
        pytest.param(event(True, "09:01", "s1", 6), event(False, "09:30", "s1", 6), True, id="it breaks again"),
        pytest.param(event(False, "09:30", "s1", 6), event(True, "09:01", "s1", 6), False, id="its being taken up comes after its break"),
        pytest.param(event(False, "09:00", "s1", 5), event(True, "09:50", "s1", 6), True, id="it is taken up much later"),
        pytest.param(event(True, "09:50", "s1", 6), event(True, "09:00", "s1", 5), False, id="its beginning comes much later"),
    ],
)
def test_an_event_counts_if_it_says_more_than_the_last(last: Presence | None, event: Presence, counts: bool):
    assert newer(last, event) is counts


@pytest.mark.parametrize("session", ["s2", "s1"], ids=["a new session", "a session that is kept"])
def test_in_whatever_order_a_reconnection_is_told_the_gateway_ends_up_there(session: str):
    """``cleansession false`` keeps one session, and its name, over many connections."""
    told = [
        event(True, "08:00"),
        event(False, "09:00"),
        event(True, "09:01", session, 2),
        event(False, "09:00"),
        event(True, "09:01", session, 2),
    ]
    for order in permutations(told):
        gateway = Gateway("anheli-gw1", changed=ms("07:00"))
        for each in order:
            gateway = came_or_went(gateway, each, each.at_ms)
        assert gateway.online and gateway.last == event(True, "09:01", session, 2)


def test_its_own_word_and_its_connection_must_both_be_there():
    there = Gateway("anheli-gw1", changed=ms("08:00"))
    asleep = said_of_itself(there, False, ms("09:00"))
    cut = came_or_went(asleep, event(False, "09:10"), ms("09:10"))
    awake = said_of_itself(cut, True, ms("09:20"))

    assert [each.online for each in (there, asleep, cut, awake)] == [True, False, False, False]
    assert asleep.changed == cut.changed == ms("09:00")
    assert came_or_went(awake, event(True, "09:30", "s2", 2), ms("09:30")) == awake._replace(
        there=True, changed=ms("09:30"), begun=ms("09:30"), last=event(True, "09:30", "s2", 2)
    )


def test_a_word_from_before_the_last_one_changes_nothing_and_a_start_is_remembered():
    started = said_of_itself(Gateway("anheli-gw1", changed=ms("08:00")), True, ms("09:00"))

    assert said_of_itself(started, False, ms("08:59")) == started
    assert (started.changed, started.begun) == (ms("08:00"), ms("09:00"))


def test_a_start_counts_although_the_connection_was_told_with_a_later_time():
    """Times of events are right to within two minutes."""
    asleep = said_of_itself(Gateway("anheli-gw1", changed=ms("08:00")), False, ms("09:00"))
    connected = came_or_went(asleep._replace(there=False), event(True, "09:12", "s2", 2), ms("09:12"))

    assert said_of_itself(connected, True, ms("09:10")).online


def sensor(name: str, clock: str, back: int = 0, silent: bool = False) -> Heard:
    return Heard(name, ms(clock, back), round(LIMIT.total_seconds() * 1000), silent)


def told(name: str, clock: str) -> Heard:
    """Its own device said that it goes."""
    return Heard(name, ms(clock), 10 * MINUTE, False, told=True)


THERE = Gateway("anheli-gw1", changed=ms("08:00", 9))
GONE = THERE._replace(there=False, changed=ms("09:00"))
OUT = GONE._replace(out=ms("09:00"))
FRESH = (sensor("a", "08:50"), sensor("b", "08:40"))


def later(**more: float) -> datetime:
    return moment("09:00") + timedelta(**more)


@pytest.mark.parametrize(
    ("gateway", "sensors", "now", "found"),
    [
        pytest.param(GONE, FRESH, later(minutes=9), Found(again=later(minutes=10)), id="gone, within the wait"),
        pytest.param(GONE, FRESH, later(minutes=10), Found(out=ms("09:00"), again=later(minutes=70)), id="gone for longer"),
        pytest.param(GONE, (), later(minutes=10), Found(out=ms("09:00"), again=later(minutes=70)), id="without a sensor too"),
        pytest.param(
            GONE, (*FRESH, sensor("c", "09:06")), later(minutes=10), Found(back=True, again=later(minutes=10)), id="heard though it is gone"
        ),
        pytest.param(OUT, FRESH, later(hours=3), Found(out=ms("09:00"), again=later(hours=4)), id="still out"),
        pytest.param(OUT, (sensor("a", "11:00"),), later(hours=3), Found(back=True, again=later(hours=3)), id="heard, so it is back"),
        pytest.param(THERE, FRESH, later(hours=1), Found(again=later(hours=24, minutes=40)), id="all well"),
        pytest.param(THERE, (), later(hours=1), Found(), id="nothing behind it"),
        pytest.param(
            THERE,
            (sensor("a", "08:00", 1), sensor("b", "08:40")),
            later(),
            Found(silent=("a",), again=later(hours=24, minutes=40)),
            id="one sensor silent",
        ),
        pytest.param(
            THERE,
            (sensor("a", "08:00", 1, silent=True), sensor("b", "08:40")),
            later(),
            Found(again=later(hours=24, minutes=40)),
            id="said already",
        ),
        pytest.param(
            THERE,
            (sensor("a", "08:00", 1), sensor("b", "07:00", 1)),
            later(),
            Found(out=ms("08:00", 1), again=later(hours=1)),
            id="all silent: it is the gateway",
        ),
        pytest.param(
            THERE,
            (sensor("a", "08:00", 1),),
            later(),
            Found(silent=("a",), again=later(hours=25)),
            id="the only one silent: it is that one",
        ),
        pytest.param(
            THERE,
            (told("a", "08:55"), told("b", "08:40"), sensor("c", "08:00")),
            later(),
            Found(silent=("b",), again=later(minutes=5)),
            id="their own devices said that they go",
        ),
        pytest.param(
            THERE._replace(back=ms("08:59")),
            (sensor("a", "08:00", 3), sensor("b", "07:00", 3)),
            later(),
            Found(again=later(hours=25, minutes=-1)),
            id="an outage has just ended",
        ),
    ],
)
def test_a_look_finds(gateway: Gateway, sensors: tuple[Heard, ...], now: datetime, found: Found):
    assert look(gateway, sensors, WAIT, now) == found
