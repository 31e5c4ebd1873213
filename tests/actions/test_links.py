"""A home's links and cards: issued, used for the first time, replaced, revoked."""

import pytest

from chalicelib.residents.actions import issue_home_link, mint_code, open_home, revoke_home_links
from chalicelib.residents.rules import LIVE_LINKS
from chalicelib.shared.letters import LETTERS
from chalicelib.shared.problems import Problem
from chalicelib.shared.tokens import mint
from chalicelib.store.contract import Store
from chalicelib.store.memory import MemoryStore
from tests.actions.interrupted import InterruptedStore
from tests.builders import moment

NOW = moment("08:00")


@pytest.fixture
def store() -> InterruptedStore:
    return InterruptedStore()


def card(store: Store, home: str = "3-502", tenancy: str = "t1", key: str = "", compound: str = "anheli") -> str:
    """A new card's token."""
    token = mint(compound)
    issue_home_link(store, NOW, compound, home, tenancy, token, mint_code(), key)
    return token


def works(store: Store, token: str) -> bool:
    try:
        open_home(store, token)
    except Problem as problem:
        assert (problem.status, problem.slug) == (401, "dead-link")
        return False
    return True


def test_a_link_opens_its_own_door_and_tells_the_tenancy(store: InterruptedStore):
    assert open_home(store, card(store)) == ("anheli", "3-502", "t1")
    assert open_home(store, card(store, "3-503", "t7")) == ("anheli", "3-503", "t7")


def test_nothing_that_is_stored_opens_a_door(store: InterruptedStore):
    token = card(store)
    secret = token.partition(".")[2]

    assert secret not in repr(store._items)


@pytest.mark.parametrize("token", ["", "anheli.", "x", mint("anheli"), mint("nowhere")], ids=["empty", "half", "word", "ours", "theirs"])
def test_what_is_no_link_of_ours_opens_nothing(store: InterruptedStore, token: str):
    assert not works(store, token)


def test_a_link_named_after_another_compound_opens_nothing(store: InterruptedStore):
    secret = card(store).partition(".")[2]

    assert not works(store, f"qinghe.{secret}")


def test_the_old_card_works_until_the_new_one_is_first_used(store: InterruptedStore):
    old = card(store)
    assert works(store, old)
    new = card(store)

    assert works(store, old)
    assert works(store, new)
    assert not works(store, old)
    assert works(store, new)


def test_in_a_chain_of_unused_cards_each_kills_only_those_before_it(store: InterruptedStore):
    first, second, third = card(store), card(store), card(store)

    assert works(store, second) and not works(store, first)
    assert works(store, third) and not works(store, second)


def test_using_an_old_unused_card_leaves_the_newer_ones_alive(store: InterruptedStore):
    first, second, third = card(store), card(store), card(store)

    assert works(store, first)
    assert works(store, third) and not works(store, first) and not works(store, second)


def test_a_link_that_is_in_use_costs_no_write(store: InterruptedStore):
    token = card(store)
    open_home(store, token)
    before = store.writes

    open_home(store, token)

    assert store.writes == before


def test_revoking_works_at_once_for_every_card_and_says_how_many(store: InterruptedStore):
    used, unused, neighbour = card(store), card(store), card(store, "3-503")
    open_home(store, used)

    assert revoke_home_links(store, NOW, "anheli", "3-502") == 2
    assert not works(store, used) and not works(store, unused)
    assert works(store, neighbour)
    assert revoke_home_links(store, NOW, "anheli", "3-502") == 0


def test_a_repeat_of_a_revocation_gets_the_first_answer_and_spares_the_next_card(store: InterruptedStore):
    card(store)
    first = revoke_home_links(store, NOW, "anheli", "3-502", "key-1")
    new = card(store)

    assert revoke_home_links(store, NOW, "anheli", "3-502", "key-1") == first == 1
    assert works(store, new)


def test_a_card_issued_twice_with_the_same_token_is_one_card(store: InterruptedStore):
    token, code = mint("anheli"), mint_code()

    editions = [issue_home_link(store, NOW, "anheli", "3-502", "t1", token, code) for _ in range(2)]

    assert editions == [1, 1]
    assert revoke_home_links(store, NOW, "anheli", "3-502") == 1


def test_a_card_is_not_printed_twice_under_one_key(store: InterruptedStore):
    card(store, key="key-1")

    with pytest.raises(Problem) as refused:
        card(store, key="key-1")

    assert (refused.value.status, refused.value.slug) == (409, "shown-already")
    assert revoke_home_links(store, NOW, "anheli", "3-502") == 1


def test_only_so_many_cards_live_and_the_oldest_unused_one_gives_way(store: InterruptedStore):
    tokens = [card(store) for _ in range(LIVE_LINKS + 2)]

    assert [works(store, token) for token in tokens[:2]] == [False, False]
    assert revoke_home_links(store, NOW, "anheli", "3-502") == LIVE_LINKS


def test_the_card_on_the_door_outlives_any_number_of_unused_prints(store: InterruptedStore):
    on_the_door = card(store)
    open_home(store, on_the_door)
    prints = [card(store) for _ in range(LIVE_LINKS + 3)]

    assert works(store, on_the_door)
    assert works(store, prints[-1])
    assert not any(works(store, token) for token in [on_the_door, *prints[:-1]])


def test_editions_count_every_card_ever_printed(store: InterruptedStore):
    editions = [issue_home_link(store, NOW, "anheli", "3-502", "t1", mint("anheli"), mint_code()) for _ in range(LIVE_LINKS + 2)]

    assert editions == list(range(1, LIVE_LINKS + 3))


def test_of_two_first_uses_at_once_both_come_in(store: InterruptedStore):
    old, new = card(store), card(store)
    store.before(lambda: open_home(store, new))

    assert works(store, new)
    assert not works(store, old)


def test_a_link_revoked_between_its_check_and_its_first_use_opens_nothing(store: InterruptedStore):
    token = card(store)
    store.before(lambda: revoke_home_links(store, NOW, "anheli", "3-502"))

    assert not works(store, token)


def test_two_cards_printed_at_once_are_both_alive(store: InterruptedStore):
    others: list[str] = []
    store.before(lambda: others.append(card(store)))
    token = card(store)

    assert works(store, others[0])
    assert works(store, token)


def test_minted_codes_differ_and_carry_ten_letters():
    codes = {mint_code() for _ in range(50)}

    assert len(codes) == 50 and all(len(code) == 10 and set(code) <= set(LETTERS) for code in codes)


def test_a_home_of_the_same_number_in_another_compound_has_links_of_its_own():
    store = MemoryStore()
    ours, theirs = card(store), card(store, compound="qinghe")

    assert revoke_home_links(store, NOW, "anheli", "3-502") == 1
    assert not works(store, ours) and works(store, theirs)
