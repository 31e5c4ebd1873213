"""How many texts an address gets: never more than its rates allow in any stretch of time, and never for good none."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.post.limits import Grant, Rate, Used, grant, recent
from tests.builders import moment

NOW = moment("09:00")
MINUTE, SECOND = Rate(20, 60), Rate(5, 1)


def used(*pairs: tuple[str, int]) -> list[Used]:
    return [Used(moment(clock), texts) for clock, texts in pairs]


@pytest.mark.parametrize(
    ("rates", "before", "sizes", "granted", "again"),
    [
        ((), [], [1] * 99, 99, "09:00"),
        ([MINUTE], [], [], 0, "09:00"),
        ([MINUTE], [], [1] * 20, 20, "09:00"),
        ([MINUTE], [], [1] * 21, 20, "09:01"),
        ([MINUTE], [("08:59:30", 18)], [1, 1, 1], 2, "09:00:30"),
        ([MINUTE], [("08:59:30", 18)], [3, 1], 0, "09:00:30"),
        ([MINUTE], [("08:59:30", 10), ("08:59:40", 10)], [1], 0, "09:00:30"),
        ([MINUTE], [("08:59:40", 10), ("08:59:30", 10)], [11], 0, "09:00:40"),
        ([MINUTE], [("08:59", 20)], [20], 1, "09:00"),
        ([MINUTE], [("08:59:01", 20)], [1], 0, "09:00:01"),
        ([Rate(100, 60), SECOND], [], [1] * 9, 5, "09:00:01"),
        ([Rate(100, 60), SECOND], [("08:59:10", 97)], [1] * 9, 3, "09:00:10"),
        ([MINUTE], [("09:00:20", 20)], [1], 0, "09:01:20"),
        ([MINUTE], [("10:00", 20)], [1], 1, "09:00"),
    ],
)
def test_packs_leave_while_there_is_room(rates: list[Rate], before: list, sizes: list[int], granted: int, again: str):
    assert grant(rates, used(*before), NOW, sizes) == Grant(granted, moment(again))


def test_what_is_over_is_forgotten():
    before = used(("08:58", 1), ("08:59", 2), ("08:59:01", 3), ("09:00", 4), ("12:00", 5))

    assert [each.texts for each in recent([MINUTE, SECOND], before, NOW)] == [3, 4]


STEPS = st.lists(st.tuples(st.integers(0, 90), st.lists(st.integers(1, 4), min_size=1, max_size=30)), min_size=1, max_size=12)


@given(STEPS, st.sampled_from([(MINUTE,), (Rate(20, 120),), (Rate(100, 60), SECOND)]))
def test_however_it_is_asked_no_stretch_of_time_holds_more(steps: list[tuple[int, list[int]]], rates: tuple[Rate, ...]):
    now, sent, kept = NOW, [], []
    for wait, sizes in steps:
        now += timedelta(seconds=wait)
        kept = recent(rates, kept, now)
        given_now = grant(rates, kept, now, sizes)
        texts = sum(sizes[: given_now.packs])
        kept, sent = [*kept, Used(now, texts)], [*sent, (now, texts)]
        if given_now.packs < len(sizes):
            later = grant(rates, recent(rates, kept, given_now.again), given_now.again, sizes[given_now.packs :])
            assert given_now.again > now and later.packs >= 1
    for rate in rates:
        for start, _ in sent:
            assert sum(texts for at, texts in sent if start <= at < start + timedelta(seconds=rate.seconds)) <= rate.most
