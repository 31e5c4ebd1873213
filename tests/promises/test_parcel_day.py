"""A day of 1,200 homes and 900 parcels on the virtual clock: what is overdue is met, and nobody is reminded twice.

Who is told what, and what becomes a task, is worked out here from the script alone and compared with what was sent and stored.
"""

import heapq
import random
from collections import Counter
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import NamedTuple

import pytest

from chalicelib.delivery.rules import Act, Parcel, Spot
from chalicelib.register.delivering import Goods
from chalicelib.register.places import Place, PlaceKind
from chalicelib.register.rules import Person
from chalicelib.shared.tiers import Tier
from tests.builders import home, moment, policy, register
from tests.promises.chain import Chain
from tests.promises.world import World

LIMITS = {Goods.FRESH: 30, Goods.MEDICINE: 60, Goods.DAILY: 1440}
BUILDINGS, HOMES, PARCELS = 12, 1200, 900
MINUTE = timedelta(minutes=1)


def homes() -> tuple:
    made = []
    for number in range(HOMES):
        building, door = number % BUILDINGS + 1, number // BUILDINGS
        whose = (Person(f"p{number}", "住户", f"139{number:08d}"),)
        tier = Tier.RED if number % 13 == 0 else Tier.GREEN
        made.append(home(f"{building}-{door // 4 + 1}{door % 4 + 1:02d}", people=whose, tier=tier, volunteer="v1" if number % 3 else ""))
    return tuple(made)


REGISTER = register(
    policy=policy(plans=(), self_report_tiers=(), robots={}),
    homes=homes(),
    places=tuple(Place(f"S{number + 1}", PlaceKind.SHELF, "货架", str(number + 1)) for number in range(BUILDINGS)),
)


class Script(NamedTuple):
    """What becomes of one parcel: minutes after eight of its arrival, its shelving and its end; ``late`` is brought by a volunteer."""

    home: str
    goods: Goods
    door: bool
    came: int
    shelved: int
    home_at: int

    def ends(self) -> int:
        return (self.came if self.door else self.shelved) + LIMITS[self.goods]

    def reminders(self) -> int:
        if self.door or self.goods is Goods.DAILY:  # daily goods are asked for at half time, which is tomorrow
            return 0
        half = self.shelved + LIMITS[self.goods] // 2
        return (self.home_at > half) + (self.home_at > self.ends())

    def task(self) -> bool:
        """Overdue on its shelf or on its way to a door; or so long at the gate that its time was up there."""
        waited = not self.door and self.shelved > self.came + LIMITS[self.goods]
        return waited or (self.goods is not Goods.DAILY and self.home_at > self.ends())


def scripts(seed: int) -> list[Script]:
    drawn, made = random.Random(seed), []
    for each in drawn.sample(REGISTER.homes, PARCELS):
        goods = drawn.choices(list(Goods), (4, 1, 5))[0]
        came = drawn.randrange(0, 600)
        shelved = came + (drawn.randrange(3, 25) if drawn.random() < 0.97 else drawn.randrange(35, 55))
        stays = drawn.choices((5, 12, 20, 40, 75, 100), (30, 30, 20, 10, 5, 5))[0]
        made.append(Script(each.id, goods, each.tier is Tier.RED, came, shelved, shelved + stays))
    return made


class Day:
    def __init__(self, world: World) -> None:
        self.chain, self.world, self.count = Chain(world), world, 0
        self.queue: list[tuple[int, int, Callable[[], object]]] = []
        self.parcels: dict[str, Parcel] = {}

    def at(self, minute: int, act: Callable[[], object]) -> None:
        self.count += 1
        heapq.heappush(self.queue, (minute, self.count, act))

    def plan(self, script: Script) -> None:
        building = script.home.partition("-")[0]
        shelf = REGISTER.place_by_id[f"s{building}"]

        def hand(act: Act, by: str = "anheli.wang") -> Callable[[], object]:
            return lambda: self.chain.hand(act, self.parcels[script.home], by=by, shelf=shelf if act is Act.SHELVE else None)

        self.at(script.came, lambda: self.parcels.__setitem__(script.home, self.chain.receive(script.home, script.goods)))
        if script.door:
            self.at(script.shelved, hand(Act.CARRY))
            self.at(script.home_at, hand(Act.DELIVER))
            return
        self.at(script.shelved, hand(Act.SHELVE))
        if script.home_at > script.ends() and script.goods is not Goods.DAILY:
            self.at(script.home_at, hand(Act.TAKE, "v1"))
            self.at(script.home_at, hand(Act.DELIVER, "v1"))
        else:
            self.at(script.home_at, hand(Act.PICK_UP, script.home))

    def run(self, start: datetime, minutes: int) -> None:
        for minute in range(minutes):
            self.world.clock.moment = start + minute * MINUTE
            while self.queue and self.queue[0][0] <= minute:
                heapq.heappop(self.queue)[2]()
            self.world.sweep()


@pytest.mark.parametrize("seed", [6])
def test_what_is_overdue_is_met_and_nobody_is_reminded_twice(seed: int, monkeypatch: pytest.MonkeyPatch):
    world, plan = World(monkeypatch, REGISTER, moment("08:00")), scripts(seed)
    day = Day(world)
    for script in plan:
        day.plan(script)
    day.run(moment("08:00"), 13 * 60)

    phones = {each.id: f"sms:+86{each.people[0].phone}" for each in REGISTER.homes}
    sent = Counter(to for _, to, text in world.sent if "快递" in text and "货架" in text)
    assert {script.home: sent[phones[script.home]] for script in plan} == {script.home: script.reminders() for script in plan}
    reminders = [item["sk"] for item in world.stored("#POST#") if item["sk"].startswith("parcel:") and ":told:" not in item["sk"]]
    assert len(set(reminders)) == len(reminders) == sum(sent.values()) > 100

    tasks = {item["about"] for item in world.stored("#TASK/") if item["kind"] == "parcel"}
    overdue = {day.parcels[script.home].id for script in plan if script.task()}
    assert tasks == overdue and len(overdue) > 50
    assert all(item["state"] == "done" for item in world.stored("#TASK/") if item["kind"] == "parcel"), "each was met, and closed by that"
    assert all(day.chain.now(parcel).spot is Spot.HOME for parcel in day.parcels.values())
