"""Outgoing messages: their states, how they are merged and split, and when they are tried again. Pure."""

import random
from collections.abc import Sequence
from datetime import datetime, timedelta
from enum import StrEnum
from typing import NamedTuple

PART_BYTES = 2048
"""WeCom group robot: a text holds at most 2,048 bytes of UTF-8 (developer.work.weixin.qq.com, document 91770)."""

PER_MINUTE = 20
"""WeCom group robot: 20 messages a minute (same document)."""

TEXT_LIMIT = 4000
"""Longest text of one message, in characters: at most eight parts, so that a minute always suffices for one."""

LEASE = timedelta(seconds=60)
TRIES = 12


class MessageState(StrEnum):
    """``queued`` → ``sending`` (leased) → ``handed_over``; or ``failed`` after the last try; or ``suppressed`` with a reason."""

    QUEUED = "queued"
    SENDING = "sending"
    HANDED_OVER = "handed_over"
    FAILED = "failed"
    SUPPRESSED = "suppressed"


WAITING = {MessageState.QUEUED, MessageState.SENDING}


class Message(NamedTuple):
    """One message to one robot. ``id`` is the event's identity; ``to`` is an address such as ``wecombot://KEY``."""

    compound: str
    id: str
    to: str
    text: str
    state: MessageState
    created: datetime
    due: datetime
    tries: int = 0
    why: str = ""
    version: int = 0


class Pack(NamedTuple):
    """Messages that leave together: merged into one text, or one long message in several."""

    messages: tuple[Message, ...]
    texts: tuple[str, ...]


def packs(messages: Sequence[Message], limit: int = PART_BYTES) -> list[Pack]:
    """Messages in order, merged into as few texts of at most ``limit`` bytes of UTF-8 as can be done without reordering."""
    found: list[Pack] = []
    for message in messages:
        joined = f"{found[-1].texts[-1]}\n\n{message.text}" if found else message.text
        if found and len(found[-1].texts) == 1 and len(joined.encode()) <= limit:
            found[-1] = Pack((*found[-1].messages, message), (joined,))
        else:
            found.append(Pack((message,), tuple(pieces(message.text, limit))))
    return found


def pieces(text: str, limit: int = PART_BYTES) -> list[str]:
    """A text in pieces of at most ``limit`` bytes of UTF-8, no character torn."""
    found, current, size = [], "", 0
    for letter in text:
        width = len(letter.encode("utf-8"))
        if size + width > limit:
            found.append(current)
            current, size = "", 0
        current, size = current + letter, size + width
    return [*found, current]


def next_try(now: datetime, tries: int) -> datetime:
    """Full jitter between 5 s and an hour's ceiling."""
    ceiling = min(3600.0, 10.0 * 2**tries)
    return now + timedelta(seconds=random.uniform(5.0, ceiling))  # noqa: S311 jitter, not a secret


def next_minute(now: datetime) -> datetime:
    return now.replace(second=0, microsecond=0) + timedelta(minutes=1)
