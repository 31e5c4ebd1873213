"""What volunteers can do and when they are free, as codes; a word of the compound's own stands beside them. Pure."""

from datetime import datetime
from enum import StrEnum

from chalicelib.shared.calendar import local

MOST_SKILLS = 8
LONGEST_SKILL = 20


class Skill(StrEnum):
    """What many can do; whatever else somebody can do is a word of her own."""

    MEDICAL = "medical"
    TEACHING = "teaching"
    REPAIRS = "repairs"
    ORGANISING = "organising"
    DRIVING = "driving"
    DIALECT = "dialect"


class Part(StrEnum):
    """Of a day: until noon, until six, after that."""

    MORNING = "am"
    AFTERNOON = "pm"
    EVENING = "ev"


def part_of(moment: datetime) -> Part:
    hour = local(moment).hour
    return Part.MORNING if hour < 12 else Part.AFTERNOON if hour < 18 else Part.EVENING


TIMES = tuple(f"{day}{part}" for day in range(1, 8) for part in Part)
"""``2am`` is Tuesday morning, 1 being Monday."""


def time_of(moment: datetime) -> str:
    """The free time that covers an instant."""
    return f"{local(moment).isoweekday()}{part_of(moment)}"
