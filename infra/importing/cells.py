"""One cell → one value. Each reader takes text that is neither blank nor a formula, and raises Bad in a sentence."""

import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import TypeVar

from chalicelib.shared.ids import is_compound_id, is_home_id
from chalicelib.shared.text import is_phone
from infra.importing.faults import Bad, shown
from infra.importing.text import plain
from infra.importing.words import Words, own

T = TypeVar("T")

_IDENT = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,31}")
_USERNAME = re.compile(r"[a-z][a-z0-9]{2,19}\.[a-z0-9][a-z0-9_-]{0,31}")
_THING = re.compile(r"[a-z][a-z0-9]{2,19}-[a-z0-9][a-z0-9-]{0,31}")
_SENSOR = re.compile(r"(?=.{1,64}$)[A-Za-z0-9][A-Za-z0-9._-]*(/[A-Za-z0-9._-]+)*")
_BUILDING = re.compile(r"([A-Za-z0-9]{1,8})(?:栋|幢|座|号楼|#)?")
_DOOR_WORDS = re.compile(r"\s*(?:号楼|栋|幢|座|单元|#)\s*(?=[A-Za-z0-9])")
_FLOOR = re.compile(r"(-?\d{1,3})\s*(?:层|楼|[Ff])?")
_SCIENTIFIC = re.compile(r"\d(?:\.\d+)?[eE]\+?\d+")
_DATE = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?(?: 00:00(?::00)?)?")
_TODAY = re.compile(r"(?:today|今天|今日)\s*(?:([+-])\s*(\d{1,3}))?", re.IGNORECASE)
_CLOCK = re.compile(r"(\d{1,2}):(\d{2})(?::00)?")
_MANY = re.compile(r"[;,、/|\s]+")


def ident(text: str) -> str:
    """An id of the list's own: letters, digits, ``-`` and ``_``."""
    found = plain(text)
    if not _IDENT.fullmatch(found):
        raise Bad("编号只能用字母、数字、- 和 _，最多 32 个。", "An id has letters, digits, - and _ only, 32 at most.")
    return found


def compound_id(text: str) -> str:
    found = plain(text)
    if not is_compound_id(found):
        zh = "小区编号要用 3 到 20 个小写字母和数字，以字母开头；nuanlin 留给系统自己。"
        raise Bad(zh, "The compound's id has 3 to 20 lower-case letters and digits, a letter first; nuanlin is ours.")
    return found


def building(text: str) -> str:
    """``3``, ``3栋`` and ``3号楼`` are building 3."""
    found = _BUILDING.fullmatch(plain(text))
    if found is None:
        raise Bad("楼栋要用最多 8 个字母或数字，例如 3。", "A building is at most 8 letters or digits, such as 3.")
    return found[1]


def home_id(text: str) -> str:
    """``3-502``; ``3栋502室`` is understood. Excel makes dates of some door numbers: that is said."""
    found = _DOOR_WORDS.sub("-", plain(text).removesuffix("室"))
    if _DATE.fullmatch(found):
        zh = "Excel 把房号变成了日期。请把这一列设为文本，再填一次。"
        raise Bad(zh, "Excel has made a date of the home. Please format the column as text and write it again.")
    if not is_home_id(found):
        zh = f"{shown(found) or '这'}不是房号。请写成“楼栋-门牌”，例如 3-502。"
        raise Bad(zh, f"{shown(found) or 'This'} is no home. Please write building-door, such as 3-502.")
    return found


def floor(text: str) -> int:
    found = _FLOOR.fullmatch(plain(text))
    number = int(found[1]) if found else 0
    if not -9 <= number <= 150 or number == 0:
        raise Bad("楼层要用整数，例如 12；地下一层写 -1。", "A floor is a whole number such as 12; the first basement is -1.")
    return number


def phone(text: str) -> str:
    """Digits as people group them, with an optional ``+86`` and extension."""
    found = re.sub(r"\s+", " ", plain(text).replace("(", "").replace(")", "-"))
    if _SCIENTIFIC.fullmatch(found):
        zh = "Excel 把号码缩写了。请把这一列设为文本，再填一次。"
        raise Bad(zh, "Excel has shortened the number. Please format the column as text and write it again.")
    if not is_phone(found):
        raise Bad("电话号码只能有数字、空格和 -，至少 3 位。", "A phone number has digits, spaces and - only, and 3 digits at least.")
    return found


def day(text: str, today: date) -> date:
    """``2026-11-22`` (also with ``/``, ``.`` or 年月日), or ``today``, ``today-2``, ``today+11`` (also 今天)."""
    said = plain(text)
    relative = _TODAY.fullmatch(said)
    if relative:
        days = timedelta(days=int(relative[2] or 0))
        return today - days if relative[1] == "-" else today + days
    found = _DATE.fullmatch(said)
    try:
        if found:
            return date(*map(int, found.groups()))
    except ValueError:
        pass
    raise Bad(f"{shown(said) or '这'}不是日期。请写成 2026-11-22。", f"{shown(said) or 'This'} is not a date. Please write 2026-11-22.")


def past_day(text: str, today: date) -> date:
    found = day(text, today)
    if found > today:
        raise Bad("入住日期还没到。", "The day of moving in has not come yet.")
    return found


def birth_year(text: str, today: date) -> int:
    """A year; of a whole date only the year is kept, because nothing more is needed."""
    said, first = plain(text).removesuffix("年"), today.year - 130
    try:
        found = int(said) if re.fullmatch(r"\d{4}", said) else day(said, today).year
    except Bad as bad:
        raise Bad("出生年要写成 1950。", "A year of birth is written 1950.") from bad
    if not first <= found <= today.year:
        raise Bad(f"出生年要在 {first} 到 {today.year} 之间。", f"A year of birth lies between {first} and {today.year}.")
    return found


def username(text: str) -> str:
    """``anheli.chen``: the compound, a dot, a name. The compound is compared later, when it is known."""
    found = plain(text).lower()
    if not _USERNAME.fullmatch(found):
        zh = f"{shown(found) or '这'}不是用户名。请写成“小区编号.名字”，例如 anheli.chen。"
        raise Bad(zh, f"{shown(found) or 'This'} is no username. Please write compound.name, such as anheli.chen.")
    return found


def thing(text: str) -> str:
    """``anheli-gw1``: the compound, a hyphen, a name."""
    found = plain(text).lower()
    if not _THING.fullmatch(found):
        zh = f"{shown(found) or '这'}不是网关名。请写成“小区编号-名字”，例如 anheli-gw1。"
        raise Bad(zh, f"{shown(found) or 'This'} is no gateway. Please write compound-name, such as anheli-gw1.")
    return found


def sensor(text: str) -> str:
    """The name the gateway publishes under: case counts."""
    found = plain(text)
    if not _SENSOR.fullmatch(found):
        zh = "传感器名只能用字母、数字、-、_、点和中间的 /，最多 64 个。"
        raise Bad(zh, "A sensor's name has letters, digits, -, _, dots and / between them only, 64 at most.")
    return found


def as_is(text: str) -> str:
    """Taken as it stands: what it means is decided by the row."""
    return text


def clock(text: str) -> str:
    """``7:00`` → ``07:00``; ``24:00`` is the end of the day."""
    found = _CLOCK.fullmatch(plain(text))
    if found is None or int(found[2]) > 59 or int(found[1]) * 60 + int(found[2]) > 24 * 60:
        raise Bad("时间要写成 10:00。", "A time is written 10:00.")
    return f"{int(found[1]):02}:{found[2]}"


def person_name(text: str) -> str:
    """A question mark in a name is what Excel leaves of a rare character when it saves a CSV in GBK."""
    if "?" in text or "？" in text:
        zh = "姓名里有“?”，多半是生僻字在保存时丢了。请另存为 UTF-8 的 CSV 或 .xlsx。"
        raise Bad(zh, "There is a ? in the name: a rare character was probably lost. Please save as CSV in UTF-8, or as .xlsx.")
    return words(40)(text)


def words(most: int) -> Callable[[str], str]:
    """A reader of free text up to ``most`` characters."""

    def read(text: str) -> str:
        if len(text) > most:
            raise Bad(f"太长了，最多 {most} 个字。", f"Too long: {most} characters at most.")
        return text

    return read


def one_of(vocabulary: Words) -> Callable[[str], str]:
    """A reader of one word of a vocabulary, in either language."""

    def read(text: str) -> str:
        found = own(vocabulary, plain(text))
        if found is None:
            wanted = "、".join(f"{word} {others[0]}" if others else word for word, others in vocabulary.items())
            raise Bad(f"没有这个说法，可以填：{wanted}。", f"Unknown word; it can be: {', '.join(vocabulary)}.")
        return found

    return read


def many(read: Callable[[str], T]) -> Callable[[str], tuple[T, ...]]:
    """A reader of several values in one cell, separated by ``;``. A value said twice counts once."""

    def read_all(text: str) -> tuple[T, ...]:
        return tuple(dict.fromkeys(read(part) for part in _MANY.split(plain(text)) if part))

    return read_all
