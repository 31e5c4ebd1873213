"""docs/devices.md: its configurations are the ones that are handed out, what they publish is understood, its commands are commands.

``python -m tests.infra.test_devices_doc`` writes the configurations into the document.
"""

import json
import re
import shlex
from pathlib import Path
from string import Template
from typing import Any

import pytest
import yaml

from chalicelib.sensors.kinds import KINDS
from chalicelib.sensors.readings import Message, readings
from infra.devices import __main__ as command
from infra.devices.ready import READY, Broker, fill
from infra.devices.rows import from_file
from tests.builders import DAY

PAGE = Path(__file__).parents[2] / "docs" / "devices.md"
THING, FOLDER = "anheli-gw3", "/etc/nuanlin/anheli-gw3"
PEM = "-----BEGIN {0}-----\n…\n-----END {0}-----\n"
BROKER = Broker("…-ats.iot.us-east-1.amazonaws.com", 8883, PEM.format("CERTIFICATE"))
MARK = re.compile(r"<!-- ready: (\S+) -->\n(?:\n```\n.*?\n```\n)?", re.DOTALL)
TOPIC = re.compile(r"^topic (\S+) out 1 (\S+) (\S+)$", re.MULTILINE)


def ready(name: str) -> str:
    return fill(name, THING, BROKER, FOLDER, PEM.format("CERTIFICATE"), PEM.format("RSA PRIVATE KEY"))


def written(page: str) -> str:
    return MARK.sub(lambda mark: f"<!-- ready: {mark[1]} -->\n\n```\n{ready(mark[1]).rstrip()}\n```\n", page)


def configuration(name: str) -> Any:
    """A YAML file as its program reads it: ``!secret`` is a word."""

    class Loader(yaml.SafeLoader):
        pass

    Loader.add_constructor("!secret", lambda loader, node: str(node.value))
    return yaml.load(ready(name), Loader)


def test_the_page_shows_what_is_handed_out() -> None:
    page = PAGE.read_text(encoding="utf-8")
    assert sorted(MARK.findall(page)) == sorted(each.name for each in READY.iterdir())
    assert written(page) == page, "python -m tests.infra.test_devices_doc"


@pytest.mark.parametrize("name", [each.name for each in READY.iterdir()])
def test_every_blank_is_filled(name: str) -> None:
    assert not Template.pattern.search(ready(name))


def bridged(local: str) -> str | None:
    """The topic under which the bridge publishes what the house says on ``local``, by mosquitto.conf's rules."""
    for pattern, before, after in TOPIC.findall(ready("mosquitto.conf")):
        parts, wanted = local.split("/"), f"{before}{pattern}".split("/")
        if len(parts) == len(wanted) and all(want in ("+", part) for want, part in zip(wanted, parts, strict=True)):
            return str(after + local.removeprefix(before))
    return None


ZIGBEE, PASSIVE = '{"contact":false,"battery":97,"linkquality":88,"last_seen":"2026-11-22T07:47:00.745Z"}', '{"state":"offline"}'
HOUSE = [
    ("zigbee2mqtt/door-3-502", ZIGBEE, [("door-3-502", True, None)]),
    ("zigbee2mqtt/door-3-502/availability", PASSIVE, [("door-3-502", None, False)]),
    ("zigbee2mqtt/bridge/state", '{"state":"online"}', [("", None, True)]),
    ("tele/door-3-502/SENSOR", '{"Time":"2026-11-22T07:47:00","Switch1":"ON"}', [("door-3-502/Switch1", True, None)]),
    ("stat/door-3-502/RESULT", '{"Switch1":{"Action":"OFF"}}', [("door-3-502/Switch1", False, None)]),
    ("tele/door-3-502/LWT", "Offline", [("door-3-502/", None, False)]),
    (
        "tele/bridge/SENSOR",
        '{"ZbReceived":{"0x2916":{"Device":"0x2916","Name":"door-3-502","Contact":0,"Endpoint":1,"LinkQuality":120}}}',
        [("door-3-502", False, None)],
    ),
    ("esphome/board/binary_sensor/door-3-502/state", "ON", [("board/door-3-502", True, None)]),
    ("esphome/board/sensor/room/state", "21.4", [("board/room", None, None)]),
    ("esphome/board/status", "offline", [("board/", None, False)]),
]


def understood(topic: str, payload: str) -> list[tuple[str, bool | None, bool | None]]:
    path = topic.removeprefix(f"care/{THING}/")
    assert path != topic, topic
    return [(each.sensor, each.open, each.online) for each in readings(Message(THING, path, THING, 1_795_333_620_000, payload.encode()))]


@pytest.mark.parametrize(("local", "payload", "said"), HOUSE, ids=[each[0] for each in HOUSE])
def test_what_the_bridge_hands_on_is_understood(local: str, payload: str, said: list[Any]) -> None:
    topic = bridged(local)
    assert topic is not None and topic.count("/") <= 7, "AWS IoT takes seven slashes"
    assert understood(topic, payload) == said


@pytest.mark.parametrize(
    "local",
    [
        "zigbee2mqtt/bridge/definitions",
        "zigbee2mqtt/bridge/logging",
        "zigbee2mqtt/door-3-502/set",
        "tele/door/STATE",
        "homeassistant/x",
        "cmnd/x/y",
    ],
)
def test_the_bridge_keeps_what_is_of_no_home(local: str) -> None:
    assert bridged(local) is None


@pytest.mark.parametrize(
    "setting", ["cleansession false", "notifications false", "try_private false", "upgrade_outgoing_qos true", "persistence true"]
)
def test_the_bridge_loses_nothing_and_says_nothing_aws_refuses(setting: str) -> None:
    lines = ready("mosquitto.conf").splitlines()
    assert setting in lines and f"remote_clientid {THING}" in lines


def test_zigbee2mqtt_straight_to_aws_is_the_thing_and_speaks_under_its_name() -> None:
    mqtt = configuration("zigbee2mqtt.yaml")["mqtt"]
    assert (mqtt["client_id"], mqtt["force_disable_retain"]) == (THING, True)
    assert understood(f"{mqtt['base_topic']}/door-3-502", ZIGBEE) == [("door-3-502", True, None)]
    assert {mqtt[name] for name in ("ca", "cert", "key")} == {f"{FOLDER}/{name}.pem" for name in ("ca", "cert", "key")}


@pytest.mark.parametrize("name", ["zigbee2mqtt.yaml", "zigbee2mqtt-behind-mosquitto.yaml"])
def test_zigbee2mqtt_says_when_and_whether_a_sensor_is_there(name: str) -> None:
    said = configuration(name)
    assert said["availability"]["enabled"] and said["advanced"]["last_seen"] == "ISO_8601" and said["device_options"]["qos"] == 1


def test_esphome_is_the_thing_and_says_nothing_elsewhere() -> None:
    said = configuration("esphome.yaml")
    mqtt = said["mqtt"]
    assert (mqtt["client_id"], mqtt["discovery"], mqtt["discover_ip"], mqtt["log_topic"]) == (THING, False, False, None)
    (door,) = said["binary_sensor"]
    assert understood(f"{mqtt['topic_prefix']}/binary_sensor/{door['name']}/state", "ON") == [(f"{THING}/{door['name']}", True, None)]
    for message, online in (("birth_message", True), ("will_message", False), ("shutdown_message", False)):
        assert understood(mqtt[message]["topic"], mqtt[message]["payload"]) == [("", None, online)]
        assert mqtt[message]["retain"] is False


def test_tasmota_says_what_the_bridge_hands_on() -> None:
    said = dict(each.split(" ", 1) for line in ready("tasmota.txt").splitlines() for each in line.removeprefix("Backlog ").split("; "))
    topic = said["FullTopic"].replace("%prefix%", "tele").replace("%topic%", said["Topic"])
    assert bridged(f"{topic}SENSOR") == f"care/{THING}/tasmota/tele/door-3-502/SENSOR"
    assert int(said["TelePeriod"]) * 4 <= KINDS["tasmota-switch"].limit.total_seconds()  # type: ignore[union-attr]


def test_every_kind_is_on_the_page_and_no_other() -> None:
    section = PAGE.read_text(encoding="utf-8").partition("## 类型")[2].partition("\n## ")[0]
    cells = [cell for line in section.splitlines() if line.startswith("|") for cell in line.split("|")[2:6]]
    assert {word for cell in cells for word in re.findall(r"`([\w-]+)`", cell)} == set(KINDS)


def test_every_command_on_the_page_is_one() -> None:
    page = PAGE.read_text(encoding="utf-8")
    said = [shlex.split(each) for each in re.findall(r'make device (?:STAGE=prod )?ARGS="([^"…]+)"', page)]
    verbs = {command._parser().parse_args([*words, "--stage", "prod"]).verb for words in said}
    assert verbs == set(command.VERBS)


def test_the_file_for_many_can_be_read(tmp_path: Path) -> None:
    block = re.search(r"```csv\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
    assert block is not None
    file = tmp_path / "hundred.csv"
    file.write_text(re.sub(r"^ +", "", block[1], flags=re.MULTILINE), encoding="utf-8")
    rows, faults = from_file(file, DAY)
    assert (len(rows), faults) == (3, [])


def test_a_sample_of_zigbee2mqtt_is_json() -> None:
    assert json.loads(ZIGBEE)["contact"] is False


if __name__ == "__main__":
    PAGE.write_text(written(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
