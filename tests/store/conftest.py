"""Every store that must keep the contract: memory, moto, and ministack (the only one fit for races)."""

import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest
from moto.server import ThreadedMotoServer

from chalicelib.store.contract import Store
from chalicelib.store.dynamo import DynamoStore
from chalicelib.store.memory import MemoryStore
from local.place import Place
from local.stack import Stack
from tests.tables import make_table, store_on


@pytest.fixture(scope="session")
def moto() -> Iterator[str]:
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    yield f"http://{host}:{port}"
    server.stop()


@pytest.fixture(scope="session")
def ministack(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    place = Place(Path(tmp_path_factory.mktemp("aws")), 0)
    place.prepare()
    stack = Stack(place)
    stack.start()
    yield place.endpoint
    stack.stop()


@pytest.fixture
def shared_store(ministack: str) -> DynamoStore:
    """A fresh table that many threads may use at once."""
    name = f"races-{uuid.uuid4().hex[:8]}"
    make_table(ministack, name)
    return store_on(ministack, name)


@pytest.fixture(params=["memory", "moto", "ministack"])
def store(request: pytest.FixtureRequest) -> Store:
    if request.param == "memory":
        return MemoryStore()
    endpoint, name = request.getfixturevalue(request.param), f"contract-{uuid.uuid4().hex[:8]}"
    make_table(endpoint, name)
    return store_on(endpoint, name)
