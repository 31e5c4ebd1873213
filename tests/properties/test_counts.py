"""Nobody who knows the total can say what a small count is."""

from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from chalicelib.shared.counts import MANY, Hidden, countable, sayable


def possible(shown: list[int | Hidden], total: int) -> list[tuple[int, ...]]:
    """Every column that a reader who knows the rules would be shown like this, with this total."""
    most = total + 1
    ranges = [range(1, MANY) if cell is Hidden.FEW else range(MANY, most) if cell is Hidden.WITHHELD else (cell,) for cell in shown]
    return [each for each in product(*ranges) if sum(each) == total]


@given(st.lists(st.integers(0, 9), min_size=1, max_size=5))
def test_a_small_count_is_never_shown_nor_reckoned_while_anything_is_left_to_withhold(counts: list[int]):
    shown = list(countable({str(number): count for number, count in enumerate(counts)}).values())

    for count, cell in zip(counts, shown, strict=True):
        assert (cell is Hidden.FEW) == (0 < count < MANY)
        assert cell in (count, Hidden.WITHHELD, Hidden.FEW)
    if any(isinstance(cell, int) and cell >= MANY for cell in shown):
        columns = possible(shown, sum(counts))
        for place, cell in enumerate(shown):
            assert cell is not Hidden.FEW or len({column[place] for column in columns}) > 1


def test_nothing_is_withheld_without_need():
    assert countable({"a": 7, "b": 0, "c": 12}) == {"a": 7, "b": 0, "c": 12}
    assert countable({"a": 3, "b": 2, "c": 12}) == {"a": Hidden.FEW, "b": Hidden.FEW, "c": 12}
    assert countable({"a": 3, "b": 9, "c": 12}) == {"a": Hidden.FEW, "b": Hidden.WITHHELD, "c": 12}


def test_a_single_count():
    assert [sayable(count) for count in (0, 1, 4, 5)] == [0, Hidden.FEW, Hidden.FEW, 5]
