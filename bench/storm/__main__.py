"""``make storm GATEWAYS=500 SENSORS=20``: one JSON line per storm, against a local stack that is made for it and goes with it.

1. how long an opening takes to the duty desk while fifty messages a second arrive
2. every gateway is cut off and comes back at once, replaying what it has cached, among openings, repeats, skew and garbage
3. the same, with nobody working the queue off for the first minute

Real MQTT clients over mutual TLS. There is no way to name another broker: this is never let loose on a system that somebody uses.
"""

import argparse
import json
import os
import signal
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import cycle
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.storm import probe
from bench.storm.blow import TOPIC, Place, blow, credentials, prepare
from bench.storm.script import Fleet
from bench.storm.swarm import Credentials as Own
from bench.storm.swarm import Swarm
from chalicelib.sensors.kinds import KINDS, What
from chalicelib.store.dynamo import DynamoStore
from chalicelib.wire import Credentials, Service
from tests.stack import LocalStack

WIND = 50
MOST_GATEWAYS, MOST_SENSORS = 1000, 100


@contextmanager
def ground() -> Iterator[tuple[LocalStack, Place]]:
    """A stack of its own, gone at the end, however that comes. It takes no snapshots while we measure."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    os.environ["SNAPSHOT_SECONDS"] = str(24 * 3600)
    with TemporaryDirectory() as folder:
        stack = LocalStack(Path(folder))
        stack.start()
        try:
            yield stack, place_of(stack)
        finally:
            stack.stop()


def place_of(stack: LocalStack) -> Place:
    service = Service("dynamodb", "DynamoDB_20120810", "us-east-1", lambda: Credentials("test", "test"), stack.place.endpoint)
    broker, stand_in = stack.run["mqtt"], int((stack.state / "aws.pid").read_text())
    clients = (stack.client(name) for name in ("iot", "sqs", "lambda"))
    return Place(DynamoStore(service, "nuanlin-local"), *clients, broker["port"], Path(broker["ca"]), stand_in, stack.state / "storm")


def latency(stack: LocalStack, place: Place, gateways: int, sensors: int, probes: int) -> dict[str, object]:
    """Openings of the sample's doors, one after the other, in a wind of ``WIND`` battery reports a second from the fleet."""
    fleet = prepare(place, gateways, sensors, seed=1)
    devices = [each for each in stack.run["devices"] if each["thing"].startswith("anheli") and KINDS[each["kind"]].what is What.DOOR]
    own = {each["thing"]: Own(place.ca, Path(each["cert"]), Path(each["key"])) for each in devices}
    swarm, desk = Swarm(place.mqtt_port, {**credentials(place, gateways), **own}), probe.Desk(stack.run)
    swarm.connect()
    wind = Wind(swarm, fleet)
    for device in devices:
        swarm.say([(device["thing"], device["topic"], b'{"contact":true}')])
    wind.blow_for(3)
    took = []
    for device in (device for device, _ in zip(cycle(devices), range(probes), strict=False)):
        took.append(probe.seconds_until_shown(desk, swarm, device, wind.blow))
        wind.blow_for(0.5)
    swarm.leave()
    shares = {f"p{round(share * 100)}": round(probe.percentile(took, share), 3) for share in (0.5, 0.9, 0.99)}
    return {"opening_to_desk_s": shares, "worst": round(max(took), 3), "probes": probes, "wind_per_s": round(wind.speed(), 1)}


class Wind:
    """Battery reports of the fleet, every one with the state that is known."""

    def __init__(self, swarm: Swarm, fleet: Fleet) -> None:
        self._swarm, self._doors, self._sent, self._began = swarm, cycle(fleet.known), 0, time.monotonic()

    def blow(self) -> None:
        owed = int((time.monotonic() - self._began) * WIND) - self._sent
        for door, _ in zip(self._doors, range(owed), strict=False):
            report = json.dumps({"contact": not door.is_open, "battery": 90, "linkquality": 100}).encode()
            self._swarm.say([(door.thing, TOPIC.format(door.thing, door.sensor), report)])
        self._sent += max(0, owed)
        self._swarm.turn(0.01)

    def blow_for(self, seconds: float) -> None:
        ends = time.monotonic() + seconds
        while time.monotonic() < ends:
            self.blow()

    def speed(self) -> float:
        return self._sent / (time.monotonic() - self._began)


def main() -> int:
    parser = argparse.ArgumentParser(prog="make storm", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--gateways", type=int, default=500)
    parser.add_argument("--sensors", type=int, default=20)
    parser.add_argument("--probes", type=int, default=100)
    chosen = parser.parse_args()
    if not (0 < chosen.gateways <= MOST_GATEWAYS and 0 < chosen.sensors <= MOST_SENSORS):
        print(f"At most {MOST_GATEWAYS} gateways of {MOST_SENSORS} sensors.", file=sys.stderr)
        return 2
    well = True
    with ground() as (stack, place):
        fleet = (place, chosen.gateways, chosen.sensors)
        _say("desk", latency(stack, *fleet, chosen.probes))
        for name, seed, off in (("storm", 1, 0.0), ("storm, consumer off for a minute", 2, 60.0)):
            said = blow(*fleet, seed=seed, consumer_off=off)
            well = well and not (said["false"] or said["lost"] or said["astray"])
            _say(name, said)
    return 0 if well else 1


def _say(name: str, figures: dict[str, object]) -> None:
    print(json.dumps({"what": name, **figures}, ensure_ascii=False), flush=True)


if __name__ == "__main__":
    sys.exit(main())
