"""What happens to a volunteer's link: issued by the coordinator, confirmed on a device, used."""

import hashlib
import hmac
from datetime import datetime

from chalicelib.register.rules import Register
from chalicelib.shared.problems import Problem, absent, busy
from chalicelib.shared.tokens import compound_of, digest_of
from chalicelib.store.contract import Change, Conflict, Store
from chalicelib.volunteers import records
from chalicelib.volunteers.records import Current
from chalicelib.volunteers.rules import CODE_TRIES, CODE_VALID, MOST_DEVICES, PersonalLink

ROUNDS = 8


def issue_link(store: Store, now: datetime, register: Register, volunteer: str, token: str, code: str, key: str = "") -> None:
    """A new personal link with a code for its first device; the old link and its devices stop working at once."""
    if volunteer not in {each.id for each in register.volunteers}:
        raise absent()
    compound, digest = register.compound, digest_of(token)
    for _ in range(ROUNDS):
        known = records.current(store, compound, volunteer)
        if key and known.key == key:
            raise _shown_already()
        old = records.link(store, compound, known.digest) if known.digest else None
        fresh = PersonalLink(digest, volunteer, _hash(digest, code), now + CODE_VALID, 0, (), 0)
        changes: list[Change] = [
            records.link_changed(compound, fresh),
            records.current_changed(compound, volunteer, Current(digest, key, known.version)),
        ]
        try:
            store.write(*changes, *([records.link_removed(compound, old)] if old else []))
            return
        except Conflict:
            continue
    raise busy()


def new_code(store: Store, now: datetime, register: Register, volunteer: str, code: str, key: str = "") -> None:
    """A code for a further phone, on the link she has; Problem 409 if she has none, and if it was shown under this key before."""
    for _ in range(ROUNDS):
        known = records.current(store, register.compound, volunteer)
        if key and known.key == key:
            raise _shown_already()
        link = records.link(store, register.compound, known.digest) if known.digest else None
        if link is None:
            raise Problem(409, "no-link", "还没有发过链接，请先发链接。", "She has no link yet. Please make one first.")
        fresh = link._replace(code_hash=_hash(link.digest, code), code_until=now + CODE_VALID, tries=0)
        try:
            pointer = records.current_changed(register.compound, volunteer, known._replace(key=key))
            store.write(records.link_changed(register.compound, fresh), pointer)
            return
        except Conflict:
            continue
    raise busy()


def end_link(store: Store, compound: str, volunteer: str) -> bool:
    """Her link and its phones stop working at once; False if she has none. Conflict if something came between: make it again."""
    known = records.current(store, compound, volunteer)
    link = records.link(store, compound, known.digest) if known.digest else None
    if link is None:
        return False
    store.write(records.link_removed(compound, link), records.current_changed(compound, volunteer, known._replace(digest="", key="")))
    return True


def open_link(store: Store, token: str) -> tuple[str, PersonalLink]:
    """The compound and the link; Problem 401 if it opens nothing."""
    compound = compound_of(token)
    link = records.link(store, compound, digest_of(token)) if compound else None
    if compound is None or link is None:
        raise Problem(
            401,
            "dead-link",
            "这个链接已经换新，请找网格长要新的。",
            "This link has been replaced. Please ask your coordinator for a new one.",
        )
    return compound, link


def open_device(store: Store, token: str, device: str) -> tuple[str, PersonalLink]:
    """The same, on a device that was confirmed; Problem 401 ``device`` on any other."""
    compound, link = open_link(store, token)
    if not any(hmac.compare_digest(digest_of(device), each) for each in link.devices):
        raise Problem(
            401,
            "device",
            "这台手机还没有确认，请输入网格长给的 6 位数字。",
            "This phone is not confirmed yet. Enter the 6 digits from your coordinator.",
        )
    return compound, link


def confirm_device(store: Store, now: datetime, token: str, code: str, key: str) -> str:
    """Confirm a device by the coordinator's code, which is then spent; returns the device's own token.

    The token derives from the link, the code and the request's key, so that a repeat of the request gets the same one.
    Problem 401 for a wrong code, 410 for one that is spent, too old, or was tried five times.
    """
    for _ in range(ROUNDS):
        compound, link = open_link(store, token)
        device = _device(token, code, key)
        if digest_of(device) in link.devices:
            return device
        if not link.code_hash or now > link.code_until or link.tries >= CODE_TRIES:
            raise Problem(
                410, "code-over", "这组数字已经失效，请找网格长要新的链接。", "These digits no longer work. Please ask for a new link."
            )
        right = hmac.compare_digest(link.code_hash, _hash(link.digest, code.strip()))
        devices = (*link.devices, digest_of(device))[-MOST_DEVICES:]
        changed = link._replace(code_hash="", devices=devices) if right else link._replace(tries=link.tries + 1)
        try:
            store.write(records.link_changed(compound, changed))
        except Conflict:
            continue
        if not right:
            raise Problem(401, "wrong-code", "数字不对，请再看一眼。", "Those digits are not right. Please look again.")
        return device
    raise busy()


def _device(token: str, code: str, key: str) -> str:
    """As hard to guess as the link itself, which nobody but its holder knows."""
    return hmac.new(token.encode(), f"{code.strip()}:{key}".encode(), hashlib.sha256).hexdigest()[:40]


def _hash(digest: str, code: str) -> str:
    """Six digits are few: what protects them is the limit of tries; scrypt (RFC 7914) is for a stolen table."""
    return hashlib.scrypt(code.encode(), salt=digest.encode(), n=2**12, r=8, p=1, dklen=16).hex()


def _shown_already() -> Problem:
    return Problem(409, "shown-already", "这个已经显示过一次，请重新生成。", "This was shown once already. Please make a new one.")
