import pytest

from chalicelib.residents.actions import issue_home_link
from chalicelib.shared.tokens import mint
from chalicelib.store.memory import MemoryStore
from tests.app.cast import World, world
from tests.app.client import Client, FixedClock, stand_on
from tests.builders import moment, two_compounds


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock(moment("09:00"))


@pytest.fixture
def store(monkeypatch: pytest.MonkeyPatch, clock: FixedClock) -> MemoryStore:
    """Two compounds and nobody signed in; ``everybody`` is the other world to stand on."""
    fresh = two_compounds()
    stand_on(monkeypatch, fresh, clock)
    return fresh


@pytest.fixture
def everybody(monkeypatch: pytest.MonkeyPatch, clock: FixedClock) -> World:
    fresh = world()
    stand_on(monkeypatch, fresh.store, clock)
    return fresh


@pytest.fixture
def caller(store: MemoryStore) -> Client:
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
