"""What is done to gateways and sensors, a row at a time; every one may be done again."""

from collections.abc import Iterator
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

from chalicelib.shared.calendar import local
from chalicelib.store.contract import Store
from infra.devices import bindings, gateways, ready
from infra.devices.bindings import Line, Now
from infra.devices.rows import Wanted


class Fleet(NamedTuple):
    """``folder`` holds a folder for every gateway registered from here; ``at`` is where its files will lie on the gateway itself."""

    store: Store
    iot: Any
    now: Now
    policy: str
    folder: Path
    at: str
    broker: ready.Broker


def policy_of(stage: str) -> str:
    """The device policy's name in infra/template.yaml."""
    return f"nuanlin-{stage}-device"


def bring_in(fleet: Fleet, wanted: Wanted) -> str:
    """Register the row's gateway if it is not, bind its sensor if there is one; what was done, in a word. Bad if it may not be."""
    register = bindings.register_of(fleet.store, wanted.thing)
    if not wanted.sensor:
        return register_gateway(fleet, wanted.thing)
    bindings.allowed(fleet.now.real, register, wanted)  # before a gateway is made for nothing
    made = register_gateway(fleet, wanted.thing)
    bound = bindings.bind(fleet.store, fleet.now, register, wanted)
    said = f"bound to {wanted.home}" if bound else f"already bound to {wanted.home}"
    return f"gateway {made}; {said}" if made.startswith("registered") else said


def register_gateway(fleet: Fleet, thing: str) -> str:
    """Files in a folder of the gateway's name. Where they were handed over and deleted, there is nothing to do either."""
    folder = fleet.folder / thing
    hand_over = partial(ready.hand_over, thing, fleet.broker, fleet.at.format(thing=thing))
    try:
        made = gateways.register(fleet.iot, fleet.policy, thing, folder, hand_over)
    except gateways.AlreadyRegistered:
        folder.rmdir()
        return "already registered; its files were handed over. If they are lost: revoke it, then register it again"
    return f"registered: {folder}" if made else "already registered"


def revoke(fleet: Fleet, thing: str) -> str:
    """Its sensors stay bound: when another gateway takes over under the same name, nothing has to be bound anew."""
    count = gateways.revoke(fleet.iot, thing)
    register = bindings.register_of(fleet.store, thing)
    left = len(bindings.under(fleet.store, register, thing))
    return f"{count} certificates revoked" + (f"; {left} sensors are still bound to it" if left else "")


def shown(fleet: Fleet, compound: str) -> Iterator[str]:
    """Every gateway of a compound and every sensor under it: what is bound, never what was heard."""
    register = bindings.register_of(fleet.store, compound)
    known = {gateway.thing: gateway.active for gateway in gateways.of_compound(fleet.iot, compound)}
    for thing in sorted({*known, *(device.thing for device in register.devices)}):
        yield f"{thing}: {_standing(known.get(thing))}"
        yield from (f"  {_line(line)}" for line in bindings.under(fleet.store, register, thing))


def _standing(active: int | None) -> str:
    if active is None:
        return "not registered"
    return "can connect" if active else "revoked"


def _line(line: Line) -> str:
    sensor, source = line.sensor, "list" if line.listed else "command"
    until = f", until {local(datetime.fromtimestamp(sensor.until_ms / 1000, UTC)):%Y-%m-%d %H:%M}" if sensor.until_ms else ""
    stale = "; another family lives there now: bind it again or unbind it" if line.stale else ""
    return f"{sensor.name} → {sensor.home} ({sensor.kind}, by {source}{until}){stale}"
