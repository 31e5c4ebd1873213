"""What becomes of a notice in the floor groups: entered for each, taken back where it was not sent yet, and who has not got it."""

from collections.abc import Iterable
from datetime import datetime

from chalicelib.notices import records
from chalicelib.notices.rules import Notice
from chalicelib.notices.telling import event_of, taken_back, tellings
from chalicelib.post import records as messages
from chalicelib.post.entries import queue, suppress
from chalicelib.post.rules import Message, MessageState
from chalicelib.register.rules import Register
from chalicelib.shared.calendar import day_of
from chalicelib.store.contract import Store

WITHDRAWN = "withdrawn"


def tell(store: Store, now: datetime, register: Register, identity: str, site: str) -> None:
    """Enter a published notice for its groups; the next sweep sends it. What it puts right is not sent any more."""
    notice = records.running(store, register.compound, identity)
    if notice is None or not notice.says:  # this news may come late, after it was taken back
        return
    wrong = records.running(store, register.compound, notice.words.corrects) if notice.words.corrects else None
    if wrong:
        _hold_back(store, now, register, wrong)
    for telling in tellings(register, notice, site):
        queue(store, now, register.compound, telling)


def take_back(store: Store, now: datetime, register: Register, identity: str, site: str) -> None:
    """What is still waiting is not sent; groups that have it are told that it counts no more."""
    notice = records.running(store, register.compound, identity)
    if notice is None:
        return
    for telling in taken_back(register, notice, _hold_back(store, now, register, notice), site):
        queue(store, now, register.compound, telling)


def _hold_back(store: Store, now: datetime, register: Register, notice: Notice) -> list[str]:
    """The groups that have it, or are being told just now; for all others it is suppressed."""
    found = [message for message in told(store, register.compound, [notice]) if not message.unreached]
    return [message.person for message in found if not suppress(store, now, message.compound, message.day, message.id, WITHDRAWN)]


def told(store: Store, compound: str, notices: Iterable[Notice]) -> list[Message]:
    """The delivery ledger's entries of these notices' publication: a query for each day on which one was published."""
    events = {event_of(notice): notice for notice in notices if notice.published}
    days = {day_of(notice.published) for notice in events.values() if notice.published}
    found = [messages.from_item(item) for day in sorted(days) for item in messages.of_notices(store, compound, day)]
    return [message for message in found if message.event in events]


def missing(message: Message) -> bool:
    """Has this group not got it, as far as anybody knows: nobody can be reached, or a robot has refused it."""
    return message.unreached or (message.state in (MessageState.QUEUED, MessageState.SENDING) and message.refusals > 0)
