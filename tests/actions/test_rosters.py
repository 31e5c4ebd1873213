"""The duty roster, a week at once."""

from datetime import date, datetime, timedelta, timezone

import pytest

from chalicelib.register import actions, records
from chalicelib.register.changes import Changes, Leave, Week
from chalicelib.register.records import to_item
from chalicelib.register.rosters import monday, set_shifts, week_gaps, week_shifts
from chalicelib.shared.problems import Problem
from chalicelib.tasks.shifts import Shift, on_duty
from tests.actions.interrupted import InterruptedStore
from tests.builders import moment, register

MONDAY = date(2026, 11, 23)
SUNDAY, TUESDAY, NEXT_WEEK = MONDAY - timedelta(days=1), MONDAY + timedelta(days=1), MONDAY + timedelta(days=7)
NOW = moment("08:00")
WANG, LIU, CHEN = "anheli.wang", "anheli.liu", "anheli.chen"
EARLY = Shift(WANG, moment("06:00", MONDAY), moment("18:00", MONDAY))
NIGHT = Shift(LIU, moment("18:00", MONDAY), moment("06:00", TUESDAY))


@pytest.fixture
def store() -> InterruptedStore:
    fresh = InterruptedStore()
    fresh.fill([to_item(register(), 1)])
    return fresh


def put(store: InterruptedStore, *shifts: Shift, id: str = "w1", first: date = MONDAY, seen: str = "", by: str = CHEN, now: datetime = NOW) -> Changes:  # fmt: skip
    return set_shifts(store, now, register(), Week(first, id, by, now), shifts, seen)


def refused(act) -> tuple[int, str, dict]:
    with pytest.raises(Problem) as problem:
        act()
    return problem.value.status, problem.value.slug, problem.value.more


def test_a_week_is_set_at_once_and_says_who_is_on_duty(store: InterruptedStore):
    changes = put(store, NIGHT, EARLY)

    assert changes.shifts == (NIGHT, EARLY)
    assert on_duty(records.changes(store, "anheli")[0].duty(), moment("23:00", MONDAY)) == [LIU]
    (line,) = records.history(store, "anheli", "ROSTER")
    assert (line.what, line.by, line.more["week"], len(line.more["shifts"])) == ("roster.set", CHEN, "2026-11-23", 2)


def test_another_edition_replaces_this_week_and_no_other(store: InterruptedStore):
    other = Shift(CHEN, moment("08:00", NEXT_WEEK), moment("16:00", NEXT_WEEK))
    put(store, EARLY, NIGHT)
    put(store, other, id="w2", first=NEXT_WEEK)

    changes = put(store, NIGHT, id="w3", seen="w1")

    assert (week_shifts(changes, MONDAY), week_shifts(changes, NEXT_WEEK)) == ([NIGHT], [other])


def test_a_night_shift_belongs_to_the_week_it_begins_in(store: InterruptedStore):
    night = Shift(LIU, moment("18:00", SUNDAY), moment("06:00", MONDAY))
    put(store, night, id="w0", first=monday(SUNDAY))

    changes = put(store, EARLY)

    assert changes.shifts == (night, EARLY)


def test_hours_in_a_row_count_across_the_weeks_edge(store: InterruptedStore):
    put(store, Shift(WANG, moment("22:00", SUNDAY), moment("06:00", MONDAY)), id="w0", first=monday(SUNDAY))

    status, slug, more = refused(lambda: put(store, EARLY))

    assert (status, slug, more["wrong"], more["staff"]) == (400, "shifts", "too_long", WANG)
    assert (more["from"], more["until"]) == ("2026-11-22T22:00:00+08:00", "2026-11-23T18:00:00+08:00")


@pytest.mark.parametrize(
    ("shifts", "wrong"),
    [
        ((EARLY, EARLY._replace(starts=moment("17:00", MONDAY))), "overlap"),
        ((EARLY, EARLY), "overlap"),
        ((EARLY._replace(ends=moment("18:01", MONDAY)),), "too_long"),
        ((EARLY._replace(ends=EARLY.starts),), "empty"),
        ((EARLY._replace(ends=moment("05:00", MONDAY)),), "empty"),
    ],
)
def test_what_a_roster_must_not_have_is_refused_and_said(store: InterruptedStore, shifts: tuple[Shift, ...], wrong: str):
    status, slug, more = refused(lambda: put(store, *shifts))

    assert (status, slug, more["wrong"], more["staff"]) == (400, "shifts", wrong, WANG)
    assert store.writes == 0


def test_nobody_unknown_and_nobody_on_leave_is_put_on_duty(store: InterruptedStore):
    actions.take_leave(store, NOW, register(), Leave("l1", LIU, TUESDAY, TUESDAY, CHEN, NOW))

    assert refused(lambda: put(store, EARLY._replace(staff="v1")))[:2] == (404, "not-found")
    assert refused(lambda: put(store, EARLY, NIGHT))[2]["wrong"] == "on_leave"
    assert put(store, EARLY)


def test_leave_taken_afterwards_leaves_a_gap_that_is_listed(store: InterruptedStore):
    put(store, EARLY, NIGHT)
    assert [(gap.starts, gap.ends) for gap in week_gaps(put(store, EARLY, NIGHT), MONDAY)] == [
        (moment("00:00", MONDAY), moment("06:00", MONDAY)),
        (moment("06:00", TUESDAY), moment("00:00", NEXT_WEEK)),
    ]

    actions.take_leave(store, NOW, register(), Leave("l1", LIU, TUESDAY, TUESDAY, CHEN, NOW))
    changes, _ = records.changes(store, "anheli")

    assert on_duty(changes.duty(), moment("23:00", MONDAY)) == []
    assert week_gaps(changes, MONDAY)[1] == (moment("18:00", MONDAY), moment("00:00", NEXT_WEEK))


@pytest.mark.parametrize("first", [TUESDAY, SUNDAY, MONDAY - timedelta(days=14), MONDAY + timedelta(days=371)])
def test_only_this_week_or_one_within_a_year_from_its_monday_on(store: InterruptedStore, first: date):
    assert refused(lambda: put(store, first=first))[:2] == (400, "week")


@pytest.mark.parametrize("starts", [moment("23:59", SUNDAY), moment("00:00", NEXT_WEEK)])
def test_a_shift_of_another_week_is_refused(store: InterruptedStore, starts: datetime):
    assert refused(lambda: put(store, Shift(WANG, starts, starts + timedelta(hours=1))))[:2] == (400, "week")


@pytest.mark.parametrize("edge", [datetime.max, datetime.min])  # noqa: DTZ901 the zone is given below
@pytest.mark.parametrize("offset", [-12, 0, 14])
def test_a_shift_at_the_end_of_all_time_is_refused_like_any_other(store: InterruptedStore, edge: datetime, offset: int):
    instant = edge.replace(tzinfo=timezone(timedelta(hours=offset)))

    assert refused(lambda: put(store, EARLY._replace(starts=instant)))[:2] == (400, "week")
    assert refused(lambda: put(store, EARLY._replace(ends=instant)))[:2] == (400, "week")


def test_whoever_has_not_seen_the_latest_edition_is_told_whose_it_is(store: InterruptedStore):
    put(store, EARLY)
    store.before(lambda: put(store, NIGHT, id="theirs", seen="w1", by=LIU))

    assert refused(lambda: put(store, EARLY, NIGHT, id="ours", seen="w1")) == (409, "roster-changed", {"by": LIU})
    assert records.changes(store, "anheli")[0].shifts == (NIGHT,)


def test_the_same_request_counts_once_and_stands_for_one_roster(store: InterruptedStore):
    first = put(store, EARLY, NIGHT)
    kept = dict(store._items)

    assert put(store, NIGHT, EARLY, now=NOW + timedelta(minutes=5)) == first
    assert refused(lambda: put(store, EARLY))[:2] == (422, "key-reused")
    assert store._items == kept


def test_an_empty_week_is_a_week(store: InterruptedStore):
    put(store, EARLY)

    assert put(store, id="w2", seen="w1").shifts == ()
