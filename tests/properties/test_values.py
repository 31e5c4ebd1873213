"""What is put into the table comes out the same."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.store.values import from_typed, to_typed

TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
PLAIN = st.one_of(TEXT, st.integers(-(10**37), 10**37), st.booleans(), st.binary(max_size=12))
VALUES = st.recursive(PLAIN, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXT, inner, max_size=4), max_leaves=12)
ITEMS = st.dictionaries(TEXT, VALUES, max_size=6)


@given(ITEMS)
def test_an_item_makes_the_round_trip(item: dict):
    back = from_typed(to_typed(item))

    assert back == item
    assert _kinds(back) == _kinds(item)


@given(ITEMS, TEXT)
def test_a_member_that_is_none_is_left_out(item: dict, name: str):
    back = from_typed(to_typed({**item, name: None}))

    assert back == {key: value for key, value in item.items() if key != name}


@given(st.lists(VALUES, max_size=4))
def test_a_tuple_comes_back_as_a_list(values: list):
    assert from_typed(to_typed({"t": tuple(values)})) == {"t": values}


@given(st.one_of(st.floats(), st.sets(st.integers(), min_size=1), st.dates(), st.decimals(), st.complex_numbers()))
def test_what_would_not_survive_is_refused_at_any_depth(value: object):
    for item in ({"x": value}, {"x": [value]}, {"x": {"y": [value]}}):
        with pytest.raises(TypeError):
            to_typed(item)


def _kinds(value: object) -> object:
    """The types inside, so that True is not taken for 1."""
    if isinstance(value, dict):
        return {key: _kinds(each) for key, each in value.items()}
    return [_kinds(each) for each in value] if isinstance(value, list) else type(value)
