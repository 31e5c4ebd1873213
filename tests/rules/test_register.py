"""Who lives where, of which tier, seen by whom."""

from datetime import date

import pytest

from chalicelib.register.rules import Home, Person, Staff, Volunteer
from chalicelib.shared.ids import TenancyId, is_compound_id, is_home_id
from chalicelib.shared.tiers import Tier, worst
from chalicelib.volunteers.rules import round_of
from tests.builders import DAY, home, isolated, register

G, Y, R = Tier.GREEN, Tier.YELLOW, Tier.RED


@pytest.mark.parametrize(("tiers", "decides"), [([], G), ([G], G), ([G, Y], Y), ([R, G, Y], R), ([Y, Y], Y), ([G, R], R)])
def test_the_worst_tier_decides(tiers: list[Tier], decides: Tier):
    assert worst(tiers) is decides
    assert worst(reversed(tiers)) is decides


def test_tiers_have_an_order():
    assert sorted(Tier, key=lambda tier: tier.order) == [G, Y, R]


@pytest.mark.parametrize(
    ("day", "under"), [(date(2026, 11, 19), False), (date(2026, 11, 20), True), (date(2026, 11, 26), True), (date(2026, 11, 27), False)]
)
def test_isolation_includes_its_first_and_last_day(day: date, under: bool):
    assert isolated().isolated_on(day) is under
    assert not home().isolated_on(day)


@pytest.mark.parametrize(
    ("people", "tags"),
    [
        ((), []),
        ((Person("p", "x", born=1957),), []),
        ((Person("p", "x", born=1956),), ["age:70"]),
        (
            (Person("p", "x", born=1944, facts=("lives_alone",)), Person("q", "y", born=1990, facts=("chronic", "lives_alone"))),
            ["lives_alone", "chronic", "age:82"],
        ),
        ((Person("p", "x"),), []),
    ],
)
def test_a_steward_is_told_what_she_should_know_before_calling(people: tuple[Person, ...], tags: list[str]):
    assert home(people=people).tags(2026) == tags


@pytest.mark.parametrize(
    ("scope", "seen"),
    [
        (Staff("a.b", "x", "", ()), True),
        (Staff("a.b", "x", "", (), ("g1",)), True),
        (Staff("a.b", "x", "", (), ("g2",)), False),
        (Staff("a.b", "x", "", (), (), ("3",)), True),
        (Staff("a.b", "x", "", (), (), ("30", "5")), False),
        (Staff("a.b", "x", "", (), ("g2",), ("3",)), True),
        (Staff("a.b", "x", "", (), ("g2",), ("4",)), False),
    ],
)
def test_a_scope_is_the_whole_compound_or_the_grids_and_buildings_it_names(scope: Staff, seen: bool):
    assert scope.covers(home("3-502", grid="g1")) is seen


@pytest.mark.parametrize(("identity", "label"), [("3-502", "3 栋 502"), ("12-2-301", "12 栋 2-301")])
def test_a_home_is_called_as_people_say_it(identity: str, label: str):
    assert Home(identity, identity.partition("-")[0], 5, "g1").label == label


@pytest.mark.parametrize(
    ("text", "compound"),
    [
        ("anheli", True),
        ("a1b", True),
        ("ab", False),
        ("1abc", False),
        ("an-heli", False),
        ("Anheli", False),
        ("a" * 21, False),
        ("anheli\n", False),
        ("安和里", False),
    ],
)
def test_a_compound_id_fits_into_every_key_thing_name_and_username(text: str, compound: bool):
    assert is_compound_id(text) is compound


@pytest.mark.parametrize(
    ("text", "is_home"),
    [
        ("3-502", True),
        ("A1-3-1104", True),
        ("3", False),
        ("3-", False),
        ("3#502", False),
        ("3-502#t1", False),
        ("3-502\n", False),
        ("３-502", False),
        ("1-2-3-4", False),
    ],
)
def test_a_home_id_holds_no_key_separator(text: str, is_home: bool):
    assert is_home_id(text) is is_home


def test_a_volunteers_round_begins_with_the_homes_in_her_care_and_leaves_out_empty_ones_and_other_grids():
    homes = (
        home("3-1104"),
        home("3-502"),
        home("4-101", tenancy=TenancyId("")),
        home("5-101", grid="g2"),
        home("6-101", grid="g2", volunteer="v1"),
        home("1-302", volunteer="v1"),
        home("7-101", volunteer="v2"),
    )

    stops = round_of(register(homes=homes), Volunteer("v1", "老周", "", "g1"), DAY)

    assert [(stop.home.id, stop.assigned) for stop in stops] == [
        ("1-302", True),
        ("6-101", True),
        ("3-502", False),
        ("3-1104", False),
        ("7-101", False),
    ]
