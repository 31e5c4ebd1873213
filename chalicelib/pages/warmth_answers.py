"""What is answered about temperatures. Degrees are Celsius, to a tenth."""

from datetime import date

import msgspec

from chalicelib.register.answers import Named


class WarmthCell(msgspec.Struct):
    """One home of the building: ``state`` is ``none`` without a thermometer, else the coldest room's; ``since`` when it turned, ``at``
    when it was read."""

    home: str
    label: str
    floor: int
    column: str
    state: str
    temperature: float | None = None
    at: str = ""
    since: str = ""


class HomeName(msgspec.Struct):
    home: str
    label: str


class ColdPlace(msgspec.Struct):
    """Cold homes of one riser, or with ``line`` at one heating line's end. Homes beyond the caller's scope are left out."""

    id: str
    group: str
    line: bool
    since: str
    homes: list[HomeName]


class WarmthAnswer(msgspec.Struct):
    """A building, as far as the caller may see it: ``floors`` from the top, ``columns`` from riser to riser."""

    now: str
    building: str
    buildings: list[Named]
    least: float
    minutes: int
    floors: list[int]
    columns: list[str]
    homes: list[WarmthCell]
    incidents: list[ColdPlace]


class HourLine(msgspec.Struct):
    """``at`` is the hour's beginning."""

    at: str
    low: float
    mean: float
    high: float


class ReadLine(msgspec.Struct):
    at: str
    temperature: float


class RoomLine(msgspec.Struct):
    """One thermometer; ``hours`` without a reading are left out, ``readings`` are kept for a week."""

    sensor: str
    state: str
    temperature: float | None
    at: str
    since: str
    hours: list[HourLine]
    readings: list[ReadLine]


class HomeWarmthAnswer(msgspec.Struct):
    home: str
    label: str
    now: str
    day: date | None
    least: float
    rooms: list[RoomLine]


class HomeWarmth(msgspec.Struct):
    """For the home's own page: its coldest room now, and whether somebody is looking into it."""

    state: str
    temperature: float
    at: str
    least: float
    looked_at: bool
