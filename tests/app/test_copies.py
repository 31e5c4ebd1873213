"""A number changes, and the doors whose card says another are listed, brought and ticked off: through the switchboard."""

from typing import Any

from tests.app.cast import BROUGHT, World
from tests.app.client import Client


def listed(caller: Client, building: str = "3") -> dict[str, Any]:
    answer = caller.get(f"/api/outdated?building={building}")
    assert answer.status == 200
    return answer.json


def rows(answer: dict[str, Any]) -> list[tuple[str, str, str]]:
    return [(line["home"], line["kind"], line["state"]) for line in answer["lines"]]


def test_a_changed_number_makes_every_card_with_the_old_one_out_of_date_until_it_is_brought(everybody: World) -> None:
    all = everybody.callers()
    lead, steward, volunteer = all["coordinator"], all["steward"], all["volunteer"]
    steward.post("/api/cards", {"homes": ["3-502", "3-702"]})
    steward.post("/api/door-sheets", {"homes": ["3-502"]})
    assert rows(listed(steward)) == [("3-1104", "card", "old")]

    lines = lead.post("/api/contents", {"line": "duty", "text": "0571-8800 9999"}).json["lines"]
    assert [(one["text"], one["by_name"]) for one in lines if one["line"] == "duty"] == [("0571-8800 9999", "刘组长")]
    assert all["home"].get("/api/home").json["phones"]["duty"] == "0571-8800 9999"

    before = listed(steward)
    assert rows(before) == [("3-502", "card", "old"), ("3-502", "sheet", "old"), ("3-702", "card", "old"), ("3-1104", "card", "old")]
    assert before["lines"][0]["changes"] == [{"line": "duty", "was": "0571-8800 1234", "now": "0571-8800 9999"}]
    assert [(each["id"], each["held"], each["current"], each["without"]) for each in before["buildings"]] == [
        ("2", 0, 0, 1),
        ("3", 4, 0, 0),
    ]

    steward.post("/api/cards", {"homes": ["3-702"]})
    assert ("3-702", "card", "printed") in rows(listed(steward))

    seen = next(line["version"] for line in before["lines"] if line["home"] == "3-502" and line["kind"] == "card")
    ticked = volunteer.post("/api/round/copies", {"home": "3-502", "kind": "card", "mark": "done", "version": seen})
    assert (ticked.status, ticked.json["state"], ticked.json["by_name"]) == (200, "current", "老周")
    after = listed(steward)
    assert ("3-502", "card", "old") not in rows(after) and after["done"][0]["by_name"] == "老周" and after["buildings"][1]["current"] == 1

    second = steward.post("/api/homes/3-502/copies", {"kind": "card", "mark": "done", "version": seen})
    assert (second.status, second.json["type"], second.json["by_name"]) == (409, "/problems/ticked-already", "老周")
    assert volunteer.post("/api/round/copies", {"home": "3-502", "kind": "card", "mark": "undo"}).json["state"] == "old"
    assert rows(listed(steward)).count(("3-502", "card", "old")) == 1


def test_whoever_has_not_seen_the_newest_lines_ticks_nothing(everybody: World) -> None:
    manager = everybody.callers()["manager"]
    manager.post("/api/contents", {"line": "test_site", "text": "南门"})

    late = manager.post("/api/homes/3-1104/copies", BROUGHT)

    assert (late.status, late.json["type"]) == (409, "/problems/rewritten")


def test_everybody_sees_the_doors_of_her_own_part(everybody: World) -> None:
    all = everybody.callers()

    assert rows(all["steward elsewhere"].get("/api/outdated").json) == []
    assert [(each["id"]) for each in all["steward elsewhere"].get("/api/outdated").json["buildings"]] == ["1"]
    assert rows(all["volunteer"].get("/api/round/outdated").json) == [("3-1104", "card", "old")]
    assert all["volunteer"].post("/api/round/copies", {"home": "1-302", "kind": "card", "mark": "done"}).status == 404
    assert rows(all["克拉"].get("/api/outdated").json) == []


def test_a_number_that_is_none_changes_nothing(everybody: World) -> None:
    manager, before = everybody.callers()["manager"], dict(everybody.store._items)

    for line, text in (("duty", ""), ("duty", "打我电话"), ("emergency", "x" * 101), ("nothing", "1")):
        assert manager.post("/api/contents", {"line": line, "text": text}).status == 400
    assert everybody.store._items == before


def test_a_sheet_is_printed_for_those_who_live_there_as_often_as_one_likes(everybody: World) -> None:
    steward = everybody.callers()["steward"]
    sheet = steward.post("/api/door-sheets", {"homes": ["3-502", "3-502", "3-702"]})

    assert sheet.status == 201 and sheet.json["lines"] == {"duty": "0571-8800 1234", "hours": "08:30–17:30"}
    assert [(each["home"], each["steward"]["name"]) for each in sheet.json["sheets"]] == [("3-502", "王管家"), ("3-702", "王管家")]
    assert steward.post("/api/door-sheets", {"homes": ["3-502"]}).status == 201
    assert steward.post("/api/door-sheets", {"homes": []}).status == 400
