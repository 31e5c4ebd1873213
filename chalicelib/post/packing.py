"""How messages to one address leave together: merged while they fit, split where one is long, a digest of what was held back. Pure."""

from collections.abc import Sequence
from itertools import groupby
from typing import NamedTuple

from chalicelib.post.limits import Limits
from chalicelib.post.rules import Message


class Pack(NamedTuple):
    """Messages that leave together: merged into one text, or one long message in several."""

    messages: tuple[Message, ...]
    texts: tuple[str, ...]


def packs(messages: Sequence[Message], limits: Limits) -> list[Pack]:
    """Messages in order, merged into as few texts of the channel's size as can be done without reordering."""
    runs = [list(run) for _, run in groupby(messages, key=lambda message: message.held)]
    return [pack for run in runs for pack in (_digests if run[0].held else _merged)(run, limits)]


def _merged(messages: Sequence[Message], limits: Limits) -> list[Pack]:
    found: list[Pack] = []
    for message in messages:
        joined = f"{found[-1].texts[-1]}\n\n{message.said}" if found else message.said
        if found and len(found[-1].texts) == 1 and limits.measure(joined) <= limits.size:
            found[-1] = Pack((*found[-1].messages, message), (joined,))
        else:
            found.append(Pack((message,), tuple(pieces(message.said, limits))))
    return found


def _digests(messages: Sequence[Message], limits: Limits) -> list[Pack]:
    """What the quiet hours held back, in one text if it fits; a single message needs no digest."""
    found: list[list[Message]] = []
    for message in messages:
        if found and limits.measure(digest([*found[-1], message])) <= limits.size:
            found[-1].append(message)
        else:
            found.append([message])
    return [Pack(tuple(run), (digest(run),)) if len(run) > 1 else _merged(run, limits)[0] for run in found]


def digest(messages: Sequence[Message]) -> str:
    """A line for each message; where the way leads, the last line of a text, stands once below those it is the same for."""
    texts = [message.said.splitlines() or [""] for message in messages]
    lines = [f"【免打扰时段里的 {len(texts)} 件事】"]
    for way, run in groupby(texts, key=lambda text: text[-1] if len(text) > 1 else ""):
        lines += [f"· {' '.join(text[:-1] or text)}" for text in run] + [way] * bool(way)
    return "\n".join(lines)


def pieces(text: str, limits: Limits) -> list[str]:
    """A text in pieces of the channel's size, no character torn; where it takes too many, the last one ends in an ellipsis."""
    found, current, size = [], "", 0
    for letter in text:
        width = limits.measure(letter)
        if size + width > limits.size:
            found.append(current)
            current, size = "", 0
        current, size = current + letter, size + width
    found.append(current)
    if limits.most and len(found) > limits.most:
        return [*found[: limits.most - 1], f"{found[limits.most - 1][:-1]}…"]
    return found
