"""From when on a sensor needs somebody and a room is cold, as a compound's policy has it, and which homes are heated together. Pure."""

from collections.abc import Collection
from typing import TYPE_CHECKING

import msgspec

if TYPE_CHECKING:  # the register's policy holds these limits, so it stands above them
    from chalicelib.register.rules import Home, Register


class WatchPolicy(msgspec.Struct, frozen=True, omit_defaults=True):
    """``warm_least`` in tenths of a degree Celsius: 18 °C is what Chinese cities promise for heated rooms in winter.

    ``gateway_wait`` is how many minutes a gateway may be gone before anybody is told. ``battery_least`` in per cent, ``link_least`` from
    0 to 255 as Zigbee counts link quality. A door still open ``left_open`` minutes after it opened during isolation is an alert of its own.
    ``claimed``: for so many minutes what somebody has taken on for a home explains that its door opens.
    """

    warm_least: int = 180
    warm_minutes: int = 30
    gateway_wait: int = 10
    battery_least: int = 15
    link_least: int = 30
    left_open: int = 10
    claimed: int = 60


def riser_of(home: "Home") -> str:
    """The pipe a home hangs on: what the list says, else its building and the last two figures of its door. ``3-502`` and ``3-1102``
    hang on ``3-02``; a door that is no number has a riser of its own."""
    if home.riser:
        return home.riser
    place, _, door = home.id.rpartition("-")
    return f"{place}-{door[-2:]}" if door.isdecimal() and len(door) > 2 else home.id


def heated_with(home: "Home") -> str:
    """What homes that grow cold together have in common: the line whose end they are, else their riser."""
    return home.line_end or riser_of(home)


def behind(register: "Register", things: Collection[str]) -> "list[Home]":
    """The homes that hang on these gateways, as one walks past them."""
    found = {device.home for device in register.devices if device.thing in things}
    return sorted((home for home in register.homes if home.id in found), key=lambda home: home.place)
