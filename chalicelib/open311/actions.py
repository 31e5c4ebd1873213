"""What other systems do: prove which they are, and report; and what an administrator does with their keys."""

import secrets
from datetime import datetime, timedelta
from typing import NamedTuple

from chalicelib.open311 import records
from chalicelib.open311.records import Client
from chalicelib.open311.rules import WHAT, kind_of, repeated_key
from chalicelib.register.rules import Register
from chalicelib.register.standing import Standing
from chalicelib.register.ticketing import Subkind
from chalicelib.shared.calendar import day_of
from chalicelib.shared.problems import Problem, bad, busy
from chalicelib.shared.text import clean
from chalicelib.shared.tokens import TOKEN_BYTES, digest_of
from chalicelib.store.contract import Conflict, Store
from chalicelib.tickets import actions as tickets
from chalicelib.tickets.rules import LONGEST_TEXT, Draft, Origin, Ticket, check

AGAIN = timedelta(hours=1)
MOST_A_DAY, ROUNDS = 200, 8
LONGEST_ADDRESS = 100
Form = dict[str, list[str]]


class Where(NamedTuple):
    """``building`` is "" for the whole compound; ``words`` say what is finer than a building, for the staff alone."""

    building: str
    words: str


def client_of(store: Store, compound: str, key: str) -> Client:
    """Problem 403 for a key that is missing, wrong or revoked."""
    found = records.client(store, compound, digest_of(key)) if key else None
    if found is None:
        raise Problem(403, "api-key", "api_key 缺了，或者已经不能用。", "The api_key is missing, or does not work any more.")
    return found


def issue(store: Store, now: datetime, compound: str, name: str) -> str | None:
    """A new key, which nobody can show again; None if a system of this name has one."""
    if any(each.name == name for each in records.clients(store, compound)):
        return None
    key = secrets.token_hex(TOKEN_BYTES)
    store.write(records.added(compound, digest_of(key), name, now))
    return key


def revoke(store: Store, compound: str, name: str) -> bool:
    """Its key opens nothing from now on; False if no system of this name has one."""
    gone = [each for each in records.clients(store, compound) if each.name == name]
    if gone:
        store.write(*(records.removed(compound, each) for each in gone))
    return bool(gone)


def report(store: Store, now: datetime, standing: Standing, client: Client, form: Form, header: str) -> Ticket:
    """A ticket for what a form says, never a home's own: an address is where something is, not who says so.

    The same form again within the hour gets the first ticket, whether or not it is solved by then; an ``Idempotency-Key`` makes that
    last for the month, and a day over its end. Problem 400 for what is missing or too long, 404 for a service that there is not,
    429 after many in a day.
    """
    draft = _draft(standing.register, client, form)
    for hour in (now,) if header else (now - AGAIN, now):
        draft = draft._replace(key=repeated_key(client.digest, form, header, hour))
        known = tickets.reported(store, hour, standing.register.compound, None, draft)
        if known is not None:
            return known
    _count(store, now, standing.register.compound, client)
    return tickets.report(store, now, standing, None, draft)[0]


def _count(store: Store, now: datetime, compound: str, client: Client) -> None:
    """Before the ticket is written: a system that runs wild is stopped, whatever it says."""
    today = day_of(now).isoformat()
    for _ in range(ROUNDS):
        used = client.used if client.day == today else 0
        if used >= MOST_A_DAY:
            raise Problem(429, "enough-today", "今天报得够多了，请打值班电话。", "That is a lot for one day. Please call the duty phone.")
        try:
            return store.write(records.counted(compound, client._replace(day=today, used=used + 1)))
        except Conflict as conflict:
            if conflict.existing is None:
                raise Problem(403, "api-key", "api_key 已经作废。", "The api_key has been revoked.") from None
            client = records.client(store, compound, client.digest) or client
    raise busy()


def _draft(register: Register, client: Client, form: Form) -> Draft:
    kind = kind_of(_needed(form, "service_code"))
    chosen = one(form, f"attribute[{WHAT}]")
    if chosen not in set(Subkind):
        raise bad("attribute", "attribute[what] 不在可选的里面。", "attribute[what] is none of the values.", field=WHAT)
    place = where(register, form)
    text = "：".join(part for part in (place.words, clean(one(form, "description"))) if part)
    if len(text) > LONGEST_TEXT:
        raise bad("description", f"说明最多 {LONGEST_TEXT} 个字。", f"description: {LONGEST_TEXT} characters at most, address included.")
    draft = Draft(kind, Subkind(chosen), text, place.building, Origin.OPEN311, "", "", client.name)
    check(draft)
    return draft


def where(register: Register, form: Form) -> Where:
    """A building, if ``address_id`` or ``address_string`` names it or a home in it; else the compound. Problem 400 without any place."""
    identity, said = one(form, "address_id"), clean(one(form, "address_string"))
    if len(said) > LONGEST_ADDRESS:
        raise bad("address", f"地址最多 {LONGEST_ADDRESS} 个字。", f"address_string: {LONGEST_ADDRESS} characters at most.")
    if not identity and not said:
        _point(one(form, "lat"), one(form, "long"))
    found = _named(register, identity or said)
    if identity and found is None:
        raise bad("address", "没有这个 address_id。", "There is no such address_id.", field="address_id")
    finer = "" if not said or _named(register, said) == Where(found.building if found else "", "") else said
    return Where(found.building, found.words or finer) if found else Where("", said)


def _named(register: Register, word: str) -> Where | None:
    """The building, or the home in it, that is called so."""
    home = next((home for home in register.homes if word in (home.id, home.label)), None)
    if home is not None:
        return Where(home.building, home.label)
    names = {each.name: each.id for each in register.buildings} | {home.building: home.building for home in register.homes}
    return Where(names[word], "") if word in names else None


def _point(lat: str, long: str) -> None:
    """Every point is the compound's: nobody lives at a coordinate."""
    try:
        fits = abs(float(lat)) <= 90 and abs(float(long)) <= 180
    except ValueError:
        fits = False
    if not fits:
        raise bad(
            "address",
            "要有地点：address_id、address_string，或者 lat 和 long。",
            "Say where: address_id, address_string, or lat and long.",
            field="address_string",
        )


def one(form: Form, name: str) -> str:
    """Problem 400 for what is said twice."""
    said = form.get(name, [""])
    if len(said) > 1:
        raise bad("argument", f"{name} 写了两遍。", f"{name} is there twice.", field=name)
    return said[0].strip()


def _needed(form: Form, name: str) -> str:
    said = one(form, name)
    if not said:
        raise bad("argument", f"缺 {name}。", f"{name} is missing.", field=name)
    return said
