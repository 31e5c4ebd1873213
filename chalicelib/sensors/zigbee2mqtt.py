"""Zigbee2MQTT: ``zigbee2mqtt/<friendly name>`` and what hangs below it. Pure.

Sources: zigbee2mqtt.io, "MQTT Topics and Messages", "Device availability", "Exposes" of contact, smoke and button devices.
"""

import msgspec

from chalicelib.sensors.kinds import Family
from chalicelib.sensors.payloads import Number, Reading, ms_of, online, tenths, within

FAMILY = Family.ZIGBEE2MQTT
AT_REST = {"", "off", "release", "disarm"}


class _Device(msgspec.Struct):
    """``contact`` true is closed. A report may leave any member out."""

    contact: bool | None = None
    smoke: bool | None = None
    sos: bool | None = None
    action: str | None = None
    tamper: bool | None = None
    temperature: Number | None = None
    battery: Number | None = None
    battery_low: bool | None = None
    linkquality: Number | None = None
    last_seen: str | Number | None = None

    @property
    def pressed(self) -> bool | None:
        """A button that is let go says so too; that is no call for help, and no end of one."""
        return self.sos or (self.action is not None and self.action not in AT_REST) or None


class _State(msgspec.Struct):
    state: str


def read(thing: str, topic: list[str], data: bytes) -> list[Reading]:
    match topic:
        case ["bridge", "state"]:
            return [Reading(FAMILY, "", online=online(_state(data)))]
        case ["bridge", *_] | [*_, "set" | "get"] | [*_, "set" | "get", _]:
            return []
        case [*name, "availability"] if name:
            return [Reading(FAMILY, "/".join(name), online=online(_state(data)))]
    return [_device("/".join(topic), msgspec.json.decode(data, type=_Device))]


def _device(name: str, told: _Device) -> Reading:
    return Reading(
        FAMILY,
        name,
        open=None if told.contact is None else not told.contact,
        smoke=told.smoke,
        sos=told.pressed,
        tamper=told.tamper,
        temperature=tenths(told.temperature),
        battery=within(told.battery, 100),
        battery_low=told.battery_low,
        link=within(told.linkquality, 255),
        said_ms=ms_of(told.last_seen),
    )


def _state(data: bytes) -> str:
    """``{"state": "online"}``, or the plain word of older versions."""
    return msgspec.json.decode(data, type=_State).state if data.lstrip().startswith(b"{") else data.decode()
