from collections.abc import Iterator

import pytest

from chalicelib.post import robots
from tests.post.robot import Robot, running


@pytest.fixture
def robot() -> Iterator[Robot]:
    robots._pool.cache_clear()
    with running() as server:
        yield server
