"""Doors with an old card for the pages to show, as the desk and a volunteer see them."""

from typing import Any

from tests.browser import world
from tests.browser.world import moment

OLD, NEW = "0571-8800 1234", "0571-8800 9999"
WORDS = "<img src=x onerror=alert(1)> =1+1 有事先打电话"


def changed(line: str = "duty", was: str = OLD, now: str = NEW) -> dict[str, str]:
    return {"line": line, "was": was, "now": now}


def row(number: str, kind: str, state: str, changes: list[dict[str, str]], by: str = "王建国", at: str = "08:00") -> dict[str, Any]:
    building, _, door = number.partition("-")
    about = {**world.home(number), "building": building, "floor": int(door[:-2]), "kind": kind, "state": state, "version": "abcd1234"}
    when = {"at": moment(at, "2026-11-20") if state != "current" else moment(at), "by": "wang", "by_name": by}
    return {"id": f"{number}:{kind}", **about, **when, "changes": changes, "undo": state == "current"}


def outdated() -> dict[str, Any]:
    lines = [
        row("3-301", "card", "old", [changed()]),
        row("3-301", "sheet", "old", [changed(), changed("words", "", WORDS)]),
        row("3-302", "card", "printed", [changed(), changed("steward", "李敏 138 0013 9000", "王建国 138 0013 8000")]),
        row("3-502", "card", "old", [changed(), changed("test_site", "东门广场 7:00–9:00", "")]),
        row("3-1104", "sheet", "old", [changed()]),
    ]
    buildings = [
        {"id": "2", "name": "2 栋", "held": 6, "current": 6, "without": 0},
        {"id": "3", "name": "3 栋", "held": 8, "current": 3, "without": 2},
        {"id": "5", "name": "5 栋", "held": 0, "current": 0, "without": 9},
    ]
    done = [row("3-601", "card", "current", [], "周志明", "09:05")]
    about = {"compound": world.COMPOUND, "now": moment("10:24"), "phones": world.PHONES, "building": "3"}
    return {**about, "buildings": buildings, "lines": lines, "done": done}


def contents() -> dict[str, Any]:
    said = {"emergency": "0571-8706 6120", "test_site": "", "hours": "08:30–17:30", "words": WORDS}
    lines = [{"line": "duty", "text": NEW, "by_name": "刘敏", "at": moment("09:50")}]
    return {"lines": [*lines, *({"line": line, "text": text, "by_name": "", "at": ""} for line, text in said.items())]}
