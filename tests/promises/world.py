"""A compound on a virtual clock: the real actions, the real reactions and the real sweep, on a store in memory whose stream is pumped."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from chalicelib import subscriptions, wiring
from chalicelib.post.wecom import Refused
from chalicelib.promises.looking import ensure
from chalicelib.promises.sweep import sweep
from chalicelib.register.records import listed, to_item
from chalicelib.register.rules import Register
from chalicelib.store.contract import Absent, Add, Change, Item, target
from chalicelib.store.keys import Key
from chalicelib.store.memory import MemoryStore
from chalicelib.store.values import to_typed
from tests.app.client import FixedClock


class StreamingStore(MemoryStore):
    """Keeps what the table's stream would say of every write."""

    def __init__(self) -> None:
        super().__init__()
        self.stream: list[dict[str, Any]] = []

    def write(self, *changes: Change) -> None:
        keys = [target(change) for change in changes if not isinstance(change, Absent)]
        before = {key: self.get(key) for key in keys}
        super().write(*changes)
        self.stream += [_record(before[key], self.get(key)) for key in keys]


def _record(old: Item | None, new: Item | None) -> dict[str, Any]:
    images = {**({"OldImage": to_typed(old)} if old else {}), **({"NewImage": to_typed(new)} if new else {})}
    return {"eventID": "e", "dynamodb": images}


class World:
    """One compound. ``sent`` is what any channel took: (moment, address, text)."""

    Store = StreamingStore

    def __init__(self, monkeypatch: Any, register: Register, now: datetime) -> None:
        self.store, self.clock, self.register = self.Store(), FixedClock(now), register
        self.sent: list[tuple[datetime, str, str]] = []
        self.refuse: Callable[[str], str] = lambda address: ""
        self.store.write(Add(to_item(register, 1)))
        self.store.fill([listed(register.compound, now)])
        monkeypatch.setattr(wiring, "store", lambda: self.store)
        monkeypatch.setattr(wiring, "clock", lambda: self.clock)
        monkeypatch.setattr(subscriptions, "send", lambda: self.send)
        ensure(self.store, register, now)

    def send(self, address: str, text: str) -> None:
        why = self.refuse(address)
        if why:
            raise Refused(why)
        self.sent.append((self.clock.moment, address, text))

    def pump(self) -> None:
        """Hand the stream's records on until nothing more comes of them."""
        while self.store.stream:
            subscriptions.react(self.store.stream.pop(0))

    def sweep(self) -> int:
        looked = sweep(self.store, self.clock.moment, self.send)
        self.pump()
        return looked

    def until(self, moment: datetime, every: timedelta = timedelta(minutes=1)) -> None:
        """Let time pass, with a sweep at every step."""
        while self.clock.moment < moment:
            self.clock.moment = min(moment, self.clock.moment + every)
            self.sweep()

    def texts(self) -> list[str]:
        return [text for _, _, text in self.sent]

    def stored(self, part: str) -> list[Item]:
        return [item for key, item in self.store._items.items() if part in f"{Key(*key).pk}/{key.sk}"]
