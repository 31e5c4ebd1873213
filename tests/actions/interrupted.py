"""A store in memory in which somebody else is faster: for the races that conditional writes decide."""

from collections.abc import Callable

from chalicelib.store.contract import Change
from chalicelib.store.memory import MemoryStore


class InterruptedStore(MemoryStore):
    """``before(act)`` lets ``act`` happen just before the next write, once. Writes are counted."""

    def __init__(self) -> None:
        super().__init__()
        self._acts: list[Callable[[], object]] = []
        self.writes = 0

    def before(self, act: Callable[[], object]) -> None:
        self._acts.append(act)

    def write(self, *changes: Change) -> None:
        if self._acts:
            self._acts.pop(0)()
        self.writes += 1
        super().write(*changes)
