"""Who asks about parcels, and what became of what was asked."""

from chalicelib import wiring
from chalicelib.delivery import actions
from chalicelib.delivery.actions import Order
from chalicelib.delivery.answers import HandAnswer, Refusal
from chalicelib.delivery.numbers import read_number
from chalicelib.delivery.reading import line
from chalicelib.delivery.rules import Parcel
from chalicelib.register.answers import name_of
from chalicelib.register.rules import Register, Volunteer
from chalicelib.register.standing import Standing
from chalicelib.shared.problems import Problem
from chalicelib.web import Ask


def handed(ask: Ask, standing: Standing, order: Order) -> tuple[int, HandAnswer]:
    """What was done with each; Problem if nothing could be."""
    now, typed = wiring.clock().now(), ask.body.parcels
    numbers = list(dict.fromkeys(read_number(each) or each.strip()[:20] for each in typed))
    results = actions.hand_over(wiring.store(), now, standing, order, numbers)
    done = [line(standing, each, now) for each in results if isinstance(each, Parcel)]
    refused = [(number, each) for number, each in zip(numbers, results, strict=True) if isinstance(each, Problem)]
    if not done:
        raise refused[0][1]
    return 200, HandAnswer(done, [_refusal(standing.register, number, each) for number, each in refused])


def _refusal(register: Register, number: str, problem: Problem) -> Refusal:
    by = str(problem.more.get("by", ""))
    return Refusal(number, f"/problems/{problem.slug}", problem.zh, problem.en, by, name_of(register, by) if by else "")


def homes_of(register: Register, volunteer: Volunteer) -> frozenset[str]:
    """The homes whose parcels a volunteer may bring: her grid's, and those in her care."""
    return frozenset(home.id for home in register.homes if volunteer.id == home.volunteer or home.grid == volunteer.grid)
