"""Who stands on a step of a ladder, and what that person is told, when."""

from datetime import datetime, timedelta

import pytest

from chalicelib.promises import arising
from chalicelib.promises.people import empty_rungs, named, stands_on
from chalicelib.promises.telling import tellings, words
from chalicelib.reach import DUTY
from chalicelib.register.changes import Changes, Leave
from chalicelib.register.ladders import DEFAULT_LADDERS
from chalicelib.register.rules import Grid, Role, Staff
from chalicelib.register.standing import Standing, stand
from chalicelib.shared.tiers import Tier
from chalicelib.tasks.ladders import Rung
from chalicelib.tasks.shifts import Shift
from chalicelib.tasks.tasks import Task, TaskKind
from tests.builders import DAY, home, moment, policy, register

RED = home("1-302", tier=Tier.RED, steward="anheli.wang", volunteer="v1", grid="g2")
NIGHT = moment("23:00")


def standing(changes: Changes | None = None, **members: object) -> Standing:
    return stand(register(**{"homes": (RED, home("3-502")), **members}), changes or Changes(), moment("09:00"))


def task(owners: tuple[str, ...] = ("anheli.wang", "v1"), identity: str = "1-302", tier: Tier = Tier.RED) -> Task:
    return arising.need(policy(), home(identity, tier=tier), owners, DAY, "medicine", moment("09:00"))


def leave(*people: str) -> Changes:
    return Changes(leaves=tuple(Leave(person, person, DAY, DAY, "x", moment("08:00")) for person in people))


def who(found: Standing, rung: Rung, about: Task | None = None, now: datetime | None = None) -> list[str]:
    return [person.id for person in stands_on(found, rung, about or task(), now or moment("09:00"))]


@pytest.mark.parametrize(
    ("rung", "people"),
    [
        (Rung.ASSIGNEE, ["anheli.wang"]),
        (Rung.PARTNER, ["v1"]),
        (Rung.COORDINATOR, ["anheli.liu"]),
        (Rung.MANAGER, ["anheli.chen"]),
        (Rung.DUTY, []),  # 王管家 is of buildings 2 and 3
    ],
)
def test_who_stands_where(rung: Rung, people: list[str]):
    assert who(standing(), rung) == people


def test_whoever_is_on_duty_by_the_roster_stands_there_wherever_the_home_is():
    changes = Changes(shifts=(Shift("anheli.liu", moment("06:00"), moment("14:00")),))

    assert who(standing(changes), Rung.DUTY) == ["anheli.liu"]
    assert who(standing(changes), Rung.DUTY, task(identity="3-502"), moment("14:00")) == ["anheli.wang"]


def test_on_leave_is_on_no_step():
    gone = standing(leave("anheli.wang", "anheli.liu"))

    assert [who(gone, rung) for rung in (Rung.ASSIGNEE, Rung.PARTNER, Rung.COORDINATOR)] == [[], ["v1"], []]
    assert empty_rungs(gone, task(), moment("09:00")) == {Rung.ASSIGNEE, Rung.COORDINATOR, Rung.DUTY}
    assert empty_rungs(gone, task(), moment("09:00") + timedelta(days=1)) == {Rung.DUTY}


def test_a_grid_without_a_coordinator_and_owners_who_are_gone_leave_their_steps_empty():
    nobody = standing(grids=(Grid("g1", "一", "anheli.liu"), Grid("g2", "二", "")))

    assert empty_rungs(nobody, task(("anheli.gone", "v77")), moment("09:00")) == {
        Rung.ASSIGNEE,
        Rung.PARTNER,
        Rung.COORDINATOR,
        Rung.DUTY,
    }


def test_what_is_of_no_home_is_every_coordinators_once():
    found = standing(
        staff=(*register().staff, Staff("anheli.wu", "吴", "", (Role.COORDINATOR,))),
        grids=(Grid("g1", "一", "anheli.liu"), Grid("g2", "二", "anheli.wu"), Grid("g3", "三", "anheli.liu")),
    )

    assert who(found, Rung.COORDINATOR, task()._replace(home="")) == ["anheli.liu", "anheli.wu"]


def test_owners_are_shown_by_name_and_those_who_left_by_id():
    assert [(each.id, each.name) for each in named(standing(), ("v1", "anheli.gone"))] == [("v1", "老周"), ("anheli.gone", "")]


def test_a_step_on_which_nobody_stands_tells_the_duty_team():
    (telling,) = tellings(standing(leave("anheli.liu")), task(), Rung.COORDINATOR, moment("09:00"), moment("09:00"), "https://x")

    assert (telling.person, telling.addresses) == (DUTY, ("wecombot://anheli",))


def test_one_telling_for_each_person_with_the_event_in_its_name():
    found = standing(staff=(*register().staff, Staff("anheli.qian", "钱经理", "13800000019", (Role.MANAGER,))))
    told = task()._replace(progress=task().progress._replace(told=3))

    both = tellings(found, told, Rung.MANAGER, moment("09:00"), moment("09:00"), "https://x")

    assert [each.person for each in both] == ["anheli.chen", "anheli.qian"]
    assert {each.event for each in both} == {f"{told.id}:told:3"}
    assert all("第 3 次提醒" in each.text for each in both)


@pytest.mark.parametrize(
    ("tier", "kind", "clock", "until"),
    [
        (Tier.GREEN, TaskKind.NEED, "09:00", None),
        (Tier.GREEN, TaskKind.NEED, "21:59", None),
        (Tier.GREEN, TaskKind.NEED, "22:00", ("07:00", 1)),
        (Tier.YELLOW, TaskKind.NOBODY_HOME, "23:30", ("07:00", 1)),
        (Tier.YELLOW, TaskKind.NEED, "06:59", ("07:00", 0)),
        (Tier.GREEN, TaskKind.NEED, "07:00", None),
        (Tier.RED, TaskKind.NEED, "03:00", None),
        (Tier.GREEN, TaskKind.DOOR, "03:00", None),
    ],
)
def test_quiet_hours_hold_back_all_but_red_homes_and_doors(tier: Tier, kind: TaskKind, clock: str, until: tuple[str, int] | None):
    about = task(tier=tier)._replace(kind=kind)
    (telling,) = tellings(standing(), about, Rung.ASSIGNEE, moment(clock), moment(clock), "https://x")

    wanted = moment(until[0], DAY + timedelta(days=until[1])) if until else None
    assert telling.muted_until == wanted


def test_nor_do_they_hold_back_that_somebody_feels_unwell():
    unwell = arising.need(policy(), home("3-502", steward="anheli.wang"), ("anheli.wang",), DAY, "unwell", moment("03:00"))

    assert tellings(standing(), unwell, Rung.ASSIGNEE, moment("03:00"), moment("03:00"), "https://x")[0].muted_until is None


def test_a_volunteer_is_led_to_her_own_link_and_staff_to_their_list():
    ways = [
        tellings(standing(), task(), rung, moment("09:00"), moment("09:00"), "https://x")[0].text.splitlines()[-1]
        for rung in list(Rung)[:2]
    ]

    assert ways == ["去处理：https://x/today/", "去处理：打开网格长发给您的链接"]


@pytest.mark.parametrize("kind", list(TaskKind))
def test_every_kind_of_task_has_its_words(kind: TaskKind):
    person = stands_on(standing(), Rung.ASSIGNEE, task(), moment("09:00"))[0]
    text = words(standing(), task()._replace(kind=kind), person, moment("09:00"), "https://x")

    assert "王管家" in text and "1 栋 302" in text and "https://x" in text
    assert "安娜" not in text and "13800000001" not in text  # a robot's group reads it


@pytest.mark.parametrize("category", ["medicine", "food", "repair", "school", "mood", "other", "unwell"])
def test_a_need_says_which(category: str):
    person = stands_on(standing(), Rung.ASSIGNEE, task(), moment("09:00"))[0]

    assert "住户要帮忙：" in words(standing(), task()._replace(category=category), person, moment("09:00"), "")


def test_the_duty_teams_group_does_not_read_what_a_household_needs():
    """Who has no channel of her own is told there, by name; what it is about she finds behind her sign-in."""
    staff = tuple(each.__class__(each.username, each.name, "", each.roles) for each in register().staff)
    alone, group = (
        tellings(found, task(), Rung.ASSIGNEE, moment("09:00"), moment("09:00"), "https://x")[0]
        for found in (standing(), standing(staff=staff))
    )

    assert "要药" in alone.text and "wecombot://anheli" not in alone.addresses
    assert group.addresses == ("wecombot://anheli",)
    assert "住户要帮忙" in group.text and "王管家" in group.text and "要药" not in group.text


def test_a_fact_gives_its_task_one_id_and_the_tier_its_clocks():
    need = task()
    assert need.id == "need:1-302:t1:2026-11-22:medicine" == task(("v9",)).id
    assert (need.respond.allowed, need.solve.allowed, need.ladder) == (timedelta(hours=1), timedelta(hours=24), "need-red")
    green = task(identity="3-502", tier=Tier.GREEN)
    assert (green.respond.allowed, green.ladder) == (timedelta(hours=8), "need")
    unwell = arising.need(policy(), home("3-502"), (), DAY, "unwell", moment("09:00"))
    assert unwell.ladder == "need-red"


def test_a_task_of_a_ladder_that_is_gone_climbs_all_the_same():
    assert arising.ladder_of(policy(), task()._replace(ladder="retired")) is DEFAULT_LADDERS["visit"]
    assert all(ladder.steps[-1].rung is Rung.MANAGER for ladder in DEFAULT_LADDERS.values())


def test_a_red_homes_need_reaches_the_manager_within_the_hour_of_its_first_response():
    assert sum(step.wait for step in DEFAULT_LADDERS["need-red"].steps) <= 60
