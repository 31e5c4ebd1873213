"""A month of a compound of 1,200 homes, and one day of it: every miss is found once, nobody is told twice, and the auditor finds what was lost."""

from collections import Counter, defaultdict
from datetime import date, datetime, timedelta

import pytest

from chalicelib.shared.calendar import at, local, parse
from chalicelib.store.contract import Item
from tests.promises.losses import plant
from tests.promises.month import Month
from tests.promises.oracle import WAITS, claims, days_of, looked, missed_reports, missed_visits, nobodys_visits, silences

START = at(date(2026, 11, 1), "00:00")


@pytest.mark.month
def test_a_month_of_a_large_compound(monkeypatch: pytest.MonkeyPatch):
    month = Month(monkeypatch, 1200, START)
    month.off = (at(date(2026, 11, 15), "09:00"), at(date(2026, 11, 15), "15:00"))
    month.live(30)
    check(month, 30)
    assert len(missed_visits(month)) > 60
    assert len(missed_reports(month)) == 29, "on one day everybody reports"


def test_simulated_day(monkeypatch: pytest.MonkeyPatch):
    """A Thursday on which medicine is brought, with the schedule off from nine to three."""
    day = date(2026, 11, 19)
    month = Month(monkeypatch, 400, at(day, "00:00"))
    month.off = (at(day, "09:00"), at(day, "15:00"))
    month.live(1)
    check(month, 1)
    assert len(missed_visits(month)) > 2


def check(month: Month, days: int) -> None:
    what_was_lived_is_what_is_stored(month, days)
    the_auditor_speaks_of_the_outage_only(month)
    the_auditor_finds_what_is_lost_and_no_more(month)


def what_was_lived_is_what_is_stored(month: Month, days: int) -> None:
    tasks, messages = month.tasks(), month.messages()
    every_miss_is_found_once(month, days, set(tasks))
    what_was_done_is_closed(month, tasks)
    every_message_left_once(month, messages, tasks)
    held, expired = acknowledgements_hold_and_then_repeat_once(month, tasks, tellings(messages))
    assert held > 5 * days and expired > days
    nobody_is_left_in_silence(month, tasks, tellings(messages))


def tellings(messages: list[Item]) -> dict[str, dict[int, datetime]]:
    """When each task was told for the first, second, … time: each telling at one moment, whoever heard it."""
    found: dict[str, dict[int, datetime]] = defaultdict(dict)
    for item in messages:
        task, _, number = item["event"].rpartition(":told:")
        if task:
            assert found[task].setdefault(int(number), parse(item["at"])) == parse(item["at"]), item["sk"]
    return found


def every_miss_is_found_once(month: Month, days: int, tasks: set[str]) -> None:
    missed, nobodys = missed_visits(month), nobodys_visits(month)
    assert missed == {task for task in tasks if task.startswith("missed:")}
    assert nobodys == {task for task in tasks if task.startswith("unassigned:")}
    assert missed_reports(month) == {task for task in tasks if task.startswith("missed-reports:")}
    assert len(missed) >= days and len(nobodys) >= days
    checked = {f"reach:{day}" for day in days_of(month) if looked(month, at(day, "09:00")) <= month.now}  # its people have no phones
    assert checked == {task for task in tasks if task.startswith("reach:")}


def what_was_done_is_closed(month: Month, tasks: dict[str, Item]) -> None:
    """A visit made after all settles what was said about it; an alert taken on at the desk is taken on everywhere."""
    settled = 0
    for slot, moment in month.kept.items():
        for task in (tasks[name] for name in (f"missed:{slot}", f"nobody-home:{slot}", f"unassigned:{slot}") if name in tasks):
            assert not task["sk"].startswith("OPEN#") and any(parse(row["at"]) <= moment for row in task["lines"][1:]), task["sk"]
            settled += 1
    for alert, moment in month.taken.items():
        assert any(parse(row["at"]) <= moment and row["act"] == "claim" for row in tasks[f"door:{alert}"]["lines"]), alert
    assert settled + len(month.taken)


def every_message_left_once(month: Month, messages: list[Item], tasks: dict[str, Item]) -> None:
    """What the channels took is what the ledger says: each message once, in its time, and nothing else."""
    assert len(messages) > 30
    assert [item["sk"] for item in messages if item["tries"] > 1 or item["repeat"]] == []
    assert [name for name, times in Counter(item["sk"] for item in messages).items() if times > 1] == []
    left = [item for item in messages if item["state"] in ("handed_over", "delivered")]
    waiting = [item for item in messages if item["state"] == "queued"]
    assert [item["sk"] for item in waiting if parse(item["due"]) <= month.now] == []
    assert {(item["state"], item["why"]) for item in messages if item not in left and item not in waiting} <= {("suppressed", "outdated")}
    assert Counter(gist(item["text"]) for item in left) == Counter(line for _, _, text in month.sent for line in gists(text))
    for item in left:
        task = tasks.get(item["event"].rpartition(":told:")[0])
        urgent = task is None or task["tier"] == "red" or task["kind"] == "door" or task["category"] == "unwell"
        assert urgent or item["state"] == "delivered" or 7 <= local(parse(item["due"])).hour < 22, item["sk"]


def gist(text: str) -> str:
    return " ".join(text.splitlines()[:2])


def gists(text: str) -> list[str]:
    """Of what left together: each message by itself, and each line of a night's digest."""
    parts = text.split("\n\n")
    lines = [line.removeprefix("· ") for part in parts for line in part.splitlines() if line.startswith("· ")]
    return lines + [gist(part) for part in parts if "\n· " not in part]


def acknowledgements_hold_and_then_repeat_once(
    month: Month, tasks: dict[str, Item], told: dict[str, dict[int, datetime]]
) -> tuple[int, int]:
    """Returns how many acknowledgements there were, and how many ran out."""
    held = expired = 0
    for name, task in tasks.items():
        for begin, end in claims(task):
            held += 1
            assert not [at for at in told[name].values() if begin < at < end], name
            looked = month.off[1] if month.off[0] <= end < month.off[1] else end
            followed = any(begin < parse(row["at"]) < looked + month.every for row in task["lines"])
            if not followed and looked < month.now - month.every:
                assert len([at for at in told[name].values() if end <= at < looked + month.every]) == 1, name
                expired += 1
    return held, expired


def nobody_is_left_in_silence(month: Month, tasks: dict[str, Item], told: dict[str, dict[int, datetime]]) -> None:
    """As long as nobody takes a task on, it is told again: never sooner than its ladder says, and never later."""
    for name, task in tasks.items():
        moments, (shortest, longest) = list(told[name].values()), WAITS[task["ladder"]]
        for begin, end in silences(month, task, moments):
            latest = begin + timedelta(minutes=longest)
            latest = max(latest, month.off[1]) if latest > month.off[0] and begin < month.off[1] else latest
            assert end < latest + month.every, (name, begin, end)
            undisturbed = end not in {parse(row["at"]) for row in task["lines"]}
            if begin in moments and end in moments and undisturbed:
                assert end - begin > timedelta(minutes=shortest) - month.every, (name, begin, end)


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
