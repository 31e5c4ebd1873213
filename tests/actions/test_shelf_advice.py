"""Advice from what is stored: four Tuesdays' rush on one building's shelf, and what came of it."""

from datetime import date, timedelta

import pytest

from chalicelib.delivery.advising import advice
from chalicelib.delivery.rules import Act
from chalicelib.register.delivering import DeliveryPolicy, Goods
from chalicelib.shared.calendar import at
from tests.builders import policy, register
from tests.promises.chain import REGISTER, Chain
from tests.promises.world import World

TUESDAY = date(2026, 10, 20)
SMALL = register(places=REGISTER.places, homes=REGISTER.homes, policy=policy(delivery=DeliveryPolicy(slots=10)))


@pytest.fixture
def world(monkeypatch: pytest.MonkeyPatch) -> World:
    return World(monkeypatch, SMALL, at(TUESDAY, "08:00"))


def rush(world: World, day: date, parcels: int) -> None:
    """So many arrive at five, in loads of two, and stay until seven."""
    chain = Chain(world)
    chain.count = day.toordinal() * 1000
    world.clock.moment = at(day, "16:50")
    received = [chain.receive("3-502", Goods.DAILY) for _ in range(parcels)]
    for load in range(0, parcels, 2):
        world.clock.moment = at(day, "17:00") + timedelta(minutes=load)
        chain.hand(Act.SHELVE, *received[load : load + 2])
    world.clock.moment = at(day, "19:00")
    chain.hand(Act.PICK_UP, *received, by="3-502")


def test_the_next_tuesday_is_named_with_its_hours_its_reason_and_what_the_last_ones_brought(world: World):
    for week in range(4):
        rush(world, TUESDAY + timedelta(days=7 * week), 12)
    world.clock.moment = at(TUESDAY + timedelta(days=22), "08:00")
    found = advice(world.store, world.clock.moment, SMALL)

    (short,) = found.short
    assert (short.building, short.starts[:13], short.ends[:13]) == ("3", "2026-11-17T17", "2026-11-17T19")
    assert short.slots > short.room == 10 and short.more >= 1 and (short.mean, short.goods, short.load) == (120, Goods.DAILY, 20)
    assert {line.building: (line.shelves, line.most > 0) for line in found.buildings} == {"3": (1, True), "1": (1, False)}
    (past,) = found.past
    assert (past.day, past.most, past.advised) == ("2026-11-10", 12, short.slots) and past.over_minutes > 60


def test_nothing_is_advised_from_nothing(world: World):
    found = advice(world.store, world.clock.moment, SMALL)

    assert (found.short, found.past) == ([], []) and [line.most for line in found.buildings] == [0, 0]
