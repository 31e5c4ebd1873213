"""Solved cases through the switchboard: what may not stand in one, who lets it go and when, how it is taken back."""

import random
from datetime import date, timedelta
from typing import Any

import pytest

import app
from chalicelib import wiring
from tests.actions.stream import StreamingStore
from tests.app.cast import ANHELI, CASE, RECEIPT, World
from tests.app.client import Answer, FixedClock, stand_on
from tests.app.test_access import SOLVED_CASE
from tests.builders import DAY, moment
from tests.cases_letters import with_identifier, with_name
from tests.pages.published import read
from tests.properties.test_published_cases import Bucket


def write(everybody: World, who: str = "coordinator", **members: Any) -> Answer:
    return everybody.callers()[who].post("/api/cases", {**SOLVED_CASE, **members})


def approve(everybody: World, case: str, who: str = "manager", **body: Any) -> Answer:
    return everybody.callers()[who].post(f"/api/cases/{case}/approval", body)


def desk(everybody: World) -> Any:
    return everybody.callers()["manager"].get("/api/cases").json


def test_a_card_is_written_by_one_and_let_go_by_another_a_day_after_the_result(everybody: World, clock: FixedClock):
    card = write(everybody).json
    assert (card["state"], card["by_name"], card["may_from"]) == ("draft", "刘组长", "2026-11-22T12:00:00+08:00")

    early = approve(everybody, card["id"])
    assert (early.status, early.json["type"], early.json["first"]) == (409, "/problems/too-early", "2026-11-22T12:00:00+08:00")
    clock.moment = moment("12:00")
    own = approve(everybody, card["id"], "coordinator")
    assert (own.status, own.json["type"]) == (403, "/problems/another-person")
    assert approve(everybody, card["id"]).json["state"] == "approved"
    assert [each["id"] for each in desk(everybody)["approved"]] == [card["id"]]
    assert desk(everybody)["release"] == "2026-12-01"


def test_the_known_bad_example_is_refused_and_nothing_is_kept(everybody: World):
    """As one compound published it: everybody in the building knew who it was."""
    before = dict(everybody.store._items)
    answer = write(everybody, text="3栋王女士家的奶粉断供", result="我们当天就联系超市送到了")

    assert (answer.status, answer.json["type"]) == (400, "/problems/points-at-somebody")
    assert answer.json["marks"] == [{"field": "text", "kind": "door", "said": "3栋", "start": 0, "end": 2}]
    assert "3栋" in answer.json["detail"] and "3栋" in answer.json["detail_en"]
    without = write(everybody, text="王女士家的奶粉断供")
    assert (without.status, without.json["flags"]) == (409, [{"field": "text", "kind": "name", "said": "王女士", "start": 0, "end": 3}])
    assert everybody.store._items == before


def test_each_name_is_ticked_off_by_itself(everybody: World):
    text = "请温暖的志愿者送药，高先生的孩子也有了书"
    flags = [flag["said"] for flag in write(everybody, text=text).json["flags"]]
    assert "高先生" in flags
    assert write(everybody, text=text, ticked=["高先生"]).status == (201 if flags == ["高先生"] else 409)
    kept = write(everybody, text=text, ticked=flags)
    assert (kept.status, sorted(kept.json["ticked"])) == (201, sorted(flags))


def test_everybody_of_the_register_is_flagged(everybody: World):
    """安娜 begins with no common surname, and is a name here."""
    assert [flag["said"] for flag in write(everybody, text="安娜送来的菜，谢谢").json["flags"]] == ["安娜"]


@pytest.mark.parametrize("chunk", range(5))
def test_no_letter_with_an_identifier_is_ever_kept(everybody: World, chunk: int):
    """Five hundred, and the five hundred with names wait for a human's tick."""
    before = dict(everybody.store._items)
    unflagged = 0
    for seed in range(chunk * 100, chunk * 100 + 100):
        letter = with_identifier(random.Random(seed))
        assert write(everybody, result=letter.text).status == 400, letter
        if write(everybody, text=with_name(random.Random(seed)).text).status == 201:
            unflagged += 1
            before = dict(everybody.store._items)
    assert unflagged <= 5
    assert everybody.store._items == before


@pytest.mark.parametrize(
    ("members", "said"),
    [
        ({"number": "482917357"}, "not-solved"),
        ({"half_day": "2026-11-19-am"}, "not-solved"),
        ({"origin": "ticket", "number": "2611-AAAAA"}, "not-solved"),
        ({"half_day": "2026-11-23-am"}, "half_day"),
        ({"half_day": "2026-11-31-am"}, "half_day"),
        ({"building": "99"}, "building"),
        ({"number": "3-502"}, "body"),
        ({"text": "\u200b"}, "body"),
        ({"text": "字" * 301}, "body"),
        ({"kind": "gossip"}, "body"),
    ],
)
def test_what_was_not_solved_cannot_be_told(everybody: World, members: dict[str, str], said: str):
    answer = write(everybody, **members)

    assert (answer.status, answer.json["type"]) == (400, f"/problems/{said}")


def test_a_ticket_that_was_solved_can_be_told_and_one_that_was_called_off_cannot(everybody: World, clock: FixedClock):
    home, steward = everybody.callers()["home"], everybody.callers()["steward"]
    numbers = [home.post("/api/home/tickets", {"kind": "repair", "subkind": kind}).json["id"] for kind in ("leak", "power")]
    for number, act in zip(numbers, ("done", "cancel"), strict=True):
        assert steward.post(f"/api/tasks/ticket:{number}/acts", {"act": act, "note": "好"}).status == 200

    told = {"origin": "ticket", "half_day": "2026-11-22-am"}
    assert [write(everybody, **told, number=number).status for number in numbers] == [201, 400]


def test_neither_the_number_nor_an_hour_is_kept_of_a_case(everybody: World):
    before = set(everybody.store._items)
    write(everybody)
    (key,) = set(everybody.store._items) - before
    kept = str(everybody.store._items[key])

    assert RECEIPT not in kept and "T0" not in kept and "2026-11-21-am" in kept


def test_what_is_urgent_goes_out_at_once_and_says_nothing_of_kind_and_place(everybody: World):
    card = approve(everybody, CASE.id, at_once=True).json

    assert (card["state"], card["label_kind"], card["label_month"], card["label_place"]) == ("published", "other", "2026-11", "")
    assert [each["id"] for each in desk(everybody)["published"]] == [CASE.id]
    assert ("anheli#CASE", "CHANGED") in everybody.store._items


@pytest.mark.parametrize(("who", "status", "state"), [("manager", 200, "published"), ("coordinator", 409, "approved")])
def test_what_waits_for_the_release_goes_at_once_when_another_than_its_writer_says_so(
    everybody: World, clock: FixedClock, who: str, status: int, state: str
):
    card = write(everybody).json["id"]
    clock.moment = moment("12:00")
    assert approve(everybody, card).json["state"] == "approved"
    told = [approve(everybody, card, who, at_once=True) for _ in range(2)]

    assert [each.status for each in told] == [status] * 2
    kept = {each["id"]: each["state"] for place in ("approved", "published") for each in desk(everybody)[place]}
    assert kept[card] == state
    assert approve(everybody, card).json["state"] == state, "the first approval said again changes nothing"


def test_what_is_taken_back_loses_its_words_and_keeps_its_label(everybody: World):
    manager = everybody.callers()["manager"]
    approve(everybody, CASE.id, at_once=True)
    taken = manager.post(f"/api/cases/{CASE.id}/withdrawal", {"why": "写得太细"})
    again = manager.post(f"/api/cases/{CASE.id}/withdrawal", {"why": "别的理由"})

    assert (taken.json["state"], taken.json["text"], taken.json["label_kind"], again.status) == ("withdrawn", "", "other", 409)
    assert "不好意思开口" not in str(everybody.store._items)
    assert everybody.store.get(("anheli#CASE", "CHANGED"))["v"] == 2


def test_a_draft_that_is_taken_back_is_not_let_go(everybody: World):
    assert everybody.callers()["coordinator"].post(f"/api/cases/{CASE.id}/withdrawal", {"why": "写错了"}).status == 200
    assert (approve(everybody, CASE.id).status, desk(everybody)["drafts"]) == (409, [])


def test_a_name_that_came_into_the_register_meanwhile_holds_a_card_up(everybody: World, monkeypatch: pytest.MonkeyPatch):
    from chalicelib.cases import checking

    monkeypatch.setattr(checking, "_known", lambda register: {"不好意思"})
    assert approve(everybody, CASE.id).json["type"] == "/problems/not-ticked"


def test_the_day_after_a_letter_of_the_evening_begins_at_midnight(everybody: World, clock: FixedClock):
    """Only the half-day is known, so the day is counted from its end."""
    clock.moment = moment("23:59", DAY + timedelta(days=1))
    card = write(everybody, half_day="2026-11-22-pm", number=RECEIPT)
    assert card.json["type"] == "/problems/not-solved"
    assert date.fromisoformat(write(everybody, half_day="2026-11-21-pm").json["may_from"][:10]) == DAY + timedelta(days=1)


def test_the_public_page_follows_what_is_let_go_and_taken_back(everybody: World, clock: FixedClock, monkeypatch: pytest.MonkeyPatch):
    """By the news on the stream; heard twice, it is the same page."""
    store, bucket = StreamingStore(), Bucket(ANHELI)
    store.fill(list(everybody.store._items.values()))
    stand_on(monkeypatch, store, clock)
    monkeypatch.setattr(wiring, "client", lambda name: bucket)
    manager = everybody.callers()["manager"]

    def page() -> list[str]:
        for _ in range(2):
            app.react_to_news({"Records": store.told}, None)
        store.told.clear()
        return [text for text, _ in read(bucket.held)]

    assert manager.post(f"/api/cases/{CASE.id}/approval", {"at_once": True}).status == 200
    assert page() == [f"{CASE.draft.text}{CASE.draft.result}"]
    assert manager.post(f"/api/cases/{CASE.id}/withdrawal", {"why": "写得太细"}).status == 200
    assert page() == ["这一条撤回了。"]
