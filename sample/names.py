"""People who cannot exist: family names from a landscape, given names from a herbal, phone numbers no exchange can have.

Subscriber numbers in China never begin with 0, so ``0571-0000 …`` rings nowhere.
"""

import hashlib
import uuid
from collections.abc import Sequence
from typing import TypeVar

T = TypeVar("T")

FAMILY = tuple("云山溪松竹柳梅石泉桑禾岭湖桐枫荷杉樟岩汀")
GIVEN = (
    *("当归", "茯苓", "半夏", "白芷", "杜若", "辛夷", "决明", "连翘", "忍冬", "紫苏"),
    *("青黛", "佩兰", "泽泻", "苍术", "天冬", "麦冬", "玉竹", "黄芪", "党参", "石斛"),
    *("桔梗", "远志", "银杏", "白薇", "茉莉", "海棠", "木香", "丹参", "景天", "款冬"),
    *("枸杞", "百合", "山药", "莲子", "薏米", "陈皮", "甘草", "薄荷", "艾叶", "菖蒲"),
)


def pick(options: Sequence[T], *about: object) -> T:
    """One of the options, always the same for the same ``about``, on every machine and Python."""
    digest = hashlib.sha256("/".join(map(str, about)).encode()).digest()
    return options[int.from_bytes(digest[:8], "big") % len(options)]


def key(*about: object) -> str:
    """As long, and as little to be guessed or compressed, as a group robot's own key."""
    return str(uuid.UUID(hashlib.sha256("/".join(map(str, ("robot", *about))).encode()).hexdigest()[:32]))


def name(*about: object) -> str:
    return pick(FAMILY, "family", *about) + pick(GIVEN, "given", *about)


def child(parent: str, *about: object) -> str:
    """Of the parent's family, with a given name of its own."""
    return parent[0] + pick([given for given in GIVEN if given != parent[1:]], "given", *about)


def phone(number: int) -> str:
    return f"0571-0000 {number:04}"
