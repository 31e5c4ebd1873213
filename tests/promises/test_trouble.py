"""What goes wrong around a promise: who cannot be reached, what comes late or twice, what ends while it is still owed."""

from datetime import timedelta

import pytest

from chalicelib import subscriptions
from chalicelib.care.actions import check_in
from chalicelib.care.rules import Need
from chalicelib.post import actions as post
from chalicelib.register.ladders import DEFAULT_LADDERS
from chalicelib.register.records import to_item
from chalicelib.register.rules import Home, Person, Register, Role, Staff
from chalicelib.sensors.actions import bind, receive
from chalicelib.sensors.alerts import acknowledge
from chalicelib.sensors.readings import Message
from chalicelib.sensors.rules import Alert
from chalicelib.shared.calendar import utc_stamp
from chalicelib.shared.tiers import Tier
from chalicelib.store import keys
from chalicelib.store.contract import Replace
from chalicelib.tasks.acting import act
from chalicelib.tasks.board import of_day
from chalicelib.tasks.ladders import Ladder, Rung, Step
from chalicelib.tasks.tasks import Act, Line, Task, TaskState
from chalicelib.tasks.work import settle
from chalicelib.visits import records as visits
from chalicelib.visits.actions import record
from chalicelib.visits.rules import Entry, Outcome, Visit
from tests.app.client import Client
from tests.builders import DAY, entry, home, moment, policy, register
from tests.promises.world import World

RED = home("1-302", tier=Tier.RED, steward="anheli.wang", volunteer="v1")
GREEN = home("3-502", steward="anheli.wang")
REPAIR = "need:3-502:t1:2026-11-22:repair"
MORNING = "home_visit:1-302:2026-11-22"
TOMORROW = DAY + timedelta(days=1)


def task(world: World, identity: str) -> Task:
    """The one task of the day whose id begins so."""
    (found,) = [each for each in of_day(world.store, "anheli", DAY) if each.id.startswith(identity)]
    return found


@pytest.mark.parametrize("phones", [("", ""), ("13800000012", "0571-88")], ids=["nobody can be reached", "one of two can"])
def test_at_the_top_it_is_repeated_in_its_own_time_also_where_somebody_cannot_be_reached(
    monkeypatch: pytest.MonkeyPatch, phones: tuple[str, str]
):
    managers = tuple(Staff(f"anheli.{name}", name, phone, (Role.MANAGER,)) for name, phone in zip("ab", phones, strict=True))
    world = World(monkeypatch, register(homes=(RED,), staff=managers, volunteers=(), policy=policy(robots={})), moment("09:59"))
    world.until(moment("14:00"))

    assert task(world, "missed:").progress.told == 6  # 10:00, and then after 15, 30, 60, 60 and 60 minutes
    assert len(world.sent) == (6 if phones[0] else 0)


@pytest.mark.parametrize("key", [keys.message("anheli", DAY, "x@y"), keys.open_task("anheli", "x"), keys.look("anheli", "x", 0)])
def test_an_item_that_nobody_can_read_is_put_off_and_holds_nobody_up(monkeypatch: pytest.MonkeyPatch, key: keys.Key):
    world = World(monkeypatch, register(homes=(RED,)), moment("09:59"))
    world.store.fill([{**key.as_item(), "v": 1, "due_pk": "0", "due_at": utc_stamp(moment("09:00"))}])
    world.until(moment("10:01"))

    assert [text for text in world.texts() if "走访没有做" in text]
    assert world.store.get(key)["due_at"] == utc_stamp(moment("11:00"))


@pytest.mark.parametrize(
    "left",
    [(), (home("3-502", tenancy="t2", people=(Person("p9", "新住户", "139"),)),), (home("3-502", tenancy=""),)],
    ids=["home", "next family", "vacant"],
)
def test_what_a_family_wanted_is_over_when_it_has_moved_out(monkeypatch: pytest.MonkeyPatch, left: tuple[Home, ...]):
    """No step is told about it, nobody sees it beside the next family's name, and no task is left that nobody can close."""
    chen = Staff("anheli.chen", "陈经理", "13800000012", (Role.MANAGER,))
    world = World(monkeypatch, register(homes=(GREEN,), staff=(chen,)), moment("07:00"))
    check_in(world.store, moment("07:00"), "anheli", "3-502", "t1", entry(clock="07:00", needs=(Need.MEDICINE,)))
    world.pump()
    before = len(world.sent)
    switch(world, register(homes=left, staff=(chen,)))

    file = Client().as_staff("anheli.chen", "manager").get("/api/homes/3-502")
    assert file.status == 404 or file.json["tasks"] == []
    lines = Client().as_staff("anheli.chen", "manager").get("/api/today").json["tasks"]
    assert [line["contact"] for line in lines] == [None] * len(lines)
    world.until(moment("23:00"), timedelta(minutes=10))
    assert [text for text in world.texts()[before:] if "要药" in text] == []
    assert (task(world, "need:").state, task(world, "need:").lines[-1].note) == (TaskState.CANCELLED, "住户已搬走")


def switch(world: World, imported: Register) -> None:
    """Another version of the register becomes visible."""
    seen = world.store.get(keys.register("anheli"))["v"]
    world.store.write(Replace(to_item(imported, seen + 1), seen))


def broken(*_: object) -> None:
    raise ConnectionError


def test_a_reaction_that_fails_keeps_no_other_from_its_turn(monkeypatch: pytest.MonkeyPatch):
    """The word to the duty desk cannot be written; that nobody takes the door on is noticed all the same."""
    world = World(monkeypatch, register(), moment("03:00"))
    opened(world)
    monkeypatch.setattr(subscriptions, "alarm", broken)
    with pytest.raises(ConnectionError):
        world.pump()

    assert task(world, "door:").state is TaskState.OPEN


def test_of_two_on_a_step_the_second_is_entered_whatever_becomes_of_the_first(monkeypatch: pytest.MonkeyPatch):
    managers = tuple(Staff(f"anheli.{name}", name, "1380000001" + number, (Role.MANAGER,)) for name, number in ("a1", "b2"))
    world = World(monkeypatch, register(homes=(RED,), staff=managers, volunteers=()), moment("09:59"))
    with monkeypatch.context() as patched:
        patched.setattr(post, "deliver", broken)
        world.until(moment("10:00"))

    assert sorted(message["person"] for message in world.stored("missed:home_visit") if "POST" in message["pk"]) == ["anheli.a", "anheli.b"]
    world.until(moment("10:01"))
    assert len(world.sent) == 2


def opened(world: World) -> Alert:
    bind(world.store, "anheli", "anheli-gw1", "door", "2-801", "zigbee2mqtt", tenancy="t1")
    stamp = int(world.clock.moment.timestamp() * 1000)
    (alert,) = receive(world.store, world.clock, Message("anheli-gw1", "zigbee2mqtt/door", "anheli-gw1", stamp, b'{"contact":false}'))
    return alert


def visit(world: World, clock: str, outcome: Outcome, key: str = "visit-one") -> None:
    made = Entry(key, "d", moment(clock), "anheli.wang", outcome)
    record(world.store, moment(clock), "anheli", policy(), RED, MORNING, made)


def test_a_closed_door_heard_of_after_somebody_was_let_in_starts_no_ladder(monkeypatch: pytest.MonkeyPatch):
    world = World(monkeypatch, register(homes=(RED,)), moment("08:30"))
    visit(world, "08:30", Outcome.NOBODY_HOME)
    visit(world, "08:40", Outcome.DONE, "visit-two")
    world.store.stream.reverse()
    world.pump()

    assert of_day(world.store, "anheli", DAY) == []


def test_an_alert_heard_of_after_somebody_took_it_on_climbs_no_ladder(monkeypatch: pytest.MonkeyPatch):
    world = World(monkeypatch, register(), moment("03:00"))
    acknowledge(world.store, moment("03:01"), "anheli", opened(world), "anheli.chen", "", "key-one")
    world.store.stream.reverse()
    world.pump()

    assert of_day(world.store, "anheli", DAY) == []


@pytest.mark.parametrize("clock", ["08:00", "10:00"])
def test_a_visit_entered_while_its_window_is_being_looked_at_leaves_no_task(monkeypatch: pytest.MonkeyPatch, clock: str):
    """Its news finds nothing to settle yet; the look finds the visit itself."""
    nobodys = home("1-302", tier=Tier.RED)
    world = World(monkeypatch, register(homes=(nobodys,)), moment("07:59"))
    world.until(moment(clock) - timedelta(minutes=1))
    for each in of_day(world.store, "anheli", DAY):
        settle(world.store, world.clock.moment, "anheli", each.id, "")
    read = visits.of_day

    def entered_then(*asked: object, **how: bool) -> list[Visit]:
        found = read(*asked, **how)
        if not found:
            visit(world, clock, Outcome.DONE)
            world.pump()
        return found

    monkeypatch.setattr(visits, "of_day", entered_then)
    world.until(moment(clock))

    assert [each.id for each in of_day(world.store, "anheli", DAY) if each.running] == []


def test_a_visit_made_while_nothing_was_looked_at_is_nobodys_to_assign_any_more(monkeypatch: pytest.MonkeyPatch):
    world = World(monkeypatch, register(homes=(home("1-302", tier=Tier.RED),)), moment("07:59"))
    visit(world, "09:00", Outcome.DONE)
    world.pump()
    world.clock.moment = moment("15:30")
    world.sweep()

    assert of_day(world.store, "anheli", DAY) == []


def tried(world: World, **acts: str) -> list[tuple[str, str, str]]:
    """A need in the night, and what is done with it; then what went out by the morning."""
    check_in(world.store, world.clock.moment, "anheli", "3-502", "t1", entry(clock="22:30", needs=(Need.REPAIR,)))
    world.pump()
    for clock, what in acts.items():
        world.until(moment(clock.removeprefix("at_").replace("_", ":")), timedelta(minutes=10))
        act(
            world.store,
            world.clock.moment,
            "anheli",
            REPAIR,
            Line(world.clock.moment, "anheli.chen", what, "", f"{what}:d"),
            DEFAULT_LADDERS,
        )
        world.pump()
    world.until(moment("07:10", TOMORROW))
    return [(f"{at:%H:%M}", address, text.splitlines()[1]) for at, address, text in world.sent]


@pytest.mark.parametrize("what", [Act.DONE, Act.CANCEL])
def test_a_reminder_held_back_for_the_night_is_not_sent_when_its_task_is_over(monkeypatch: pytest.MonkeyPatch, what: Act):
    world = World(monkeypatch, register(homes=(GREEN,)), moment("22:30"))

    assert tried(world, at_23_00=what) == []
    (message,) = world.stored("POST#")
    assert (message["state"], message["why"]) == ("suppressed", "outdated")


def test_nor_while_somebody_is_on_it(monkeypatch: pytest.MonkeyPatch):
    world = World(monkeypatch, register(homes=(GREEN,)), moment("22:30"))

    assert tried(world, at_23_50=Act.CLAIM) == []


def test_of_a_nights_reminders_of_one_task_each_person_gets_the_last(monkeypatch: pytest.MonkeyPatch):
    """The steward was due one, and the manager ten, from 23:00 on."""
    short = {"need": Ladder((Step(Rung.ASSIGNEE, 0), Step(Rung.MANAGER, 30)))}
    world = World(monkeypatch, register(homes=(GREEN,), policy=policy(ladders=short)), moment("22:30"))

    assert tried(world) == [
        ("07:00", "sms:+8613800000010", "王管家：请处理"),
        ("07:00", "sms:+8613800000012", "陈经理：请处理（第 11 次提醒）"),
    ]
    assert len([message for message in world.stored("POST#") if message["why"] == "outdated"]) == 9


def test_when_everybody_has_reported_after_all_nobody_is_reminded_of_it_any_more(monkeypatch: pytest.MonkeyPatch):
    world = World(monkeypatch, register(homes=(GREEN,)), moment("09:59"))
    world.until(moment("10:30"))
    before = len(world.sent)
    check_in(world.store, moment("10:40"), "anheli", "3-502", "t1", entry(clock="10:40"))
    world.until(moment("20:00"), timedelta(minutes=10))

    assert before == 1 and len(world.sent) == before
    assert (task(world, "missed-reports:").state, task(world, "missed-reports:").lines[-1].note) == (TaskState.DONE, "都报过平安了")
