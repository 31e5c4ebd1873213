"""A small storm on the whole stack: ten gateways come back at once, and nothing is made up or lost. ``make storm`` is the large one."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from bench.storm import ground, script
from bench.storm.__main__ import place_of
from bench.storm.blow import Place, blow
from bench.storm.watch import Queues
from tests.stack import LocalStack

GATEWAYS, SENSORS = 10, 20


@pytest.fixture
def place(local_stack: LocalStack, tmp_path: Path) -> Iterator[Place]:
    """The shared stack, and nothing of the storm left in it."""
    local_stack.set_clock(None)
    made = place_of(local_stack)._replace(folder=tmp_path / "storm")
    yield made
    ground.forget(made.store, script.things(GATEWAYS))
    Queues(made.sqs).empty()


def test_no_opening_is_made_up_or_lost(place: Place) -> None:
    """Nobody works the queue off at first, so that what belongs together is handled at the same time and in any order."""
    said = blow(place, GATEWAYS, SENSORS, seed=7, consumer_off=3, patience=2)
    assert said["messages"] >= GATEWAYS * SENSORS and said["true_openings"] > 10
    assert (said["false"], said["lost"], said["astray"]) == (0, 0, 0), said
    assert said["openings"] == said["true_openings"]
    assert said["dead_letters"] == said["garbage"] > 0
