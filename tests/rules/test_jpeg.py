"""A photo is a picture and nothing else."""

import pytest

from chalicelib.tickets.jpeg import LARGEST, Fault, fault
from tests.pictures import BAD, EOI, JFIF, TABLES, frame, picture, scan, segment

GOOD = {
    "plain": picture(),
    "the longest edge": picture(size=(1600, 1200)),
    "upright": picture(size=(900, 1600)),
    "progressive": b"\xff\xd8" + JFIF + TABLES + frame(marker=0xC2) + scan() * 10 + EOI,
    "from Adobe": picture(segment(0xEE, b"Adobe\0d\0\0\0\0\1")),
    "with restarts": picture(segment(0xDD, b"\0\4"), data=b"\0\xff\xd0\0\xff\xd1\0"),
    "with a stuffed byte": picture(data=b"\xff\0\xff\0"),
    "as large as may be": picture(data=bytes(LARGEST - len(picture(data=b"")))),
}


@pytest.mark.parametrize("raw", GOOD.values(), ids=GOOD)
def test_a_picture_as_a_browser_draws_it_is_taken(raw: bytes):
    assert fault(raw) is None


@pytest.mark.parametrize("raw", BAD.values(), ids=BAD)
def test_whatever_else_calls_itself_a_picture_is_refused(raw: bytes):
    assert fault(raw) is not None


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("3 MB", Fault.TOO_LARGE),
        ("a JPEG of 65,500 by 65,500", Fault.TOO_LARGE),
        ("a JPEG cut short", Fault.TORN),
        ("a JPEG with an archive behind it (GIFAR)", Fault.MORE_INSIDE),
        ("a JPEG that says where it was taken", Fault.MORE_INSIDE),
        ("a GIF", Fault.NO_PICTURE),
    ],
)
def test_it_says_what_is_wrong(name: str, why: Fault):
    assert fault(BAD[name]) is why


def test_a_picture_cut_anywhere_is_refused():
    whole = picture()
    assert [length for length in range(len(whole)) if fault(whole[:length]) is None] == []


def test_any_byte_put_before_or_behind_is_refused():
    assert [byte for byte in range(256) if fault(picture(more=bytes((byte,)))) is None or fault(bytes((byte,)) + picture()) is None] == []
