"""ESPHome: ``<node>/binary_sensor/<name>/state``, ``<node>/sensor/<name>/state`` and ``<node>/status``, all of them plain text. Pure.

Sources: esphome.io, "MQTT Client Component"; its ``mqtt_binary_sensor.cpp`` for ``ON`` and ``OFF``, where ``ON`` is open.
"""

from chalicelib.sensors.kinds import Family
from chalicelib.sensors.payloads import Reading, node_name, online, tenths
from chalicelib.shared.problems import Rejected

FAMILY = Family.ESPHOME


def read(thing: str, topic: list[str], data: bytes) -> list[Reading]:
    match topic:
        case [node, "status"]:
            return [Reading(FAMILY, node_name(thing, node), online=online(data.decode()))]
        case [node, "binary_sensor", name, "state"]:
            return [Reading(FAMILY, f"{node}/{name}", open=_on(data.decode()))]
        case [node, "sensor", name, "state"]:
            return [Reading(FAMILY, f"{node}/{name}", temperature=tenths(_number(data.decode())))]
    return []


def _on(word: str) -> bool:
    if word not in ("ON", "OFF"):
        raise Rejected("neither ON nor OFF")
    return word == "ON"


def _number(word: str) -> float:
    try:
        return float(word)
    except ValueError:
        raise Rejected("no number") from None
