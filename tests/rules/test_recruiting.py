"""Recruits and the lists: who is one, under which id, and what counts of what she says."""

from datetime import timedelta

import pytest
from msgspec.structs import replace

from chalicelib.recruiting.rules import grids_of, home_of, known_already, lacks
from chalicelib.register.changes import Changes
from chalicelib.register.helping import part_of, time_of
from chalicelib.register.recruits import Profile, Recruit, adopted, described, digits, joined
from chalicelib.register.rules import Grid, Register, Volunteer
from chalicelib.register.standing import stand
from tests.builders import home, moment, policy, register

NOW = moment("09:00")
NEW = Volunteer("r-abc", "小满", "139 0000 0088", "g1", "", ("driving",), ("7am",))
RECRUITS = (Recruit("r-abc", NEW, "anheli.liu", NOW),)
LAOZHOU = Volunteer("v1", "老周", "13800000009", "g1", "3-1104")


def lists(*volunteers: Volunteer, **more: object) -> Register:
    grids = (Grid("g1", "一网格", "anheli.liu", tuple(each.id for each in volunteers)), Grid("g2", "二网格", ""))
    return register(volunteers=volunteers, grids=grids, **more)


def ids(register: Register) -> list[str]:
    return [each.id for each in register.volunteers]


@pytest.mark.parametrize(
    ("where", "found", "grids"),
    [
        ("3-502", "3-502", ["g1"]),
        ("3 栋 502 室", "3-502", ["g1"]),
        ("3栋", "", ["g1"]),
        ("3", "", ["g1"]),
        ("2", "", ["g2"]),
        ("3-999", "", ["g1"]),
        ("隔壁小区", "", ["g1", "g2"]),
        ("<b>", "", ["g1", "g2"]),
    ],
)
def test_what_somebody_writes_of_where_she_lives_points_to_grids(where: str, found: str, grids: list[str]):
    here = lists(LAOZHOU)

    assert (home_of(here, where), [grid.id for grid in grids_of(here, where)]) == (found, grids)


@pytest.mark.parametrize(("phone", "same"), [("139 0000 0088", True), ("+86 139-0000-0088", True), ("13900000089", False), ("", False)])
def test_a_phone_is_known_however_it_is_written(phone: str, same: bool):
    assert known_already(lists(NEW), phone) is same
    assert (digits(phone) == digits(NEW.phone)) is same


@pytest.mark.parametrize(("has", "missing"), [(0, 5), (4, 1), (5, 0), (9, 0)])
def test_a_grid_lacks_what_it_has_less_than_five(has: int, missing: int):
    assert lacks(has) == missing


@pytest.mark.parametrize(("clock", "part"), [("00:00", "am"), ("11:59", "am"), ("12:00", "pm"), ("17:59", "pm"), ("18:00", "ev")])
def test_the_parts_of_a_day(clock: str, part: str):
    assert part_of(moment(clock)) == part and time_of(moment(clock)) == f"7{part}"


def test_a_recruit_is_a_volunteer_of_her_grid_until_the_lists_know_her():
    standing = stand(lists(LAOZHOU), Changes(recruits=RECRUITS), NOW)

    assert ids(standing.register) == ["v1", "r-abc"] and standing.register.grids[0].volunteers == ("v1", "r-abc")
    assert ids(standing.imported) == ["v1"]


LISTED = Volunteer("v-9", "林满", "13900000088", "g2")
TAKEOVERS = {
    "not listed": ((LAOZHOU,), ["v1"], ()),
    "by her phone": ((LAOZHOU, LISTED), ["v1", "r-abc"], ("r-abc",)),
    "by her id": ((replace(LISTED, id="r-abc", phone=""),), ["r-abc"], ("r-abc",)),
    "two with her phone": ((LISTED, replace(LISTED, id="v-8")), ["v-9", "v-8"], ()),
    "her id is there, and her phone is somebody else's": ((replace(LISTED, id="r-abc", phone=""), LISTED), ["r-abc", "v-9"], ("r-abc",)),
}


@pytest.mark.parametrize(("volunteers", "after", "known"), TAKEOVERS.values(), ids=TAKEOVERS)
def test_an_import_knows_a_recruit_by_her_id_or_by_her_phone_alone(volunteers: tuple, after: list[str], known: tuple):
    taken = adopted(lists(*volunteers), lists(LAOZHOU), RECRUITS)

    assert (ids(taken), taken.adopted) == (after, known)
    assert taken.grids[0].volunteers == tuple(after)


def test_her_homes_and_robots_follow_her_id():
    wanted = lists(LISTED, homes=(home("3-502", volunteer="v-9"),), policy=policy(robots={"v-9": "wecombot://hers"}))
    taken = adopted(wanted, None, RECRUITS)

    assert taken.homes[0].volunteer == "r-abc" and taken.policy.robots == {"r-abc": "wecombot://hers"}


def test_nobody_becomes_whom_the_lists_know_already_by_writing_her_phone_into_an_application():
    taken = adopted(lists(LAOZHOU, LISTED), lists(LAOZHOU, LISTED), RECRUITS)

    assert (ids(taken), taken.adopted) == (["v1", "v-9"], ())


def test_once_the_lists_know_her_they_alone_say_whether_she_is_one():
    known = adopted(lists(LAOZHOU, LISTED), None, RECRUITS)
    left = adopted(lists(LAOZHOU), known, RECRUITS)

    assert ids(joined(known, RECRUITS)) == ["v1", "r-abc"] and ids(joined(left, RECRUITS)) == ["v1"]
    assert adopted(lists(LAOZHOU), left, RECRUITS) == left


def test_what_she_says_of_herself_counts_until_the_lists_say_something_newer():
    first = Profile("k1", "v1", ("dialect",), ("2am",), NOW)
    later = Profile("k2", "v1", ("repairs", "理发"), (), NOW + timedelta(hours=1))
    (said,) = described(lists(LAOZHOU), (later, first)).volunteers
    (listed,) = described(lists(replace(LAOZHOU, skills=("medical",))), (later, first)).volunteers

    assert (said.skills, said.times, listed.skills) == (("repairs", "理发"), (), ("medical",))
