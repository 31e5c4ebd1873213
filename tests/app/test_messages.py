"""The delivery ledger through the switchboard: who sees which lines, and which words."""

from datetime import timedelta

import pytest

from chalicelib.post.actions import deliver
from chalicelib.post.entries import queue
from chalicelib.post.rules import Refused, Telling
from chalicelib.store.memory import MemoryStore
from tests.actions.mail import Channel
from tests.app.client import Client, FixedClock
from tests.builders import moment

HEALTH = "1 栋 302 岑秋 今天没有量体温"
SECRET = "wecombot://a-secret-key"
PHONE = "sms:+8613800000012"


@pytest.fixture
def ledger(store: MemoryStore, clock: FixedClock) -> MemoryStore:
    for number, (person, addresses) in enumerate(
        {"anheli.wang": (SECRET, PHONE), "anheli.liu": (PHONE,), "v1": (), "duty": (SECRET,)}.items()
    ):
        at = moment(f"08:0{number}")
        message = queue(store, at, "anheli", Telling(f"m{number}", at, person, addresses, f"{person}: {HEALTH}"))
        if person == "anheli.wang" and message:
            deliver(store, at, [message], Channel())
        if person == "anheli.liu" and message:
            deliver(store, at, [message], Channel(Refused("Throttling")))
    queue(store, moment("08:00"), "qinghe", Telling("theirs", moment("08:00"), "qinghe.kela", (SECRET,), "她的消息"))
    return store


@pytest.fixture
def coordinator(caller: Client) -> Client:
    return caller.as_staff("anheli.liu", "coordinator")


def test_a_manager_sees_everything_newest_first(manager: Client, ledger: MemoryStore):
    found = manager.get("/api/messages").json

    assert [(line["person"], line["name"], line["state"], line["channel"]) for line in found["messages"]] == [
        ("duty", "", "queued", "wecom"),
        ("v1", "老周", "suppressed", ""),
        ("anheli.liu", "刘组长", "queued", "sms"),
        ("anheli.wang", "王管家", "handed_over", "wecom"),
    ]
    assert found["counts"] == {"queued": 2, "suppressed": 1, "handed_over": 1}
    assert found["day"] == "2026-11-22" and found["compound"]["id"] == "anheli"
    assert [line["why"] for line in found["messages"]] == ["", "no channel", "Throttling", ""]
    assert [line["tries"] for line in found["messages"]] == [0, 0, 1, 1]
    assert all(HEALTH in line["text"] for line in found["messages"])


def test_a_coordinator_sees_her_own_people_and_only_the_words_meant_for_her(coordinator: Client, ledger: MemoryStore):
    found = coordinator.get("/api/messages").json

    assert {line["person"]: line["text"] is not None for line in found["messages"]} == {
        "anheli.wang": False,
        "anheli.liu": True,
        "v1": False,
    }
    assert found["counts"] == {"queued": 1, "suppressed": 1, "handed_over": 1}


def test_no_address_leaves_with_the_ledger(manager: Client, coordinator: Client, ledger: MemoryStore):
    for caller in (manager, coordinator):
        text = caller.get("/api/messages").text
        assert "secret-key" not in text and "13800000012" not in text and "她的消息" not in text


def test_stewards_have_no_ledger(steward: Client, ledger: MemoryStore):
    assert steward.get("/api/messages").status == 403


def test_another_day_is_asked_for_by_its_date(manager: Client, ledger: MemoryStore, clock: FixedClock):
    clock.moment += timedelta(days=1)

    assert manager.get("/api/messages").json["messages"] == []
    assert len(manager.get("/api/messages?day=2026-11-22").json["messages"]) == 4


@pytest.mark.parametrize("day", ["yesterday", "2026-02-30", "22.11.2026", "2026-11-22%23x", "1e9"])
def test_a_day_that_is_none_is_refused(manager: Client, ledger: MemoryStore, day: str):
    answer = manager.get(f"/api/messages?day={day}")

    assert answer.status == 400 and answer.json["type"] == "/problems/day"


def test_a_line_without_its_text_does_not_tell_whose_health_it_was_about(manager: Client, coordinator: Client, store: MemoryStore):
    at, event = moment("08:00"), "need:1-302:t1:2026-11-22:unwell:told:1"
    queue(store, at, "anheli", Telling(event, at, "anheli.wang", (PHONE,), "不舒服"))

    (line,), (whole,) = (caller.get("/api/messages").json["messages"] for caller in (coordinator, manager))
    assert whole["event"] == event
    assert (line["event"], line["person"]) == ("need", "anheli.wang")
    assert not any(word in str(line) for word in ("unwell", "1-302"))
