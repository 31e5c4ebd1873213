"""The delivery ledger's entries: what is to be told is entered, once for an event and a person, and every state is marked there."""

from datetime import date, datetime

from chalicelib.post import channels, records
from chalicelib.post.rules import NO_CHANNEL, TEXT_LIMIT, Message, MessageState, Telling
from chalicelib.store.contract import Conflict, Store


def queue(store: Store, now: datetime, compound: str, telling: Telling) -> Message | None:
    """Enter a message under its event and person. Returns it if it is to be sent now.

    None if it was entered before, waits for the end of the quiet hours, or is suppressed because nobody can be reached that way.
    """
    addresses = channels.known(telling.addresses)
    due = max(now, telling.muted_until or now) if addresses else now
    message = Message(
        compound,
        telling.event,
        telling.at,
        telling.person,
        addresses,
        telling.text[:TEXT_LIMIT],
        MessageState.QUEUED if addresses else MessageState.SUPPRESSED,
        created=now,
        due=due,
        why=NO_CHANNEL if not addresses else telling.waits if due > now else "",
        of=telling.of,
    )
    entered = mark(store, message)
    return entered if addresses and due == now else None


def delivered(store: Store, now: datetime, compound: str, day: date, identity: str) -> Message | None:
    """The person has shown that she had it. None unless the message was handed over."""
    return _settle(store, now, compound, day, identity, MessageState.HANDED_OVER, MessageState.DELIVERED, "")


def suppress(store: Store, now: datetime, compound: str, day: date, identity: str, because: str) -> Message | None:
    """What is still waiting shall not be sent any more. None if it is not waiting, or is being sent just now."""
    return _settle(store, now, compound, day, identity, MessageState.QUEUED, MessageState.SUPPRESSED, because)


def _settle(
    store: Store, now: datetime, compound: str, day: date, identity: str, before: MessageState, after: MessageState, why: str
) -> Message | None:
    message = records.message(store, compound, day, identity)
    if message is None or message.state is not before:
        return None
    return mark(store, message._replace(state=after, due=now, why=why))


def mark(store: Store, message: Message) -> Message | None:
    """Write the message's state; None if somebody else has moved it on."""
    try:
        store.write(records.changed(message))
    except Conflict:
        return None
    return message._replace(version=message.version + 1)
