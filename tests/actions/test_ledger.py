"""Posting: once for a cause, all or nothing, with what it stands for."""

import pytest

from chalicelib.ledger import records
from chalicelib.ledger.actions import post
from chalicelib.ledger.rules import Account, Cause, Posting, Short, give, undo
from chalicelib.shared.problems import Problem
from chalicelib.store.contract import Add, Conflict, Replace
from chalicelib.store.memory import MemoryStore
from tests.actions.interrupted import InterruptedStore
from tests.builders import moment

NOW = moment("09:00")
LAOZHOU = Account("points", "v-1-101")
MASKS = Account("stock/mask", "depot")
PATROL = give(Cause("patrol", "stairs-3"), NOW, "anheli.liu", Posting(LAOZHOU, 1))
MARK = {"pk": "anheli#X", "sk": "X", "v": 1}


def balance(store: MemoryStore, account: Account = LAOZHOU) -> int:
    return records.balance(store, "anheli", account).amount


def test_an_entry_is_posted_once_for_its_cause(store: MemoryStore):
    assert post(store, "anheli", PATROL) == (PATROL, True)
    later = PATROL._replace(at=moment("10:00"), by="anheli.chen")
    assert post(store, "anheli", later) == (PATROL, False)

    assert balance(store) == 1
    (line,) = records.statement(store, "anheli", LAOZHOU)
    assert (line.cause, line.by, line.amount, line.after) == (PATROL.cause, "anheli.liu", 1, 1)


def test_a_cause_that_stands_for_something_else_is_refused(store: MemoryStore):
    post(store, "anheli", PATROL)
    with pytest.raises(Problem) as problem:
        post(store, "anheli", give(PATROL.cause, NOW, "anheli.liu", Posting(LAOZHOU, 3)))

    assert problem.value.status == 422 and balance(store) == 1


def test_what_is_not_there_cannot_be_given_and_nothing_is_written(store: MemoryStore):
    with pytest.raises(Short):
        post(store, "anheli", give(Cause("issue", "1"), NOW, "anheli.wang", Posting(MASKS, -1)), Add(MARK))

    assert not store._items


def test_what_an_entry_stands_for_is_written_with_it_or_not_at_all(store: MemoryStore):
    assert post(store, "anheli", PATROL, Add(MARK))[1]
    assert post(store, "anheli", PATROL, Add(MARK)) == (PATROL, False)
    another = give(Cause("patrol", "stairs-4"), NOW, "anheli.liu", Posting(LAOZHOU, 1))
    with pytest.raises(Conflict):
        post(store, "anheli", another, Add(MARK))

    assert balance(store) == 1


def test_a_cause_is_posted_once_whomever_it_is_credited_to(store: MemoryStore):
    post(store, "anheli", PATROL)
    with pytest.raises(Problem):
        post(store, "anheli", give(PATROL.cause, NOW, "anheli.liu", Posting(Account("points", "v-3-502"), 1)))

    assert [each.account for each in records.balances(store, "anheli", "points")] == [LAOZHOU]


def test_a_statement_has_numbered_lines_and_units_are_apart(store: MemoryStore):
    post(store, "anheli", PATROL)
    post(store, "anheli", give(Cause("mediation", "7"), moment("10:00"), "anheli.liu", Posting(LAOZHOU, 3), note="和好了"))
    post(store, "anheli", give(Cause("receive", "1"), NOW, "anheli.wang", Posting(MASKS, 500)))

    assert [(line.number, line.amount, line.after) for line in records.statement(store, "anheli", LAOZHOU)] == [(1, 1, 1), (2, 3, 4)]
    (second,) = records.statement(store, "anheli", LAOZHOU, first=2)
    assert (second.cause.key, second.at, second.by, second.note) == ("mediation:7", moment("10:00"), "anheli.liu", "和好了")
    assert [(each.account, each.amount) for each in records.balances(store, "anheli", "points")] == [(LAOZHOU, 4)]
    assert records.balances(store, "anheli", "stock") == []


def test_a_mistake_is_mended_by_its_counter_entry_once(store: MemoryStore):
    post(store, "anheli", PATROL)
    back = undo(PATROL, moment("10:00"), "anheli.chen", "登错了")

    assert post(store, "anheli", back)[1] and not post(store, "anheli", back)[1]
    assert balance(store) == 0 and len(records.statement(store, "anheli", LAOZHOU)) == 2


def test_somebody_who_posts_in_between_is_not_overwritten():
    store = InterruptedStore()
    other = give(Cause("patrol", "stairs-4"), NOW, "anheli.liu", Posting(LAOZHOU, 1))
    store.before(lambda: post(store, "anheli", other))
    post(store, "anheli", PATROL)

    assert balance(store) == 2


def test_somebody_who_posts_the_same_in_between_posts_it_for_both():
    store = InterruptedStore()
    store.before(lambda: post(store, "anheli", PATROL, Add(MARK)))

    assert post(store, "anheli", PATROL, Add(MARK)) == (PATROL, False)
    assert balance(store) == 1


def test_a_stranger_in_the_way_is_told_of():
    store = MemoryStore()
    store.write(Add(MARK))
    with pytest.raises(Conflict):
        post(store, "anheli", PATROL, Replace({**MARK, "v": 9}, 8))

    assert balance(store) == 0


@pytest.fixture
def store() -> MemoryStore:
    return MemoryStore()
