"""The published standards of service: every promise beside what was measured, of no one."""

import msgspec
from chalice.app import Blueprint

from chalicelib import wiring
from chalicelib.delivery.reading import has_shelves
from chalicelib.register import records as registers
from chalicelib.register.answers import Named, named
from chalicelib.register.policy import Policy
from chalicelib.register.rules import Register
from chalicelib.shared.counts import MANY, Hidden, sayable
from chalicelib.shared.ids import CompoundId, is_compound_id
from chalicelib.shared.problems import absent
from chalicelib.standards.actions import measured
from chalicelib.standards.records import Month
from chalicelib.standards.rules import PARCELS, Day, Promise, Tally, in_all, limits
from chalicelib.web import Ask, opens

rooms = Blueprint(__name__)


class Figure(msgspec.Struct):
    """``cases`` may be few, which is fewer than five; ``percent`` of them were kept, None where they are few or none."""

    cases: int | Hidden
    percent: int | None


class PromiseFigures(msgspec.Struct):
    """``limits``: minutes to an answer, red, yellow and green where the tier decides, or until a parcel is home; or hours to a solution.

    This month, then the last.
    """

    id: Promise
    limits: list[int]
    figures: list[Figure]


class StandardsAnswer(msgspec.Struct):
    """``months`` as in ``2026-11``, this one first; ``until`` is the last day that is counted, "" for none; ``hours`` of service."""

    compound: Named
    months: list[str]
    until: str
    hours: list[str]
    promises: list[PromiseFigures]


@opens(rooms, "GET", "/api/standards", answer=StandardsAnswer)
def show_standards(ask: Ask) -> tuple[int, StandardsAnswer]:
    """Of ``?compound=anheli``, for everybody. Problem 404 where there is no such compound."""
    compound = dict[str, str](rooms.current_request.query_params or {}).get("compound", "")
    store, now = wiring.store(), wiring.clock().now()
    standing = registers.standing(store, now, CompoundId(compound)) if is_compound_id(compound) else None
    if standing is None:
        raise absent()
    months, policy = measured(store, now, standing), standing.register.policy
    sums = [in_all(month.days.values()) for month in months]
    promises = [_figures(policy, promise, sums) for promise in made(standing.register)]
    return 200, StandardsAnswer(
        named(standing.register), [month.name for month in months], _until(months), [*policy.tickets.hours], promises
    )


def made(register: Register) -> list[Promise]:
    """What this compound promises: visits where there are plans, times for parcels where there are shelves."""
    none = {Promise.VISIT: not register.policy.plans, **dict.fromkeys(PARCELS.values(), not has_shelves(register))}
    return [promise for promise in Promise if not none.get(promise)]


def _figures(policy: Policy, promise: Promise, sums: list[Day]) -> PromiseFigures:
    return PromiseFigures(promise, limits(policy, promise), [_figure(each.get(promise, Tally())) for each in sums])


def _figure(tally: Tally) -> Figure:
    return Figure(sayable(tally.cases), tally.percent if tally.cases >= MANY else None)


def _until(months: tuple[Month, Month]) -> str:
    last = max((day for month in months for day in month.days), default=None)
    return last.isoformat() if last else ""
