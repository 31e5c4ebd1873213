"""Ticket numbers: said on the phone, typed from paper, checked at once."""

import pytest

from chalicelib.shared.letters import LETTERS
from chalicelib.tickets.numbers import number_of, read_number
from tests.builders import moment

NUMBER = number_of("3-502:t1:k", moment("09:00"))


def test_a_number_begins_with_its_month_and_is_the_same_for_the_same_request():
    assert NUMBER.startswith("2611-") and len(NUMBER) == 10
    assert number_of("3-502:t1:k", moment("23:59")) == NUMBER != number_of("3-502:t1:k", moment("09:00"), 1)


@pytest.mark.parametrize(
    "spoken",
    [NUMBER.lower(), NUMBER.replace("-", ""), f" {NUMBER} ", NUMBER.replace("-", "－"), NUMBER.replace("0", "O").replace("1", "l")],
)
def test_it_is_understood_as_people_write_it(spoken: str):
    assert read_number(spoken) == NUMBER


def test_one_wrong_letter_is_always_noticed():
    for place in (0, 1, 3, 5, 6, 7, 8, 9):
        for letter in LETTERS:
            wrong = NUMBER[:place] + letter + NUMBER[place + 1 :]
            assert wrong == NUMBER or read_number(wrong) == ""


@pytest.mark.parametrize("text", ["", "2613-K7Q3M", "2611-K7Q3", "2611-K7Q3MM", "OPEN", "../2611", "2611-UUUUU"])
def test_what_cannot_be_one_is_none(text: str):
    assert read_number(text) == ""
