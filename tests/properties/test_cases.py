"""Two hundred compounds, their releases compared pair by pair: no group under five but compound · other."""

import random
from collections import Counter
from datetime import date, timedelta
from itertools import combinations

import pytest

from chalicelib.cases.rules import Case, CaseKind, Label, next_release, parcels, release, release_due
from chalicelib.register.policy import Rhythm
from chalicelib.register.rules import Building
from chalicelib.register.widening import COMPOUND, HOMES, homes_of, places_of
from chalicelib.shared.counts import MANY
from tests.builders import home, register

OTHER = (CaseKind.OTHER, COMPOUND)


def history(seed: int) -> list[dict[str, Label]]:
    """A compound's releases: after each, what stands on every published case."""
    chance = random.Random(seed)
    buildings = [Building(str(number), "", chance.choice(["", "一期", "二期"])) for number in range(1, chance.randint(2, 7))]
    homes = [home(f"{each.id}-{floor}01") for each in buildings for floor in range(1, chance.choice([3, 12, 21, 40]))]
    compound = register(buildings=tuple(buildings), homes=tuple(homes))
    published: dict[str, Label] = {}
    releases = []
    for month in range(chance.randint(2, 6)):
        day = date(2026, 1, 15) + timedelta(days=30 * month)
        pending = [
            Case(f"{month}-{number}", chance.choice(list(CaseKind)[:4]), day, places_of(compound, chance.choice(buildings).id))
            for number in range(chance.choice([0, 1, 4, 9, 30, 60]))
        ]
        published |= {case.id: case.label for case in release(pending, homes_of(compound)) if case.label}
        assert len(published) == sum(len(each) for each in releases[-1:]) + len(pending)
        releases.append(dict(published))
    return releases


@pytest.mark.parametrize("seed", range(200))
def test_no_two_releases_tell_anybody_from_fewer_than_five(seed: int):
    releases = [{}, *history(seed)]
    for earlier, later in combinations(releases, 2):
        groups = Counter((earlier.get(case), label) for case, label in later.items())
        small = [label for (_, label), count in groups.items() if count < MANY and (label.kind, label.place) != OTHER]
        assert small == []
        assert all(later[case] == label for case, label in earlier.items()), "a label changed"


def test_the_brute_force_would_see_a_case_published_beside_five_of_its_kind():
    """The check itself: one more case under a label that five have already is a group of one between the two releases."""
    label = Label(CaseKind.REPAIR, "2026-01", "3")
    earlier = {str(number): label for number in range(5)}
    groups = Counter((earlier.get(case), each) for case, each in {**earlier, "6": label}.items())
    assert min(groups.values()) == 1


def test_a_place_needs_twenty_homes_that_are_lived_in():
    homes = [home(f"1-{floor}01") for floor in range(1, HOMES + 1)] + [home(f"2-{floor}01") for floor in range(1, 10)]
    buildings = (Building("1", "", "一期"), Building("2", "", "一期"), Building("3", ""))
    found = register(buildings=buildings, homes=tuple(homes))

    assert places_of(found, "1") == ("1", "zone:一期", COMPOUND)
    assert places_of(found, "2") == ("zone:一期", COMPOUND)
    assert places_of(found, "3") == places_of(found, "unknown") == (COMPOUND,)


def test_five_of_a_building_say_so_and_four_say_less():
    def cases(count: int, kind: CaseKind, building: str) -> list[Case]:
        return [Case(f"{kind}{building}{number}", kind, date(2026, 1, 9), (building, COMPOUND)) for number in range(count)]

    done = release(
        [*cases(5, CaseKind.REPAIR, "1"), *cases(4, CaseKind.REPAIR, "2"), *cases(1, CaseKind.REPAIR, "3"), *cases(2, CaseKind.FOOD, "1")],
        {"1": 20, "2": 20, "3": 20, COMPOUND: 60},
    )

    labels = Counter((case.label.kind, case.label.place) for case in done if case.label)
    assert labels == {(CaseKind.REPAIR, "1"): 5, (CaseKind.REPAIR, COMPOUND): 5, OTHER: 2}


@pytest.mark.parametrize("seed", range(100))
def test_a_release_that_breaks_off_has_told_nobody_from_fewer_than_five(seed: int):
    """Whatever part was the last: each holds all of a label, or at least five."""
    chance = random.Random(seed)
    places = [("1", COMPOUND), ("2", COMPOUND), (COMPOUND,)]
    pending = [
        Case(str(number), chance.choice(list(CaseKind)), date(2026, 1, 9), chance.choice(places))
        for number in range(chance.randint(0, 300))
    ]
    parts = parcels(release(pending, {"1": 40, "2": 40, COMPOUND: 100}), chance.choice([10, 13, 40]))

    assert sorted(case.id for part in parts for case in part) == sorted(case.id for case in pending)
    for part in parts:
        groups = Counter(case.label for case in part)
        assert [label for label, count in groups.items() if label and count < MANY and (label.kind, label.place) != OTHER] == []


@pytest.mark.parametrize(
    ("approved", "today", "rhythm", "due"),
    [
        ((), date(2026, 12, 1), Rhythm.MONTHLY, False),
        ((date(2026, 11, 30),), date(2026, 11, 30), Rhythm.MONTHLY, False),
        ((date(2026, 11, 1),), date(2026, 12, 1), Rhythm.MONTHLY, True),
        ((date(2026, 11, 1),), date(2026, 12, 9), Rhythm.MONTHLY, True),
        ((date(2026, 12, 1), date(2026, 11, 30)), date(2026, 12, 1), Rhythm.MONTHLY, True),
        ((date(2026, 11, 22),), date(2026, 11, 23), Rhythm.WEEKLY, True),
        ((date(2026, 11, 23),), date(2026, 11, 29), Rhythm.WEEKLY, False),
    ],
)
def test_what_waits_is_released_once_its_month_or_week_is_over(approved: tuple[date, ...], today: date, rhythm: Rhythm, due: bool):
    assert release_due(approved, today, rhythm) is due


def test_the_next_release():
    assert next_release(date(2026, 12, 31), Rhythm.MONTHLY) == date(2027, 1, 1)
    assert next_release(date(2026, 11, 22), Rhythm.WEEKLY) == date(2026, 11, 23)


def told(homes: dict[str, int], *groups: tuple[int, tuple[str, ...]]) -> dict[str, int]:
    """What places are said of so many cases of each chain of places."""
    pending = [
        Case(f"{at}-{number}", CaseKind.REPAIR, date(2026, 1, 9), places)
        for at, (many, places) in enumerate(groups)
        for number in range(many)
    ]
    return dict(Counter(case.label.place for case in release(pending, homes) if case.label and case.label.kind is CaseKind.REPAIR))


@pytest.mark.parametrize(
    ("homes", "groups", "said"),
    [
        # Building 2 is too small to be named: if 1 were, whoever says "the zone" would be from 2.
        ({"1": 40, "zone:A": 49, "": 200}, ((5, ("1", "zone:A", "")), (5, ("zone:A", ""))), {"zone:A": 10}),
        ({"1": 40, "zone:A": 60, "": 200}, ((5, ("1", "zone:A", "")), (5, ("zone:A", ""))), {"1": 5, "zone:A": 5}),
        # Outside the zone there are nine homes.
        ({"zone:A": 60, "": 69}, ((5, ("zone:A", "")), (6, ("",))), {"": 11}),
        ({"1": 40, "zone:A": 60, "": 69}, ((5, ("1", "zone:A", "")), (5, ("zone:A", "")), (6, ("",))), {"": 16}),
        ({"1": 40, "zone:A": 60, "": 90}, ((5, ("1", "zone:A", "")), (5, ("zone:A", "")), (6, ("",))), {"1": 5, "zone:A": 5, "": 6}),
        # Nobody says the zone, so naming the building gives nobody away.
        ({"1": 40, "zone:A": 49, "": 200}, ((5, ("1", "zone:A", "")), (2, ("zone:A", ""))), {"1": 5}),
        # Two that are left join the five who say the compound.
        ({"1": 40, "": 200}, ((5, ("",)), (2, ("1", ""))), {"": 7}),
    ],
)
def test_a_wide_place_is_wide_without_the_finer_ones_beside_it(
    homes: dict[str, int], groups: tuple[tuple[int, tuple[str, ...]], ...], said: dict[str, int]
):
    assert told(homes, *groups) == said


@pytest.mark.parametrize("seed", range(100))
def test_what_is_left_of_a_place_beside_the_finer_ones_has_twenty_homes(seed: int):
    """Reckoned anew from which buildings a reader may still think of."""
    chance = random.Random(seed)
    buildings = [Building(str(number), "", chance.choice(["", "一期", "二期"])) for number in range(1, chance.randint(2, 8))]
    homes = [home(f"{each.id}-{floor}01") for each in buildings for floor in range(1, chance.choice([3, 12, 21, 40]))]
    compound = register(buildings=tuple(buildings), homes=tuple(homes))
    sizes, zone_of = homes_of(compound), {each.id: f"zone:{each.zone}" for each in buildings}
    pending = [
        Case(str(number), chance.choice(list(CaseKind)[:2]), date(2026, 1, 9), places_of(compound, chance.choice(buildings).id))
        for number in range(chance.choice([9, 20, 60]))
    ]
    labels = {case.label for case in release(pending, sizes) if case.label and case.label != Label(CaseKind.OTHER, "2026-01", COMPOUND)}
    for label in labels:
        beside = {other.place for other in labels if other.kind is label.kind}
        inside = [each.id for each in buildings if label.place in (each.id, zone_of[each.id], COMPOUND)]
        left = [each for each in inside if label.place == each or not ({each, zone_of[each]} - {label.place}) & beside]
        assert sum(sizes[each] for each in left) >= min(HOMES, sizes[COMPOUND]), (label, labels)
