"""Tickets of one cause through the switchboard: joined, told, closed together."""

from typing import Any

import pytest

from tests.app.cast import LIFT_OUT, REPORTED, SOLVED, World
from tests.app.client import Client, FixedClock
from tests.app.test_tickets import act, mine, report
from tests.builders import moment


@pytest.fixture
def manager(everybody: World) -> Client:
    return everybody.callers()["manager"]


def water(everybody: World, manager: Client) -> list[str]:
    """A street without water: two of one building, one of another, one of no home."""
    said = {"kind": "repair", "subkind": "other", "text": "没有水", "origin": "group"}
    homes = [
        manager.post("/api/tickets", {**said, **more}).json["id"] for more in ({"home": "3-1104"}, {"home": "1-302"}, {"building": "3"})
    ]
    return [report(everybody, subkind="other", text="没水")["id"], *homes]


def join(manager: Client, tickets: list[str], text: str = "九点到十二点停水", **more: Any) -> Any:
    answer = manager.post("/api/incidents", {"tickets": tickets, "text": text, "cause": "water", **more})
    assert answer.status == 200, answer.text
    return next(each for each in answer.json["incidents"] if each["cause"] == "water")


def lines(manager: Client, place: str = "open") -> dict[str, list[tuple[str, str]]]:
    return {each["id"]: [(line["what"], line["note"]) for line in each["lines"]] for each in manager.get("/api/tickets").json[place]}


def test_a_water_cut_is_one_incident_with_its_homes_and_one_word_to_all(everybody: World, manager: Client):
    tickets = water(everybody, manager)
    made = join(manager, tickets)

    told = {"made": "2026-11-22T09:00:00+08:00", "text": "九点到十二点停水", "said": "陈经理"}
    assert made == {"id": made["id"], "cause": "water", "place": "", "homes": 3, "tickets": 4, "open": 4, **told}
    assert [lines(manager)[each][-1] for each in tickets] == [("incident", "九点到十二点停水")] * 4

    after = manager.post(f"/api/incidents/{made['id']}/notice", {"text": "提前来水了"}).json["incidents"]
    assert [each["text"] for each in after if each["id"] == made["id"]] == ["提前来水了"]
    assert [lines(manager)[each][-1] for each in tickets] == [("notice", "提前来水了")] * 4


def test_one_more_joins_it_and_all_of_it_is_told(everybody: World, manager: Client):
    tickets = water(everybody, manager)
    first = join(manager, tickets[:1])
    assert (first["place"], first["homes"]) == ("3", 1)

    more = join(manager, [tickets[0], tickets[2]], "水务公司在修")

    assert (more["id"], more["homes"], more["tickets"], more["place"]) == (first["id"], 2, 2, "")
    assert [lines(manager)[each][-1] for each in (tickets[0], tickets[2])] == [("notice", "水务公司在修"), ("incident", "水务公司在修")]
    assert tickets[1] not in [each for each, said in lines(manager).items() if said[-1][1] == "水务公司在修"]


def test_it_is_closed_together_and_each_family_still_says_how_it_was(everybody: World, manager: Client, clock: FixedClock):
    tickets = water(everybody, manager)
    made = join(manager, tickets)
    clock.moment = moment("09:30")
    act(everybody, tickets[0], act="claim")
    act(everybody, tickets[0], act="done", note="这家先好了")

    after = manager.post(f"/api/incidents/{made['id']}/close", {"text": "来水了，先放一会儿再用"})

    assert after.status == 200 and made["id"] not in [each["id"] for each in after.json["incidents"]]
    closed = lines(manager, "closed")
    assert [closed[each][-1] for each in tickets] == [("done", "这家先好了"), *[("done", "来水了，先放一会儿再用")] * 3]
    own = next(each for each in mine(everybody)["tickets"] if each["id"] == tickets[0])
    assert (own["state"], own["next"]) == ("solved", "judge")
    again = everybody.callers()["home"].post(f"/api/home/tickets/{tickets[0]}/answer", {"verdict": "returned", "note": "水还是黄的"})
    assert again.json["state"] == "open"
    assert manager.post(f"/api/incidents/{made['id']}/notice", {"text": "x"}).status == 409
    assert manager.post(f"/api/incidents/{made['id']}/close", {"text": "x"}).status == 409
    assert join(manager, [tickets[0]], "又停了")["id"] != made["id"]


def test_closing_that_broke_off_goes_on_when_asked_again(everybody: World, manager: Client, monkeypatch: pytest.MonkeyPatch):
    tickets = water(everybody, manager)
    made, path = join(manager, tickets), "/api/incidents/{}/close"
    write, writes = everybody.store.write, []

    def breaks(*changes: Any) -> None:
        writes.append(changes)
        if len(writes) == 3:
            raise OSError
        write(*changes)

    monkeypatch.setattr(everybody.store, "write", breaks)
    body = {"text": "来水了"}
    assert manager.post(path.format(made["id"]), body, "the-very-same").status == 503
    assert len(lines(manager)) > 0 and made["id"] in [each["id"] for each in manager.get("/api/tickets").json["incidents"]]

    after = manager.post(path.format(made["id"]), body, "the-very-same")
    assert after.status == 200 and made["id"] not in [each["id"] for each in after.json["incidents"]]
    assert {lines(manager, "closed")[each][-1] for each in tickets} == {("done", "来水了")}
    assert all(sum(what == "done" for what, _ in lines(manager, "closed")[each]) == 1 for each in tickets)


def test_two_incidents_are_not_thrown_together_and_what_is_solved_is_not_joined(everybody: World, manager: Client):
    tickets = water(everybody, manager)
    join(manager, tickets)

    both = manager.post("/api/incidents", {"tickets": [tickets[0], REPORTED], "text": "x"})
    assert (both.status, both.json["type"]) == (409, "/problems/two-incidents")
    assert manager.post("/api/incidents", {"tickets": [SOLVED], "text": "x"}).status == 409
    assert manager.post("/api/incidents", {"tickets": ["2611-AAAAA"], "text": "x"}).status == 404
    assert manager.post("/api/incidents/2611-000000000000/close", {"text": "x"}).status == 404
    assert manager.post("/api/incidents/%23/close", {"text": "x"}).status == 404


def test_forty_go_together_and_no_more(everybody: World, manager: Client):
    said = {"kind": "question", "text": "几点来水", "building": "3"}
    tickets = [manager.post("/api/tickets", said).json["id"] for _ in range(41)]
    made = join(manager, tickets[:40])

    assert (made["tickets"], made["homes"], made["place"]) == (40, 0, "3")
    one_more = manager.post("/api/incidents", {"tickets": [tickets[0], tickets[40]], "text": "x"})
    assert (one_more.status, one_more.json["type"]) == (409, "/problems/too-many")


@pytest.mark.parametrize("act", ["notice", "close"])
def test_who_does_not_see_all_of_it_may_not_speak_for_it(act: str, everybody: World, manager: Client):
    made = join(manager, water(everybody, manager))
    steward = everybody.callers()["steward"]

    seen = [each["id"] for each in steward.get("/api/tickets").json["incidents"]]
    assert made["id"] in seen and LIFT_OUT.id in seen
    assert steward.post(f"/api/incidents/{made['id']}/{act}", {"text": "x"}).status == 404
    assert steward.post(f"/api/incidents/{LIFT_OUT.id}/{act}", {"text": "x"}).status == 200


def test_who_does_not_see_all_of_it_may_not_join_it_to_say_something_to_the_others(everybody: World, manager: Client):
    first, *others = water(everybody, manager)
    join(manager, others)
    steward = everybody.callers()["steward"]

    assert steward.post("/api/incidents", {"tickets": [first, others[0]], "text": "都好了", "cause": "water"}).status == 404
    assert all(said[-1][1] != "都好了" for said in lines(manager).values())
