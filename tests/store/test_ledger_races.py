"""The ledger under many hands, on ministack."""

import threading

from chalicelib.ledger import records
from chalicelib.ledger.actions import post
from chalicelib.ledger.rules import Account, Cause, Posting, Short, give
from chalicelib.store.dynamo import DynamoStore
from tests.builders import moment
from tests.store.test_races import THREADS, together


def test_the_last_mask_goes_to_one_and_nothing_goes_below_the_floor(shared_store: DynamoStore):
    """Twenty masks, sixteen threads, sixty rounds: as many winners as masks, however they meet."""
    depot, now = Account("stock/mask", "depot"), moment("09:00")
    post(shared_store, "anheli", give(Cause("receive", "1"), now, "anheli.wang", Posting(depot, 20)))
    turns = iter(range(60))
    lock = threading.Lock()

    def issue(_: int) -> int:
        taken = 0
        while True:
            with lock:
                turn = next(turns, None)
            if turn is None:
                return taken
            try:
                post(shared_store, "anheli", give(Cause("issue", str(turn)), now, "x", Posting(depot, -1)))
                taken += 1
            except Short:
                continue

    assert sum(together(issue)) == 20
    lines = records.statement(shared_store, "anheli", depot)
    assert records.balance(shared_store, "anheli", depot).amount == sum(line.amount for line in lines) == 0
    assert len(lines) == 21 and min(line.after for line in lines) == 0


def test_one_cause_posted_by_many_at_once_is_one_entry(shared_store: DynamoStore):
    now, laozhou = moment("09:00"), Account("points", "v-1-101")
    entry = give(Cause("patrol", "stairs-3"), now, "anheli.liu", Posting(laozhou, 1))
    done = together(lambda _: post(shared_store, "anheli", entry)[1])

    assert done.count(True) == 1 and done.count(False) == THREADS - 1
    assert records.balance(shared_store, "anheli", laozhou).amount == 1
