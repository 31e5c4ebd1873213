"""Whether a gateway is there: AWS IoT's lifecycle events, what its software says of itself, and when it has been gone for too long. Pure.

Events come twice, out of order, and with a version number that starts again at 0 after an hour offline (AWS IoT developer guide,
"Connect/Disconnect events"); they say when something happened to within two minutes. A connection and its end bear one number, and
connections one session for as long as the client keeps it.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

import msgspec

from chalicelib.shared.calendar import moment_of, ms_of
from chalicelib.shared.problems import Rejected

EVENTS = "$aws/events/presence/"
SURE = int(timedelta(minutes=5).total_seconds() * 1000)
"""Two events further apart than this are in the order of their times, whatever their numbers say."""
REPLAY = int(timedelta(minutes=3).total_seconds() * 1000)
"""For so long after it has started a gateway sends again what it remembers: that is no sign of a sensor's life."""
AGAIN = timedelta(hours=1)
"""How often a gateway that is out is looked at, for the case that its coming back was never told."""


class Presence(NamedTuple):
    """One lifecycle event. ``session`` and ``number`` together are shared by a connection and its end, and by no other."""

    thing: str
    there: bool
    at_ms: int
    session: str
    number: int


class Gateway(NamedTuple):
    """A gateway as it stands. ``there``: connected, as AWS IoT says; ``awake``: running, as its own software says.

    ``changed`` is when it last came or went, ``begun`` when it last connected or its software started, ``said`` when its software
    last spoke of itself, ``back`` when it last came back from an outage that was told, all in milliseconds on the stage's clock; ``out`` is since when it has been out, as people were told,
    0 if they were not. ``due`` is when it is looked at next.
    """

    thing: str
    there: bool = True
    awake: bool = True
    changed: int = 0
    begun: int = 0
    said: int = 0
    back: int = 0
    out: int = 0
    last: Presence | None = None
    version: int = 0
    due: datetime | None = None

    @property
    def online(self) -> bool:
        return self.there and self.awake


class Heard(NamedTuple):
    """What a look needs of one sensor: its name, when it was last heard, how long it may be silent (both in milliseconds), whether it
    is held silent already. ``told``: its own device said that it goes, ``at`` is when. Before ``bound`` it owed no word."""

    name: str
    at: int
    limit: int
    silent: bool
    told: bool = False
    bound: int = 0

    @property
    def since(self) -> int:
        return max(self.at, self.bound)


class Found(NamedTuple):
    """What a look at a gateway finds: since when it is out (0: it is not), whether it has come back, which sensors have newly fallen
    silent, and when to look again."""

    out: int = 0
    back: bool = False
    silent: tuple[str, ...] = ()
    again: datetime | None = None


class _Event(msgspec.Struct):
    clientId: str  # noqa: N815 as AWS writes it
    timestamp: int
    eventType: str  # noqa: N815
    sessionIdentifier: str = ""  # noqa: N815
    versionNumber: int = 0  # noqa: N815


def event_of(topic: str, data: bytes) -> Presence:
    """The event in a message on ``$aws/events/presence/(connected|disconnected)/<clientId>``. Rejected if it is none."""
    try:
        event = msgspec.json.decode(data, type=_Event)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise Rejected(f"unreadable presence: {type(error).__name__}") from None
    if topic != f"{EVENTS}{event.eventType}/{event.clientId}" or event.eventType not in ("connected", "disconnected"):
        raise Rejected("a presence that its topic does not bear out")
    return Presence(event.clientId, event.eventType == "connected", event.timestamp, event.sessionIdentifier, event.versionNumber)


def newer(last: Presence | None, event: Presence) -> bool:
    """Does the event say more than what is known? A connection that has ended does not begin again."""
    if last is None:
        return True
    if (event.session, event.number) == (last.session, last.number):
        return last.there and not event.there
    if abs(event.at_ms - last.at_ms) > SURE:
        return event.at_ms > last.at_ms
    return (event.number, event.at_ms) > (last.number, last.at_ms)


def came_or_went(gateway: Gateway, event: Presence, at: int) -> Gateway:
    """The gateway after an event that is news; the same gateway if it is none. ``at`` is the event's time on the stage's clock."""
    if not newer(gateway.last, event):
        return gateway
    moved = gateway._replace(there=event.there, last=event, begun=at if event.there else gateway.begun)
    return moved._replace(changed=at) if moved.online is not gateway.online else moved


def said_of_itself(gateway: Gateway, awake: bool, at: int) -> Gateway:
    """The gateway after a word of its own software, or its last will. A word from before the last one changes nothing."""
    if at <= gateway.said or not (awake or gateway.awake):
        return gateway
    moved = gateway._replace(awake=awake, said=at, begun=at if awake else gateway.begun)
    return moved._replace(changed=at) if moved.online is not gateway.online else moved


def look(gateway: Gateway, sensors: Sequence[Heard], wait: timedelta, now: datetime) -> Found:
    """What holds at ``now``. One gateway's silence is one thing, whatever the number of its sensors.

    - Gone for longer than ``wait``, it is out; back before that, nobody need hear of it.
    - With no word of its going, it is out when all of its sensors, two or more, have fallen silent without a word.
    - It is back when something was heard from behind it, although nobody said that it had come.
    - There, each sensor has its own limit, which begins anew where an outage has just ended.
    """
    if gateway.out or not gateway.online:
        return _while_gone(gateway, max((sensor.at for sensor in sensors if not sensor.told), default=0), wait, now)
    return _while_there(gateway, sensors, ms_of(now))


def _while_gone(gateway: Gateway, last: int, wait: timedelta, now: datetime) -> Found:
    gone = gateway.out or gateway.changed
    if last > gone + SURE:
        return Found(back=True, again=now)
    over = bool(gateway.out) or now >= moment_of(gone) + wait
    return Found(out=gone, again=now + AGAIN) if over else Found(again=moment_of(gone) + wait)


def _while_there(gateway: Gateway, sensors: Sequence[Heard], now: int) -> Found:
    ends = {sensor.name: max(sensor.since, gateway.back) + sensor.limit for sensor in sensors}
    over = {name for name, end in ends.items() if end <= now}
    timed = [sensor for sensor in sensors if not sensor.told]
    if len(timed) > 1 and over.issuperset(sensor.name for sensor in timed):
        return Found(out=max(gateway.back, *(sensor.since for sensor in timed)), again=moment_of(now) + AGAIN)
    fresh = tuple(sensor.name for sensor in sensors if sensor.name in over and not sensor.silent)
    again = min((now + sensor.limit if sensor.name in over else ends[sensor.name] for sensor in sensors), default=0)
    return Found(silent=fresh, again=moment_of(again) if again else None)
