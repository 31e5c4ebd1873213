"""Send, then mark: every outgoing message has an entry, and it is marked only after the channel took it."""

from collections.abc import Callable, Sequence
from datetime import datetime
from itertools import groupby

from chalicelib.post import records
from chalicelib.post.rules import LEASE, TEXT_LIMIT, TRIES, Message, MessageState, Pack, next_minute, next_try, packs
from chalicelib.post.wecom import Refused, is_address
from chalicelib.shared.log import log
from chalicelib.store.contract import Conflict, Store

BATCH = 100
Send = Callable[[str, str], None]
"""Hand one text to one address, or raise Refused."""


def queue(store: Store, now: datetime, compound: str, identity: str, to: str, text: str) -> Message | None:
    """Enter a message under its event's identity. Returns it if it waits to be sent; None if it was entered before, or suppressed."""
    address = is_address(to)
    state = MessageState.QUEUED if address else MessageState.SUPPRESSED
    message = Message(compound, identity, to, text[:TEXT_LIMIT], state, now, now, why="" if address else "no robot configured")
    try:
        store.write(records.changed(message))
    except Conflict:
        return None
    return message._replace(version=1) if address else None


def send_due(store: Store, now: datetime, send: Send) -> int:
    """Send what waits and is due, of every compound; returns how many messages were handed over."""
    due = sorted(records.due(store, now, BATCH), key=lambda message: (message.compound, message.to, message.created, message.id))
    groups = groupby(due, key=lambda message: (message.compound, message.to))
    return sum(deliver(store, now, list(messages), send) for _, messages in groups)


def deliver(store: Store, now: datetime, messages: Sequence[Message], send: Send) -> int:
    """Send messages that go to one robot, merged into as few texts as fit. Returns how many were handed over.

    1. Each is claimed by a lease; whoever loses the claim leaves it to the winner.
    2. The robot's minute decides how many texts may go; the rest waits for the next minute, where it is merged.
       So does the rest after a refusal: a robot that is away must not hold up the others, nor cost every message a try.
    3. A text is sent, and only then its messages are marked. A crash in between sends once more when the lease ends.
    """
    claimed = [leased for message in messages if (leased := _claim(store, now, message))]
    if not claimed:
        return 0
    waiting = packs(claimed)
    wanted = sum(len(pack.texts) for pack in waiting)
    granted = records.take_tokens(store, now, claimed[0].compound, claimed[0].to, wanted)
    sent, refused = 0, False
    for pack in waiting:
        granted -= len(pack.texts)
        if refused or granted < 0:
            _wait_a_minute(store, now, pack, "the robot refused another text" if refused else "the robot's minute is used up")
        elif _hand_over(store, now, pack, send):
            sent += len(pack.messages)
        else:
            refused = True
    return sent


def _wait_a_minute(store: Store, now: datetime, pack: Pack, why: str) -> None:
    for message in pack.messages:
        _mark(store, message._replace(state=MessageState.QUEUED, due=next_minute(now), why=why))


def _hand_over(store: Store, now: datetime, pack: Pack, send: Send) -> bool:
    refused = _refusal(pack, send)
    if refused is not None:
        for message in pack.messages:
            _mark(store, _put_off(now, message, refused))
        return False
    for message in pack.messages:
        _mark(store, message._replace(state=MessageState.HANDED_OVER, tries=message.tries + 1, why=""))
    return True


def _refusal(pack: Pack, send: Send) -> Refused | None:
    """Send the texts. Whatever a channel trips over counts as a refusal: one bad message is put off and never blocks the sweep."""
    try:
        for text in pack.texts:
            send(pack.messages[0].to, text)
    except Refused as refused:
        return refused
    except Exception as error:
        return Refused(type(error).__name__)
    return None


def _put_off(now: datetime, message: Message, refused: Refused) -> Message:
    tries = message.tries + 1
    log().warning("message refused", extra={"entry": message.id, "tries": tries, "why": refused.why})
    if tries >= TRIES:
        return message._replace(state=MessageState.FAILED, tries=tries, why=refused.why)
    due = next_minute(now) if refused.wait else next_try(now, tries)
    return message._replace(state=MessageState.QUEUED, tries=tries, due=due, why=refused.why)


def _claim(store: Store, now: datetime, message: Message) -> Message | None:
    leased = message._replace(state=MessageState.SENDING, due=now + LEASE)
    return _mark(store, leased)


def _mark(store: Store, message: Message) -> Message | None:
    """Write the message's state; None if somebody else has moved it on."""
    try:
        store.write(records.changed(message))
    except Conflict:
        return None
    return message._replace(version=message.version + 1)
