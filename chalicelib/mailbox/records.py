"""How letters are stored, in a table of their own that no other function reads."""

from typing import Any, NamedTuple

from chalicelib.mailbox.receipts import Bucket
from chalicelib.mailbox.rules import Letter, LetterKind, LetterState, Line, Source
from chalicelib.mailbox.urgency import Urgency
from chalicelib.shared.half_days import HalfDay, read_half_day
from chalicelib.store import letter_keys as keys
from chalicelib.store.contract import Add, Change, Item, Remove, Replace, Store

LETTER_DAYS, TRACE_DAYS = 90, 400
"""A letter is kept so long after its result; what only counts or leads to it, so long after it was made."""


class Waiting(NamedTuple):
    """A letter without a result. ``told`` is what the rest of the system has been told of it last."""

    receipt: str
    half_day: str
    told: str
    version: int


class BoxOpening(NamedTuple):
    """The box in the square was opened: on which day, by whom, how many letters were in it."""

    day: str
    by: str
    letters: int
    version: int = 0


def added(compound: str, letter: Letter) -> list[Change]:
    """A new letter: itself, what its secret opens, and that it waits. None of them may exist."""
    secret = {
        **keys.letter_secret(compound, letter.secret).as_item(),
        "v": 1,
        "receipt": letter.receipt,
        "ttl": _ends(letter.half_day, TRACE_DAYS),
    }
    return [Add(_item(compound, letter)), Add(secret), _waits(compound, letter)]


def changed(compound: str, letter: Letter, before: Letter, waiting: Waiting | None) -> list[Change]:
    """A letter at the version it was read; where it was answered or opened again, it changes lists.

    An answered letter still waits until the rest has been told of the result.
    """
    changes: list[Change] = [Replace(_item(compound, letter), before.version)]
    if before.state is LetterState.WAITING and letter.state is LetterState.ANSWERED:
        answered = {**keys.answered_letter(compound, letter.result, letter.receipt).as_item(), "v": 1}
        ends = _ends(read_half_day(letter.result), TRACE_DAYS)
        changes.append(Add({**answered, "kind": letter.kind.value, "half_day": str(letter.since), "ttl": ends}))
    elif before.state is LetterState.ANSWERED and letter.state is LetterState.WAITING:
        changes.append(Remove(keys.answered_letter(compound, before.result, letter.receipt), 1))
        changes.append(marked_told(compound, waiting, "") if waiting else _waits(compound, letter))
    return changes


def _waits(compound: str, letter: Letter) -> Change:
    return Add({**keys.waiting_letter(compound, str(letter.half_day), letter.receipt).as_item(), "v": 1, "told": ""})


def marked_told(compound: str, waiting: Waiting, told: str) -> Change:
    key = keys.waiting_letter(compound, waiting.half_day, waiting.receipt)
    return Replace({**key.as_item(), "v": waiting.version + 1, "told": told}, waiting.version)


def no_longer_waiting(compound: str, waiting: Waiting) -> Change:
    """Taken off the list once the rest has been told of the result."""
    return Remove(keys.waiting_letter(compound, waiting.half_day, waiting.receipt), waiting.version)


def letter(store: Store, compound: str, receipt: str) -> Letter | None:
    item = store.get(keys.letter(compound, receipt), consistent=True)
    return None if item is None else _letter(item)


def opened_by(store: Store, compound: str, digest: str) -> Letter | None:
    """The letter that a secret opens."""
    item = store.get(keys.letter_secret(compound, digest), consistent=True)
    return None if item is None else letter(store, compound, item["receipt"])


def waiting(store: Store, compound: str) -> list[Waiting]:
    return [_waiting(item) for item in store.under(keys.waiting_letters(compound), consistent=True)]


def waiting_one(store: Store, compound: str, letter: Letter) -> Waiting | None:
    item = store.get(keys.waiting_letter(compound, str(letter.half_day), letter.receipt), consistent=True)
    return None if item is None else _waiting(item)


def letters(store: Store, compound: str, receipts: list[str]) -> list[Letter]:
    found = store.get_many([keys.letter(compound, receipt) for receipt in receipts], consistent=True)
    return [_letter(item) for item in found.values()]


def answered(store: Store, compound: str, month: str) -> list[tuple[str, str]]:
    """Half-day of sending and half-day of result of every letter answered in a month."""
    items = store.under(keys.answered_letters(compound, month))
    return [(item["half_day"], item["sk"].partition("#")[0]) for item in items]


def box_opening(store: Store, compound: str, day: str) -> BoxOpening | None:
    item = store.get(keys.box_opening(compound, day), consistent=True)
    return None if item is None else _opening(item)


def box_openings(store: Store, compound: str, month: str) -> list[BoxOpening]:
    return [_opening(item) for item in store.under(keys.box_openings(compound, month))]


def box_opened(compound: str, opening: BoxOpening) -> Change:
    item = {**keys.box_opening(compound, opening.day).as_item(), "v": opening.version + 1, "by": opening.by, "letters": opening.letters}
    item["ttl"] = _ends(read_half_day(f"{opening.day}-pm"), TRACE_DAYS)
    return Replace(item, opening.version) if opening.version else Add(item)


def bucket(store: Store, compound: str, full: Bucket) -> Bucket:
    item = store.get(keys.lookups(compound), consistent=True)
    return full if item is None else Bucket(item["left"], item["slot"], item["v"])


def drawn(compound: str, bucket: Bucket) -> Change:
    item = {**keys.lookups(compound).as_item(), "v": bucket.version + 1, "left": bucket.left, "slot": bucket.slot}
    return Replace(item, bucket.version) if bucket.version else Add(item)


def known(store: Store, compound: str) -> Item | None:
    """What the import has left here about a compound; None where there is no such compound."""
    return store.get(keys.mailbox(compound))


def _item(compound: str, letter: Letter) -> Item:
    return {
        **keys.letter(compound, letter.receipt).as_item(),
        "v": letter.version + 1,
        "secret": letter.secret,
        "kind": letter.kind.value,
        "source": letter.source.value,
        "half_day": str(letter.half_day),
        "worry": letter.worry.value if letter.worry else "",
        "urgency": letter.urgency.value if letter.urgency else "",
        "state": letter.state.value,
        "result": letter.result,
        "lines": [line._asdict() for line in letter.lines],
        "since": str(letter.since),
        "turn": letter.turn,
        **({"ttl": _ends(read_half_day(letter.result), LETTER_DAYS)} if letter.result else {}),
    }


def _ends(half: HalfDay, days: int) -> int:
    """From the half-day alone, so that what ends by itself tells no hour either."""
    return int(half.ends.timestamp()) + days * 86400


def _letter(item: dict[str, Any]) -> Letter:
    worry, urgency = (Urgency(item[name]) if item[name] else None for name in ("worry", "urgency"))
    said = LetterKind(item["kind"]), Source(item["source"]), read_half_day(item["half_day"]), worry, urgency
    lines = tuple(Line(**line) for line in item["lines"])
    receipt = item["pk"].rpartition("#")[2]
    return Letter(
        receipt,
        item["secret"],
        *said,
        LetterState(item["state"]),
        item["result"],
        lines,
        read_half_day(item["since"]),
        item["turn"],
        item["v"],
    )


def _waiting(item: Item) -> Waiting:
    half_day, _, receipt = item["sk"].partition("#")
    return Waiting(receipt, half_day, item["told"], item["v"])


def _opening(item: Item) -> BoxOpening:
    return BoxOpening(item["sk"], item["by"], item["letters"], item["v"])
