"""The words of messages: one folder per message under ``templates``, plain text with named places."""

from functools import cache
from pathlib import Path

FOLDER = Path(__file__).parent / "templates"


def text(name: str, **places: str | int) -> str:
    """A message's text. KeyError if a place is not filled, FileNotFoundError for an unknown message."""
    return _template(name).format(**places)


@cache
def _template(name: str) -> str:
    return (FOLDER / name / "text.txt").read_text(encoding="utf-8").strip()
