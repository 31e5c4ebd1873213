"""How a month's tickets were judged: counted by who solved them, and never so few that a family could be told."""

import pytest
from msgspec import to_builtins

from chalicelib.register.ticketing import Subkind, TicketKind
from chalicelib.shared.problems import Problem
from chalicelib.tickets.figures import asked_month, rated_by
from chalicelib.tickets.rules import Draft, Origin, Ticket, TicketState, make
from chalicelib.tickets.spots import spots
from tests.builders import DAY, moment, register

REGISTER = register()


def solved(number: int, doer: str, rating: int, state: TicketState = TicketState.GOOD) -> Ticket:
    draft = Draft(TicketKind.REPAIR, Subkind.LEAK, "", "", Origin.LINK, "", "k:d")
    made = make(REGISTER.policy, f"2611-{number:05d}", draft, REGISTER.home_by_id["3-502"], (), moment("09:00"))
    return made._replace(doer=doer, rating=rating, state=state)


def test_who_solved_many_is_counted_and_rated_and_who_solved_few_is_not():
    wang = [solved(number, "anheli.wang", 4 + number % 2) for number in range(6)]
    liu = [solved(number, "anheli.liu", 4) for number in range(5)]
    people, team = rated_by(REGISTER, [*wang, *liu])

    assert to_builtins(people[0]) == {"id": "anheli.liu", "name": "刘组长", "solved": 5, "rated": 5, "mean": 40}
    assert (people[1].rated, people[1].mean) == (6, 45)
    assert to_builtins(team) == {"solved": 11, "rated": 11, "mean": 43}


def test_the_few_of_one_cannot_be_reckoned_from_the_team_and_the_others():
    """With the team's mean and 王管家's one could say what three families gave 刘组长."""
    wang = [solved(number, "anheli.wang", 5) for number in range(6)]
    liu = [solved(number, "anheli.liu", 1) for number in range(3)]
    people, team = rated_by(REGISTER, [*wang, *liu])

    assert [(each.solved, each.rated, each.mean) for each in people] == [("few", "few", None), ("withheld", "withheld", None)]
    assert to_builtins(team) == {"solved": 9, "rated": 9, "mean": 37}


def test_what_is_open_cancelled_or_not_rated_counts_for_no_rating():
    some = [solved(1, "anheli.wang", 0, TicketState.SOLVED), solved(2, "", 0, TicketState.CANCELLED), solved(3, "anheli.wang", 5)]
    _, team = rated_by(REGISTER, some)

    assert (team.solved, team.rated, team.mean) == ("few", "few", None)


def test_spots_count_what_the_caller_sees_by_building_and_word():
    """王管家 has buildings 2 and 3, 陈经理 the compound; what is about no home is everybody's; what was called off is nothing."""

    def reported(kind: TicketKind, subkind: Subkind, home: str, place: str, state: TicketState, number: str) -> Ticket:
        draft = Draft(kind, subkind, "x", place, Origin.DESK, "", "k:d")
        made = make(REGISTER.policy, number, draft, REGISTER.home_by_id.get(home), (), moment("09:00"))
        return made._replace(state=state)

    tickets = [
        reported(TicketKind.REPAIR, Subkind.LEAK, "3-502", "", TicketState.OPEN, "2611-00000"),
        reported(TicketKind.REPAIR, Subkind.LEAK, "3-1104", "", TicketState.GOOD, "2611-00001"),
        reported(TicketKind.REPAIR, Subkind.LEAK, "3-1104", "", TicketState.CANCELLED, "2611-00002"),
        reported(TicketKind.COMPLAINT, Subkind.NONE, "1-302", "", TicketState.OPEN, "2611-00003"),
        reported(TicketKind.REPAIR, Subkind.LIFT, "", "1", TicketState.SOLVED, "2611-00004"),
        reported(TicketKind.QUESTION, Subkind.NONE, "", "", TicketState.OPEN, "2611-00005"),
        reported(TicketKind.QUESTION, Subkind.NONE, "", "", TicketState.OPEN, "2610-00006"),
    ]
    wang, chen = (spots(REGISTER, REGISTER.staff_by_username[name], "2026-11", tickets) for name in ("anheli.wang", "anheli.chen"))

    assert [(each.place, each.word, each.count, each.open) for each in wang.spots] == [
        ("", "question", 1, 1),
        ("1", "lift", 1, 0),
        ("3", "leak", 2, 1),
    ]
    assert [each.id for each in wang.places] == ["1", "2", "3", ""]
    assert ("1", "complaint", 1, 1) in [(each.place, each.word, each.count, each.open) for each in chen.spots]
    assert wang.words == ["leak", "power", "heating", "gas", "lift", "other", "complaint", "suggestion", "question", "need"]


@pytest.mark.parametrize("text", ["2026", "2026-13", "../2026", "2026-11-22", ""])
def test_what_is_no_month_is_refused(text: str):
    with pytest.raises(Problem):
        asked_month(text, DAY)
    assert asked_month(None, DAY) == "2026-11"
