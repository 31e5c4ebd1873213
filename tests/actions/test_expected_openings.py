"""Announced openings of a home's door."""

from datetime import timedelta

import pytest

from chalicelib.shared.problems import Problem
from chalicelib.store import keys
from chalicelib.tasks.actions import MOST, call_off_opening, expect_opening
from chalicelib.tasks.records import from_item
from chalicelib.tasks.rules import Opening
from tests.actions.interrupted import InterruptedStore
from tests.builders import DAY, moment

NOW = moment("09:00")
HOUR, DAYS = timedelta(hours=1), timedelta(days=1)


@pytest.fixture
def store() -> InterruptedStore:
    return InterruptedStore()


def window(identity: str = "o1", start: timedelta = HOUR, length: timedelta = HOUR, reason: str = "送菜") -> Opening:
    return Opening(identity, NOW + start, NOW + start + length, reason)


def announce(store: InterruptedStore, opening: Opening, now=NOW) -> tuple[Opening, bool]:
    return expect_opening(store, now, "anheli", "2-801", opening)


def stored(store: InterruptedStore) -> list[Opening]:
    return from_item(store.get(keys.expected_openings("anheli", "2-801")))


def test_an_announced_window_is_kept_under_its_home(store: InterruptedStore):
    assert announce(store, window()) == (window(), True)
    assert stored(store) == [window()]
    assert from_item(store.get(keys.expected_openings("anheli", "2-802"))) == []
    assert from_item(store.get(keys.expected_openings("qinghe", "2-801"))) == []


def test_a_repeat_changes_nothing_and_another_window_under_the_same_id_is_refused(store: InterruptedStore):
    announce(store, window())

    assert announce(store, window()) == (window(), False)
    with pytest.raises(Problem) as refused:
        announce(store, window(reason="别的"))
    assert refused.value.status == 422
    assert stored(store) == [window()] and store.writes == 1


def test_a_repeat_gets_its_first_answer_also_when_the_window_is_over_by_then(store: InterruptedStore):
    announce(store, window())

    assert announce(store, window(), now=NOW + 3 * HOUR) == (window(), False)


@pytest.mark.parametrize(
    ("start", "length", "status"),
    [
        (HOUR, timedelta(0), 400),
        (HOUR, -HOUR, 400),
        (HOUR, DAYS, None),
        (HOUR, DAYS + timedelta(seconds=1), 400),
        (-HOUR, HOUR, 400),
        (-HOUR, HOUR + timedelta(seconds=1), None),
        (-9 * DAYS, 9 * DAYS + HOUR, 400),
        (31 * DAYS, HOUR, None),
        (31 * DAYS + timedelta(seconds=1), HOUR, 400),
    ],
)
def test_a_window_is_at_most_a_day_long_not_over_and_within_the_coming_month(
    store: InterruptedStore, start: timedelta, length: timedelta, status: int | None
):
    try:
        announce(store, window(start=start, length=length))
        got = None
    except Problem as problem:
        got = problem.status

    assert got == status
    assert len(stored(store)) == (status is None)


def test_a_home_has_only_so_many_windows(store: InterruptedStore):
    for number in range(MOST):
        announce(store, window(f"o{number}"))

    with pytest.raises(Problem) as refused:
        announce(store, window("one-more"))

    assert refused.value.status == 409
    assert announce(store, window("o0")) == (window("o0"), False)


def test_windows_that_are_over_make_room_again(store: InterruptedStore):
    for number in range(MOST - 1):
        announce(store, window(f"o{number}"))
    announce(store, window("far", start=20 * DAYS))

    later = NOW + 3 * DAYS
    announce(store, window("new", start=4 * DAYS), now=later)

    assert [opening.id for opening in stored(store)] == ["far", "new"]


def test_a_window_stays_readable_for_a_day_after_its_end(store: InterruptedStore):
    announce(store, window())
    announce(store, window("o2", start=2 * DAYS), now=NOW + 2 * HOUR + DAYS - timedelta(seconds=1))

    assert [opening.id for opening in stored(store)] == ["o1", "o2"]


def test_the_row_lives_until_after_its_last_window(store: InterruptedStore):
    announce(store, window("late", start=20 * DAYS))
    announce(store, window("early"))

    item = store.get(keys.expected_openings("anheli", "2-801"))

    assert item and item["ttl"] > (moment("10:00", DAY) + 21 * DAYS).timestamp()


def test_two_windows_announced_at_once_are_both_kept(store: InterruptedStore):
    store.before(lambda: announce(store, window("theirs")))
    announce(store, window("ours"))

    assert {opening.id for opening in stored(store)} == {"theirs", "ours"}


def test_a_home_that_everybody_writes_to_at_once_answers_busy(store: InterruptedStore):
    def crowd(number: int) -> None:
        store.before(lambda: crowd(number + 1))
        announce_plain(number)

    def announce_plain(number: int) -> None:
        acts, store._acts = store._acts, []
        announce(store, window(f"crowd{number}"))
        store._acts = acts

    store.before(lambda: crowd(0))
    with pytest.raises(Problem) as refused:
        announce(store, window("ours"))

    assert refused.value.status == 503


def test_what_is_called_off_was_expected_until_then_and_once(store: InterruptedStore):
    announce(store, window("o1", start=timedelta()))
    announce(store, window("o2"))
    called = [call_off_opening(store, NOW + HOUR / 2, "anheli", "2-801", which) for which in ("o1", "o1", "o2", "o3")]

    assert called == [True, False, True, False]
    assert stored(store) == [window("o1", start=timedelta(), length=HOUR / 2)]
