"""What one sensor said in one message, and what the words of all families have in common. Pure.

Members nobody here knows are passed over; a member we know in a shape we do not know is an error, so that the message is kept.
"""

import math
from datetime import UTC, datetime
from typing import Any, NamedTuple

from chalicelib.sensors.kinds import Family
from chalicelib.shared.problems import Rejected

NODE = "/"
"""Ends the name of a device on the air: what is said of it is said of all its sensors."""
COLDEST, HOTTEST = -60, 100
Number = int | float


class Reading(NamedTuple):
    """What a sensor said; None for what it did not speak of.

    ``sensor`` is its name under the gateway, "" for the gateway itself, ``node/`` for all sensors of one device on the air.
    ``open``: is the door? ``temperature`` in tenths of a degree Celsius, ``battery`` in per cent, ``link`` from 0 to 255.
    ``online``: is it there, as its own gateway sees it? ``said_ms``: the sensor's own time if it can be one, for telling a replay
    from something new; never for what time it was.
    """

    family: Family
    sensor: str
    open: bool | None = None
    smoke: bool | None = None
    sos: bool | None = None
    tamper: bool | None = None
    temperature: int | None = None
    battery: int | None = None
    battery_low: bool | None = None
    link: int | None = None
    online: bool | None = None
    said_ms: int | None = None

    @property
    def urgent(self) -> bool:
        """Does it say something that must not be passed over, whoever said it?"""
        return self.open is not None or bool(self.smoke or self.sos or self.tamper)


def online(word: str) -> bool:
    if word.lower() not in ("online", "offline"):
        raise Rejected("neither online nor offline")
    return word.lower() == "online"


def node_name(thing: str, node: str) -> str:
    """A device that connects by itself bears its own gateway's name."""
    return "" if node == thing else node + NODE


def tenths(celsius: Number | None) -> int | None:
    """None for what no thermometer can mean."""
    return round(celsius * 10) if celsius is not None and COLDEST <= celsius <= HOTTEST else None


def within(value: Number | None, most: int) -> int | None:
    return round(value) if value is not None and math.isfinite(value) and 0 <= value <= most else None


def ms_of(told: Any) -> int | None:
    """RFC 3339 or milliseconds since 1970 → milliseconds. A time without a zone could be any hour: it tells nothing."""
    try:
        moment = datetime.fromisoformat(told) if isinstance(told, str) else datetime.fromtimestamp(told / 1000, UTC)
    except (TypeError, ValueError, OverflowError, OSError):
        return None
    return int(moment.timestamp() * 1000) if moment.tzinfo else None
