"""What the stack is seen to do: its queues, the CPU of the sensors' function and of the stand-in, and what came of the messages."""

import os
import time
from pathlib import Path
from typing import Any, NamedTuple

from bench.storm.script import COMPOUND, Truth
from chalicelib.sensors import records
from chalicelib.sensors.rules import AlertKind, DoorState
from chalicelib.store import keys
from chalicelib.store.contract import Store

FUNCTION = "nuanlin-local-receive_sensor_messages"
QUEUE, DEAD = "nuanlin-local-sensors", "nuanlin-local-sensors-dead"


class Queues:
    def __init__(self, sqs: Any) -> None:
        self._sqs = sqs
        self._urls = {name: sqs.get_queue_url(QueueName=name)["QueueUrl"] for name in (QUEUE, DEAD)}

    def depth(self, name: str = QUEUE) -> int:
        """Waiting and being worked on."""
        counted = ("ApproximateNumberOfMessages", "ApproximateNumberOfMessagesNotVisible")
        said = self._sqs.get_queue_attributes(QueueUrl=self._urls[name], AttributeNames=list(counted))["Attributes"]
        return sum(int(said[each]) for each in counted)

    def patience(self, seconds: int) -> None:
        """How long a message that failed stays away; the template's own is 120 s."""
        self._sqs.set_queue_attributes(QueueUrl=self._urls[QUEUE], Attributes={"VisibilityTimeout": str(seconds)})

    def empty(self) -> None:
        """What is being worked on is let come to its end."""
        deadline = time.monotonic() + 60
        while self.depth() and time.monotonic() < deadline:
            time.sleep(0.2)
        for url in self._urls.values():
            self._sqs.purge_queue(QueueUrl=url)


def cpu(stand_in: int) -> dict[str, float]:
    """CPU seconds so far of the sensors' function, of every other function, and of the stand-in itself. Linux only; empty elsewhere."""
    spent = {"handler": 0.0, "other functions": 0.0, "stand-in": _seconds(Path(f"/proc/{stand_in}"))}
    for process in Path("/proc").glob("[0-9]*"):
        try:
            said = (process / "environ").read_bytes().split(b"\0")
            parent = int((process / "stat").read_text().rpartition(")")[2].split()[1])
        except OSError:
            continue
        name = next((each.partition(b"=")[2].decode() for each in said if each.startswith(b"AWS_LAMBDA_FUNCTION_NAME=")), "")
        if parent == stand_in and name:
            spent["handler" if name == FUNCTION else "other functions"] += _seconds(process)
    return spent


def _seconds(process: Path) -> float:
    try:
        fields = (process / "stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0.0
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


class Found(NamedTuple):
    """Detections held against the truth. ``astray`` doors stand otherwise at the end than they do."""

    openings: int
    false: int
    lost: int
    astray: int


def count(store: Store, truth: Truth, before: dict[str, int]) -> Found:
    """``before``: alerts by home that were there already."""
    after = alerts(store)
    found = {home: after.get(home, 0) - before.get(home, 0) for home in truth.openings}
    false = sum(max(0, found[home] - wanted) for home, wanted in truth.openings.items())
    lost = sum(max(0, wanted - found[home]) for home, wanted in truth.openings.items())
    return Found(sum(found.values()), false, lost, _astray(store, truth))


def alerts(store: Store) -> dict[str, int]:
    """Openings on the compound's board, by home."""
    found: dict[str, int] = {}
    for item in store.under(keys.alerts(COMPOUND), consistent=True):
        found[item["home"]] = found.get(item["home"], 0) + (item["kind"] == AlertKind.DOOR_OPENED)
    return found


def _astray(store: Store, truth: Truth) -> int:
    things = sorted({name.partition("/")[0] for name in truth.open})
    stands = {
        f"{thing}/{each.name}": each.state is DoorState.OPEN for thing in things for each in records.sensors_under(store, COMPOUND, thing)
    }
    return sum(stands.get(name) is not is_open for name, is_open in truth.open.items())
