"""The boards over HTTP: who is told whose door it is."""

from tests.app.cast import World

SAID = {"want": "shopping", "text": "帮老人买米"}


def test_a_door_is_told_to_volunteers_of_its_own_grid_only(everybody: World):
    manager = everybody.callers()["manager"]
    foreign = manager.post("/api/errands", {**SAID, "grid": "g2", "door": "3-1104"})
    own = manager.post("/api/errands", {**SAID, "grid": "g1", "door": "3-1104"})

    assert (foreign.status, foreign.json["field"], own.status) == (400, "door", 201)
    assert {line["id"] for line in manager.get("/api/errands").json["errands"] if line["home"] == "3-1104"} == {own.json["id"]}
