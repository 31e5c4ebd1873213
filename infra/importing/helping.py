"""What volunteers can do and when they are free, as the lists say it."""

import re

from chalicelib.register.helping import LONGEST_SKILL, MOST_SKILLS, Part
from infra.importing import cells
from infra.importing.faults import Bad
from infra.importing.text import plain
from infra.importing.words import SKILLS, own

_DAYS = "一二三四五六日"
_PARTS = {"上午": Part.MORNING, "早上": Part.MORNING, "下午": Part.AFTERNOON, "晚上": Part.EVENING, **{part.value: part for part in Part}}
_TIME = re.compile(rf"(?:周|星期|礼拜)?([{_DAYS}天1-7])({'|'.join(_PARTS)})")


def skills(text: str) -> tuple[str, ...]:
    """``医护;方言;理发``: our words for the usual ones, anything else as it is called."""
    found = cells.many(_skill)(text)
    if len(found) > MOST_SKILLS:
        raise Bad(f"最多写 {MOST_SKILLS} 样，用分号隔开。", f"{MOST_SKILLS} at most, separated by semicolons.")
    return found


def times(text: str) -> tuple[str, ...]:
    """``周二上午;周六晚上``."""
    return tuple(sorted(cells.many(_time)(text)))


def _skill(text: str) -> str:
    return own(SKILLS, text) or cells.words(LONGEST_SKILL)(text)


def _time(text: str) -> str:
    found = _TIME.fullmatch(plain(text))
    if found is None:
        raise Bad("要写成“周二上午”，上午、下午或晚上。", "Write 周二上午 or 2am: a day from 1 (Monday) to 7, then am, pm or ev.")
    day = found[1] if found[1].isdigit() else _DAYS.index(found[1].replace("天", "日")) + 1
    return f"{day}{_PARTS[found[2]].value}"
