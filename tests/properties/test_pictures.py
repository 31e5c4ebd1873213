"""Whatever is sent as a picture, looking at it comes to an answer; and what was not in the picture does not get in with it."""

from hypothesis import given
from hypothesis import strategies as st

from chalicelib.tickets.jpeg import SEGMENTS, fault
from tests.pictures import picture, segment

GOOD = picture(data=bytes(range(200)))
SPOTS = st.integers(0, len(GOOD) - 1)


@given(st.binary(max_size=400), SPOTS, SPOTS)
def test_any_bytes_anywhere_come_to_an_answer(more: bytes, start: int, end: int):
    for raw in (more, b"\xff\xd8" + more, GOOD[:start] + more + GOOD[end:], more.join((GOOD[:start], GOOD[start:]))):
        assert fault(raw) is None or fault(raw).value


@given(st.integers(0xC0, 0xFE).filter(lambda marker: marker not in SEGMENTS), st.binary(max_size=60))
def test_no_segment_gets_in_that_a_picture_does_not_need(marker: int, part: bytes):
    assert fault(picture(segment(marker, part))) is not None


@given(st.binary(min_size=1, max_size=60))
def test_nothing_gets_in_before_or_behind(more: bytes):
    assert fault(more + GOOD) is not None and fault(GOOD + more) is not None
