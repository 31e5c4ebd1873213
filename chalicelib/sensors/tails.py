"""How the last words of a door are written: short, so that a sensor's row stays one write unit. Pure."""

import re
from typing import Any

from chalicelib.sensors.doors import Door, Word

WORD = re.compile(r"(\d+)([oc])(?:-(-?\d+))?([!*]?)")


def written(door: Door) -> dict[str, str]:
    """The members of a row that hold it; nothing of a door that was never heard of."""
    before = Word(door.before_ms, door.before_said_ms, bool(door.before))
    said = {"words": " ".join(_word(word) for word in door.words), "before": _word(before) if door.before_ms else ""}
    return {name: text for name, text in said.items() if text}


def read(item: dict[str, Any]) -> Door:
    words = tuple(_read(text) for text in item.get("words", "").split())
    if "before" not in item:
        return Door(words)
    last = _read(item["before"])
    return Door(words, last.is_open, last.received_ms, last.said_ms)


def _word(word: Word) -> str:
    """``1763780400000o-1059!``: received, open or closed, how much earlier it was said by its own account, its mark."""
    lag = f"-{word.received_ms - word.said_ms}" if word.said_ms else ""
    return f"{word.received_ms}{'o' if word.is_open else 'c'}{lag}{word.mark}"


def _read(text: str) -> Word:
    received, state, lag, mark = WORD.fullmatch(text).groups()  # type: ignore[union-attr]
    return Word(int(received), int(received) - int(lag) if lag else 0, state == "o", mark)
