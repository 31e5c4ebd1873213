"""Send, then mark: every outgoing message has an entry, and it is marked only after the channel took it."""

import random
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from itertools import groupby
from typing import NamedTuple

from chalicelib.post import channels, records
from chalicelib.post.entries import mark
from chalicelib.post.limits import HOURLY, Limits, Rate, sparing
from chalicelib.post.packing import Pack, packs
from chalicelib.post.rules import (
    LEASE,
    TOGETHER,
    Message,
    MessageState,
    Refused,
    at_next,
    has_next,
    left_alone,
    refused,
)
from chalicelib.post.rules import Send as Send
from chalicelib.shared.ids import discreet
from chalicelib.shared.log import log, trail
from chalicelib.store.contract import Store

USED_UP = "the robot's minute is used up"


class Handed(NamedTuple):
    """What came of one handover: how many messages were taken, and those, still leased, that go on to their next address."""

    taken: int
    onward: list[Message]


def send_messages(store: Store, now: datetime, messages: Iterable[Message], send: Send) -> int:
    """Send messages that are due; what breaks over one address does not hold up the others, and comes again when its leases end."""
    taken = 0
    for group in _by_address(messages):
        try:
            taken += deliver(store, now, group, send)
        except Exception as error:
            log().error("messages not sent", extra={"entry": discreet(group[0].id), "kind": type(error).__name__, "trail": trail(error)})
    return taken


def deliver(store: Store, now: datetime, messages: Sequence[Message], send: Send) -> int:
    """Send messages, those to one address merged into as few texts as fit. Returns how many were handed over.

    1. Each is claimed by a lease; whoever loses the claim leaves it to the winner.
    2. The address's limits decide how many texts may go; the rest goes on to its next address, or waits and is merged.
    3. A text is sent, and only then its messages are marked. A crash in between sends once more, tagged, when the lease ends.
    """
    leased = [mine for message in messages if (mine := _claim(store, now, message))]
    taken = 0
    while leased:
        rounds = [_hand_over(store, now, group, send) for group in _by_address(leased)]
        taken += sum(handed.taken for handed in rounds)
        leased = [message for handed in rounds for message in handed.onward]
    return taken


def _by_address(messages: Iterable[Message]) -> list[list[Message]]:
    """Common notices to an address apart from all else that goes there."""
    ordered = sorted(messages, key=lambda message: (message.compound, message.to, message.sparse, message.created, message.id))
    return [list(group) for _, group in groupby(ordered, key=lambda message: (message.compound, message.to, message.sparse))]


def _hand_over(store: Store, now: datetime, leased: Sequence[Message], send: Send) -> Handed:
    """Leased messages of one address: sent and marked as far as its limits and its answers allow."""
    limits = _limits(leased[0].to)
    waiting = packs(leased, limits)
    if leased[0].sparse:
        return _sparsely(store, now, waiting, limits.rates, send)
    return _leave(store, now, waiting, sparing(limits.rates) if all(message.reminds for message in leased) else limits.rates, send)


def _sparsely(store: Store, now: datetime, waiting: Sequence[Pack], rates: Sequence[Rate], send: Send) -> Handed:
    """Common notices: one text an hour, and what comes meanwhile leaves together after it. An hour that brought nothing is given back."""
    compound, hour = waiting[0].messages[0].compound, f"hour {waiting[0].messages[0].to}"
    grant = records.take(store, now, compound, hour, [1], (HOURLY,))
    for message in [message for pack in waiting[grant.packs :] for message in pack.messages]:
        again = grant.again if not grant.packs else now + timedelta(seconds=HOURLY.seconds)
        mark(store, message._replace(state=MessageState.QUEUED, due=again, why=TOGETHER))
    if not grant.packs:
        return Handed(0, [])
    handed = _leave(store, now, waiting[:1], rates, send)
    if not handed.taken:
        records.give_back(store, now, compound, hour)
    return handed


def _leave(store: Store, now: datetime, waiting: Sequence[Pack], rates: Sequence[Rate], send: Send) -> Handed:
    compound, address = waiting[0].messages[0].compound, waiting[0].messages[0].to
    grant = records.take(store, now, compound, address, [len(pack.texts) for pack in waiting], rates)
    jitter = random.random()  # noqa: S311 full jitter, not a secret; one for all, so that what is refused together stays together
    taken, onward, down = 0, _overflow(store, grant.again, waiting[grant.packs :]), None
    for pack in waiting[: grant.packs]:
        refusal = down or _refusal(pack, send)
        if refusal is None:
            taken += _taken(store, now, pack)
            continue
        onward += _refused(store, [refused(message, now, refusal, down is None, jitter) for message in pack.messages])
        if refusal.wait and down is None:
            records.shut(store, now, compound, address, left_alone(now, refusal.wait))
        down = refusal if refusal.down else None
    return Handed(taken, onward)


def _limits(address: str) -> Limits:
    channel = channels.of(address)
    return (channel or channels.CHANNELS[0]).limits


def _overflow(store: Store, again: datetime, waiting: Sequence[Pack]) -> list[Message]:
    """What the address cannot take now goes on, or waits where it has nowhere to go."""
    messages = [message for pack in waiting for message in pack.messages]
    for message in messages:
        if not has_next(message):
            mark(store, message._replace(state=MessageState.QUEUED, due=again, why=USED_UP))
    return [at_next(message) for message in messages if has_next(message)]


def _refusal(pack: Pack, send: Send) -> Refused | None:
    """Send the texts. Whatever a channel trips over counts as a refusal: one bad message is put off and never blocks the sweep."""
    begun = False
    try:
        for text in pack.texts:
            send(pack.messages[0].to, text)
            begun = True
    except Refused as refusal:
        return Refused(refusal.why, refusal.wait, refusal.lost or begun, refusal.down)
    except Exception as error:
        return Refused(type(error).__name__, lost=True)
    return None


def _taken(store: Store, now: datetime, pack: Pack) -> int:
    for message in pack.messages:
        mark(store, message._replace(state=MessageState.HANDED_OVER, due=now, tries=message.tries + 1, why=""))
    return len(pack.messages)


def _refused(store: Store, messages: Sequence[Message]) -> list[Message]:
    """Mark what is put off or has failed; returned are those that go on to their next address at once."""
    onward = []
    for message in messages:
        log().warning("message refused", extra={"entry": discreet(message.id), "tries": message.tries, "why": message.why})
        if message.state is MessageState.SENDING:
            onward.append(message)
        else:
            mark(store, message)
    return onward


def _claim(store: Store, now: datetime, message: Message) -> Message | None:
    """The message under our lease. One whose earlier lease ran out may have been sent by whoever held it."""
    repeat = message.repeat or message.state is MessageState.SENDING
    return mark(store, message._replace(state=MessageState.SENDING, due=now + LEASE, repeat=repeat))
