"""The ready configuration for Mosquitto, started for real: what the house says reaches the desk, also what it said while the line was down."""

import shutil
import socket
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import paho.mqtt.client as mqtt
import pytest

from infra.devices import ready
from local.place import HERE
from tests.local.conftest import alerts_of, device_of
from tests.stack import LocalStack, free_port, until

MOSQUITTO = shutil.which("mosquitto") or shutil.which("mosquitto", path="/usr/sbin:/usr/local/sbin")
pytestmark = pytest.mark.skipif(MOSQUITTO is None, reason="mosquitto is not installed here")


class Line:
    """The house's line to the broker: it can be cut and mended."""

    def __init__(self, port: int) -> None:
        self.broker, self.whole = port, True
        self._open: list[socket.socket] = []
        self._server = socket.create_server((HERE, 0))
        self.port = int(self._server.getsockname()[1])
        threading.Thread(target=self._accept, daemon=True).start()

    def cut(self) -> None:
        self.whole = False
        for each in self._open:
            each.close() if each.fileno() < 0 else each.shutdown(socket.SHUT_RDWR)
        self._open.clear()

    def mend(self) -> None:
        self.whole = True

    def close(self) -> None:
        self._server.close()
        self.cut()

    def _accept(self) -> None:
        while True:
            try:
                near, _ = self._server.accept()
            except OSError:
                return
            if not self.whole:
                near.close()
                continue
            far = socket.create_connection((HERE, self.broker))
            self._open += [near, far]
            for one, other in ((near, far), (far, near)):
                threading.Thread(target=_pump, args=(one, other), daemon=True).start()


def _pump(one: socket.socket, other: socket.socket) -> None:
    try:
        while data := one.recv(65536):
            other.sendall(data)
    except OSError:
        pass
    finally:
        other.close()


@contextmanager
def bridge(stack: LocalStack, thing: str, folder: Path, line: Line) -> Iterator[mqtt.Client]:
    """Mosquitto as handed out to the thing's owner, with the house's own client connected to it."""
    known = stack.run["mqtt"]
    at = folder / thing
    shutil.copytree(stack.state / "devices" / thing, at)
    ready.hand_over(thing, ready.Broker(known["host"], line.port, Path(known["ca"]).read_text()), str(at), at)
    house = free_port()
    own = (at / "mosquitto.conf").read_text().replace("listener 1883 ", f"listener {house} ")
    (at / "mosquitto.conf").write_text(f"{own}\nuser root\npersistence_location {at}/\n")
    process = subprocess.Popen([str(MOSQUITTO), "-v", "-c", str(at / "mosquitto.conf")], stderr=(at / "log").open("wb"))
    client = mqtt.Client(mqtt.CallbackAPIVersion.VERSION2, client_id="house")
    try:
        assert until(lambda: client_connects(client, house))
        client.loop_start()
        assert until(lambda: b"Received CONNACK" in (at / "log").read_bytes()), (at / "log").read_text()
        yield client
    finally:
        client.disconnect()
        client.loop_stop()
        process.terminate()
        process.wait(10)


def client_connects(client: mqtt.Client, port: int) -> bool:
    try:
        return client.connect(HERE, port) == mqtt.MQTT_ERR_SUCCESS
    except OSError:
        return False


def test_what_zigbee2mqtt_says_behind_mosquitto_reaches_the_desk_over_a_cut_line_too(stack: LocalStack, tmp_path: Path) -> None:
    """In QoS 0, as Zigbee2MQTT and Tasmota publish unless told otherwise."""
    manager, line = stack.token(), Line(stack.run["mqtt"]["port"])
    device = device_of(stack, "1-603")
    door = f"zigbee2mqtt/{device['topic'].rpartition('/')[2]}"
    with bridge(stack, device["thing"], tmp_path, line) as house:
        house.publish(door, '{"contact":true,"battery":97}')
        known = len(alerts_of(stack, "1-603", manager))
        house.publish(door, '{"contact":false,"battery":97}')
        assert until(lambda: len(alerts_of(stack, "1-603", manager)) == known + 1, within=60)
        line.cut()
        house.publish(door, '{"contact":true,"battery":97}')
        house.publish(door, '{"contact":false,"battery":97}')
        assert not until(lambda: len(alerts_of(stack, "1-603", manager)) > known + 1, within=1)
        line.mend()
        assert until(lambda: len(alerts_of(stack, "1-603", manager)) == known + 2, within=90)
    line.close()
