"""The words of messages: one folder per message under ``templates``, plain text with named places."""

from functools import cache
from pathlib import Path

from chalicelib.shared.text import harmless

FOLDER = Path(__file__).parent / "templates"
OURS = {"way", "site"}
"""Places that hold an address of our own, which is to be opened."""


def text(name: str, **places: str | int) -> str:
    """A message's text: whatever people have typed calls nobody and opens nothing in the chat that it goes to.

    KeyError if a place is not filled, FileNotFoundError for an unknown message.
    """
    return _template(name).format(**{place: said if place in OURS else harmless(str(said)) for place, said in places.items()})


@cache
def _template(name: str) -> str:
    return (FOLDER / name / "text.txt").read_text(encoding="utf-8").strip()
