"""The code on a card: it only reports in, counts as the card's first use, and cannot be guessed."""

import pytest

from chalicelib.residents.actions import issue_home_link, open_by_code, open_home, revoke_home_links
from chalicelib.residents.rules import CODE_FAILURES
from chalicelib.shared.problems import Problem
from chalicelib.shared.tokens import mint
from tests.actions.interrupted import InterruptedStore
from tests.builders import moment

NOW = moment("09:00")
CODE, NEWER = "3K7Q2M9XWT", "ABCDEFGHJK"


@pytest.fixture
def store() -> InterruptedStore:
    store = InterruptedStore()
    card(store, CODE)
    return store


def card(store: InterruptedStore, code: str, home: str = "3-502", tenancy: str = "t1") -> str:
    token = mint("anheli")
    issue_home_link(store, NOW, "anheli", home, tenancy, token, code)
    return token


def tried(store: InterruptedStore, code: str, clock: str = "09:00", home: str = "3-502") -> str:
    """The tenancy it opened, or the status it was refused with."""
    try:
        return open_by_code(store, moment(clock), "anheli", home, code)
    except Problem as problem:
        return str(problem.status)


@pytest.mark.parametrize("typed", [CODE, "3k7q2-m9xwt", " 3K7Q2 M9XWT "])
def test_a_code_opens_the_home_it_was_printed_for_however_it_is_typed(store: InterruptedStore, typed: str):
    assert tried(store, typed) == "t1"


@pytest.mark.parametrize("typed", ["", "3K7Q2M9XW", "0000000000", "x" * 10_000])
def test_any_other_code_opens_nothing(store: InterruptedStore, typed: str):
    assert tried(store, typed) == "401"


def test_a_code_opens_no_other_home(store: InterruptedStore):
    card(store, NEWER, home="3-503")

    assert tried(store, CODE, home="3-503") == "401"
    assert tried(store, CODE, home="9-999") == "401"


def test_the_first_use_of_a_code_is_the_first_use_of_its_card(store: InterruptedStore):
    old = card(store, "ZZZZZZZZZZ")
    new = card(store, NEWER)

    assert tried(store, NEWER) == "t1"
    with pytest.raises(Problem):
        open_home(store, old)
    assert tried(store, CODE) == "401" and tried(store, "ZZZZZZZZZZ") == "401"
    assert open_home(store, new)


def test_the_old_cards_code_works_until_the_new_card_is_used(store: InterruptedStore):
    tried(store, CODE)
    new = card(store, NEWER)
    assert tried(store, CODE) == "t1"

    open_home(store, new)

    assert tried(store, CODE) == "401"


def test_a_revoked_cards_code_is_dead_at_once(store: InterruptedStore):
    revoke_home_links(store, NOW, "anheli", "3-502")

    assert tried(store, CODE) == "401"


def test_after_five_wrong_codes_even_the_right_one_waits_for_the_next_hour(store: InterruptedStore):
    assert [tried(store, "0000000000", "09:10") for _ in range(CODE_FAILURES + 1)] == ["401"] * CODE_FAILURES + ["429"]
    assert tried(store, CODE, "09:59:59") == "429"
    assert tried(store, CODE, "10:00") == "t1"


def test_right_codes_do_not_use_up_the_tries(store: InterruptedStore):
    assert [tried(store, CODE) for _ in range(CODE_FAILURES * 3)] == ["t1"] * CODE_FAILURES * 3
    assert [tried(store, "0000000000") for _ in range(CODE_FAILURES)] == ["401"] * CODE_FAILURES
    assert tried(store, CODE) == "429"


def test_a_right_code_forgives_no_wrong_one(store: InterruptedStore):
    for _ in range(CODE_FAILURES - 1):
        tried(store, "0000000000")

    assert tried(store, CODE) == "t1"
    assert [tried(store, "0000000000"), tried(store, CODE)] == ["401", "429"]


def test_wrong_codes_lock_only_the_home_they_were_tried_at(store: InterruptedStore):
    card(store, NEWER, home="3-503")
    for _ in range(CODE_FAILURES + 1):
        tried(store, "0000000000")

    assert tried(store, NEWER, home="3-503") == "t1"


def test_of_two_tries_at_once_both_are_counted(store: InterruptedStore):
    store.before(lambda: tried(store, "0000000000"))
    tried(store, "1111111111")

    assert [tried(store, "0000000000") for _ in range(CODE_FAILURES - 1)] == ["401"] * (CODE_FAILURES - 2) + ["429"]


def test_a_home_without_a_card_writes_nothing_for_a_guess(store: InterruptedStore):
    before = store.writes

    assert tried(store, CODE, home="7-707") == "401"
    assert store.writes == before
