"""The canned answers have the shapes the API gives, so that a page seen to work on them works on the real ones."""

from typing import Any

import msgspec
import pytest

from chalicelib.activities.answers import ActivitiesAnswer, HomeActivitiesAnswer
from chalicelib.pages.answers import DutyAnswer, MessagesAnswer
from chalicelib.pages.warmth_answers import HomeWarmth, HomeWarmthAnswer, WarmthAnswer
from chalicelib.promises.answers import BoardAnswer, HomeFile, RoundAnswer, TodayAnswer
from chalicelib.promises.task_answers import TaskLine
from chalicelib.residents.copy_answers import ContentsAnswer, OutdatedAnswer
from chalicelib.roster.answers import LeaveAnswer
from chalicelib.roster.weeks import RosterAnswer
from chalicelib.sensors.readers import DoorDaysAnswer
from chalicelib.standards.routes import StandardsAnswer
from chalicelib.tickets.answers import HomeTicketsAnswer, TicketsAnswer
from chalicelib.tickets.figures import TicketFigures
from chalicelib.volunteers.routes import VolunteersAnswer
from tests.browser import (
    stub_figures,
    stub_standards,
    world,
    world_activities,
    world_copies,
    world_promises,
    world_tickets,
    world_trips,
    world_warmth,
)
from tests.browser.world_promises import CHEN

CANNED: list[tuple[Any, Any]] = [
    (TicketsAnswer, world_tickets.desk()),
    (HomeTicketsAnswer, {"now": world.moment("09:12"), "tickets": world_tickets.mine(), "likely": world_tickets.likely()}),
    (HomeActivitiesAnswer, {"now": world.moment("09:12"), "phones": world.PHONES, "most": 6, "activities": world_activities.mine()}),
    (ActivitiesAnswer, world_activities.desk()),
    (OutdatedAnswer, world_copies.outdated()),
    (ContentsAnswer, world_copies.contents()),
    (TodayAnswer, world_promises.today()),
    (TodayAnswer, world_promises.earlier("2026-11-21")),
    (BoardAnswer, world_promises.board()),
    (HomeFile, world_promises.file()),
    (RosterAnswer, world_promises.roster()),
    (LeaveAnswer, world_promises.leave("l1", CHEN, "2026-11-21", "2026-11-22")),
    (VolunteersAnswer, world_promises.volunteers()),
    (MessagesAnswer, world_promises.messages()),
    (RoundAnswer, {**world.round_of_today(), "trips": [one["trip"] for one in world_trips.trips()]}),
    (DutyAnswer, world.duty("10:24")),
    (DutyAnswer, {**world.duty("10:24"), "troubles": world_warmth.troubles(), "tickets": []}),
    (WarmthAnswer, world_warmth.warmth()),
    (HomeWarmthAnswer, world_warmth.home_warmth("2026-11-21")),
    (HomeWarmth, world_warmth.own("cold", 16.4)),
    (DoorDaysAnswer, world.door_days()),
    (TicketFigures, stub_figures.figures()),
    (TicketFigures, stub_figures.nothing()),
    (StandardsAnswer, stub_standards.answer()),
]


@pytest.mark.parametrize(("shape", "canned"), CANNED, ids=[shape.__name__ for shape, _ in CANNED])
def test_a_canned_answer_is_one_that_the_api_could_give(shape: Any, canned: Any) -> None:
    assert msgspec.convert(canned, shape, strict=False)


@pytest.mark.parametrize(
    "task", [*world_promises.tasks(), *world_promises.board()["closed"], *world_trips.trips()], ids=lambda task: task["id"]
)
def test_a_canned_task_has_no_member_that_the_api_does_not_know(task: dict[str, Any]) -> None:
    assert set(task) <= set(TaskLine.__struct_encode_fields__)
