"""Reporting in: from the page behind the QR code, on paper's plain form, and by the steward after a phone call."""

import hashlib
import unicodedata
from datetime import date, datetime
from typing import Annotated

import msgspec
from chalice.app import Blueprint, Response
from msgspec import Meta

from chalicelib import wiring
from chalicelib.callers import HomeVisitor, home_by_code
from chalicelib.care import actions
from chalicelib.care.rules import CheckIn, Entry, Feeling, Need, Source, is_late, slot_of
from chalicelib.register.policy import Policy
from chalicelib.register.records import policy
from chalicelib.shared.calendar import day_of, stamp
from chalicelib.shared.ids import CompoundId, HomeId, is_compound_id, is_home_id
from chalicelib.shared.problems import Problem, bad
from chalicelib.shared.text import clean
from chalicelib.web import Ask, form_fields, opens, see_other

rooms = Blueprint(__name__)
NOTE_LIMIT = 100


class CheckInBody(msgspec.Struct, forbid_unknown_fields=True):
    """What a household says of its day. ``day`` is the day it was said on, for a report that waited offline."""

    feeling: Feeling = Feeling.WELL
    needs: Annotated[list[Need], Meta(max_length=6)] = []
    note: Annotated[str, Meta(max_length=NOTE_LIMIT)] = ""
    day: date | None = None


class CheckInAnswer(msgspec.Struct):
    id: str
    home: str
    day: date
    at: str
    late: bool
    feeling: Feeling
    needs: list[Need]
    note: str
    source: Source


@opens(rooms, "POST", "/api/check-ins", CheckInBody, CheckInAnswer)
def report_in(ask: Ask) -> tuple[int, CheckInAnswer]:
    now = wiring.clock().now()
    return _report(ask.who, now, policy(wiring.store(), now, ask.who.compound), _entry(ask, Source.LINK, now), ask.body.day)


@opens(rooms, "POST", "/api/homes/{home}/check-ins", CheckInBody, CheckInAnswer)
def report_for_home(ask: Ask) -> tuple[int, CheckInAnswer]:
    """After a phone call, by the steward. Problem 404 for a home outside the scope, 409 for an empty one."""
    now, home, register = wiring.clock().now(), ask.who.home(ask.params["home"]), ask.who.register
    if not home.lived_in:
        raise Problem(409, "nobody-lives-here", "这一户目前没有人住。", "Nobody lives in this home at present.")
    visitor = HomeVisitor(register.compound, home.id, home.tenancy)
    return _report(visitor, now, register.policy, _entry(ask, Source.PHONE, now), ask.body.day)


@opens(rooms, "POST", "/api/check-ins/paper", form=True)
def report_on_paper(ask: Ask) -> Response:
    """The form of a page without script: home and card code in, a plain page out; it shows nothing of the home."""
    fields = form_fields(ask.raw)
    prefix = "/en" if fields.get("lang") == ["en"] else ""
    try:
        now = wiring.clock().now()
        visitor, entry = _paper(fields, ask.digest, now)
        actions.check_in(wiring.store(), now, *visitor, entry)
    except msgspec.ValidationError:
        return see_other(f"{prefix}/not-received/")
    except Problem as error:
        return see_other(f"{prefix}/{'try-later' if error.status in (429, 503) else 'not-received'}/")
    return see_other(f"{prefix}/received/")


def _paper(fields: dict[str, list[str]], digest: str, now: datetime) -> tuple[HomeVisitor, Entry]:
    """Who sent the form and what it says. The nonce is the page's, the same for all: with the payload's digest it makes the key."""
    compound, home = _one(fields, "compound"), _one(fields, "home").strip()
    if not is_compound_id(compound) or not is_home_id(home):
        raise bad("form", "门牌号不对，请像 3-502 这样填写。", "Please write the home like 3-502.")
    said = msgspec.convert(
        {"feeling": _one(fields, "feeling") or "well", "needs": fields.get("needs", []), "note": _one(fields, "note")}, CheckInBody
    )
    visitor = home_by_code(CompoundId(compound), HomeId(home), _one(fields, "code"))
    key = hashlib.sha256(f"{_one(fields, 'nonce')}:{digest}".encode()).hexdigest()[:24]
    return visitor, Entry(key, digest, now, said.feeling, tuple(said.needs), clean(said.note), Source.PAPER)


def _one(fields: dict[str, list[str]], name: str) -> str:
    return unicodedata.normalize("NFKC", fields.get(name, [""])[0])


def _entry(ask: Ask, source: Source, now: datetime) -> Entry:
    body = ask.body
    return Entry(ask.key, ask.digest, now, body.feeling, tuple(body.needs), clean(body.note), source)


def _report(who: HomeVisitor, now: datetime, rules: Policy, entry: Entry, said_on: date | None) -> tuple[int, CheckInAnswer]:
    if said_on is not None and said_on != day_of(now):
        raise Problem(410, "day-over", "那一天已经过去了，请再报一次今天的平安。", "That day is over. Please report in for today.")
    done = actions.check_in(wiring.store(), now, *who, entry)
    return (201 if done.created else 200), _answer(rules, done.check_in)


def _answer(rules: Policy, said: CheckIn) -> CheckInAnswer:
    slot = slot_of(rules, said.day)
    late = is_late(slot, said.at)
    needs, source = list(said.needs), said.entries[0].source
    return CheckInAnswer(slot.key(said.home), said.home, said.day, stamp(said.at), late, said.feeling, needs, said.note, source)
