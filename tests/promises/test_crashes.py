"""The process may be gone at any call of a sweep or of a reaction: the next runs come to the same end, and at most one message comes twice, tagged."""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import Any

import pytest
from msgspec.structs import replace

from chalicelib import subscriptions
from chalicelib.care.actions import check_in
from chalicelib.care.rules import Need
from chalicelib.post.rules import REPEAT_ZH
from chalicelib.promises.sweep import sweep
from chalicelib.register.actions import take_leave
from chalicelib.register.changes import Leave
from chalicelib.register.ladders import DEFAULT_LADDERS
from chalicelib.sensors.actions import bind, receive
from chalicelib.sensors.alerts import acknowledge, find_alert
from chalicelib.sensors.readings import Message
from chalicelib.shared.tiers import Tier
from chalicelib.store.contract import Change, Item
from chalicelib.store.keys import Key
from chalicelib.store.memory import MemoryStore
from chalicelib.tasks.acting import act
from chalicelib.tasks.tasks import Act, Line
from chalicelib.visits.actions import record
from chalicelib.visits.rules import Entry, Outcome
from tests.actions.mail import Crash
from tests.builders import DAY, entry, home, isolated, moment, policy, register
from tests.promises.world import StreamingStore, World

RED = home("1-302", tier=Tier.RED, steward="anheli.wang", volunteer="v1")
NOBODYS, GREEN = home("1-402", tier=Tier.RED), home("3-502", steward="anheli.wang")
MORNING = register(homes=(RED, NOBODYS, GREEN))
AFTERNOON = register(
    homes=(RED, isolated()),
    staff=tuple(replace(each, phone="" if each.username == "anheli.liu" else each.phone) for each in register().staff),
    policy=policy(robots={}),
)
"""No robot, and a coordinator without a phone."""
BATCH = 25
PASSING = {"v", "tries", "repeat", "due", "why"}
"""What a message may carry of the way it came."""


class Calls:
    """Counts calls and ends the process at the ``number``-th, before or after it is done."""

    def __init__(self, number: int = 0, after: bool = False) -> None:
        self.number, self.after, self.made, self.on = number, after, 0, False

    def __call__(self, act: Callable[[], Any]) -> Any:
        if not self.on:
            return act()
        self.made += 1
        if self.made == self.number and not self.after:
            raise Crash
        try:
            return act()
        finally:
            if self.made == self.number:
                raise Crash


class Breaking(StreamingStore):
    """Every call of the store may be the process's last; what the table took, its stream tells all the same."""

    calls = Calls()

    def get(self, key: Key, *, consistent: bool = False) -> Item | None:
        return self.calls(lambda: MemoryStore.get(self, key))

    def get_many(self, keys: Sequence[Key], *, consistent: bool = False) -> dict[Key, Item]:
        return self.calls(lambda: MemoryStore.get_many(self, keys))

    def under(self, pk: str, **range_: Any) -> list[Item]:
        return self.calls(lambda: MemoryStore.under(self, pk, **range_))

    def due(self, shard: str, until: str, limit: int) -> list[Item]:
        return self.calls(lambda: MemoryStore.due(self, shard, until, limit))

    def write(self, *changes: Change) -> None:
        self.calls(lambda: self._quietly(*changes))

    def _quietly(self, *changes: Change) -> None:
        on, self.calls.on = self.calls.on, False
        try:
            super().write(*changes)
        finally:
            self.calls.on = on


class Fragile(World):
    """A world whose sweep and reactions end at one call, and are started again as Lambda and the schedule do."""

    Store = Breaking

    def __init__(self, monkeypatch: Any, calls: Calls, begin: str) -> None:
        Breaking.calls, self.calls, self.crashes = calls, calls, 0
        super().__init__(monkeypatch, MORNING if begin == "07:00" else AFTERNOON, moment(begin))

    def send(self, address: str, text: str) -> None:
        self.calls(lambda: World.send(self, address, text))

    def run(self, at: datetime) -> None:
        """Sweep and react at one moment, until both have come to their end and find nothing more to do."""
        self.clock.moment, self.calls.on = at, True
        while True:
            try:
                while sweep(self.store, at, self.send) or self.store.stream:
                    self.pump()
                break
            except Crash:
                self.crashes += 1
        self.calls.on = False

    def pump(self) -> None:
        """A batch of the stream is gone only when all of it was worked off; else it comes again, whole."""
        while batch := self.store.stream[:BATCH]:
            for each in batch:
                subscriptions.react(each)
            del self.store.stream[: len(batch)]


def morning(world: Fragile) -> None:
    """Nobody's visit, a need, a door that stays shut, a miss, missing reports, a climb, and somebody who takes it on."""
    store, rules = world.store, world.register.policy
    world.run(moment("08:00"))
    check_in(store, moment("08:05"), "anheli", "3-502", "t1", entry(clock="08:05", needs=(Need.MEDICINE,)))
    world.run(moment("08:06"))
    tried = Entry("k" * 8, "d", moment("08:30"), "anheli.wang", Outcome.NOBODY_HOME, 0, None, ("food",))
    record(store, moment("08:30"), "anheli", rules, RED, "home_visit:1-302:2026-11-22", tried)
    world.run(moment("08:31"))
    world.run(moment("10:00"))
    made = Entry("l" * 8, "d", moment("10:05"), "anheli.wang", Outcome.DONE)
    record(store, moment("10:05"), "anheli", rules, RED, "home_visit:1-302:2026-11-22", made)
    world.run(moment("10:15"))
    line = Line(moment("10:20"), "anheli.liu", Act.CLAIM, "", "key-claim:d")
    act(store, moment("10:20"), "anheli", "missed:home_visit:1-402:2026-11-22", line, DEFAULT_LADDERS)
    for minutes in (61, 63, 65):
        world.run(moment("10:20") + timedelta(minutes=minutes))


def afternoon(world: Fragile) -> None:
    """A sensor's alarm and who looks into it; a pair that goes on leave in the middle of a window, and a coordinator whom nothing reaches."""
    store, clock = world.store, world.clock
    bind(store, "anheli", "anheli-gw1", "door", "2-801", "zigbee2mqtt", tenancy="t1")
    clock.moment = moment("12:00")
    stamp = int(clock.moment.timestamp() * 1000)
    for number, contact in enumerate((b"true", b"false")):
        alerts = receive(store, clock, Message("anheli-gw1", "zigbee2mqtt/door", "anheli-gw1", stamp + number, b'{"contact":%s}' % contact))
    (alert,) = alerts
    for clock_said in ("12:00", "12:05"):
        world.run(moment(clock_said))
    acknowledge(store, moment("12:08"), "anheli", find_alert(store, moment("12:08"), "anheli", alert.id), "anheli.wang", "", "key-alert")
    world.run(moment("12:10"))

    world.run(moment("16:00"))
    for person in ("v1", "anheli.wang"):
        take_leave(store, moment("16:10"), world.register, Leave(f"l-{person}", person, DAY, DAY, "anheli.chen", moment("16:10")))
    world.run(moment("16:11"))
    for clock_said in ("16:12", "16:13", "18:00", "18:02", "18:04"):
        world.run(moment(clock_said))


def state(world: Fragile) -> dict[str, Item]:
    """Everything that is stored, but for how often it was written, the ways messages took, and how much of a robot's minute was used."""
    items = {f"{key.pk}/{key.sk}": item for key, item in world.store._items.items() if "#ROBOT#" not in key.pk}
    return {
        name: {member: value for member, value in item.items() if member not in (PASSING if "#POST#" in name else {"v"})}
        for name, item in items.items()
    }


def arrivals(world: Fragile) -> dict[str, tuple[int, int]]:
    """How often each message arrived, and how often tagged as a repeat."""
    said, texts = "\n".join(world.texts()), {item["sk"]: item["text"] for item in world.store._items.values() if "#POST#" in item["pk"]}
    return {name: (said.count(text), said.count(REPEAT_ZH + text)) for name, text in texts.items()}


@pytest.mark.parametrize(
    ("live", "begin", "silenced"), [(morning, "07:00", {"outdated"}), (afternoon, "11:50", {"outdated", "no channel"})]
)
@pytest.mark.parametrize("after", [False, True], ids=["before", "after"])
def test_wherever_a_sweep_or_a_reaction_ends_the_next_come_to_the_same_end(
    monkeypatch: pytest.MonkeyPatch, after: bool, live: Callable[[Fragile], None], begin: str, silenced: set[str]
):
    whole = Fragile(monkeypatch, Calls(), begin)
    live(whole)
    wanted, calls, repeats = state(whole), whole.calls.made, 0
    once, unsent = arrivals(whole), {item["sk"]: item for item in wanted.values() if item.get("state") == "suppressed"}
    assert whole.crashes == 0 and once == {name: (int(name not in unsent), 0) for name in once}
    assert {item["why"] for item in whole.stored("POST#") if item["sk"] in unsent} == silenced
    assert calls > 100 and sum("/OPEN#" in name or "/DAY#" in name for name in wanted) >= 3

    for number in range(1, calls + 1):
        world = Fragile(monkeypatch, Calls(number, after), begin)
        live(world)

        assert world.crashes == 1, number
        assert state(world) == wanted, number
        twice = [name for name, (times, _) in arrivals(world).items() if times != once[name][0]]
        assert len(twice) <= 1 and all(arrivals(world)[name] == (2, 1) for name in twice), number
        repeats += bool(twice)
    assert repeats > 0
