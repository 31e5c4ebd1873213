"""What in a text points at somebody beyond doubt: numbers, accounts, doors. Pure; a text that holds one cannot be published.

Texts are read as people hide things in them: full-width, with dots or spaces between the digits, in Chinese numerals.
"""

import re
import unicodedata
from collections.abc import Iterator
from enum import StrEnum
from typing import NamedTuple


class Identifier(StrEnum):
    """Which kind was found."""

    NUMBER = "number"
    PLATE = "plate"
    DOOR = "door"
    MAIL = "mail"
    ACCOUNT = "account"
    LINK = "link"


class Mark(NamedTuple):
    """Something found in a text, from one character on and before another."""

    what: str
    start: int
    end: int


_NUMERALS = str.maketrans("零〇一二三四五六七八九幺壹贰叁肆伍陆柒捌玖", "001234567891123456789")
_BETWEEN = r"[\s\-‐-―_.·•、,/()*#]{0,3}"
_DIGITS = rf"\d(?:{_BETWEEN}\d)"
_FEW = r"[0-9十百两廿a-z]{1,5}"
_DOORS = "栋|幢|座|号楼|单元|室|号房|房间|门牌"
_UNITS = "元|块|年|斤|克|毫升|升|度|米|分|秒|小时|天|份|个|人|户|次|点|%|岁|页|字|kg|ml"
_PROVINCES = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼使领"
_DATE = re.compile(r"(?<!\d)(?:19|20)\d\d(?:[-/.]\d{1,2}[-/.]\d{1,2}|年\d{1,2}月(?:\d{1,2}[日号])?)(?!\d)")
_PATTERNS = (
    (Identifier.MAIL, re.compile(r"[\w.+-]+\s*(?:@|[(\[]\s*at\s*[)\]])\s*[a-z0-9-]+(?:\s*(?:\.|[(\[]dot[)\]])\s*[a-z0-9-]+)+")),
    (Identifier.LINK, re.compile(r"https?\s*:\s*//\S+|www\.\S+|\b[a-z0-9-]+\.(?:com|cn|net|org|top|vip|xyz)\b\S*")),
    (
        Identifier.ACCOUNT,
        re.compile(r"wxid_\w+|(?:微信|薇信|威信|v信|\bvx|\bwx|wechat|加v)\s*(?:号|id)?\s*[:是为]?\s*[a-z][-_a-z0-9]{3,19}"),
    ),
    (
        Identifier.ACCOUNT,
        re.compile(rf"(?:qq|扣扣|企鹅号?|抖音|微博|支付宝|账号|帐号)\s*号?\s*[:是为]?\s*@?(?:{_DIGITS}{{4,11}}|[a-z][-_a-z0-9]{{3,19}})"),
    ),
    (Identifier.ACCOUNT, re.compile(r"(?<![a-z0-9])(?=[a-z0-9_-]*\d)(?=[a-z0-9_-]*[a-z])[a-z][a-z0-9_-]{5,19}(?![a-z0-9])")),
    (Identifier.PLATE, re.compile(rf"[{_PROVINCES}]{_BETWEEN}[a-z](?:{_BETWEEN}[a-z0-9]){{5,6}}(?![a-z0-9])")),
    (Identifier.DOOR, re.compile(rf"{_FEW}\s*(?:{_DOORS})\s*(?:{_BETWEEN}{_FEW}\s*(?:{_DOORS})|{_BETWEEN}\d{{2,4}}(?!\d))*")),
    (Identifier.DOOR, re.compile(r"(?<![\d.])\d{1,3}\s*[-‐-―#/]\s*(?:\d{1,2}\s*[-‐-―#/]\s*)?\d{3,4}(?!\d)")),
    (Identifier.DOOR, re.compile(rf"(?:住|家在|门牌号?|房号|房间号)\s*(?:在|是|:)?\s*\d{{3,4}}(?!\d|\s*(?:{_UNITS}))")),
    (Identifier.NUMBER, re.compile(rf"\+?{_DIGITS}{{5,18}}x?")),
)


def identifiers(text: str) -> list[Mark]:
    """Every identifier of a text, in order, each character in one of them at most. Places are those of the text as given."""
    read, places = _read(text)
    taken: list[Mark] = []
    for what, start, end in _matches(_without_dates(read)):
        mark = Mark(what, places[start], places[end - 1] + 1)
        if all(mark.end <= other.start or other.end <= mark.start for other in taken):
            taken.append(mark)
    return sorted(taken, key=lambda mark: mark.start)


def _matches(read: str) -> Iterator[tuple[Identifier, int, int]]:
    for what, pattern in _PATTERNS:
        for found in pattern.finditer(read):
            yield what, found.start(), found.end()


def _read(text: str) -> tuple[str, list[int]]:
    """The text as it is meant, and for each of its characters where it stands in the text as given."""
    letters: list[str] = []
    places: list[int] = []
    for place, letter in enumerate(text):
        if unicodedata.category(letter) in ("Cf", "Mn", "Me"):  # written, not seen
            continue
        for each in unicodedata.normalize("NFKC", letter).lower().translate(_NUMERALS):
            letters.append(each)
            places.append(place)
    return "".join(letters), places


def _without_dates(read: str) -> str:
    """A day of the calendar is no number that points at somebody."""
    return _DATE.sub(lambda found: "日" * len(found[0]), read)
