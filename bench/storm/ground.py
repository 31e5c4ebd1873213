"""A compound of its own for the fleet, in a local stack: its homes under isolation, its doors as they were known, its certificates."""

from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from bench.storm.script import COMPOUND, DAY_MS, Known, homes
from bench.storm.swarm import Credentials
from chalicelib.register.records import switch, to_item, visible
from chalicelib.register.rules import Building, Floor, Home, Isolation, Person, Policy, Register
from chalicelib.sensors.actions import bind, receive
from chalicelib.sensors.readings import Message
from chalicelib.sensors.watching import watch
from chalicelib.shared.calendar import day_of
from chalicelib.shared.clock import RealClock
from chalicelib.shared.ids import CompoundId, HomeId, TenancyId
from chalicelib.store import keys
from chalicelib.store.contract import Conflict, Remove, Store
from chalicelib.store.memory import MemoryStore
from infra.devices.fleet import policy_of
from infra.private import write_private

KIND, TENANCY = "zigbee2mqtt", TenancyId("t1")
PEM = serialization.Encoding.PEM


def people_it(store: Store, now: datetime, gateways: int) -> None:
    """The compound becomes visible. No robot, no plans looked at: what is measured is the way of a sensor's message."""
    isolation = Isolation(day_of(now) - timedelta(days=3), day_of(now) + timedelta(days=10))
    made = [
        Home(
            HomeId(each),
            each.partition("-")[0],
            1,
            "g1",
            tenancy=TENANCY,
            household="h",
            isolation=isolation,
            people=(Person(each, "住户"),),
        )
        for each in homes(gateways)
    ]
    buildings = sorted({home.building for home in made})
    register = Register(
        CompoundId(COMPOUND),
        "风暴",
        Policy(duty_phone="0571-0000 0000"),
        tuple(Building(each, each) for each in buildings),
        tuple(Floor(each, 1, each, "g1") for each in buildings),
        tuple(made),
    )
    _, seen = visible(store, CompoundId(COMPOUND))
    switch(store, register, seen)


def know(store: Store, known: list[Known]) -> None:
    """Every door bound for three days and last heard before the cut: worked out beside the store, and written in bulk."""
    beside = MemoryStore()
    register, _ = visible(store, CompoundId(COMPOUND))
    assert register is not None
    beside.fill([to_item(register, 1)])
    for door in known:
        bind(beside, COMPOUND, door.thing, door.sensor, door.home, KIND, tenancy=TENANCY, bound_ms=door.heard_ms - 3 * DAY_MS)
        receive(beside, RealClock(), Message(door.thing, f"{KIND}/{door.sensor}", door.thing, door.heard_ms, door.payload))
    things = dict.fromkeys(door.thing for door in known)
    watch(beside, COMPOUND, things, RealClock().now())
    store.fill([item for thing in things for item in beside.under(keys.gateway(COMPOUND, thing).pk)])


def forget(store: Store, things: list[str]) -> None:
    """Nothing of the compound's register, gateways and sensors is left, also where one of them is still being heard."""
    left = [keys.gateway(COMPOUND, thing).pk for thing in things]
    while left:
        left = [pk for pk in left if not _emptied(store, pk)]
    _, seen = visible(store, CompoundId(COMPOUND))
    store.write(Remove(keys.register(COMPOUND), seen))


def _emptied(store: Store, pk: str) -> bool:
    try:
        for item in store.under(pk, consistent=True):
            store.write(Remove(keys.key_of(item), item["v"]))
    except Conflict:
        return False
    return True


def certify(iot: Any, stage: str, things: list[str], ca: Path, folder: Path) -> dict[str, Credentials]:
    """A certificate for every gateway, by a key that is made here: five hundred keys of AWS's kind would take a minute to make."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    return {thing: _certified(iot, policy_of(stage), thing, ca, folder) for thing in things}


def _certified(iot: Any, policy: str, thing: str, ca: Path, folder: Path) -> Credentials:
    own = Credentials(ca, folder / f"{thing}.pem", folder / f"{thing}.key")
    if own.cert.exists():
        return own
    key = ec.generate_private_key(ec.SECP256R1())
    request = x509.CertificateSigningRequestBuilder().subject_name(x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, thing)]))
    signed = request.sign(key, hashes.SHA256()).public_bytes(PEM).decode()
    iot.create_thing(thingName=thing, attributePayload={"attributes": {"compound": COMPOUND}})
    made = iot.create_certificate_from_csr(certificateSigningRequest=signed, setAsActive=True)
    iot.attach_policy(policyName=policy, target=made["certificateArn"])
    iot.attach_thing_principal(thingName=thing, principal=made["certificateArn"])
    private = key.private_bytes(PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()).decode()
    write_private(own.key, private)
    write_private(own.cert, made["certificatePem"])
    return own
