"""A ticket's way through a compound: reported, told, climbed, solved, returned; and the family that moves out meanwhile."""

from datetime import date, timedelta
from typing import Any

import pytest
from msgspec.structs import replace

from chalicelib.promises.doing import do
from chalicelib.register.records import standing, to_item
from chalicelib.register.ticketing import Subkind, TicketKind
from chalicelib.tasks.board import running
from chalicelib.tasks.tasks import Act, Line
from chalicelib.tickets import actions, records
from chalicelib.tickets.rules import Draft, Origin, Said, Ticket, TicketState, Verdict
from tests.builders import home, moment, policy, register
from tests.promises.world import World

WHOSE = {"sms:+8613800000010": "anheli.wang", "sms:+8613800000011": "anheli.liu", "sms:+8613800000012": "anheli.chen"}
HOME = home("3-502", steward="anheli.wang")
MONDAY = date(2026, 11, 23)


@pytest.fixture
def world(monkeypatch: pytest.MonkeyPatch) -> World:
    return World(monkeypatch, register(homes=(HOME,), policy=policy()), moment("10:00", MONDAY))


def report(world: World, kind: TicketKind, subkind: Subkind = Subkind.NONE, text: str = "楼上夜里装修", key: str = "k") -> Ticket:
    draft = Draft(kind, subkind, text, "", Origin.LINK, "", f"{key}:d")
    ticket, _ = actions.report(world.store, world.clock.moment, now(world), HOME, draft)
    world.sweep()
    return ticket


def now(world: World) -> Any:
    found = standing(world.store, world.clock.moment, world.register.compound)
    assert found
    return found


def act(world: World, ticket: Ticket, what: Act, by: str = "anheli.wang", note: str = "") -> None:
    task = actions.task_of(world.store, world.clock.moment, "anheli", ticket)
    assert task
    do(world.store, world.clock.moment, now(world), task, Line(world.clock.moment, by, what, note, f"{what}{world.clock.moment}:d"))
    world.pump()


def told(world: World) -> list[tuple[str, str]]:
    return [(f"{moment_.astimezone(moment('09:00').tzinfo):%H:%M}", WHOSE.get(address, address)) for moment_, address, _ in world.sent]


def kept(world: World, ticket: Ticket) -> Ticket:
    found = records.find(world.store, "anheli", ticket.id)
    assert found
    return found


def test_a_leak_climbs_until_somebody_is_on_it_and_falls_silent_then(world: World):
    ticket = report(world, TicketKind.REPAIR, Subkind.LEAK, "")
    world.until(moment("10:16", MONDAY))

    assert told(world) == [("10:00", "anheli.wang"), ("10:05", "anheli.wang"), ("10:15", "anheli.liu")]
    assert "报修：漏水" in world.texts()[0] and ticket.id in world.texts()[0]
    act(world, ticket, Act.CLAIM)
    world.until(moment("11:00", MONDAY))
    assert len(world.sent) == 3
    act(world, ticket, Act.DONE, note="换了垫圈")
    world.until(moment("23:00", MONDAY))
    assert len(world.sent) == 3 and kept(world, ticket).state is TicketState.SOLVED


def test_returned_it_is_told_again_and_the_same_doer_sees_to_it(world: World):
    ticket = report(world, TicketKind.REPAIR, Subkind.LIFT)
    act(world, ticket, Act.CLAIM)
    act(world, ticket, Act.DONE)
    said = Said(world.clock.moment, Verdict.RETURNED, "", "又停了", "j:d")
    actions.judge(world.store, world.clock.moment, now(world), ticket.id, Verdict.RETURNED, 0, said, HOME)
    before = len(world.sent)
    world.until(world.clock.moment + timedelta(minutes=2))

    assert told(world)[before:] == [("10:01", "anheli.wang")]
    assert kept(world, ticket).running and running(world.store, "anheli", ticket.task)


def test_a_complaint_said_again_within_thirty_days_is_linked_and_more_urgent(world: World):
    first = report(world, TicketKind.COMPLAINT)
    act(world, first, Act.DONE)
    world.clock.moment = moment("10:00", date(2026, 12, 22))
    again = report(world, TicketKind.COMPLAINT, key="k2")
    world.clock.moment = moment("10:00", date(2027, 2, 22))
    later = report(world, TicketKind.COMPLAINT, key="k3")

    tiers = [task.tier for each in (again, later) if (task := running(world.store, "anheli", each.task))]
    assert (again.like, [said.what for said in again.lines], later.like) == ((first.id,), ["reported", "raised"], ())
    assert tiers == ["yellow", "green"]


def test_a_complaint_names_nothing_in_a_group_that_others_read(world: World):
    world.store.fill([to_item(replace(world.register, policy=policy(robots={"duty": "wecombot://duty"}, sms=False)), 2)])
    report(world, TicketKind.COMPLAINT)

    assert world.texts() and not any("投诉" in text or "装修" in text for text in world.texts())


def test_when_the_family_moves_out_its_ticket_ends_with_its_work(world: World):
    ticket = report(world, TicketKind.NEED)
    vacant = replace(HOME, tenancy="t2", last_tenancy=2)
    world.store.fill([to_item(replace(world.register, homes=(vacant,)), 2)])
    world.until(world.clock.moment + timedelta(hours=5))

    assert kept(world, ticket).state is TicketState.CANCELLED
    assert running(world.store, "anheli", ticket.task) is None
