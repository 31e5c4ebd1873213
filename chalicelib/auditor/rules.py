"""What should have been written in the last day, recomputed from records and compared with what is there. Pure.

Everything is read off plain items: the auditor must not share a mistake with the code it watches.
"""

from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime, timedelta
from functools import cache, cached_property, partial
from itertools import chain

import msgspec

from chalicelib.auditor.pauses import stand_still
from chalicelib.auditor.reached import somebody_out_of_reach
from chalicelib.auditor.slots import DAILY, SELF_REPORT, Span, beyond, next_look, owing, owned, promises, spans
from chalicelib.register.changes import Changes
from chalicelib.register.rules import Register
from chalicelib.shared.calendar import at, day_of, parse, utc_stamp
from chalicelib.store.contract import Item

WINDOW = timedelta(hours=24)
GRACE = timedelta(minutes=5)
"""What is younger may still be on its way."""
ALARMS = {"door_opened": "door", "left_open": "left-open", "tampered": "tampered", "smoke": "smoke", "sos": "sos"}
"""The word that begins the task of an alert, by its kind."""


class Finding(msgspec.Struct, frozen=True, order=True):
    """One difference: the same id whenever it is found. ``at`` is the moment it speaks of."""

    id: str
    at: datetime


class Records(msgspec.Struct, frozen=True, dict=True):
    """What one compound has written: items as stored. ``since`` is its last import; what was due before is not judged."""

    register: Register
    changes: Changes
    since: datetime
    now: datetime
    check_ins: Sequence[Item] = ()
    visits: Sequence[Item] = ()
    tasks: Sequence[Item] = ()
    alerts: Sequence[Item] = ()
    messages: Sequence[Item] = ()
    looks: Sequence[Item] = ()
    notices: Sequence[Item] = ()
    disinfections: Sequence[Item] = ()
    patrols: Sequence[Item] = ()

    def ripe(self, moment: datetime) -> bool:
        """Within the day that is audited, and old enough?"""
        return self.now - WINDOW <= moment <= self.now - GRACE and moment > self.since

    @cached_property
    def known(self) -> set[str]:
        """The ids of all tasks read."""
        return {task_id(item) for item in self.tasks}

    @cached_property
    def told(self) -> set[str]:
        """Every event that the ledger has an entry for."""
        return {item["event"] for item in self.messages}

    @cached_property
    def full(self) -> Callable[[date], set[tuple[str, str]]]:
        """The visits of a day that were too many for a person; worked out once a day, and only if somebody asks."""
        return cache(partial(beyond, self.register, self.changes))


def task_id(item: Item) -> str:
    """``OPEN#<id>`` or ``DAY#<day>#<id>``."""
    return str(item["sk"].split("#", 1 if item["sk"].startswith("OPEN#") else 2)[-1])


def compare(records: Records) -> list[Finding]:
    """What should have been written and is not; what the ladders should have told, ``tellings`` knows."""
    standing = (
        finding("stands-still", about, moment)
        for about, moment in stand_still(records.tasks, records.register.policy, records.since, records.now)
    )
    checks = (_slots(records), _needs(records), _alerts(records), _waiting(records), standing, _looks(records))
    return sorted(set(chain(*checks)))


def overdue(items: Sequence[Item]) -> list[Finding]:
    """Items that the ``due`` index says should have been looked at a while ago."""
    return [finding("overdue", f"{item['pk'].partition('#')[2]}/{item['sk']}:{item['due_at']}", parse(item["due_at"])) for item in items]


def finding(kind: str, about: str, moment: datetime) -> Finding:
    """Its id says what is wrong with what."""
    return Finding(f"{kind}:{about}", moment)


def _slots(records: Records) -> Iterator[Finding]:
    today = day_of(records.now)
    for plan in promises(records.register.policy):
        for span in spans(plan, today - timedelta(days=2), today):
            checks = {SELF_REPORT: _reports, DAILY: _reached}
            yield from checks.get(plan.kind, _visits)(records, span)


def _reports(records: Records, span: Span) -> Iterator[Finding]:
    task = f"missed-reports:{span.key('all')}"
    if not records.ripe(span.closes) or task in records.known:
        return
    day = span.day.isoformat()
    given = {item["sk"] for item in records.check_ins if item["pk"].endswith(day)}
    if any(f"{home.id}#{home.tenancy}" not in given for home in owing(records.register, records.changes, span, span.closes)):
        yield finding("task-missing", task, span.closes)


def _reached(records: Records, span: Span) -> Iterator[Finding]:
    task = f"reach:{span.day.isoformat()}"
    if records.ripe(span.closes) and task not in records.known and somebody_out_of_reach(records.register):
        yield finding("task-missing", task, span.closes)


def _visits(records: Records, span: Span) -> Iterator[Finding]:
    made = {item["sk"] for item in records.visits}
    for moment, kind in ((span.opens, "unassigned"), (span.closes, "missed")):
        if not records.ripe(moment):
            continue
        for home in owing(records.register, records.changes, span, moment):
            key = span.key(home.id)
            lacking = f"{kind}:{key}" not in records.known and f"{key}#{home.tenancy}" not in made
            if lacking and (kind == "missed" or not owned(span, home, records.changes, moment, records.full(span.day))):
                yield finding("task-missing", f"{kind}:{key}", moment)


def _needs(records: Records) -> Iterator[Finding]:
    """Whatever a household or a visitor said that somebody has to see to."""
    tenancies = {home.id: home.tenancy for home in records.register.homes}
    rows = [
        (item, row, [*row.get("n", []), *(["unwell"] if row.get("f") == "unwell" else [])])
        for item in records.check_ins
        for row in item["said"]
    ]
    rows += [(item, row, row.get("n", [])) for item in records.visits for row in item["tries"]]
    for item, row, categories in rows:
        home, tenancy = item.get("home") or item["sk"].partition("#")[0], item["sk"].rpartition("#")[2]
        if not records.ripe(parse(row["at"])) or tenancies.get(home) != tenancy:
            continue
        for category in categories:
            task = f"need:{home}:{tenancy}:{item['pk'].rpartition('#')[2]}:{category}"
            if task not in records.known:
                yield finding("task-missing", task, parse(row["at"]))


def _alerts(records: Records) -> Iterator[Finding]:
    """An open alert has its task, and the duty desk was told."""
    homes = {home.id for home in records.register.homes}
    for item in records.alerts:
        alert, since = item["sk"].rpartition("#")[2], parse(item["since"])
        if not item["sk"].startswith("OPEN#") or not records.ripe(since) or item["home"] not in homes:
            continue
        task = f"{ALARMS.get(item.get('kind', ''), 'door')}:{alert}"
        if task not in records.known:
            yield finding("task-missing", task, since)
        if f"{alert}:{item['state']}" not in records.told:
            yield finding("untold", f"{alert}:{item['state']}", since)


def _waiting(records: Records) -> Iterator[Finding]:
    """What waits stands in the ``due`` index, at its own next moment and no later."""
    open_tasks = [(item, item["progress"]["look"]) for item in records.tasks if item["sk"].startswith("OPEN#")]
    messages = [(item, item["due"]) for item in records.messages if item["state"] in ("queued", "sending")]
    for item, moment in [*open_tasks, *messages]:
        if "due_pk" not in item or item.get("due_at", "9") > utc_stamp(parse(moment) + GRACE):
            yield finding("not-looked-at", f"{item['pk'].partition('#')[2]}/{item['sk']}:{moment}", parse(moment))


def _looks(records: Records) -> Iterator[Finding]:
    """Every window that opens or closes again has its look, no later than that moment."""
    looks, today = {item["sk"]: item for item in records.looks}, day_of(records.now)
    for plan in promises(records.register.policy):
        for window in range(len(plan.windows)):
            name, wanted = f"{plan.kind}#{window}", next_look(plan, window, records.now)
            if wanted is None:
                continue
            due = looks[name].get("due_at", "9") if name in looks else "9"
            if due > utc_stamp(wanted + GRACE):
                yield finding("look-missing", f"{name}:{today.isoformat()}", at(today, "00:00"))
