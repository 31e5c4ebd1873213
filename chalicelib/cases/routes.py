"""Solved cases over HTTP, for coordinators and managers: what waits, a new card, letting one go, taking one back."""

import hashlib

from chalice.app import Blueprint

from chalicelib import wiring
from chalicelib.cases import actions, records
from chalicelib.cases.answers import ApprovalBody, CaseAnswer, CaseBody, CasesAnswer, WithdrawalBody, case_answer, cases_answer
from chalicelib.cases.cards import Draft
from chalicelib.cases.rules import next_release
from chalicelib.shared.calendar import day_of
from chalicelib.shared.half_days import read_half_day
from chalicelib.shared.problems import bad
from chalicelib.shared.text import clean
from chalicelib.web import Ask, opens

rooms = Blueprint(__name__)


@opens(rooms, "GET", "/api/cases", answer=CasesAnswer)
def show_cases(ask: Ask) -> tuple[int, CasesAnswer]:
    store, now, register = wiring.store(), wiring.clock().now(), ask.who.register
    waiting, published = records.waiting(store, register.compound), records.published(store, register.compound, day_of(now))
    release = next_release(day_of(now), register.policy.case_release).isoformat()
    return 200, cases_answer(register, ask.who.staff.username, now, waiting, published, release)


@opens(rooms, "POST", "/api/cases", CaseBody, CaseAnswer)
def write_case(ask: Ask) -> tuple[int, CaseAnswer]:
    """Problem 400 with ``marks`` for what points at somebody, 409 with ``flags`` for what may be a name and is not ticked off."""
    draft = _draft(ask.body, ask.who.staff.username, ask.key)
    card = actions.write(wiring.store(), wiring.clock().now(), ask.who.register, draft, ask.body.number)
    return 201, case_answer(ask.who.register, card)


@opens(rooms, "POST", "/api/cases/{case}/approval", ApprovalBody, CaseAnswer)
def approve_case(ask: Ask) -> tuple[int, CaseAnswer]:
    """Problem 403 for whoever wrote it, 409 with ``first`` before a day has passed since the result."""
    by, now = ask.who.staff.username, wiring.clock().now()
    card = actions.approve(wiring.store(), now, ask.who.register, ask.params["case"], by, ask.body.at_once)
    return 200, case_answer(ask.who.register, card)


@opens(rooms, "POST", "/api/cases/{case}/withdrawal", WithdrawalBody, CaseAnswer)
def withdraw_case(ask: Ask) -> tuple[int, CaseAnswer]:
    by, now = ask.who.staff.username, wiring.clock().now()
    card = actions.withdraw(wiring.store(), now, ask.who.register, ask.params["case"], by, clean(ask.body.why))
    return 200, case_answer(ask.who.register, card)


def _draft(body: CaseBody, by: str, key: str) -> Draft:
    """The digest that tells a repeat from another card leaves the number out: nine digits would be found from it by trying."""
    try:
        half = read_half_day(body.half_day)
    except ValueError:
        raise bad("half_day", "没有这一天，请看一下日子。", "There is no such day. Please check it.", field="half_day") from None
    text, result = clean(body.text), clean(body.result)
    said = "\n".join((body.kind, body.building, text, result, str(half), body.origin, by, *sorted(body.ticked)))
    digest = hashlib.sha256(said.encode()).hexdigest()[:24]
    return Draft(body.kind, body.building, text, result, half, body.origin, by, tuple(body.ticked), f"{key}:{digest}")
