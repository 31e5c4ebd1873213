"""What a channel can take: the size of one text, and how many texts one address gets in a stretch of time. Pure."""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

import msgspec


class Rate(NamedTuple):
    """At most ``most`` texts in any ``seconds`` seconds, wherever those begin."""

    most: int
    seconds: int


HOURLY = Rate(1, 3600)
"""Of common notices: nobody reads a group that never falls silent."""


def utf8_bytes(text: str) -> int:
    return len(text.encode())


def json_bytes(text: str) -> int:
    """What a text takes inside a JSON string, escapes included."""
    return len(msgspec.json.encode(text)) - 2


def ucs2_units(text: str) -> int:
    """As text messages count: a character beyond the basic plane takes two."""
    return len(text.encode("utf-16-le")) // 2


class Limits(NamedTuple):
    """``measure`` says what a text takes of ``size``, and is the sum over its characters. ``most`` texts a message, 0 for any number."""

    size: int
    measure: Callable[[str], int] = utf8_bytes
    most: int = 0
    rates: tuple[Rate, ...] = ()


def sparing(rates: Sequence[Rate]) -> tuple[Rate, ...]:
    """What reminders may use of an address: three fifths, so that an alarm always finds room."""
    return tuple(rate._replace(most=max(1, rate.most * 3 // 5)) for rate in rates)


class Used(NamedTuple):
    """Texts that an address was granted at a moment."""

    at: datetime
    texts: int


class Grant(NamedTuple):
    """How many packs may leave now, and when to ask for the next one."""

    packs: int
    again: datetime


def grant(rates: Sequence[Rate], used: Sequence[Used], now: datetime, sizes: Sequence[int]) -> Grant:
    """The longest run of packs, of so many texts each, that keeps every rate: a long message leaves whole or not at all."""
    granted, again, need = 0, now, 0
    for size in sizes:
        need += size
        again = max((_free_at(rate, used, now, need) for rate in rates), default=now)
        if again > now:
            break
        granted += 1
    return Grant(granted, again)


def recent(rates: Sequence[Rate], used: Sequence[Used], now: datetime) -> list[Used]:
    """What still counts. A clock that was set back leaves moments far ahead; they count no more than the past does."""
    longest = max(rate.seconds for rate in rates)
    return [each for each in used if abs(now - each.at) < timedelta(seconds=longest)]


def _free_at(rate: Rate, used: Sequence[Used], now: datetime, need: int) -> datetime:
    """The first moment from which on ``need`` texts may go at once."""
    span, moment = timedelta(seconds=rate.seconds), now
    counting = sorted(each for each in used if abs(now - each.at) < span)
    left = rate.most - sum(each.texts for each in counting)
    for each in counting:
        if left >= need:
            break
        left, moment = left + each.texts, each.at + span
    return moment if left >= need else max(moment, now + span)
