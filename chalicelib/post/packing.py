"""How messages to one address leave together: merged while they fit, split where one is long, a digest of what was held back. Pure."""

from collections.abc import Callable, Sequence
from itertools import groupby
from typing import NamedTuple

from chalicelib.post.limits import Limits
from chalicelib.post.rules import Message

BRIEF = 90
"""Characters of a notice among several: the board has the rest."""


class Pack(NamedTuple):
    """Messages that leave together: merged into one text, or one long message in several."""

    messages: tuple[Message, ...]
    texts: tuple[str, ...]


def packs(messages: Sequence[Message], limits: Limits) -> list[Pack]:
    """Messages in order, merged into as few texts of the channel's size as can be done without reordering."""
    runs = [list(run) for _, run in groupby(messages, key=lambda message: (message.held, message.sparse))]
    return [pack for run in runs for pack in _packed(run, limits)]


def _packed(run: Sequence[Message], limits: Limits) -> list[Pack]:
    if run[0].sparse:
        return _digests(run, limits, in_brief)
    return _digests(run, limits, digest) if run[0].held else _merged(run, limits)


def _merged(messages: Sequence[Message], limits: Limits) -> list[Pack]:
    found: list[Pack] = []
    for message in messages:
        joined = f"{found[-1].texts[-1]}\n\n{message.said}" if found else message.said
        if found and len(found[-1].texts) == 1 and limits.measure(joined) <= limits.size:
            found[-1] = Pack((*found[-1].messages, message), (joined,))
        else:
            found.append(Pack((message,), tuple(pieces(message.said, limits))))
    return found


def _digests(messages: Sequence[Message], limits: Limits, digest: Callable[[Sequence[Message]], str]) -> list[Pack]:
    """What was held back, in one text if it fits; a single message needs no digest."""
    found: list[list[Message]] = []
    for message in messages:
        if found and limits.measure(digest([*found[-1], message])) <= limits.size:
            found[-1].append(message)
        else:
            found.append([message])
    return [Pack(tuple(run), (digest(run),)) if len(run) > 1 else _merged(run, limits)[0] for run in found]


def digest(messages: Sequence[Message]) -> str:
    """A line for each message; where the way leads, the last line of a text, stands once below those it is the same for."""
    return _listed(f"【免打扰时段里的 {len(messages)} 件事】", messages, " ".join)


def in_brief(messages: Sequence[Message]) -> str:
    """Common notices of an hour, each by its title and how it begins."""
    return _listed(f"【{len(messages)} 条通知】", messages, _begun)


def _listed(head: str, messages: Sequence[Message], line: Callable[[Sequence[str]], str]) -> str:
    lines, texts = [head], [message.said.splitlines() or [""] for message in messages]
    for way, run in groupby(texts, key=lambda text: text[-1] if len(text) > 1 else ""):
        lines += [f"· {line(text[:-1] or text)}" for text in run] + [way] * bool(way)
    return "\n".join(lines)


def _begun(lines: Sequence[str]) -> str:
    text = " ".join(line for line in lines if line)
    return text if len(text) <= BRIEF else f"{text[: BRIEF - 1]}…"


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
