"""Twenty losses, planted into what a compound has written during the last day, and what the auditor must say of each."""

from collections.abc import Callable, Iterator
from datetime import timedelta

from chalicelib.shared.calendar import day_of, parse, utc_stamp
from chalicelib.store.contract import Item
from chalicelib.store.keys import key_of
from tests.promises.month import Month

LONG = timedelta(minutes=10)


def plant(month: Month) -> list[str]:
    """Lose twenty things; returns the ids that must be found."""
    return [*_tasks(month), *_doors(month), *_tellings(month), *_looks(month), *_unseen(month)]


def _fresh(month: Month) -> dict[str, Item]:
    """Tasks of the last day, old enough to be judged."""
    oldest, newest = utc_stamp(month.now - timedelta(hours=20)), utc_stamp(month.now - LONG)
    return {name: item for name, item in month.tasks().items() if oldest < item["respond"]["from"] < newest}


def _lose(month: Month, item: Item) -> None:
    month.store._forget(key_of(item))


def _change(month: Month, item: Item, **members: object) -> None:
    kept = {name: value for name, value in {**item, **members}.items() if value is not None}
    month.store._keep(key_of(item), kept)


def _tasks(month: Month) -> Iterator[str]:
    """Eight tasks that are gone, one of them of a visit that nobody has ever owed."""
    nobodys = {f":{home.id}:" for home in month.register.homes if not home.steward and not home.volunteer}
    visited = {item["sk"].rpartition("#")[0] for item in month.store._items.values() if "#VISIT#" in item["pk"]}
    fresh = _fresh(month)
    for prefix, wanted in (("missed:", 3), ("unassigned:", 1), ("missed-reports:", 1), ("need:", 3)):
        names = [name for name in fresh if name.startswith(prefix) and name.removeprefix(prefix) not in visited]
        names = [name for name in names if prefix != "unassigned:" or any(home in name for home in nobodys)]
        for name in names[:wanted]:
            _lose(month, fresh[name])
            yield f"task-missing:{name}"


def _doors(month: Month) -> Iterator[str]:
    """An open alert: its task is gone, and so is the word to the duty desk."""
    alert = next(
        item for item in month.store.under("anheli#ALERT", prefix="OPEN#") if parse(item["since"]) > month.now - timedelta(hours=20)
    )
    name = alert["sk"].removeprefix("OPEN#")
    _lose(month, month.tasks()[f"door:{name}"])
    yield f"task-missing:door:{name}"
    for item in [item for item in month.messages() if item["event"] == f"{name}:unexplained"]:
        _lose(month, item)
    yield f"untold:{name}:unexplained"


def _tellings(month: Month) -> Iterator[str]:
    """Three tellings that never reached the ledger: the first, and the last, and one between."""
    busy = [
        (name, item)
        for name, item in _fresh(month).items()
        if item["progress"]["told"] > 2 and parse(item["progress"]["at"]) < month.now - LONG
    ]
    for (name, task), number in zip(busy, (1, 2, None), strict=False):
        event = f"{name}:told:{number or task['progress']['told']}"
        for item in [item for item in month.messages() if item["event"] == event]:
            _lose(month, item)
        yield f"untold:{event}"


def _looks(month: Month) -> Iterator[str]:
    """One look gone, one a week late, one that nothing brings up any more."""
    first, second, third, *_ = month.store.under("anheli#LOOK")
    week = utc_stamp(month.now + timedelta(days=7))
    _lose(month, first)
    _change(month, second, due_at=week, due=week)
    _change(month, third, due_pk=None, due_at=None)
    yield from (f"look-missing:{item['sk']}:{day_of(month.now)}" for item in (first, second, third))


def _unseen(month: Month) -> Iterator[str]:
    """Two tasks and a message out of the index, one task pushed far ahead, and one left lying."""
    past, far = utc_stamp(month.now - LONG), utc_stamp(month.now + timedelta(days=3))
    tasks = sorted((item for item in month.tasks().values() if item["sk"].startswith("OPEN#")), key=lambda item: item["sk"])
    for item, change in zip(tasks, _CHANGES, strict=False):
        _change(month, item, **change(past, far))
        what = f"TASK/{item['sk']}"
        yield f"overdue:{what}:{past}" if change is _lying else f"not-looked-at:{what}:{item['progress']['look']}"
    left = (item for item in month.messages() if item["state"] == "handed_over")
    sent = max(left, key=lambda item: (item["created"], item["sk"]))
    _change(month, sent, state="queued")
    yield f"not-looked-at:{sent['pk'].partition('#')[2]}/{sent['sk']}:{sent['due']}"


def _gone(past: str, far: str) -> dict[str, object]:
    return {"due_pk": None, "due_at": None}


def _ahead(past: str, far: str) -> dict[str, object]:
    return {"due_at": far}


def _lying(past: str, far: str) -> dict[str, object]:
    return {"due_at": past}


_CHANGES: tuple[Callable[[str, str], dict[str, object]], ...] = (_gone, _ahead, _lying)
