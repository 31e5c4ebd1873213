"""Outgoing messages: their states, and what a refusal means. Pure."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import NamedTuple

from chalicelib.shared.calendar import day_of

TEXT_LIMIT = 4000
"""Longest text of one message, in characters: few enough parts on every channel that a minute suffices for one."""

LEASE = timedelta(seconds=60)
TRIES_PER_CHANNEL = 3
"""Refusals after which a message goes on to its next address."""
TRIES_ON_LAST = 12
"""Where no other address is left it is tried longer, up to some hours, before it has failed."""

NO_CHANNEL, QUIET, TOGETHER = "no channel", "quiet hours", "notices leave together"
NOTICE, URGENT = "notice:", ":urgent"
ONE_MINUTE = timedelta(minutes=1)
REPEAT_ZH, REPEAT_EN = "（可能重复）", "(may be a repeat) "

Send = Callable[[str, str], None]
"""Hand one text to one address, or raise Refused."""


class Refused(Exception):
    """A channel did not take a text; its words say why, without key or number.

    ``wait``: for so many minutes the whole robot has to be left alone. ``lost``: no answer came that says yes or no, so the text may
    have been taken. ``down``: whatever else is meant for this address now would be refused as well.
    """

    def __init__(self, why: str, wait: int = 0, lost: bool = False, down: bool = False) -> None:
        super().__init__(why)
        self.why, self.wait, self.lost, self.down = why, wait, lost, down or wait > 0


class MessageState(StrEnum):
    """``queued`` → ``sending`` (leased) → ``handed_over`` → ``delivered``; or ``failed`` at the last address; or ``suppressed``."""

    QUEUED = "queued"
    SENDING = "sending"
    HANDED_OVER = "handed_over"
    DELIVERED = "delivered"
    FAILED = "failed"
    SUPPRESSED = "suppressed"


WAITING = {MessageState.QUEUED, MessageState.SENDING}


class Telling(NamedTuple):
    """What is to be told to whom. ``event`` is unique to the fact, ``at`` is the fact's own time, ``person`` an id and never a name;
    ``addresses`` are tried one after the other. Until ``muted_until`` it waits, for the reason ``waits``. So many as ``of`` people are
    told of the event."""

    event: str
    at: datetime
    person: str
    addresses: tuple[str, ...]
    text: str
    muted_until: datetime | None = None
    of: int = 1
    waits: str = QUIET


class Message(NamedTuple):
    """One entry of the delivery ledger: one event told to one person.

    ``due`` is the next look while it waits; afterwards, when it was settled. ``channel`` numbers the address in use, ``refusals``
    counts those of that address and ``tries`` all sendings. ``repeat``: an earlier sending may have arrived.
    """

    compound: str
    event: str
    at: datetime
    person: str
    addresses: tuple[str, ...]
    text: str
    state: MessageState
    created: datetime
    due: datetime
    channel: int = 0
    tries: int = 0
    refusals: int = 0
    why: str = ""
    repeat: bool = False
    version: int = 0
    of: int = 1

    @property
    def id(self) -> str:
        return identity(self.event, self.person)

    @property
    def reminds(self) -> bool:
        """Is it one of a task's tellings, and not an alarm itself? Alarms come first where an address takes only so many texts."""
        return ":told:" in self.event

    @property
    def noticed(self) -> bool:
        """Is it a notice to residents? Nobody's work hangs on whether it arrives."""
        return self.event.startswith(NOTICE)

    @property
    def sparse(self) -> bool:
        """Is it a common notice, of which an address gets one text an hour?"""
        return self.noticed and not self.event.endswith(URGENT)

    @property
    def looked(self) -> datetime:
        """Its moment in the ``due`` index. A lease does not move it there, which would be a write more: a leased one is passed by."""
        return self.due - LEASE if self.state is MessageState.SENDING else self.due

    @property
    def held(self) -> bool:
        """Was it held back for the end of the quiet hours, and not tried since?"""
        return self.why == QUIET

    @property
    def day(self) -> date:
        return day_of(self.at)

    @property
    def to(self) -> str:
        """The address in use; empty where there is none."""
        return self.addresses[self.channel] if self.addresses else ""

    @property
    def said(self) -> str:
        """The text as it is sent: tagged where it may be a repeat."""
        if not self.repeat:
            return self.text
        return (REPEAT_ZH if any("\u4e00" <= letter <= "\u9fff" for letter in self.text) else REPEAT_EN) + self.text

    @property
    def unreached(self) -> bool:
        """Is it certain that nothing will reach this person?"""
        return self.state is MessageState.FAILED or (self.state is MessageState.SUPPRESSED and self.why == NO_CHANNEL)


def identity(event: str, person: str) -> str:
    """A message's id: the same event is told to one person once."""
    return f"{event}@{person}"


def refused(message: Message, now: datetime, refusal: Refused, tried: bool, jitter: float) -> Message:
    """What a refusal makes of a leased message: queued for another try, failed, or still leased and at its next address.

    ``tried`` is false for what was not sent because the robot had just refused something else. What was refused together should be
    given the same ``jitter``: then it is tried together again, and merged.
    """
    told = message._replace(
        tries=message.tries + tried,
        refusals=message.refusals + 1,
        repeat=message.repeat or (tried and refusal.lost),
        why=refusal.why,
    )
    if has_next(told) and (refusal.wait or told.refusals >= TRIES_PER_CHANNEL):
        return at_next(told)
    if not has_next(told) and told.refusals >= TRIES_ON_LAST:
        return told._replace(state=MessageState.FAILED, due=now)
    due = left_alone(now, refusal.wait) if refusal.wait else next_try(now, told.refusals, jitter)
    return told._replace(state=MessageState.QUEUED, due=due)


def has_next(message: Message) -> bool:
    return message.channel + 1 < len(message.addresses)


def at_next(message: Message) -> Message:
    return message._replace(channel=message.channel + 1, refusals=0)


def next_try(now: datetime, refusals: int, jitter: float) -> datetime:
    """Somewhere between 5 s and a ceiling that doubles up to an hour, by ``jitter`` from 0 to 1."""
    return now + timedelta(seconds=5.0 + jitter * (min(3600.0, 10.0 * 2**refusals) - 5.0))


def next_minute(now: datetime) -> datetime:
    return now.replace(second=0, microsecond=0) + ONE_MINUTE


def left_alone(now: datetime, minutes: int) -> datetime:
    """When a robot that asked for ``minutes`` of rest may be called again: at the beginning of a minute."""
    return next_minute(now + (minutes - 1) * ONE_MINUTE)
