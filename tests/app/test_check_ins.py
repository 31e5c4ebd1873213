"""Reporting in, through the switchboard."""

from chalicelib.store.memory import MemoryStore
from tests.app.client import Client, FixedClock
from tests.builders import moment


def test_a_report_leaves_the_waiting_list(anna: Client, steward: Client):
    assert "3-502" in [line["home"] for line in steward.get("/api/duty").json["waiting"]]

    answer = anna.post("/api/check-ins", {"feeling": "well"})

    assert answer.status == 201
    assert answer.json["home"] == "3-502" and answer.json["late"] is False
    duty = steward.get("/api/duty").json
    assert [line["home"] for line in duty["reported"]] == ["3-502"]
    assert "3-502" not in [line["home"] for line in duty["waiting"]]
    assert anna.get("/api/home").json["self_report"]["state"] == "on_time"


def test_at_ten_a_home_that_never_reported_is_missed_and_a_late_report_takes_it_off(anna: Client, steward: Client, clock: FixedClock):
    clock.moment = moment("10:00")
    assert {"3-502", "3-1104"} <= {line["home"] for line in steward.get("/api/duty").json["missed"]}

    answer = anna.post("/api/check-ins")

    assert answer.status == 201 and answer.json["late"] is True
    duty = steward.get("/api/duty").json
    assert "3-502" not in [line["home"] for line in duty["missed"]]
    assert [(line["home"], line["state"]) for line in duty["reported"]] == [("3-502", "late")]


def test_the_same_key_gets_the_first_answer_and_another_payload_is_refused(anna: Client):
    first = anna.post("/api/check-ins", {"needs": ["food"]}, key="the-very-same")
    again = anna.post("/api/check-ins", {"needs": ["food"]}, key="the-very-same")
    other = anna.post("/api/check-ins", {"needs": ["mood"]}, key="the-very-same")

    assert (first.status, again.status, other.status) == (201, 201, 422)
    assert first.json == again.json
    assert other.headers["Content-Type"].startswith("application/problem+json")


def test_another_key_gets_the_existing_record_with_new_needs_added(anna: Client):
    anna.post("/api/check-ins", {"needs": ["food"]})
    plain = anna.post("/api/check-ins", {"needs": ["food"]})
    more = anna.post("/api/check-ins", {"needs": ["medicine"], "feeling": "unwell"})

    assert (plain.status, more.status) == (200, 200)
    assert plain.json["needs"] == ["food"]
    assert more.json["needs"] == ["medicine", "food"] and more.json["feeling"] == "unwell"


def test_a_first_answer_stays_the_first_answer_after_more_was_said(anna: Client):
    first = anna.post("/api/check-ins", {"needs": ["food"]}, key="the-very-first")
    anna.post("/api/check-ins", {"needs": ["medicine"]})

    assert anna.post("/api/check-ins", {"needs": ["food"]}, key="the-very-first").json == first.json


def test_a_key_is_needed(anna: Client):
    assert anna.post("/api/check-ins", {}, key=None).status == 400


def test_a_report_that_waited_over_midnight_is_not_taken_for_today(anna: Client):
    assert anna.post("/api/check-ins", {"day": "2026-11-21"}).status == 410
    assert anna.post("/api/check-ins", {"day": "2026-11-22"}).status == 201


def test_the_steward_reports_for_a_home_after_a_call(steward: Client):
    answer = steward.post("/api/homes/3-1104/check-ins", {"note": "电话里说挺好"})

    assert answer.status == 201 and answer.json["source"] == "phone"
    assert steward.post("/api/homes/1-302/check-ins", {}).status == 404  # not her building


def test_a_check_in_is_one_read_and_one_write(anna: Client, store: MemoryStore, monkeypatch):
    anna.get("/api/home")
    anna.post("/api/check-ins", {"note": "x"}, key="warm-up-the-policy")
    calls = []
    for verb in ("get", "get_many", "under", "write"):
        real = getattr(store, verb)
        monkeypatch.setattr(store, verb, lambda *a, _real=real, _verb=verb, **k: calls.append(_verb) or _real(*a, **k))
    anna.post("/api/check-ins", {"note": "another thing"}, key="the-one-we-count")

    assert calls == ["get", "write", "write"]  # the slot was taken: one refused write, one that adds


def test_a_form_without_script_reports_in_and_says_where_to_go(anna: Client, caller: Client, steward: Client):
    form = b"compound=anheli&home=3-502&code=3k7q2-m9xwt&nonce=n1&lang=zh"
    good = caller.call("POST", "/api/check-ins/paper", form, {"Content-Type": "application/x-www-form-urlencoded"})
    again = caller.call("POST", "/api/check-ins/paper", form, {"Content-Type": "application/x-www-form-urlencoded"})

    assert (good.status, good.headers["Location"]) == (303, "http://127.0.0.1:8000/received/")
    assert again.headers["Location"].endswith("/received/")
    assert [(line["home"], line["source"]) for line in steward.get("/api/duty").json["reported"]] == [("3-502", "paper")]


def test_five_wrong_codes_close_the_form_for_an_hour(anna: Client, caller: Client, clock: FixedClock):
    def send(code: str) -> str:
        form = f"compound=anheli&home=3-502&code={code}&nonce=n1&lang=en".encode()
        return caller.call("POST", "/api/check-ins/paper", form, {"Content-Type": "application/x-www-form-urlencoded"}).headers["Location"]

    assert [send("0000000000")[21:] for _ in range(5)] == ["/en/not-received/"] * 5
    assert send("3K7Q2M9XWT").endswith("/en/try-later/")
    clock.moment = moment("10:00")
    assert send("3K7Q2M9XWT").endswith("/en/received/")
