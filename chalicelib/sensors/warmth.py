"""Indoor temperatures: a day of five-minute values, its hours, and whether a room is colder than the standard. Pure.

Everything follows from the values a day holds and not from the order they came in, so a repeated, late or out-of-order reading of the
same day does no harm. Temperatures are tenths of a degree Celsius; time is when AWS received the reading.
"""

import struct
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import NamedTuple

from chalicelib.shared.calendar import at, day_of

SLOT = timedelta(minutes=5)
SLOTS = 288
NOTHING = -32768
FORGOTTEN = timedelta(hours=25)
COLDEST, HOTTEST = -300, 600
"""What a room can have. A reading beyond is a broken sensor's word and counts as none."""


class Standard(NamedTuple):
    """Colder than ``least`` for ``minutes`` is cold; ``band`` above it for as long is warm again."""

    least: int = 180
    minutes: int = 30
    band: int = 5


class Side(NamedTuple):
    """On which side of the standard a room is, since when, and since when it has been seen beyond the other line (None: it has not)."""

    cold: bool = False
    since: datetime | None = None
    crossing: datetime | None = None


class Room(NamedTuple):
    """What one thermometer said on one local day, packed, and how the day began. ``group``: the incident it is in, "" for none."""

    day: date
    values: bytes = b""
    began: Side = Side()
    group: str = ""


class Hour(NamedTuple):
    """The lowest, the mean and the highest of an hour's five-minute values, and how many there were."""

    low: int
    mean: int
    high: int
    known: int


def believable(tenths: int) -> bool:
    return COLDEST <= tenths <= HOTTEST


def noted(room: Room, moment: datetime, tenths: int) -> Room:
    """The day with one more reading; of those within five minutes the lowest counts. A reading of another day changes nothing."""
    if day_of(moment) != room.day:
        return room
    slot = (moment - at(room.day, "00:00")) // SLOT
    known = unpacked(room.values)
    known += [NOTHING] * (slot + 1 - len(known))
    known[slot] = tenths if known[slot] == NOTHING else min(known[slot], tenths)
    return room._replace(values=packed(known))


def joined(one: bytes, other: bytes) -> bytes:
    """Two records of the same day as one: for a day that was put away before its last reading came."""
    first, second = unpacked(one), unpacked(other)
    longest = max(len(first), len(second))
    pairs = zip(first + [NOTHING] * (longest - len(first)), second + [NOTHING] * (longest - len(second)), strict=True)
    return packed([max(pair) if NOTHING in pair else min(pair) for pair in pairs])


def readings(room: Room) -> Iterator[tuple[datetime, int]]:
    """Every value with the start of its five minutes, in order."""
    start = at(room.day, "00:00")
    return ((start + number * SLOT, value) for number, value in enumerate(unpacked(room.values)) if value != NOTHING)


def side(standard: Standard, room: Room) -> Side:
    """How the room stands after the last reading of the day.

    It turns only where readings on the far side lie a whole ``minutes`` apart with none between that says otherwise: one reading
    proves nothing, and values that waver within the band turn nothing.
    """
    now = room.began
    for moment, value in readings(room):
        beyond = value >= standard.least + standard.band if now.cold else value < standard.least
        if not beyond:
            now = now._replace(crossing=None)
        elif now.crossing is None:
            now = now._replace(crossing=moment)
        elif moment - now.crossing >= timedelta(minutes=standard.minutes) + SLOT:
            now = Side(not now.cold, now.crossing)
    return now


def next_day(standard: Standard, room: Room, day: date) -> Room:
    """An empty day that begins as this one ended."""
    return Room(day, b"", side(standard, room), room.group)


def latest(room: Room) -> tuple[datetime, int] | None:
    """The newest value, if there is any."""
    return max(readings(room), default=None)


def hours(values: bytes) -> list[Hour | None]:
    """Twenty-four hours; None where nothing was read."""
    known = unpacked(values) + [NOTHING] * SLOTS
    return [_hour([value for value in known[hour * 12 : hour * 12 + 12] if value != NOTHING]) for hour in range(24)]


def _hour(values: list[int]) -> Hour | None:
    return Hour(min(values), round(sum(values) / len(values)), max(values), len(values)) if values else None


def packed(values: list[int]) -> bytes:
    """Two bytes a value, nothing kept behind the last one."""
    return struct.pack(f">{len(values)}h", *values)


def unpacked(values: bytes) -> list[int]:
    return list(struct.unpack(f">{len(values) // 2}h", values))


class RoomState(StrEnum):
    """``cool`` is below the standard, though not for long enough to be cold; ``silent`` where nothing has been read for a day."""

    COLD = "cold"
    COOL = "cool"
    SILENT = "silent"
    WARM = "warm"


def stands(standard: Standard, room: Room | None, now: datetime) -> RoomState:
    """How a room is, as far as anybody knows."""
    newest = latest(room) if room else None
    if room is None or newest is None or now - newest[0] > FORGOTTEN:
        return RoomState.SILENT
    if side(standard, room).cold:
        return RoomState.COLD
    return RoomState.COOL if newest[1] < standard.least else RoomState.WARM
