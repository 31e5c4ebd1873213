"""Gateways that an installer may enrol: awaited under a name, by a code that lets in one certificate and no second one."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from chalicelib.shared.calendar import parse, utc_stamp
from chalicelib.shared.tokens import compound_of, digest_of
from chalicelib.store import keys
from chalicelib.store.contract import Add, Conflict, Item, Replace, Store

KEPT = timedelta(days=7)


class Awaited(NamedTuple):
    """``certificate`` is the one that was let in, "" until then."""

    digest: str
    until: datetime
    certificate: str = ""
    version: int = 0


def expect(store: Store, thing: str, code: str, until: datetime) -> None:
    """Until then a certificate that brings this code becomes this gateway's. An earlier code for it is void. Conflict if another came between."""
    known = _awaited(store, thing)
    store.write(_changed(thing, Awaited(digest_of(code), until, version=known.version if known else 0)))


def admit(store: Store, now: datetime, thing: str, code: str, certificate: str) -> bool:
    """Is it let in? The same certificate again is, since AWS may ask twice; every other one is not."""
    awaited = _awaited(store, thing)
    if awaited is None or awaited.digest != digest_of(code):
        return False
    if awaited.certificate:
        return awaited.certificate == certificate
    if now >= awaited.until:
        return False
    try:
        store.write(_changed(thing, awaited._replace(certificate=certificate)))
    except Conflict:
        return False
    return True


def answer(store: Store, now: datetime, event: Mapping[str, Any]) -> dict[str, Any]:
    """What AWS IoT asks before it makes a thing: AWS IoT developer guide, "Pre-provisioning hooks"."""
    said, certificate = event.get("parameters"), event.get("certificateId")
    if not isinstance(said, dict) or not isinstance(certificate, str):
        return {"allowProvisioning": False}
    thing, code = said.get("ThingName"), said.get("Code")
    if not (isinstance(thing, str) and isinstance(code, str) and certificate) or not _named(thing, code):
        return {"allowProvisioning": False}
    if not admit(store, now, thing, code, certificate):
        return {"allowProvisioning": False}
    return {"allowProvisioning": True, "parameterOverrides": {"Compound": _compound(thing)}}


def _named(thing: str, code: str) -> bool:
    """Does the code speak of the gateway's own compound?"""
    return compound_of(code) == _compound(thing)


def _compound(thing: str) -> str:
    return thing.partition("-")[0]


def _awaited(store: Store, thing: str) -> Awaited | None:
    item = store.get(keys.awaited(_compound(thing), thing), consistent=True)
    return None if item is None else Awaited(item["digest"], parse(item["until"]), item["certificate"], item["v"])


def _changed(thing: str, awaited: Awaited) -> Add | Replace:
    item: Item = {
        **keys.awaited(_compound(thing), thing).as_item(),
        "v": awaited.version + 1,
        "digest": awaited.digest,
        "until": utc_stamp(awaited.until),
        "certificate": awaited.certificate,
        "ttl": int((awaited.until + KEPT).timestamp()),
    }
    return Replace(item, awaited.version) if awaited.version else Add(item)
