"""One storm: the fleet is cut off, comes back at once, and says what its script has; then it is counted what was made of that."""

import json
import time
from collections import deque
from pathlib import Path
from typing import Any, NamedTuple

from bench.storm import ground, watch
from bench.storm.script import Fleet, things, write
from bench.storm.swarm import Credentials, Swarm
from bench.storm.watch import DEAD, Queues
from chalicelib.shared.clock import RealClock
from chalicelib.store.contract import Store

LONGEST = 1800.0
TOPIC = "care/{}/zigbee2mqtt/{}"


class Place(NamedTuple):
    """A running local stack, as the storm needs it: its clients, where its broker listens, the process of AWS's stand-in."""

    store: Store
    iot: Any
    sqs: Any
    lambdas: Any
    mqtt_port: int
    ca: Path
    stand_in: int
    folder: Path


class Blown(NamedTuple):
    """Seconds from the first message on; ``drained``: only what can never be read was left."""

    connected: float
    published: float
    drained: float
    deepest: int


def blow(place: Place, gateways: int, sensors: int, *, seed: int = 1, consumer_off: float = 0, patience: int = 5) -> dict[str, Any]:
    """The figures of one storm. The ground truth is written beside the certificates before anything is sent.

    ``consumer_off``: for so many seconds nobody works the queue off. ``patience``: seconds until a message that failed comes again.
    """
    queues = Queues(place.sqs)
    queues.empty()  # What an earlier storm has left says nothing of this one.
    fleet = prepare(place, gateways, sensors, seed)
    before, spent = watch.alerts(place.store), watch.cpu(place.stand_in)
    swarm = Swarm(place.mqtt_port, credentials(place, gateways))
    queues.patience(patience)
    consumer = _Consumer(place.lambdas)
    try:
        swarm.connect()
        if consumer_off:
            consumer.switch(on=False)
        swarm.cut()
        blown = _let_loose(swarm, fleet, queues, consumer, consumer_off)
        used = {name: seconds - spent.get(name, 0) for name, seconds in watch.cpu(place.stand_in).items()}
        swarm.until(lambda: queues.depth() == 0, patience * 12)
    finally:
        consumer.switch(on=True)
        queues.patience(120)
        swarm.leave()
    found = watch.count(place.store, fleet.truth, before)
    return _figures(fleet, blown, used) | found._asdict() | {"dead_letters": queues.depth(DEAD), "garbage": fleet.truth.garbage}


def prepare(place: Place, gateways: int, sensors: int, seed: int) -> Fleet:
    """The compound, its doors as they were before the cut, the script and its truth."""
    now = RealClock().now()
    fleet = write(gateways, sensors, int(now.timestamp() * 1000), seed)
    ground.people_it(place.store, now, gateways)
    ground.know(place.store, fleet.known)
    place.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    (place.folder / "truth.json").write_text(json.dumps(fleet.truth._asdict(), indent=1))
    return fleet


def credentials(place: Place, gateways: int) -> dict[str, Credentials]:
    return ground.certify(place.iot, "local", things(gateways), place.ca, place.folder)


def _let_loose(swarm: Swarm, fleet: Fleet, queues: Queues, consumer: "_Consumer", consumer_off: float) -> Blown:
    connected = swarm.connect()
    began, lines, published, deepest, looked = time.monotonic(), deque(fleet.lines), 0.0, 0, 0.0
    while (past := time.monotonic() - began) < LONGEST:
        while lines and lines[0].at <= past:
            line = lines.popleft()
            swarm.say([(line.thing, TOPIC.format(line.thing, line.sensor), line.payload)])
        swarm.turn()
        if not published and not lines and swarm.settled():
            published = past
        if consumer_off and past >= consumer_off and not consumer.on:
            consumer.switch(on=True)
        if past - looked > 0.5:
            looked, depth = past, queues.depth()
            deepest = max(deepest, depth)
            if published and consumer.on and depth + queues.depth(DEAD) <= fleet.truth.garbage:
                return Blown(connected, published, time.monotonic() - began, deepest)
    raise TimeoutError(f"{queues.depth()} messages are still waiting after {LONGEST} s")


class _Consumer:
    """The mapping from the queue to the function."""

    def __init__(self, lambdas: Any) -> None:
        self._lambdas, self.on = lambdas, True
        self._uuid = lambdas.list_event_source_mappings(FunctionName=watch.FUNCTION)["EventSourceMappings"][0]["UUID"]

    def switch(self, *, on: bool) -> None:
        self._lambdas.update_event_source_mapping(UUID=self._uuid, Enabled=on)
        self.on = on


def _figures(fleet: Fleet, blown: Blown, used: dict[str, float]) -> dict[str, Any]:
    messages = fleet.truth.messages
    return {
        "gateways": len({each.thing for each in fleet.known}),
        "messages": messages,
        "true_openings": sum(fleet.truth.openings.values()),
        "connected_s": round(blown.connected, 1),
        "published_s": round(blown.published, 1),
        "drained_s": round(blown.drained, 1),
        "deepest_queue": blown.deepest,
        "published_per_s": round(messages / blown.published),
        "handled_per_s": round(messages / blown.drained),
        "cpu_ms_per_message": {name: round(1000 * seconds / messages, 2) for name, seconds in used.items()},
    }
