"""How message entries and an address's use of its limits are stored."""

import hashlib
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any

from chalicelib.post.limits import Grant, Rate, Used, grant, recent
from chalicelib.post.rules import NOTICE, WAITING, Message, MessageState, next_minute
from chalicelib.shared.calendar import parse, utc_stamp
from chalicelib.shared.news import News, told
from chalicelib.store import keys
from chalicelib.store.contract import Add, Change, Conflict, Item, Replace, Store

KEEP_DAYS = 30
ROUNDS = 8
ROBOT_KEPT = timedelta(hours=2)
NEVER_SHUT = datetime(1970, 1, 1, tzinfo=UTC)
"""And not the moment of its first text, which a clock that is set back has ahead of it."""


def changed(message: Message) -> Change:
    """The write that brings a message into its state; it stands in the ``due`` index only while somebody must look at it."""
    key = keys.message(message.compound, message.day, message.id)
    item: dict[str, Any] = {
        **key.as_item(),
        "v": message.version + 1,
        "event": message.event,
        "at": utc_stamp(message.at),
        "person": message.person,
        "addresses": list(message.addresses),
        "text": message.text,
        "state": message.state.value,
        "created": utc_stamp(message.created),
        "due": utc_stamp(message.due),
        "channel": message.channel,
        "tries": message.tries,
        "refusals": message.refusals,
        "why": message.why,
        "repeat": message.repeat,
        "of": message.of,
        "ttl": int(message.created.timestamp()) + KEEP_DAYS * 86400,
    }
    if message.state in WAITING:
        item |= {"due_pk": keys.shard(f"{key.pk}#{key.sk}"), "due_at": utc_stamp(message.looked)}
    if message.unreached and not message.noticed:
        item["news"] = told(f"{message.id}:failed", News.MESSAGE_FAILED)
    return Replace(item, message.version) if message.version else Add(item)


def message(store: Store, compound: str, day: date, identity: str) -> Message | None:
    item = store.get(keys.message(compound, day, identity), consistent=True)
    return None if item is None else from_item(item)


def tellings(store: Store, compound: str, day: date, task: str) -> list[Message]:
    """What a task told on a day, to whom."""
    return [from_item(item) for item in store.under(keys.messages(compound, day), prefix=f"{task}:told:")]


def of_day(store: Store, compound: str, day: date) -> list[Message]:
    """The delivery ledger of a local day: what its events told to whom, and what became of it, in order of the events. One query."""
    found = [from_item(item) for item in store.under(keys.messages(compound, day))]
    return sorted(found, key=lambda message: (message.at, message.id))


def of_notices(store: Store, compound: str, day: date) -> list[Item]:
    """The entries of notices published on a day."""
    return store.under(keys.messages(compound, day), prefix=NOTICE)


def from_item(item: Item) -> Message:
    return Message(
        compound=item["pk"].partition("#")[0],
        event=item["event"],
        at=parse(item["at"]),
        person=item["person"],
        addresses=tuple(item["addresses"]),
        text=item["text"],
        state=MessageState(item["state"]),
        created=parse(item["created"]),
        due=parse(item["due"]),
        channel=item["channel"],
        tries=item["tries"],
        refusals=item["refusals"],
        why=item["why"],
        repeat=item["repeat"],
        version=item["v"],
        of=item.get("of", 1),
    )


def leased(item: Item, now: datetime) -> bool:
    """Is this a message that another sender has to itself? It stands in the index all the while."""
    return bool(item.get("state") == MessageState.SENDING and item["due"] > utc_stamp(now))


def take(store: Store, now: datetime, compound: str, address: str, sizes: Sequence[int], rates: Sequence[Rate]) -> Grant:
    """How many packs, of so many texts each, may go to this address now; their texts are counted as used."""
    if not rates:
        return Grant(len(sizes), now)
    given = Grant(0, next_minute(now))

    def use(used: list[Used], shut_until: datetime) -> tuple[list[Used], datetime] | None:
        nonlocal given
        kept = recent(rates, used, now)
        given = Grant(0, shut_until) if shut_until > now else grant(rates, kept, now, sizes)
        return ([*kept, Used(now, sum(sizes[: given.packs]))], shut_until) if given.packs else None

    return given if _use(store, now, compound, address, use) else Grant(0, next_minute(now))


def shut(store: Store, now: datetime, compound: str, address: str, until: datetime) -> None:
    """Nothing is granted to this address before ``until``."""
    _use(store, now, compound, address, lambda used, shut_until: (used, max(until, shut_until)))


def give_back(store: Store, now: datetime, compound: str, address: str) -> None:
    """What was granted to this address at this moment was not used after all."""
    _use(store, now, compound, address, lambda used, shut_until: ([each for each in used if each.at != now], shut_until))


def _use(
    store: Store,
    now: datetime,
    compound: str,
    address: str,
    decide: Callable[[list[Used], datetime], tuple[list[Used], datetime] | None],
) -> bool:
    """Change an address's row as ``decide`` says; False if others were always faster."""
    key = keys.robot(compound, hashlib.sha256(address.encode()).hexdigest()[:16])
    for _ in range(ROUNDS):
        item = store.get(key, consistent=True)
        used = [Used(parse(at), texts) for at, texts in item["used"]] if item else []
        decided = decide(used, parse(item["shut_until"]) if item else NEVER_SHUT)
        if decided is None:
            return True
        stamps = [[utc_stamp(each.at), each.texts] for each in decided[0]]
        seen = item["v"] if item else 0
        fresh = {**key.as_item(), "v": seen + 1, "used": stamps, "shut_until": utc_stamp(decided[1])}
        fresh["ttl"] = int((max(now, decided[1]) + ROBOT_KEPT).timestamp())
        try:
            store.write(Replace(fresh, seen) if item else Add(fresh))
        except Conflict:
            continue
        return True
    return False
