"""How a month's tickets were judged: counted by who solved them, and never so few that a family could be told."""

import pytest
from msgspec import to_builtins

from chalicelib.register.ticketing import Subkind, TicketKind
from chalicelib.shared.problems import Problem
from chalicelib.tickets.figures import asked_month, figures
from chalicelib.tickets.rules import Draft, Origin, Ticket, TicketState, make
from tests.builders import DAY, moment, register

REGISTER = register()


def solved(number: int, doer: str, rating: int, state: TicketState = TicketState.GOOD) -> Ticket:
    draft = Draft(TicketKind.REPAIR, Subkind.LEAK, "", "", Origin.LINK, "", "k:d")
    made = make(REGISTER.policy, f"2611-{number:05d}", draft, REGISTER.home_by_id["3-502"], (), moment("09:00"))
    return made._replace(doer=doer, rating=rating, state=state)


def test_who_solved_many_is_counted_and_rated_and_who_solved_few_is_not():
    wang = [solved(number, "anheli.wang", 4 + number % 2) for number in range(6)]
    liu = [solved(number, "anheli.liu", 1) for number in range(3)]
    shown = to_builtins(figures(REGISTER, "2026-11", [*wang, *liu]))

    assert shown["people"][0] == {"id": "anheli.liu", "name": "刘组长", "solved": "few", "rated": "few", "mean": None}
    assert shown["people"][1]["mean"] == 45
    assert shown["team"] == {"solved": 9, "rated": 9, "mean": 33}


def test_what_is_open_cancelled_or_not_rated_counts_for_no_rating():
    some = [solved(1, "anheli.wang", 0, TicketState.SOLVED), solved(2, "", 0, TicketState.CANCELLED), solved(3, "anheli.wang", 5)]
    team = figures(REGISTER, "2026-11", some).team

    assert (team.solved, team.rated, team.mean) == ("few", "few", None)


@pytest.mark.parametrize("text", ["2026", "2026-13", "../2026", "2026-11-22", ""])
def test_what_is_no_month_is_refused(text: str):
    with pytest.raises(Problem):
        asked_month(text, DAY)
    assert asked_month(None, DAY) == "2026-11"
