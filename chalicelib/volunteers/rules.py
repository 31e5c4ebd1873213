"""A volunteer's personal link: bound to a person, confirmed once per device by a code from the coordinator. Pure."""

from datetime import date, datetime, timedelta
from typing import NamedTuple

from chalicelib.register.rules import Home, Register, Volunteer

CODE_VALID = timedelta(hours=24)
CODE_TRIES = 5
MOST_DEVICES = 4


class PersonalLink(NamedTuple):
    """What is stored of a volunteer's link. ``code_hash`` is empty once the code was used up or spent."""

    digest: str
    volunteer: str
    code_hash: str
    code_until: datetime
    tries: int
    devices: tuple[str, ...]
    version: int


class Stop(NamedTuple):
    """A home on a volunteer's round; ``assigned`` decides whether anything about health is shown."""

    home: Home
    assigned: bool


def round_of(register: Register, volunteer: Volunteer, day: date) -> list[Stop]:
    """The lived-in homes of her grid, those in her care today first."""
    homes = [home for home in register.homes if home.lived_in and (home.volunteer == volunteer.id or home.grid == volunteer.grid)]
    stops = [Stop(home, home.volunteer == volunteer.id) for home in homes]
    return sorted(stops, key=lambda stop: (not stop.assigned, stop.home.place))
