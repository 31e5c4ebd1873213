"""What is planted in a letter is found: what points at somebody for certain always, names nearly always; and plain words stay plain."""

import random

import pytest

from chalicelib.cases.identifiers import Identifier, identifiers
from chalicelib.cases.names import names
from tests.cases_letters import PLAIN, with_identifier, with_name

LETTERS = 500


@pytest.mark.parametrize("seed", range(LETTERS))
def test_an_identifier_is_always_found(seed: int):
    letter = with_identifier(random.Random(seed))
    place = letter.text.index(letter.planted)

    assert any(mark.start < place + len(letter.planted) and mark.end > place for mark in identifiers(letter.text)), letter


def test_nineteen_names_of_twenty_are_flagged():
    letters = [with_name(random.Random(seed)) for seed in range(LETTERS)]
    flagged = [
        any(mark.start < place + len(letter.planted) and mark.end > place for mark in names(letter.text))
        for letter in letters
        for place in [letter.text.index(letter.planted)]
    ]

    assert sum(flagged) >= 0.95 * LETTERS, sum(flagged)


@pytest.mark.parametrize("text", PLAIN)
def test_plain_words_are_no_identifiers_and_hardly_names(text: str):
    assert identifiers(text) == []
    assert len(names(text)) <= 1


def test_the_practice_that_names_a_building_a_surname_and_a_sex_is_refused():
    """As one compound published it: everybody in the building knew who it was."""
    text = "3栋王女士家的奶粉断供，我们当天就联系超市送到了"

    assert [(mark.what, text[mark.start : mark.end]) for mark in identifiers(text)] == [(Identifier.DOOR, "3栋")]
    assert "王女士" in {text[mark.start : mark.end] for mark in names(text)}


def test_every_name_of_the_compound_is_flagged_however_rare():
    assert [mark[:3] for mark in names("溪苍术来过", ["溪苍术"])] == [("name", 0, 3)]


@pytest.mark.parametrize(
    ("text", "what"), [("孩子在育才小学读书", "school"), ("在华天科技公司上班", "employer"), ("送到市第二医院", "employer")]
)
def test_schools_and_employers_are_flagged(text: str, what: str):
    assert what in {mark.what for mark in names(text)}
