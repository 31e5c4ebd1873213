"""Gateways as AWS IoT knows them: a thing, its certificate, its policy. Every step can be made again.

A magnet holds no certificate: its gateway is the thing, and the sensors are rows under it. The key of a certificate exists in the
files that are written here and nowhere else.
"""

from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

from infra.private import write_private

# Beside the files while they are being made: what is found then may be gone on with, and nothing else is ever made active again.
UNFINISHED = "unfinished"
CERTIFICATE = "certificate-arn"


class AlreadyRegistered(Exception):
    """The thing has a certificate whose files are not in this folder: they were handed over once."""


class Gateway(NamedTuple):
    """``active`` counts the certificates by which it can connect; none after it was revoked."""

    thing: str
    active: int


def register(
    iot: Any, policy: str, thing: str, folder: Path, hand_over: Callable[[Path], None] = lambda _: None, *, again: bool = False
) -> bool:
    """A thing that can connect, its files in ``folder``; returns whether anything was made.

    1. ``unfinished`` is written: from here on a second run goes on where this one ended.
    2. The certificate is made inactive; key and certificate are written, readable by their owner alone.
    3. ``hand_over`` adds what else the owner needs.
    4. Policy and thing are attached, and only then the certificate is active.

    AlreadyRegistered where the thing can connect with files that are elsewhere, unless ``again``.
    """
    _make_thing(iot, thing)
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    if not (folder / UNFINISHED).exists():
        active = _active(iot, thing)
        if _arn_in(folder) in active:
            return False
        if active and not again:
            raise AlreadyRegistered(thing)
        write_private(folder / UNFINISHED, "")
        (folder / CERTIFICATE).unlink(missing_ok=True)
    arn = _arn_in(folder) or _make_certificate(iot, folder)
    hand_over(folder)
    iot.attach_policy(policyName=policy, target=arn)
    iot.attach_thing_principal(thingName=thing, principal=arn)
    iot.update_certificate(certificateId=_id_of(arn), newStatus="ACTIVE")
    (folder / UNFINISHED).unlink()
    return True


def revoke(iot: Any, thing: str) -> int:
    """From now on it cannot connect, and AWS IoT ends a connection that stands; returns how many certificates were taken from it."""
    principals = iot.list_thing_principals(thingName=thing)["principals"]
    for arn in principals:
        iot.update_certificate(certificateId=_id_of(arn), newStatus="INACTIVE")
        for policy in iot.list_attached_policies(target=arn)["policies"]:
            iot.detach_policy(policyName=policy["policyName"], target=arn)
        iot.detach_thing_principal(thingName=thing, principal=arn)
    return len(principals)


def of_compound(iot: Any, compound: str) -> list[Gateway]:
    """Every gateway that was registered for a compound, revoked ones too."""
    pages = iot.get_paginator("list_things").paginate(attributeName="compound", attributeValue=compound)
    things = sorted(thing["thingName"] for page in pages for thing in page["things"])
    return [Gateway(thing, len(_active(iot, thing))) for thing in things]


def _make_thing(iot: Any, thing: str) -> None:
    attributes = {"attributes": {"compound": thing.partition("-")[0]}}
    try:
        iot.create_thing(thingName=thing, attributePayload=attributes)  # The same thing again is no error.
    except iot.exceptions.ResourceAlreadyExistsException:  # Made by hand, with other attributes.
        iot.update_thing(thingName=thing, attributePayload={**attributes, "merge": True})


def _make_certificate(iot: Any, folder: Path) -> str:
    made = iot.create_keys_and_certificate(setAsActive=False)
    write_private(folder / "cert.pem", made["certificatePem"])
    write_private(folder / "key.pem", made["keyPair"]["PrivateKey"])
    write_private(folder / CERTIFICATE, made["certificateArn"])
    return str(made["certificateArn"])


def _active(iot: Any, thing: str) -> set[str]:
    principals = iot.list_thing_principals(thingName=thing)["principals"]
    return {arn for arn in principals if _status(iot, arn) == "ACTIVE"}


def _status(iot: Any, arn: str) -> str:
    return str(iot.describe_certificate(certificateId=_id_of(arn))["certificateDescription"]["status"])


def _arn_in(folder: Path) -> str:
    known = folder / CERTIFICATE
    return known.read_text() if known.exists() else ""


def _id_of(arn: str) -> str:
    return arn.rpartition("/")[2]
