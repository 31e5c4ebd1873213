"""What time it is. Read at the door, passed inwards as ``now``."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Protocol


class Clock(Protocol):
    def now(self) -> datetime: ...

    def at(self, epoch_ms: int) -> datetime:
        """The instant on this clock of something that AWS stamped with real time."""


class RealClock:
    def now(self) -> datetime:
        return datetime.now(UTC)

    def at(self, epoch_ms: int) -> datetime:
        return datetime.fromtimestamp(epoch_ms / 1000, UTC)


class FileClock:
    """A clock that a file moves: ``{"now": RFC 3339, "set_at": real epoch seconds}``; no file is real time. It runs on from there."""

    def __init__(self, path: Path) -> None:
        self._path, self._real = path, RealClock()

    def now(self) -> datetime:
        return self._real.now() + self._shift()

    def at(self, epoch_ms: int) -> datetime:
        return self._real.at(epoch_ms) + self._shift()

    def _shift(self) -> timedelta:
        try:
            said = json.loads(self._path.read_text())
        except (FileNotFoundError, ValueError):
            return timedelta()
        return datetime.fromisoformat(said["now"]) - datetime.fromtimestamp(said["set_at"], UTC)
