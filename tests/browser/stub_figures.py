"""Canned figures of a month's tickets: many leaks in one building, a rating that may not be said."""

from typing import Any

from chalicelib.tickets.spots import WORDS
from tests.browser import world


def figures() -> dict[str, Any]:
    places = [{"id": each, "name": f"{each} 号楼"} for each in ("1", "2", "3")] + [{"id": "", "name": ""}]
    spots = [("", "question", 12, 1), ("1", "lift", 3, 0), ("3", "complaint", 1, 1), ("3", "leak", 14, 2)]
    people = [
        {"id": "anheli.liu", "name": "刘组长", "solved": "few", "rated": "few", "mean": None},
        {"id": "anheli.wang", "name": "王建国", "solved": 18, "rated": 9, "mean": 46},
        {"id": "anheli.zhao", "name": "赵管家", "solved": 6, "rated": "withheld", "mean": None},
    ]
    return {
        "now": world.moment("10:24"),
        "month": "2026-11",
        "people": people,
        "team": {"solved": 27, "rated": 17, "mean": 43},
        "spots": {
            "places": places,
            "words": WORDS,
            "spots": [dict(zip(("place", "word", "count", "open"), each, strict=True)) for each in spots],
        },
    }


def nothing() -> dict[str, Any]:
    return {
        **figures(),
        "people": [],
        "team": {"solved": 0, "rated": 0, "mean": None},
        "spots": {"places": [], "words": WORDS, "spots": []},
    }
