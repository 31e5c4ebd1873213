"""How message entries and a robot's use of its minute are stored."""

import hashlib
from datetime import datetime
from typing import Any

from chalicelib.post.rules import PER_MINUTE, WAITING, Message, MessageState
from chalicelib.shared.calendar import parse, utc_stamp
from chalicelib.store import keys
from chalicelib.store.contract import Add, Change, Conflict, Item, Replace, Store

KEEP_DAYS = 30
ROUNDS = 8


def changed(message: Message) -> Change:
    """The write that brings a message into its state; it stands in the ``due`` index only while somebody must look at it."""
    key = keys.message(message.compound, message.id)
    item: dict[str, Any] = {
        **key.as_item(),
        "v": message.version + 1,
        "to": message.to,
        "text": message.text,
        "state": message.state.value,
        "created": utc_stamp(message.created),
        "due": utc_stamp(message.due),
        "tries": message.tries,
        "why": message.why,
        "ttl": int(message.created.timestamp()) + KEEP_DAYS * 86400,
    }
    if message.state in WAITING:
        item |= {"due_pk": keys.shard(key.pk), "due_at": utc_stamp(message.due)}
    return Replace(item, message.version) if message.version else Add(item)


def message(store: Store, compound: str, identity: str) -> Message | None:
    item = store.get(keys.message(compound, identity), consistent=True)
    return None if item is None else from_item(item)


def from_item(item: Item) -> Message:
    compound, _, identity = item["pk"].partition("#POST#")
    times = parse(item["created"]), parse(item["due"])
    return Message(compound, identity, item["to"], item["text"], MessageState(item["state"]), *times, item["tries"], item["why"], item["v"])


def due(store: Store, now: datetime, limit: int) -> list[Message]:
    """Messages whose next moment to look has come, of every compound, from all shards."""
    shards = (str(number) for number in range(keys.DUE_SHARDS))
    items = [item for shard in shards for item in store.due(shard, utc_stamp(now), limit)]
    return [from_item(item) for item in items if "#POST#" in item["pk"]]


def take_tokens(store: Store, now: datetime, compound: str, to: str, wanted: int) -> int:
    """How many of ``wanted`` sends this robot may make in this minute; they are counted as used."""
    key = keys.robot(compound, hashlib.sha256(to.encode()).hexdigest()[:16])
    minute = utc_stamp(now)[:16]
    for _ in range(ROUNDS):
        item = store.get(key, consistent=True)
        used = item["used"] if item and item["minute"] == minute else 0
        granted = min(wanted, PER_MINUTE - used)
        if granted <= 0:
            return 0
        fresh = {
            **key.as_item(),
            "v": item["v"] + 1 if item else 1,
            "minute": minute,
            "used": used + granted,
            "ttl": int(now.timestamp()) + 3600,
        }
        try:
            store.write(Replace(fresh, item["v"]) if item else Add(fresh))
            return granted
        except Conflict:
            continue
    return 0
