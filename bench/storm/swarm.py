"""Many real MQTT clients over mutual TLS in one thread: paho does the protocol, one selector the waiting.

Connections are made one after the other (a handshake blocks), and no client has more than ``IN_FLIGHT`` unacknowledged messages.
"""

import selectors
import ssl
import time
from collections import deque
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, NamedTuple

import paho.mqtt.client as mqtt

from local.place import HERE

IN_FLIGHT = 20
KEEPALIVE = 60
TICK = 0.05


class Credentials(NamedTuple):
    ca: Path
    cert: Path
    key: Path


class Member:
    """One gateway: a client, what it has to say, and what was acknowledged."""

    def __init__(self, thing: str, port: int, own: Credentials) -> None:
        self.thing, self.port = thing, port
        self.waiting: deque[tuple[str, bytes]] = deque()
        self.unacknowledged: dict[int, tuple[str, bytes]] = {}
        self.acknowledged = 0
        self.client = mqtt.Client(mqtt.CallbackAPIVersion.VERSION2, client_id=thing)
        context = ssl.create_default_context(cafile=str(own.ca))
        context.load_cert_chain(own.cert, own.key)
        self.client.tls_set_context(context)
        self.client.on_publish = self._taken

    def connect(self) -> None:
        self.client.connect(HERE, self.port, KEEPALIVE)

    def speak(self) -> None:
        while self.waiting and len(self.unacknowledged) < IN_FLIGHT and self.client.is_connected():
            topic, payload = self.waiting.popleft()
            told = self.client.publish(topic, payload, qos=1)
            self.unacknowledged[told.mid] = (topic, payload)

    def read(self) -> None:
        self.client.loop_read()
        while (line := self.client.socket()) is not None and line.pending():
            self.client.loop_read()

    @property
    def idle(self) -> bool:
        return not self.waiting and not self.unacknowledged

    def _taken(self, _: Any, __: Any, mid: int, *___: Any) -> None:
        self.acknowledged += self.unacknowledged.pop(mid, None) is not None


class Swarm:
    """Every member connected, none with a thread of its own."""

    def __init__(self, port: int, credentials: dict[str, Credentials]) -> None:
        self.members = {thing: Member(thing, port, own) for thing, own in credentials.items()}
        self._selector = selectors.DefaultSelector()
        self._ticked = 0.0

    def connect(self) -> float:
        """All at once, as far as one thread can; returns the seconds it took."""
        began = time.monotonic()
        for member in self.members.values():
            member.connect()
            self._selector.register(member.client.socket(), selectors.EVENT_READ, member)
            self.turn(0)
        self.until(lambda: all(member.client.is_connected() for member in self.members.values()), 120)
        return time.monotonic() - began

    def cut(self) -> None:
        """The line is gone: no goodbye is said, and what was not acknowledged is said again after the next ``connect``."""
        for member in self.members.values():
            self._selector.unregister(member.client.socket())
            member.client.socket().close()
            member.waiting.extendleft(reversed(member.unacknowledged.values()))
            member.unacknowledged.clear()

    def say(self, lines: Iterable[tuple[str, str, bytes]]) -> None:
        """Queue messages as (thing, topic, payload)."""
        for thing, topic, payload in lines:
            self.members[thing].waiting.append((topic, payload))

    def turn(self, wait: float = TICK) -> None:
        """Once around: read what came, write what can be written."""
        for key, _ in self._selector.select(wait):
            key.data.read()
        due = time.monotonic() - self._ticked > 1
        self._ticked = time.monotonic() if due else self._ticked
        for member in self.members.values():
            member.speak()
            if member.client.want_write():
                member.client.loop_write()
            if due:
                member.client.loop_misc()

    def until(self, done: Callable[[], bool], within: float) -> bool:
        deadline = time.monotonic() + within
        while not done() and time.monotonic() < deadline:
            self.turn()
        return done()

    def settled(self) -> bool:
        return all(member.idle for member in self.members.values())

    def leave(self) -> None:
        for member in self.members.values():
            member.client.disconnect()
        self._selector.close()
