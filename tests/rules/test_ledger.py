"""What is an entry, and what is none."""

import pytest

from chalicelib.ledger.rules import WORLD, Account, Balance, Cause, Entry, Posting, Short, check, give, moved, undo
from tests.builders import moment

NOW = moment("09:00")
LAOZHOU, ANNA = Account("points", "v-1-101"), Account("points", "v-3-502")
CAUSE = Cause("patrol", "stairs-3")


def entry(*postings: tuple[Account, int], cause: Cause = CAUSE) -> Entry:
    return Entry(cause, NOW, "anheli.liu", tuple(Posting(*posting) for posting in postings))


def test_what_is_given_comes_from_the_world():
    made = give(CAUSE, NOW, "anheli.liu", Posting(LAOZHOU, 3))

    assert made.postings == (Posting(Account("points", WORLD), -3), Posting(LAOZHOU, 3))
    check(made)


@pytest.mark.parametrize(
    "wrong",
    [
        entry((LAOZHOU, 1)),
        entry((LAOZHOU, 1), (ANNA, -2)),
        entry((LAOZHOU, 1), (Account("stock/mask", "depot"), -1)),
        entry((LAOZHOU, 0), (ANNA, 0)),
        entry((LAOZHOU, 1), (LAOZHOU, -1)),
        entry((Account("points", WORLD), 1), (Account("points", WORLD), -1)),
        entry(),
        entry((LAOZHOU, 1), (ANNA, -1), cause=CAUSE._replace(id="a#b")),
        entry((LAOZHOU._replace(holder="v#1"), 1), (ANNA, -1)),
    ],
    ids=["one-sided", "unequal", "two units", "nothing", "twice", "world only", "empty", "cause", "holder"],
)
def test_what_is_no_entry_is_refused(wrong: Entry):
    with pytest.raises(ValueError):
        check(wrong)


@pytest.mark.parametrize(("held", "amount", "left"), [(0, 3, 3), (3, -3, 0), (3, -2, 1), (-1, 1, 0)])
def test_a_posting_moves_a_balance_and_counts_a_line(held: int, amount: int, left: int):
    assert moved(Balance(LAOZHOU, held, 4, 7), amount) == Balance(LAOZHOU, left, 5, 7)


def test_nothing_goes_below_the_floor():
    with pytest.raises(Short) as short:
        moved(Balance(LAOZHOU, 2, 1, 1), -3)

    assert (short.value.account, short.value.left) == (LAOZHOU, 2)


def test_the_counter_entry_takes_back_what_was_given_under_a_cause_of_its_own():
    made = give(CAUSE, NOW, "anheli.liu", Posting(LAOZHOU, 3))
    back = undo(made, NOW, "anheli.chen", "登错了")

    check(back)
    assert {posting.account: posting.amount for posting in back.postings} == {Account("points", WORLD): 3, LAOZHOU: -3}
    assert back.cause.key == "undo:patrol:stairs-3" and undo(made, NOW, "another", "").cause == back.cause
