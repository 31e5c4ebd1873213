"""Things with certificates for the gateways in the register: what an installer does with a real gateway."""

import urllib.request
from pathlib import Path
from typing import Any

from chalicelib.register.rules import Register
from local.place import HERE, Place, write_private

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
    folder = place.devices / thing
    folder.mkdir(exist_ok=True, mode=0o700)
    iot.create_thing(thingName=thing)  # The same thing again is no error.
    attached = set(iot.list_thing_principals(thingName=thing)["principals"])
    known = folder / "certificate-arn"
    if known.exists() and known.read_text() in attached:
        return folder
    made = iot.create_keys_and_certificate(setAsActive=True)
    iot.attach_policy(policyName=policy, target=made["certificateArn"])
    iot.attach_thing_principal(thingName=thing, principal=made["certificateArn"])
    write_private(folder / "cert.pem", made["certificatePem"])
    write_private(folder / "key.pem", made["keyPair"]["PrivateKey"])
    write_private(known, made["certificateArn"])
    return folder
