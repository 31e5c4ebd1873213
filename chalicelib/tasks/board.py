"""How tasks are stored: open ones and those closed today lie side by side, so that one range read gives a day's board."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any

from chalicelib.shared.calendar import parse, utc_stamp
from chalicelib.shared.news import News, told
from chalicelib.shared.tiers import Tier
from chalicelib.store import keys
from chalicelib.store.contract import Absent, Add, Change, Item, Remove, Replace, Store
from chalicelib.tasks.clocks import Clock, Pause
from chalicelib.tasks.ladders import Progress, Rung
from chalicelib.tasks.tasks import ALARMS, Line, Task, TaskKind, TaskState

KEEP_DAYS, KEEP_ALARM_DAYS = 400, 30


def added(compound: str, task: Task, rung: Rung | None, days: Iterable[date]) -> list[Change]:
    """A task that arises: under an id that its source gives, so that it arises once. Whoever stands on the rung is told at once.

    Refused if it is open, and if it was closed on one of these days since somebody looked: what was done meanwhile is not begun again.
    """
    news = told(f"{task.id}:told:{task.progress.told}", News.TASK_TOLD) if rung else told(f"{task.id}:opened", News.TASK_OPENED)
    item = _item(keys.open_task(compound, task.id), task, news)
    unclosed = [Absent(keys.closed_task(compound, day, task.id)) for day in days]
    return [Add({**item, "rung": rung.value if rung else None}), *unclosed]


def changed(compound: str, task: Task) -> Change:
    """A running task after somebody did something with it."""
    return Replace(_item(keys.open_task(compound, task.id), task, told(f"{task.id}:{task.version + 1}", News.TASK_CHANGED)), task.version)


def climbed(compound: str, task: Task, rung: Rung | None) -> Change:
    """A running task after a look. Whoever stands on the rung is told by whoever hears the news."""
    news = told(f"{task.id}:told:{task.progress.told}", News.TASK_TOLD) if rung else None
    item = _item(keys.open_task(compound, task.id), task, news)
    return Replace({**item, "rung": rung.value if rung else None}, task.version)


def closed(compound: str, task: Task, day: date) -> list[Change]:
    """The task leaves the open ones and joins the day's closed ones, in one write.

    A letter is told of in the minute in which it is written: while it climbs that minute is needed, and it is not kept longer.
    """
    if task.kind is TaskKind.LETTER:
        task = task._replace(progress=task.progress._replace(look=task.solve.started, told_at=task.solve.started))
    item = _item(keys.closed_task(compound, day, task.id), task, told(f"{task.id}:{task.version + 1}", News.TASK_CLOSED))
    return [Remove(keys.open_task(compound, task.id), task.version), Add(item)]


def confirmed(compound: str, task: Task, day: date) -> Change:
    """A closed task that somebody has confirmed."""
    return Replace(
        _item(keys.closed_task(compound, day, task.id), task, told(f"{task.id}:{task.version + 1}", News.TASK_CHANGED)), task.version
    )


def reopened(compound: str, task: Task, day: date) -> list[Change]:
    item = _item(keys.open_task(compound, task.id), task, told(f"{task.id}:{task.version + 1}", News.TASK_CHANGED))
    return [Remove(keys.closed_task(compound, day, task.id), task.version), Add(item)]


def open_of(store: Store, compound: str, kind: TaskKind) -> list[Task]:
    """The running tasks of one kind."""
    return [from_item(item) for item in store.under(keys.tasks(compound), prefix=f"OPEN#{kind.value}:")]


def running_all(store: Store, compound: str) -> list[Task]:
    """Every running task. One query."""
    return [from_item(item) for item in store.under(keys.tasks(compound), prefix="OPEN#")]


def begun_with(store: Store, compound: str, start: str, today: date, days: int) -> list[Task]:
    """The running tasks whose ids begin so, and those closed on so many days up to today. One query, and one a day."""
    prefixes = [f"OPEN#{start}", *(f"DAY#{today - timedelta(days=back)}#{start}" for back in range(days))]
    return [from_item(item) for prefix in prefixes for item in store.under(keys.tasks(compound), prefix=prefix)]


def running(store: Store, compound: str, identity: str) -> Task | None:
    item = store.get(keys.open_task(compound, identity), consistent=True)
    return None if item is None else from_item(item)


def lately_closed(store: Store, compound: str, identity: str, today: date, days: int = 7) -> tuple[Task, date] | None:
    """The task and the day it was closed on, if that was within the last week."""
    found = {keys.closed_task(compound, today - timedelta(days=back), identity): today - timedelta(days=back) for back in range(days)}
    for key, item in store.get_many(list(found), consistent=True).items():
        return from_item(item), found[key]
    return None


def of_day(store: Store, compound: str, day: date) -> list[Task]:
    """Everything open, and what was closed since ``day``."""
    return [from_item(item) for item in store.under(keys.tasks(compound), start=f"DAY#{day.isoformat()}")]


def from_item(item: Item) -> Task:
    identity = item["sk"].split("#", 1 if item["sk"].startswith("OPEN#") else 2)[-1]
    lines = tuple(_line(row) for row in item["lines"])
    said = (item["home"], Tier(item["tier"]), item["category"], item["about"], tuple(item["owners"]), TaskState(item["state"]))
    clocks = _clock(item["respond"]), _clock(item["solve"])
    return Task(
        identity,
        TaskKind(item["kind"]),
        *said,
        item["ladder"],
        _progress(item["progress"]),
        *clocks,
        lines,
        item["v"],
        item.get("tenancy", ""),
    )


def _item(key: keys.Key, task: Task, news: dict[str, Any] | None) -> Item:
    item: Item = {
        **key.as_item(),
        "v": task.version + 1,
        "kind": task.kind.value,
        "home": task.home,
        "tenancy": task.tenancy,
        "tier": task.tier.value,
        "category": task.category,
        "about": task.about,
        "owners": list(task.owners),
        "state": task.state.value,
        "ladder": task.ladder,
        "progress": _progress_row(task.progress),
        "respond": _clock_row(task.respond),
        "solve": _clock_row(task.solve),
        "lines": [_line_row(line) for line in task.lines],
        "news": news,
    }
    if task.running:
        return item | {"due_pk": keys.shard(f"{key.pk}{key.sk}"), "due_at": utc_stamp(task.progress.look)}
    days = KEEP_ALARM_DAYS if task.kind in ALARMS else KEEP_DAYS
    return item | {"ttl": int(task.lines[-1].at.timestamp()) + days * 86400}


def _line_row(line: Line) -> dict[str, Any]:
    row = {"at": utc_stamp(line.at), "by": line.by, "act": line.act}
    more = {"note": line.note, "key": line.key, "to": line.to}
    return row | {name: value for name, value in more.items() if value}


def _line(row: dict[str, Any]) -> Line:
    return Line(parse(row["at"]), row["by"], row["act"], row.get("note", ""), row.get("key", ""), row.get("to", ""))


def _progress_row(progress: Progress) -> dict[str, Any]:
    until = utc_stamp(progress.acked_until) if progress.acked_until else ""
    counted = {"step": progress.step, "repeats": progress.repeats, "told": progress.told, "at": _or_empty(progress.told_at)}
    return {**counted, "look": utc_stamp(progress.look), "by": progress.acked_by, "until": until}


def _progress(row: dict[str, Any]) -> Progress:
    until = parse(row["until"]) if row["until"] else None
    told_at = parse(row["at"]) if row.get("at") else None
    return Progress(row["step"], row["repeats"], row["told"], parse(row["look"]), row["by"], until, told_at)


def _clock_row(clock: Clock) -> dict[str, Any]:
    pauses = [{"from": utc_stamp(pause.start), "until": utc_stamp(pause.end), "why": pause.reason} for pause in clock.pauses]
    allowed = int(clock.allowed.total_seconds())
    return {"from": utc_stamp(clock.started), "seconds": allowed, "pauses": pauses, "stopped": _or_empty(clock.stopped)}


def _clock(row: dict[str, Any]) -> Clock:
    pauses = tuple(Pause(parse(each["from"]), parse(each["until"]), each["why"]) for each in row["pauses"])
    stopped = parse(row["stopped"]) if row["stopped"] else None
    return Clock(parse(row["from"]), timedelta(seconds=row["seconds"]), pauses, stopped)


def _or_empty(moment: datetime | None) -> str:
    return utc_stamp(moment) if moment else ""
