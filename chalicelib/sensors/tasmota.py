"""Tasmota: ``tele/<topic>/SENSOR``, ``stat/<topic>/RESULT`` and ``tele/<topic>/LWT``, from switches and from its Zigbee bridge. Pure.

Sources: tasmota.github.io, "MQTT", "Buttons and Switches" (SwitchMode 15 and 16, SetOption114), "Zigbee".
"""

import re
from typing import Any

import msgspec

from chalicelib.sensors.kinds import Family
from chalicelib.sensors.payloads import Number, Reading, ms_of, node_name, online, tenths, within
from chalicelib.shared.problems import Rejected

TAMPERED, BATTERY_LOW = 0x04, 0x08
"""Bits of a Zigbee alarm zone's status."""
PREFIXES = {"tele", "stat", "cmnd"}
SWITCH = re.compile(r"Switch\d*")
BRIDGE = "ZbReceived"


class _Zigbee(msgspec.Struct):
    """``Contact`` 0 is closed."""

    name: str = msgspec.field(name="Name", default="")
    contact: int | None = msgspec.field(name="Contact", default=None)
    fire: int | None = msgspec.field(name="Fire", default=None)
    zone: int = msgspec.field(name="ZoneStatusChange", default=-1)
    temperature: Number | None = msgspec.field(name="Temperature", default=None)
    battery: Number | None = msgspec.field(name="BatteryPercentage", default=None)
    older: Number | None = msgspec.field(name="Battery", default=None)
    link: Number | None = msgspec.field(name="LinkQuality", default=None)

    def bit(self, mask: int) -> bool | None:
        return None if self.zone < 0 else bool(self.zone & mask)


def read(thing: str, topic: list[str], data: bytes) -> list[Reading]:
    """A device's own topic stands after the prefix or before it, as its ``FullTopic`` says."""
    *where, tail = topic
    if not PREFIXES & {*where[:1], *where[-1:]} or len(where) < 2:
        raise Rejected("a topic that nothing here speaks on")
    node = "/".join(where[1:] if where[0] in PREFIXES else where[:-1])
    if tail == "LWT":
        return [Reading(Family.TASMOTA_SWITCH, node_name(thing, node), online=online(data.decode()))]
    if "cmnd" in where or tail not in ("SENSOR", "RESULT"):
        return []
    told = msgspec.json.decode(data, type=dict[str, Any])
    devices = msgspec.convert(told.pop(BRIDGE, {}), dict[str, _Zigbee], strict=False)
    zigbee = [_zigbee(key, each) for key, each in devices.items()]
    return zigbee + [each for key, value in told.items() for each in _wired(f"{node}/{key}", value, ms_of(told.get("Time")))]


def _zigbee(key: str, told: _Zigbee) -> Reading:
    """The key is a short address or a name, as the gateway is set up; a name given to the device counts."""
    return Reading(
        Family.TASMOTA_ZIGBEE,
        (told.name or key).strip(),
        open=None if told.contact is None else bool(told.contact),
        smoke=None if told.fire is None else bool(told.fire),
        tamper=told.bit(TAMPERED),
        temperature=tenths(told.temperature),
        battery=within(told.older if told.battery is None else told.battery, 100),
        battery_low=told.bit(BATTERY_LOW),
        link=within(told.link, 255),
    )


def _wired(name: str, value: Any, said_ms: int | None) -> list[Reading]:
    """A switch or a thermometer at the pins. ``ON`` is open; ``SwitchMode`` 15 or 16 makes it so, by how the contact is wired."""
    reading, inner = Reading(Family.TASMOTA_SWITCH, name, said_ms=said_ms), value if isinstance(value, dict) else {}
    if SWITCH.fullmatch(name.rpartition("/")[2]):
        word = inner.get("Action", value)
        return [reading._replace(open=word == "ON")] if word in ("ON", "OFF") else []
    if inner.get("Temperature") is None:
        return []
    return [reading._replace(temperature=tenths(msgspec.convert(inner["Temperature"], Number)))]
