"""A volunteer's personal link and the phones it was confirmed on."""

from datetime import timedelta

import pytest

from chalicelib.shared.problems import Problem
from chalicelib.shared.tokens import mint
from chalicelib.store.contract import Store
from chalicelib.volunteers.actions import confirm_device, end_link, issue_link, new_code, open_device, open_link
from chalicelib.volunteers.rules import CODE_TRIES, CODE_VALID, MOST_DEVICES
from tests.actions.interrupted import InterruptedStore
from tests.builders import moment, other_register, register

NOW = moment("08:00")
CODE = "048213"


@pytest.fixture
def store() -> InterruptedStore:
    return InterruptedStore()


def linked(store: Store, code: str = CODE, key: str = "") -> str:
    token = mint("anheli")
    issue_link(store, NOW, register(), "v1", token, code, key)
    return token


def confirmed(store: Store, token: str, code: str = CODE, now=NOW, key: str = "key-1") -> str:
    return confirm_device(store, now, token, code, key)


def refused(act) -> tuple[int, str]:
    with pytest.raises(Problem) as problem:
        act()
    return problem.value.status, problem.value.slug


def test_a_link_is_bound_to_a_person_and_opens_nothing_on_an_unknown_phone(store: InterruptedStore):
    token = linked(store)

    compound, link = open_link(store, token)

    assert (compound, link.volunteer, link.devices) == ("anheli", "v1", ())
    assert refused(lambda: open_device(store, token, "")) == (401, "device")
    assert refused(lambda: open_device(store, token, "guess")) == (401, "device")


def test_a_phone_confirmed_by_the_coordinators_digits_opens_the_round(store: InterruptedStore):
    token = linked(store)
    device = confirmed(store, token, f" {CODE} ")

    compound, link = open_device(store, token, device)

    assert (compound, link.volunteer) == ("anheli", "v1")
    assert device not in repr(store._items) and token.partition(".")[2] not in repr(store._items) and CODE not in repr(store._items)


def test_a_confirmed_phone_without_its_link_opens_nothing(store: InterruptedStore):
    device = confirmed(store, linked(store))

    assert refused(lambda: open_device(store, mint("anheli"), device)) == (401, "dead-link")
    assert refused(lambda: open_device(store, "", device)) == (401, "dead-link")


def test_the_digits_are_spent_by_the_first_phone(store: InterruptedStore):
    token = linked(store)
    confirmed(store, token)

    assert refused(lambda: confirmed(store, token, key="key-2")) == (410, "code-over")


def test_a_repeat_of_the_request_gets_the_same_phones_token(store: InterruptedStore):
    token = linked(store)

    assert confirmed(store, token) == confirmed(store, token)
    assert len(open_link(store, token)[1].devices) == 1


def test_a_phones_token_cannot_be_had_with_the_key_but_without_the_digits(store: InterruptedStore):
    token = linked(store)
    confirmed(store, token)

    assert refused(lambda: confirmed(store, token, "000000")) == (410, "code-over")


def test_after_five_wrong_digits_even_the_right_ones_are_over(store: InterruptedStore):
    token = linked(store)

    tries = [refused(lambda: confirmed(store, token, "999999")) for _ in range(CODE_TRIES)]

    assert tries == [(401, "wrong-code")] * CODE_TRIES
    assert refused(lambda: confirmed(store, token)) == (410, "code-over")


def test_digits_hold_for_a_day(store: InterruptedStore):
    token = linked(store)
    over = NOW + CODE_VALID + timedelta(seconds=1)

    assert refused(lambda: confirmed(store, token, now=over)) == (410, "code-over")
    assert confirmed(store, token, now=NOW + CODE_VALID)


def test_a_new_link_ends_the_old_one_with_its_phones_and_its_digits(store: InterruptedStore):
    old = linked(store)
    device = confirmed(store, old)
    new = linked(store, "111111")

    assert refused(lambda: open_link(store, old)) == (401, "dead-link")
    assert refused(lambda: open_device(store, old, device)) == (401, "dead-link")
    assert refused(lambda: open_device(store, new, device)) == (401, "device")
    assert refused(lambda: confirmed(store, new)) == (401, "wrong-code")
    assert open_link(store, new)[1].volunteer == "v1"


def test_a_link_is_shown_once_under_one_key(store: InterruptedStore):
    token = linked(store, key="key-1")

    assert refused(lambda: linked(store, key="key-1")) == (409, "shown-already")
    assert open_link(store, token)


def test_nobody_gets_a_link_for_somebody_who_is_not_on_the_list(store: InterruptedStore):
    assert refused(lambda: issue_link(store, NOW, register(), "v9", mint("anheli"), CODE)) == (404, "not-found")
    assert refused(lambda: issue_link(store, NOW, other_register(), "v1", mint("qinghe"), CODE)) == (404, "not-found")
    assert store.writes == 0


def test_a_further_phone_is_confirmed_by_a_code_of_its_own_and_the_oldest_makes_room(store: InterruptedStore):
    token = linked(store)
    phones = [confirmed(store, token, key="phone-0")]
    for number in range(1, MOST_DEVICES + 1):
        new_code(store, NOW, register(), "v1", CODE, f"code-{number}")
        phones.append(confirmed(store, token, key=f"phone-{number}"))

    assert refused(lambda: open_device(store, token, phones[0])) == (401, "device")
    assert all(open_device(store, token, phone) for phone in phones[1:])


def test_who_has_no_link_gets_no_code_and_a_code_is_shown_once(store: InterruptedStore):
    assert refused(lambda: new_code(store, NOW, register(), "v1", CODE)) == (409, "no-link")

    linked(store)
    new_code(store, NOW, register(), "v1", CODE, "key-1")
    assert refused(lambda: new_code(store, NOW, register(), "v1", CODE, "key-1")) == (409, "shown-already")


def test_a_link_that_ends_takes_its_phones_with_it(store: InterruptedStore):
    token = linked(store)
    phone = confirmed(store, token)

    assert end_link(store, "anheli", "v1") and not end_link(store, "anheli", "v1")
    assert refused(lambda: open_device(store, token, phone)) == (401, "dead-link")


def test_of_two_phones_at_once_only_one_is_confirmed(store: InterruptedStore):
    token = linked(store)
    store.before(lambda: confirmed(store, token, key="theirs"))

    assert refused(lambda: confirmed(store, token, key="ours")) == (410, "code-over")
    assert len(open_link(store, token)[1].devices) == 1


def test_of_two_wrong_tries_at_once_both_are_counted(store: InterruptedStore):
    token = linked(store)
    store.before(lambda: refused(lambda: confirmed(store, token, "999999")))
    refused(lambda: confirmed(store, token, "888888"))

    assert open_link(store, token)[1].tries == 2


def test_of_two_links_issued_at_once_only_the_later_one_works(store: InterruptedStore):
    others: list[str] = []
    store.before(lambda: others.append(linked(store)))
    token = linked(store)

    assert refused(lambda: open_link(store, others[0])) == (401, "dead-link")
    assert open_link(store, token)
