"""How many requests a page costs: a fixed number, however many homes there are."""

from typing import Any

import pytest

from chalicelib.store.memory import MemoryStore
from tests.app.cast import NEED, World, world
from tests.app.client import FixedClock, stand_on
from tests.app.test_access import CAME
from tests.builders import moment


class Counted(MemoryStore):
    def __init__(self) -> None:
        super().__init__()
        self.calls: list[str] = []

    def __getattribute__(self, name: str) -> Any:
        if name in {"get", "get_many", "under", "write"}:
            self.calls.append(name)
        return super().__getattribute__(name)


@pytest.fixture
def everybody(monkeypatch: pytest.MonkeyPatch) -> World:
    built = world()
    store = Counted()
    store.fill(list(built.store._items.values()))
    stand_on(monkeypatch, store, FixedClock(moment("09:00")))
    return built._replace(store=store)


@pytest.mark.parametrize(
    ("who", "path", "most"),
    [
        ("manager", "/api/duty", 3),
        ("manager", "/api/duty?troubles=1", 4),
        ("manager", "/api/today", 3),
        ("manager", "/api/board", 3),
        ("manager", "/api/homes/3-702", 3),
        ("manager", "/api/roster", 1),
        ("manager", "/api/warmth", 3),
        ("manager", "/api/homes/3-502/warmth", 4),
        ("home", "/api/home", 4),
        ("volunteer", "/api/round", 3),
    ],
)
def test_a_page_is_so_many_requests(who: str, path: str, most: int, everybody: World):
    assert everybody.callers()[who].get(path).status == 200

    assert len(everybody.store.calls) <= most


@pytest.mark.parametrize(("who", "path", "reads"), [("steward", "/api/visits", 1), ("volunteer", "/api/round/visits", 2)])
def test_a_visit_is_one_write(who: str, path: str, reads: int, everybody: World):
    assert everybody.callers()[who].post(path, CAME).status == 201

    assert everybody.store.calls.count("write") == 1 and len(everybody.store.calls) == reads + 1


def test_an_act_on_a_task_is_one_write(everybody: World):
    assert everybody.callers()["steward"].post(f"/api/tasks/{NEED}/acts", {"act": "claim"}).status == 200

    assert everybody.store.calls.count("write") == 1 and len(everybody.store.calls) <= 4
