"""What a sensor is: in which words its messages come, what it watches, how long it may be silent. Pure."""

from datetime import timedelta
from enum import StrEnum
from typing import NamedTuple


class Family(StrEnum):
    """Who writes the messages, and so in which words: see ``payloads``."""

    ZIGBEE2MQTT = "zigbee2mqtt"
    TASMOTA_ZIGBEE = "tasmota-zigbee"
    TASMOTA_SWITCH = "tasmota-switch"
    ESPHOME = "esphome"


class What(StrEnum):
    """What a sensor watches. The door is what a bare family name stands for in the lists."""

    DOOR = "door"
    TEMPERATURE = "temperature"
    SMOKE = "smoke"
    SOS = "sos"


class Kind(NamedTuple):
    """``limit``: silent for longer, and nobody knows how it is. None where only its gateway's presence can say."""

    family: Family
    what: What
    limit: timedelta | None


LIMITS = {
    Family.ZIGBEE2MQTT: timedelta(hours=25),
    Family.TASMOTA_ZIGBEE: timedelta(hours=25),
    Family.TASMOTA_SWITCH: timedelta(minutes=20),
    Family.ESPHOME: None,
}
"""Battery sensors report once a day at the least: Zigbee2MQTT's own time-out for them is 1,500 minutes. Tasmota repeats every switch
each ``TelePeriod`` (5 minutes), four of which may be lost. ESPHome speaks when something changes, and says by its status topic that it
is there."""
LONGEST = max(limit for limit in LIMITS.values() if limit)

KINDS = {
    family.value if what is What.DOOR else f"{family}-{what}": Kind(family, what, LIMITS[family]) for family in Family for what in What
}
"""By the word that stands in the lists: ``zigbee2mqtt`` is a door behind Zigbee2MQTT, ``zigbee2mqtt-smoke`` a smoke alarm behind it."""
