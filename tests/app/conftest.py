from collections.abc import Iterator

import pytest

from chalicelib.residents.actions import issue_home_link
from chalicelib.shared.tokens import mint
from chalicelib.store.memory import MemoryStore
from tests.app.client import Client, FixedClock, stand_on
from tests.builders import moment, two_compounds


@pytest.fixture
def store() -> MemoryStore:
    return two_compounds()


@pytest.fixture
def clock(store: MemoryStore, monkeypatch: pytest.MonkeyPatch) -> Iterator[FixedClock]:
    fixed = FixedClock(moment("09:00"))
    stand_on(monkeypatch, store, fixed)
    yield fixed


@pytest.fixture
def caller(clock: FixedClock) -> Client:
    return Client()


@pytest.fixture
def anna(store: MemoryStore, caller: Client) -> Client:
    """安娜 with the link of 3-502."""
    token = mint("anheli")
    issue_home_link(store, moment("08:00"), "anheli", "3-502", "t1", token, "3K7Q2M9XWT")
    return caller.as_home(token)


@pytest.fixture
def steward(caller: Client) -> Client:
    return caller.as_staff("anheli.wang")


@pytest.fixture
def manager(caller: Client) -> Client:
    return caller.as_staff("anheli.chen", "manager")
