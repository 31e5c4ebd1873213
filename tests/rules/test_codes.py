"""Codes on cards and tokens in links: what they look like, and what is stored of them."""

import pytest

from chalicelib.residents.rules import code_from, hash_code, read_code, shown
from chalicelib.shared.letters import LETTERS
from chalicelib.shared.tokens import compound_of, digest_of, mint

CODE = "3K7Q2M9XWT"


@pytest.mark.parametrize(
    "typed",
    [
        "3K7Q2M9XWT",
        "3K7Q2-M9XWT",
        "3k7q2 m9xwt",
        " 3K7Q2–M9XWT\n",
        "3K7Q2—M9XWT",
        "3K7Q2·M9XWT",
        "３Ｋ７Ｑ２－Ｍ９ＸＷＴ",
        "3.K.7.Q.2.M.9.X.W.T",
    ],
)
def test_a_code_is_read_however_it_is_typed(typed: str):
    assert read_code(typed) == CODE


@pytest.mark.parametrize(("typed", "read"), [("O0O0OIL1IL", "0000011111"), ("ooooo-iiiii", "0000011111"), ("lllll lllll", "1111111111")])
def test_letters_that_look_like_digits_are_read_as_digits(typed: str, read: str):
    assert read_code(typed) == read


@pytest.mark.parametrize(
    "typed", ["", "3K7Q2M9XW", "3K7Q2M9XWTT", "3K7Q2M9XWU", "3K7Q2M9XW!", "三K7Q2M9XWT", "3K7Q2M9XW\x00", "٣K7Q2M9XWT"]
)
def test_what_cannot_be_a_code_is_none(typed: str):
    assert read_code(typed) == ""


@pytest.mark.parametrize(
    ("random", "code"),
    [(b"\x00" * 7, "0000000000"), (b"\xff" * 7, "ZZZZZZZZZZ"), (b"\x00" * 7 + b"\x01", "1000000000"), (b"\x20", "0100000000")],
)
def test_ten_letters_are_made_of_fifty_bits(random: bytes, code: str):
    assert code_from(random) == code


def test_the_alphabet_has_no_letter_that_is_mistaken_for_another():
    assert len(set(LETTERS)) == 32 and not set("ILOU") & set(LETTERS)
    assert all(read_code(letter * 10) == letter * 10 for letter in LETTERS)


def test_a_code_is_printed_in_two_groups_and_read_back():
    assert shown(CODE) == "3K7Q2-M9XWT" and read_code(shown(CODE)) == CODE


def test_the_same_code_is_stored_differently_for_every_home():
    hashes = {hash_code(*place, CODE) for place in (("anheli", "3-502"), ("anheli", "3-503"), ("qinghe", "3-502"))}

    assert len(hashes) == 3 and not any(CODE in each for each in hashes)
    assert hash_code("anheli", "3-502", CODE) in hashes


def test_a_link_has_at_least_128_random_bits_and_is_never_the_same_twice():
    tokens = {mint("anheli") for _ in range(50)}

    assert len(tokens) == 50
    assert all(len(token.partition(".")[2]) * 6 >= 128 for token in tokens)
    assert {compound_of(token) for token in tokens} == {"anheli"}


def test_only_the_digest_is_stored_of_a_link():
    token = mint("anheli", b"\x01" * 20)

    assert token == "anheli.AQEBAQEBAQEBAQEBAQEBAQEBAQE"
    assert len(digest_of(token)) == 64 and token.partition(".")[2] not in digest_of(token)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "anheli",
        "anheli.",
        "anheli.short",
        ".AQEBAQEBAQEBAQEBAQEBAQEBAQE",
        "AN.AQEBAQEBAQEBAQEBAQEBAQEBAQE",
        "a.AQEBAQEBAQEBAQEBAQEBAQEBAQE",
        "an#li.AQEBAQEBAQEBAQEBAQEBAQEBAQE",
        "anheli.AQEBAQEBAQEBAQEBAQEBAQEBAQ#",
        "anheli.AQEBAQEBAQEBAQEBAQEBAQEBAQE\n",
        "1nheli.AQEBAQEBAQEBAQEBAQEBAQEBAQE",
    ],
)
def test_what_is_no_link_names_no_compound(text: str):
    assert compound_of(text) is None
