"""An activity's whole way through the switchboard: arranged, signed up for, full, waited for, moved up, read by the steward."""

from datetime import timedelta

import pytest

from chalicelib import subscriptions, wiring
from chalicelib.activities.records import find
from chalicelib.residents.actions import issue_home_link
from chalicelib.shared.tokens import mint
from chalicelib.store.values import to_typed
from tests.app.cast import LATER, NOW, SUPPER, World
from tests.app.client import Client, FixedClock
from tests.app.test_access import LECTURE
from tests.builders import moment


def neighbour(everybody: World, home: str) -> Client:
    token = mint("anheli")
    issue_home_link(everybody.store, NOW, "anheli", home, "t1", token, f"CODE{home}")
    return Client().as_home(token)


def come(caller: Client, activity: str, persons: int) -> tuple[str, int, int]:
    answer = caller.post(f"/api/home/activities/{activity}", {"persons": persons})
    assert answer.status == 200, answer.text
    return answer.json["state"], answer.json["persons"], answer.json["turn"]


def test_the_last_place_the_waiting_list_and_who_moves_up(everybody: World, monkeypatch: pytest.MonkeyPatch) -> None:
    all = everybody.callers()
    steward, anna, next_door, third = all["steward"], all["home"], neighbour(everybody, "3-1104"), neighbour(everybody, "3-702")
    made = steward.post("/api/activities", {**LECTURE, "places": 3}).json["id"]

    assert come(anna, made, 2) == ("in", 2, 0)
    assert come(next_door, made, 2) == ("waiting", 2, 1)
    assert come(third, made, 1) == ("waiting", 1, 2)
    listed = {each["id"]: each for each in anna.get("/api/home/activities").json["activities"]}
    assert (listed[made]["left"], listed[made]["waiting"], listed[SUPPER]["state"]) == (0, 2, "none")

    assert come(anna, made, 0) == ("none", 0, 0)
    mine = {each["id"]: each for each in next_door.get("/api/home/activities").json["activities"]}[made]
    assert (mine["state"], mine["moved"]) == ("in", "2026-11-22T09:00:00+08:00")
    rows = next(each for each in steward.get("/api/activities").json["activities"] if each["id"] == made)["rows"]
    assert [(row["home"], row["state"], row["contact"]["name"]) for row in rows] == [("3-1104", "in", "包迪"), ("3-702", "in", "姜禾")]

    sent: list[tuple[str, str]] = []
    monkeypatch.setattr(subscriptions, "send", lambda: lambda address, text: sent.append((address, text)))
    item = next(item for key, item in everybody.store._items.items() if key.sk == made)
    for _ in range(2):
        subscriptions.react({"dynamodb": {"NewImage": to_typed(item), "OldImage": {}}})
    assert sorted(address for address, _ in sent) == ["sms:+8613800000002", "sms:+8613800000005"]


def test_what_one_may_not_see_or_do(everybody: World, monkeypatch: pytest.MonkeyPatch) -> None:
    all = everybody.callers()
    elsewhere, manager, anna = all["steward elsewhere"], all["manager"], all["home"]
    come(anna, SUPPER, 2)

    seen = next(each for each in elsewhere.get("/api/activities").json["activities"] if each["id"] == SUPPER)
    assert (seen["persons"], seen["mine"], seen["rows"]) == (2, False, [])
    assert elsewhere.post("/api/activities", {**LECTURE, "buildings": []}).json["type"] == "/problems/beyond-scope"
    assert manager.post("/api/activities", {**LECTURE, "buildings": ["77"]}).json["field"] == "buildings"
    assert manager.post("/api/activities", {**LECTURE, "until": LECTURE["from"]}).json["field"] == "until"
    assert manager.post("/api/activities", {**LECTURE, "title": "  "}).status == 400
    assert neighbour(everybody, "1-302").post(f"/api/home/activities/{SUPPER}", {"persons": 1}).status == 404
    assert anna.post(f"/api/home/activities/{SUPPER}", {"persons": 7}).status == 400
    assert anna.post("/api/home/activities/202612011800-00000", {"persons": 1}).status == 404

    monkeypatch.setattr(wiring, "clock", lambda: FixedClock(moment("18:00", LATER)))
    assert anna.post(f"/api/home/activities/{SUPPER}", {"persons": 1}).json["type"] == "/problems/closed"
    monkeypatch.setattr(wiring, "clock", lambda: FixedClock(moment("20:00", LATER) + timedelta(minutes=1)))
    assert anna.get("/api/home/activities").json["activities"] == []


def test_who_phones_is_entered_and_who_had_signed_up_hears_why_there_is_none(everybody: World) -> None:
    all = everybody.callers()
    steward = all["steward"]
    assert steward.post(f"/api/activities/{SUPPER}/sign-ups", {"home": "3-1104", "persons": 3}).json["persons"] == 3
    assert steward.post(f"/api/activities/{SUPPER}/sign-ups", {"home": "1-302", "persons": 1}).status == 404
    assert steward.post(f"/api/activities/{SUPPER}/places", {"places": 2}).json["type"] == "/problems/taken"
    assert steward.post(f"/api/activities/{SUPPER}/places", {"places": 3}).json["left"] == 0

    off = steward.post(f"/api/activities/{SUPPER}/calling-off", {"why": "下大雨"}).json
    assert (off["called_off"], off["why"], off["takes"]) == (True, "下大雨", False)
    kept = find(everybody.store, "anheli", SUPPER)
    assert kept and kept.told == ("3-1104",)
    assert all["home"].get("/api/home/activities").json["activities"][0]["why"] == "下大雨"
