"""A letter's whole way: written, judged, answered, read; and the one word the rest hears of it."""

import re
from typing import Any

import pytest

from chalicelib.mailbox import records
from chalicelib.shared.calendar import parse
from chalicelib.store import letter_keys as keys
from tests.builders import moment
from tests.mailbox.desk import SECRET, TEXT, Box


@pytest.fixture
def box() -> Box:
    return Box()


def test_a_letter_gets_a_receipt_that_shows_its_state_alone(box: Box):
    written = box.write()
    assert written.status == 201
    receipt = written.body["receipt"]

    shown = box.ask("POST", "/state", {"compound": "anheli", "receipt": f"{receipt[:4]} {receipt[4:8]}-{receipt[8]}"})

    assert shown.status == 200
    due = {"half_day": "2026-11-22-am", "due": "2026-11-23T00:00:00+08:00"}
    assert shown.body == {"receipt": receipt, "state": "waiting", "result": "", **due}


def test_the_secret_opens_the_thread_and_nothing_else_does(box: Box):
    receipt = box.write().body["receipt"]
    box.post("/judgements", receipt=receipt, urgency="soon")
    box.post("/replies", receipt=receipt, text="下午三点送到门口。", key="reply-001", result=True)

    thread = box.ask("POST", "/thread", {"compound": "anheli", "secret": SECRET.lower().replace("0", "o")})

    assert [(line["from"], line["text"]) for line in thread.body["lines"]] == [("writer", TEXT), ("staff", "下午三点送到门口。")]
    assert (thread.body["state"], thread.body["result"]) == ("answered", "2026-11-22-am")
    assert box.ask("POST", "/thread", {"compound": "qinghe", "secret": SECRET}).status == 404
    assert "anheli.liu" not in str(thread.body)


def test_the_rest_hears_receipt_urgency_and_when_it_is_due_and_never_a_word(box: Box):
    receipt = box.write().body["receipt"]
    box.post("/judgements", receipt=receipt, urgency="danger")
    box.post("/replies", receipt=receipt, text="已经有人陪着了。", key="reply-001", result=True)

    assert [(word["state"], word["urgency"], word["turn"]) for word in box.told] == [
        ("waiting", "urgent", 0),
        ("waiting", "danger", 0),
        ("answered", "danger", 0),
    ]
    assert {parse(word["due"]) for word in box.told} == {moment("00:00", moment("09:00").date()).replace(day=23)}
    assert set(box.told[0]) == {"compound", "receipt", "turn", "urgency", "state", "due", "version"}
    assert not records.waiting(box.store, "anheli")


def test_what_is_not_judged_is_not_set_aside(box: Box):
    receipt = box.write().body["receipt"]
    refused = box.post("/replies", receipt=receipt, text="好了。", key="reply-001", result=True)

    assert (refused.status, refused.body["type"]) == (409, "/problems/not-judged")
    assert box.post("/replies", receipt=receipt, text="在看了。", key="reply-002").status == 200


def test_the_same_letter_again_is_the_same_letter_and_another_text_under_its_secret_is_refused(box: Box):
    first, again = box.write(), box.write()

    assert first.body == again.body and len(box.told) == 1
    assert box.write("另一封信").status == 422


def test_a_writer_who_goes_on_after_the_result_is_owed_another_one(box: Box):
    receipt = box.write().body["receipt"]
    box.post("/judgements", receipt=receipt, urgency="soon")
    box.post("/replies", receipt=receipt, text="送到了。", key="reply-001", result=True)
    box.now = moment("15:10")
    more = {"compound": "anheli", "secret": SECRET, "text": "没有收到。", "key": "more-0001"}
    thread = box.ask("POST", "/thread/lines", more)
    again = box.ask("POST", "/thread/lines", more)

    assert thread == again and thread.body["state"] == "waiting" and len(thread.body["lines"]) == 3
    assert (box.told[-1]["turn"], box.told[-1]["due"]) == (1, "2026-11-23T12:00:00+08:00")
    desk = box.ask("GET", "/staff/letters", by="anheli.liu")
    assert [letter["urgency"] for letter in desk.body["letters"]] == [None]


def test_a_word_that_could_not_be_said_is_said_by_whoever_looks_next(box: Box):
    """The power goes between the letter and the word: the letter is there, and the desk says what was not said."""
    told = box.told
    box.told = None  # type: ignore[assignment]
    assert box.write().status == 500
    box.told = told

    desk = box.ask("GET", "/staff/letters", by="anheli.liu")
    assert len(desk.body["letters"]) == 1 and len(box.told) == 1
    box.ask("GET", "/staff/letters", by="anheli.liu")
    assert len(box.told) == 1


def test_the_desk_shows_the_most_urgent_first_and_counts_what_was_answered_in_time(box: Box):
    for number, text in enumerate(("谢谢大家", "我不想活了", "三天没吃的了")):
        box.write(text, f"{number}KQ2M9XWTB4C6D8E0F1G")
    desk = box.ask("GET", "/staff/letters", by="anheli.liu").body

    assert [letter["worry"] for letter in desk["letters"]] == ["danger", "urgent", None]
    receipt = desk["letters"][0]["receipt"]
    box.post("/judgements", receipt=receipt, urgency="danger")
    box.post("/replies", receipt=receipt, text="有人到了。", key="reply-001", result=True)
    desk = box.ask("GET", "/staff/letters", by="anheli.liu").body
    assert (desk["answered"], desk["in_time"], desk["worst_hours"], len(desk["letters"])) == (1, 1, 12, 2)


def test_the_box_in_the_square_runs_on_the_same_clock(box: Box):
    box.now = moment("16:30")
    assert box.post("/box-openings", letters=3).body["letters"] == 3
    assert box.post("/box-openings", letters=4).body == {"day": "2026-11-22", "by": "anheli.liu", "letters": 4, "version": 1}
    slip = box.post("/letters", secret=SECRET, kind="feelings", text="夜里害怕。", half_day="2026-11-22-pm")

    assert (slip.status, slip.body["due"]) == (201, "2026-11-23T12:00:00+08:00")
    assert box.post("/letters", secret=SECRET[::-1], kind="feelings", text="x", half_day="2026-10-22-pm").status == 400
    assert box.post("/letters", secret=SECRET[::-1], kind="feelings", text="x", half_day="2026-13-45-pm").status == 400


def test_only_coordinators_and_managers_of_the_compound_read_letters(box: Box):
    receipt = box.write().body["receipt"]

    assert box.ask("GET", "/staff/letters").status == 401
    assert box.ask("GET", "/staff/letters", by="anheli.wang", groups="[steward]").status == 403
    assert box.ask("GET", "/staff/letters", by="qinghe.clara", groups="[manager]").body["letters"] == []
    assert box.post("/replies", by="qinghe.clara", receipt=receipt, text="x", key="reply-001").status == 404


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ("{", 400),
        ('"x"', 400),
        ('{"compound":"anheli"}', 400),
        ('{"compound":"nowhere","secret":"7KQ2M9XWTB4C6D8E0F1G","kind":"problem","text":"x"}', 404),
        ('{"compound":"nuanlin","secret":"7KQ2M9XWTB4C6D8E0F1G","kind":"problem","text":"x"}', 404),
        ('{"compound":"anheli","secret":"short","kind":"problem","text":"x"}', 400),
        ('{"compound":"anheli","secret":"7KQ2M9XWTB4C6D8E0F1G","kind":"problem","text":"  "}', 400),
        ('{"compound":"anheli","secret":"7KQ2M9XWTB4C6D8E0F1G","kind":"problem","text":"x","name":"anna"}', 400),
        ('{"compound":"anheli","secret":"7KQ2M9XWTB4C6D8E0F1G","kind":"problem","text":"' + "x" * 2001 + '"}', 400),
        ("x" * 1_000_000, 413),
    ],
)
def test_what_cannot_be_a_letter_is_refused_and_nothing_is_kept(box: Box, body: str, status: int):
    before = len(box.store._items)
    assert box.ask("POST", "/letters", body).status == status
    assert len(box.store._items) == before and box.told == []


@pytest.mark.parametrize(("path", "name", "guess"), [("/state", "receipt", "{:09d}"), ("/thread", "secret", "7KQ2M9XWTB4C{:08d}")])
def test_ten_thousand_guesses_find_nothing_and_are_slowed_for_all_alike(box: Box, path: str, name: str, guess: str):
    box.write()
    statuses = [box.ask("POST", path, {"compound": "anheli", name: guess.format(number)}).status for number in range(10_000)]

    assert set(statuses) == {404, 429} and statuses.count(404) == 30
    assert box.ask("POST", "/thread", {"compound": "anheli", "secret": SECRET}).status == 200, "whoever has her secret is not slowed"
    assert box.ask("POST", "/state", {"compound": "qinghe", "receipt": "1"}).status == 404, "another compound is not"


def test_the_desk_asks_as_often_for_sixty_letters_as_for_one(box: Box, monkeypatch: pytest.MonkeyPatch):
    asked: list[str] = []
    for name in ("get", "get_many", "under"):
        monkeypatch.setattr(box.store, name, counted(getattr(box.store, name), name, asked))

    def requests() -> int:
        asked.clear()
        assert box.ask("GET", "/staff/letters", by="anheli.liu").status == 200
        return len(asked)

    box.write()
    one = requests()
    for number in range(59):
        box.write(secret=f"{number:02}{SECRET[2:]}")
    assert requests() == one


def counted(call: Any, name: str, asked: list[str]) -> Any:
    def counting(*given: Any, **named: Any) -> Any:
        asked.append(name)
        return call(*given, **named)

    return counting


def test_a_letter_ends_ninety_days_after_its_half_day_of_result_and_not_while_it_waits(box: Box):
    receipt = box.write().body["receipt"]
    assert "ttl" not in letter_item(box, receipt)
    box.post("/judgements", receipt=receipt, urgency="soon")
    box.post("/replies", receipt=receipt, text="送到了。", key="reply-001", result=True)
    assert letter_item(box, receipt)["ttl"] == moment("12:00").timestamp() + 90 * 86400
    box.ask("POST", "/thread/lines", {"compound": "anheli", "secret": SECRET, "text": "没有收到。", "key": "more-0001"})
    assert "ttl" not in letter_item(box, receipt)


@pytest.mark.parametrize("text", ["\u200b\ufeff", "\u202e\u2066 ", "\u3164\u2800", "\u200d"])
def test_a_letter_in_which_nothing_can_be_seen_is_none(box: Box, text: str):
    assert box.write(text).status == 400
    assert not records.waiting(box.store, "anheli")


def test_no_time_that_is_stored_is_finer_than_a_half_day(box: Box):
    """Written at 9:40, answered, gone on with, looked up by a wrong number: dates stand with am or pm, and what ends does so at noon or midnight."""
    receipt = box.write().body["receipt"]
    box.post("/judgements", receipt=receipt, urgency="soon")
    box.post("/replies", receipt=receipt, text="送到了。", key="reply-001", result=True)
    box.ask("POST", "/thread/lines", {"compound": "anheli", "secret": SECRET, "text": "没有收到。", "key": "more-0001"})
    box.post("/box-openings", letters=1)
    kept = [item for (pk, _), item in box.store._items.items() if not pk.endswith("LOOKUPS")]

    assert len(kept) > 4 and "2026-11-22-am" in repr(kept)
    assert not re.search(r"\d\d:\d\d|T\d\d", repr(kept))
    assert {item["ttl"] % 43200 for item in kept if "ttl" in item} == {moment("12:00").timestamp() % 43200}


def letter_item(box: Box, receipt: str) -> Any:
    return box.store.get(keys.letter("anheli", receipt))
