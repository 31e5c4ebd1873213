"""From a door that opens until the duty desk's own request shows it, while the fleet goes on talking."""

import json
import math
import time
import urllib.request
from collections.abc import Callable
from typing import Any

from bench.storm.swarm import Swarm

LONGEST = 30.0


class Desk:
    """The duty desk of the sample's compound, as a manager sees it."""

    def __init__(self, run: dict[str, Any], compound: str = "anheli") -> None:
        self._site = run["site"]
        person = next(each for each in run["staff"] if each["compound"] == compound and "manager" in each["roles"])
        said = self._ask("/api/session", {"username": person["username"], "password": person["password"]})
        self._token = said["token"]

    def openings(self, home: str) -> int:
        return sum(alert["home"] == home for alert in self._ask("/api/duty")["alerts"])

    def _ask(self, path: str, body: Any = None) -> Any:
        headers = {"Content-Type": "application/json", **({"Authorization": self._token} if body is None else {})}
        data = None if body is None else json.dumps(body).encode()
        with urllib.request.urlopen(urllib.request.Request(self._site + path, data, headers), timeout=30) as answer:
            return json.loads(answer.read())


def seconds_until_shown(desk: Desk, swarm: Swarm, device: dict[str, str], blow: Callable[[], None]) -> float:
    """One opening of the device's door. ``blow`` keeps the wind going meanwhile."""
    thing, topic, home = device["thing"], device["topic"], device["home"]
    known = desk.openings(home)
    began = time.monotonic()
    swarm.say([(thing, topic, b'{"contact":false,"battery":97}')])
    swarm.turn(0)
    while desk.openings(home) == known and time.monotonic() - began < LONGEST:
        blow()
    took = time.monotonic() - began
    swarm.say([(thing, topic, b'{"contact":true,"battery":97}')])
    return took


def percentile(values: list[float], share: float) -> float:
    """The smallest value that this share of them does not exceed."""
    return sorted(values)[math.ceil(len(values) * share) - 1]
