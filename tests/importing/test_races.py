"""Several imports at once, in every order their calls may come: one truth at the end, and the sensors agree with it."""

import random
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from chalicelib.register import records
from chalicelib.sensors.records import sensor
from chalicelib.shared.ids import CompoundId
from chalicelib.store import keys
from chalicelib.store.contract import Change, Conflict, Item
from chalicelib.store.keys import Key
from chalicelib.store.memory import MemoryStore
from infra.importing.run import bring_in
from tests.importing.lists import GOOD, NOW, import_into, save, spoiled

ANHELI = CompoundId("anheli")
SENSORS = [("anheli-gw1", "door-3-502"), ("anheli-gw1", "door-1-302"), ("anheli-gw1", "new")]
MOVED = spoiled("devices", 2, "home", "1-301")
RENAMED = {**spoiled("devices", 3, "sensor", "new"), "homes": spoiled("homes", 5, "household", "H9")["homes"]}
FEWER = {**GOOD, "devices": "\n".join(GOOD["devices"].splitlines()[:2])}


class Turns:
    """Threads take turns at the store, one call each, in an order that a seed decides: the same seed, the same race."""

    def __init__(self, names: list[str], seed: int) -> None:
        self._alive, self._chance, self._changed = set(names), random.Random(seed), threading.Condition()
        self._next = self._choose()

    def take(self, name: str, act: Callable[[], Any]) -> Any:
        with self._changed:
            self._changed.wait_for(lambda: self._next == name)
            try:
                return act()
            finally:
                self._pass_on()

    def leave(self, name: str) -> None:
        with self._changed:
            self._alive.discard(name)
            self._pass_on()

    def _pass_on(self) -> None:
        self._next = self._choose()
        self._changed.notify_all()

    def _choose(self) -> str:
        return self._chance.choice(sorted(self._alive)) if self._alive else ""


class Shared(MemoryStore):
    """One thread's view of a store that several share."""

    def __init__(self, store: MemoryStore, turns: Turns, name: str) -> None:
        super().__init__()
        self._store, self._turns, self._name = store, turns, name

    def get(self, key: Key, *, consistent: bool = False) -> Item | None:
        found: Item | None = self._turns.take(self._name, lambda: self._store.get(key, consistent=consistent))
        return found

    def write(self, *changes: Change) -> None:
        self._turns.take(self._name, lambda: self._store.write(*changes))


def race(store: MemoryStore, folders: dict[str, Path], seed: int) -> dict[str, str]:
    """How each import ended."""
    turns, ends = Turns(list(folders), seed), {}

    def run(name: str) -> None:
        try:
            ends[name] = bring_in(folders[name], Shared(store, turns, name), NOW, lambda line: None).outcome.value
        except Conflict:
            ends[name] = "conflict"
        finally:
            turns.leave(name)

    threads = [threading.Thread(target=run, args=(name,)) for name in folders]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    return ends


@pytest.mark.parametrize("seed", range(40))
def test_the_sensors_end_where_the_visible_register_has_them(tmp_path: Path, seed: int) -> None:
    store = MemoryStore()
    import_into(store, tmp_path / "good", GOOD)
    contenders = {"good": GOOD, "moved": MOVED, "renamed": RENAMED, "fewer": FEWER}
    chosen = random.Random(seed).sample(sorted(contenders), 2 + seed % 2)
    ends = race(store, {name: save(tmp_path / name, contenders[name]) for name in chosen}, seed)
    assert len(ends) == len(chosen) and set(ends.values()) <= {"written", "unchanged", "conflict"}
    register = records.load(store, ANHELI)
    assert register is not None
    wanted = {(device.thing, device.sensor): device.home for device in register.devices}
    bound = {(thing, name): found.home for thing, name in SENSORS if (found := sensor(store, ANHELI, thing, name))}
    assert bound == wanted, ends
    assert store.get(keys.unfinished_import(ANHELI)) is None, ends
