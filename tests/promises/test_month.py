"""A month of a compound of 1,200 homes, and one day of it: every miss is found once, nobody is told twice, and the auditor finds what was lost."""

from collections import Counter
from datetime import date, timedelta

import pytest

from chalicelib.shared.calendar import at, parse
from tests.promises.losses import plant
from tests.promises.month import Month, claims

START = at(date(2026, 11, 1), "00:00")


@pytest.mark.month
def test_a_month_of_a_large_compound(monkeypatch: pytest.MonkeyPatch):
    month = Month(monkeypatch, 1200, START)
    month.off = (at(date(2026, 11, 15), "09:00"), at(date(2026, 11, 15), "15:00"))
    month.live(30)
    check(month, 30)


def test_simulated_day(monkeypatch: pytest.MonkeyPatch):
    """A Thursday on which medicine is brought, with the schedule off from nine to three."""
    day = date(2026, 11, 19)
    month = Month(monkeypatch, 400, at(day, "00:00"))
    month.off = (at(day, "09:00"), at(day, "15:00"))
    month.live(1)
    check(month, 1)


def check(month: Month, days: int) -> None:
    tasks, messages = month.tasks(), month.messages()
    every_miss_is_found_once(month, days, set(tasks))
    nobody_is_told_twice(messages)
    silences, expired = acknowledgements_hold_and_then_repeat_once(month, tasks, messages)
    assert silences > 10 * days and expired > 2
    the_auditor_speaks_of_the_outage_only(month)
    the_auditor_finds_what_is_lost_and_no_more(month)


def every_miss_is_found_once(month: Month, days: int, tasks: set[str]) -> None:
    missed = month.misses(days)
    assert missed == {task for task in tasks if task.startswith("missed:")}
    assert len(missed) > 2 * days


def nobody_is_told_twice(messages: list) -> None:
    assert len(messages) > 50
    assert [item["sk"] for item in messages if item["tries"] > 1 or item["repeat"]] == []
    assert [name for name, times in Counter(item["sk"] for item in messages).items() if times > 1] == []


def acknowledgements_hold_and_then_repeat_once(month: Month, tasks: dict, messages: list) -> tuple[int, int]:
    """Returns how many acknowledgements there were, and how many ran out."""
    told: dict[str, set] = {}
    for item in messages:
        task, _, number = item["event"].rpartition(":told:")
        told.setdefault(task, set()).add((parse(item["at"]), number))
    silences = expired = 0
    for name, task in tasks.items():
        for begin, end in claims(task):
            silences += 1
            assert not [at for at, _ in told.get(name, ()) if begin < at < end], name
            looked = month.off[1] if month.off[0] <= end < month.off[1] else end
            followed = any(begin < parse(row["at"]) < looked + month.every for row in task["lines"])
            if not followed and looked < month.now - month.every:
                assert len([at for at, _ in told[name] if end <= at < looked + month.every]) == 1, name
                expired += 1
    return silences, expired


def the_auditor_speaks_of_the_outage_only(month: Month) -> None:
    begin, end = month.off
    during = [finding for when, finding in month.findings if begin < when <= end]
    assert during and [(when, finding.id) for when, finding in month.findings if not begin < when <= end] == []


def the_auditor_finds_what_is_lost_and_no_more(month: Month) -> None:
    month.clock.moment += timedelta(minutes=6)
    month.sweep()
    assert month.audit() == []
    expected = plant(month)
    found = [finding.id for finding in month.audit()]
    assert len(expected) == 20
    assert sorted(found) == sorted(expected)
