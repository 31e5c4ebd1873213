"""The local clock: a file that every function reads, moved by ``POST /local/clock``."""

import json
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

from infra.private import write_private


def set_to(path: Path, now: datetime | None) -> None:
    """From here on it is ``now`` and time runs on; None is real time again."""
    if now is None:
        path.unlink(missing_ok=True)
    else:
        write_private(path, json.dumps({"now": now.isoformat(), "set_at": time.time()}))


def read(path: Path) -> datetime:
    real = datetime.now(UTC)
    try:
        said = json.loads(path.read_text())
        return real + (datetime.fromisoformat(said["now"]) - datetime.fromtimestamp(said["set_at"], UTC))
    except (OSError, ValueError, KeyError):
        return real


def parse(text: object) -> datetime:
    """RFC 3339 with an offset; ValueError otherwise."""
    moment = datetime.fromisoformat(text) if isinstance(text, str) else None
    if moment is None or moment.tzinfo is None or not timedelta(0) <= moment - datetime(2000, 1, 1, tzinfo=UTC) < timedelta(days=36500):
        raise ValueError("not a time with an offset")
    return moment
