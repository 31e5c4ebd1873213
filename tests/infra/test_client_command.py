"""``make client``: keys of other systems, issued once, listed by name, revoked at once; nothing of a key is stored."""

from types import SimpleNamespace

import pytest

from chalicelib.open311.actions import client_of
from chalicelib.register.records import to_item
from chalicelib.shared.problems import Problem
from chalicelib.store.memory import MemoryStore
from infra import clients
from tests.app.client import FixedClock
from tests.builders import moment, policy, register


@pytest.fixture
def store(monkeypatch: pytest.MonkeyPatch) -> MemoryStore:
    store = MemoryStore()
    closed = register(compound="qinghe", policy=policy(open311=None))
    store.fill([to_item(register(), 1), to_item(closed, 1)])
    there = SimpleNamespace(store=store, clock=FixedClock(moment("09:00")))
    monkeypatch.setattr(clients, "connect", lambda stage: there)
    return store


def run(*words: str) -> int:
    return clients.main([*words, "--stage", "test"])


def test_a_key_is_shown_once_works_and_is_revoked(store: MemoryStore, capsys: pytest.CaptureFixture[str]):
    assert run("issue", "anheli", "区热线") == 0
    key = capsys.readouterr().out.split()[1]

    assert client_of(store, "anheli", key).name == "区热线"
    assert key not in str(store._items)
    assert run("issue", "anheli", "区热线") == 1
    assert run("list", "anheli") == 0
    assert capsys.readouterr().out == "2026-11-22T01:00:00.000Z  区热线\n"

    assert run("revoke", "anheli", "区热线") == 0
    with pytest.raises(Problem, match="403"):
        client_of(store, "anheli", key)
    assert run("revoke", "anheli", "区热线") == 1


@pytest.mark.parametrize(("compound", "why"), [("qinghe", "open311"), ("nowhere", "no such compound"), ("x", "3 to 20")])
def test_no_key_for_a_compound_that_takes_no_part(store: MemoryStore, capsys: pytest.CaptureFixture[str], compound: str, why: str):
    before = dict(store._items)

    assert run("issue", compound, "区热线") == 1
    assert why in capsys.readouterr().err and store._items == before
