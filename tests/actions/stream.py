"""A store in memory that tells what was written, as the table's stream does."""

from typing import Any

from chalicelib.store.contract import Absent, Change, target
from chalicelib.store.memory import MemoryStore
from chalicelib.store.values import to_typed

Record = dict[str, Any]


class StreamingStore(MemoryStore):
    """``told`` holds a record for every write, oldest first."""

    def __init__(self) -> None:
        super().__init__()
        self.told: list[Record] = []

    def write(self, *changes: Change) -> None:
        keys = [target(change) for change in changes if not isinstance(change, Absent)]
        old = self.get_many(keys)
        super().write(*changes)
        new = self.get_many(keys)
        for key in keys:
            images = {name: to_typed(items[key]) for name, items in (("OldImage", old), ("NewImage", new)) if key in items}
            self.told.append(record(len(self.told), images))


def record(number: int, images: dict[str, Any]) -> Record:
    name = "INSERT" if "OldImage" not in images else "MODIFY" if "NewImage" in images else "REMOVE"
    return {"eventID": f"event-{number}", "eventName": name, "eventSource": "aws:dynamodb", "dynamodb": images}
