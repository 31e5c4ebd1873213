"""Places are given in the order in which people asked: a table, and laws for any order of coming and going."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.activities.rules import Activity, Place, called_off, check, id_of, resized, signed
from chalicelib.activities.telling import tellings
from chalicelib.register.rules import Home
from chalicelib.shared.problems import Problem
from tests.builders import home, moment, policy, register

NOW, STARTS, ENDS = moment("09:00"), moment("14:00"), moment("16:00")
HOMES = [home(f"3-{number}02") for number in range(1, 9)]


def activity(places: int = 4, **members: object) -> Activity:
    made = Activity(id_of("k", STARTS), "写春联", "", "大厅", STARTS, ENDS, places, ("3",), True, "anheli.wang", NOW, "k")
    return made._replace(**members)  # type: ignore[arg-type]


def came(one: Activity, where: Home, persons: int, key: str = "") -> Activity:
    key = key or f"{where.id}{persons}{len(one.keys)}:d"
    return signed(one, where, persons, NOW, key)


def stands(one: Activity) -> list[tuple[str, int, str]]:
    return [(row.home, row.persons, row.place.value) for row in one.rows]


def test_the_first_come_first_and_a_free_place_goes_to_who_waits_longest() -> None:
    full = came(came(came(activity(2), HOMES[0], 2), HOMES[1], 1), HOMES[2], 1)
    assert [row[2] for row in stands(full)] == ["in", "waiting", "waiting"]

    after = came(full, HOMES[0], 0)

    assert stands(after) == [("3-202", 1, "in"), ("3-302", 1, "in")]
    assert after.told == ("3-202", "3-302") and all(row.moved == NOW for row in after.rows)


def test_nobody_jumps_the_list_even_where_fewer_would_fit() -> None:
    two_wait = came(came(activity(2), HOMES[0], 1), HOMES[1], 2)
    later = came(two_wait, HOMES[2], 1)
    assert [row[2] for row in stands(later)] == ["in", "waiting", "waiting"]

    fewer = came(later, HOMES[1], 1)
    assert [row[2] for row in stands(fewer)] == ["in", "in", "waiting"] and fewer.told == ()


REFUSED = [
    ("more than there are in all", lambda one: came(one, HOMES[0], 5), 400),
    ("more than are free, for who has some", lambda one: came(came(came(one, HOMES[0], 2), HOMES[1], 2), HOMES[0], 3), 409),
    ("after it has begun", lambda one: signed(one, HOMES[0], 1, STARTS, "a:d"), 409),
    ("to leave after it has begun", lambda one: signed(came(one, HOMES[0], 1), HOMES[0], 0, STARTS, "a:d"), 409),
    ("after it was called off", lambda one: came(called_off(one, "雨", NOW, "off:d"), HOMES[0], 1), 409),
    ("fewer places than are taken", lambda one: resized(came(one, HOMES[0], 3), 2, NOW, "a:d"), 409),
    ("calling off what has begun", lambda one: called_off(one, "雨", STARTS, "a:d"), 409),
    ("another number under the same key", lambda one: came(came(one, HOMES[0], 1, "a:1"), HOMES[0], 2, "a:2"), 422),
]


@pytest.mark.parametrize(("act", "status"), [case[1:] for case in REFUSED], ids=[case[0] for case in REFUSED])
def test_what_is_refused(act, status: int) -> None:
    with pytest.raises(Problem) as refused:
        act(activity())
    assert refused.value.status == status


def test_more_places_let_the_first_in_and_a_late_repeat_does_nothing() -> None:
    one = came(came(activity(1), HOMES[0], 1, "first:d"), HOMES[1], 1)
    more = resized(one, 2, NOW, "more:d")
    assert [row[2] for row in stands(more)] == ["in", "in"] and more.told == ("3-202",)

    left = came(more, HOMES[0], 0)
    assert came(left, HOMES[0], 1, "first:d") is left


@pytest.mark.parametrize(
    ("starts", "ends"),
    [(NOW, ENDS), (NOW + timedelta(days=181), NOW + timedelta(days=182)), (STARTS, STARTS), (STARTS, STARTS + timedelta(hours=25))],
)
def test_an_activity_lies_ahead_and_ends_after_it_begins(starts, ends) -> None:
    with pytest.raises(Problem):
        check(activity(starts=starts, ends=ends), NOW)


STEPS = st.lists(st.tuples(st.integers(0, 7), st.integers(0, 4), st.integers(1, 9)), max_size=40)


@given(st.integers(1, 8), STEPS)
def test_whatever_they_ask_no_place_is_given_twice_and_nobody_waits_beside_a_place_that_fits(places: int, steps: list) -> None:
    one = activity(places)
    order: list[str] = []
    for number, (who, persons, size) in enumerate(steps):
        try:
            if size == 9:
                one = resized(one, max(size, one.taken), NOW, f"s{number}:d")
            else:
                before = one
                one = signed(one, HOMES[who], persons, NOW, f"k{number}:d")
                assert HOMES[who].id not in one.told or one is before
        except Problem:
            continue
        order = [name for name in order if one.row(name, "t1")]
        order += [row.home for row in one.rows if row.home not in order]
        assert one.taken <= one.places
        assert not one.waiting or one.waiting[0].persons > one.left
        assert [row.home for row in one.rows] == order
        first = next((at for at, row in enumerate(one.rows) if row.place is Place.WAITING), len(one.rows))
        assert all(row.place is Place.IN or at >= first for at, row in enumerate(one.rows))


def test_who_can_be_reached_is_told_in_words_and_not_at_night() -> None:
    here = register(homes=(home("3-102"), home("3-202", people=()), home("3-302", tenancy="t2")))
    one = came(came(came(activity(1), HOMES[7], 1), home("3-102"), 1), home("3-302"), 1)
    moved = came(one, HOMES[7], 0)._replace(version=4, told=("3-102", "3-202", "3-302", "9-999"))

    (day,) = tellings(here, moved, NOW)
    (night,) = tellings(here, moved, moment("23:00"))
    (off,) = tellings(here, called_off(moved, "下大雨", NOW, "off:d"), NOW)

    assert (day.person, day.addresses, day.muted_until) == ("3-102", ("sms:+8613800000001",), None)
    assert "写春联（11 月 22 日 14:00，大厅）轮到您家了，1 位" in day.text and "安娜" not in day.text
    assert night.muted_until is not None and "取消了：下大雨" in off.text
    assert tellings(register(policy=policy(sms=False), homes=here.homes), moved, NOW) == []


def test_who_moved_out_loses_the_places_to_who_waits_or_lives_there_now() -> None:
    full = came(came(activity(2), HOMES[0], 2), HOMES[1], 1)
    new, empty = home(HOMES[0].id, tenancy="t2"), home(HOMES[0].id, tenancy="", people=())

    assert stands(came(full, new, 1)) == [("3-202", 1, "in"), ("3-102", 1, "in")]
    assert stands(came(full, empty, 0)) == [("3-202", 1, "in")] and came(full, empty, 0).told == ("3-202",)


def test_who_waits_for_more_than_there_are_in_all_holds_up_nobody() -> None:
    waits = came(came(came(activity(4), HOMES[0], 1), HOMES[1], 4), HOMES[2], 1)
    assert [row[2] for row in stands(waits)] == ["in", "waiting", "waiting"]

    assert [row[2] for row in stands(resized(waits, 2, NOW, "fewer:d"))] == ["in", "waiting", "in"]
