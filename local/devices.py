"""Things with certificates for the gateways in the register: what an installer does with a real gateway."""

import urllib.request
from pathlib import Path
from typing import Any

from chalicelib.register.rules import Register
from infra.devices.gateways import register
from infra.private import write_private
from local.place import HERE, Place

TOPIC = "care/{thing}/zigbee2mqtt/{sensor}"


def provide(place: Place, iot: Any, policy: str, registers: list[Register]) -> list[dict[str, str]]:
    """Every device of every register with its topic and its thing's certificate, made where it is missing."""
    things = sorted({device.thing for register in registers for device in register.devices})
    folders = {thing: _thing(place, iot, policy, thing) for thing in things}
    return [
        {
            "thing": device.thing,
            "cert": str(folders[device.thing] / "cert.pem"),
            "key": str(folders[device.thing] / "key.pem"),
            "topic": TOPIC.format(thing=device.thing, sensor=device.sensor),
            "home": device.home,
            "kind": device.kind,
        }
        for register in registers
        for device in register.devices
    ]


def broker(place: Place) -> dict[str, Any]:
    """Where devices connect, and the authority that signed the broker's certificate."""
    path = place.devices / "ca.pem"
    with urllib.request.urlopen(f"{place.endpoint}/_ministack/iot/ca.pem", timeout=10) as answer:
        write_private(path, answer.read().decode())
    return {"host": HERE, "port": place.ports["mqtt"], "ca": str(path)}


def _thing(place: Place, iot: Any, policy: str, thing: str) -> Path:
    """Again, where the files are gone: nobody else has them."""
    register(iot, policy, thing, place.devices / thing, again=True)
    return place.devices / thing
