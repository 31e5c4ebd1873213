"""Posting an entry: alone, or in one write with whatever it stands for."""

from chalicelib.ledger import records
from chalicelib.ledger.rules import Entry, check, moved
from chalicelib.shared.problems import busy, key_reused
from chalicelib.store.contract import Change, Conflict, Store, target

ROUNDS = 24


def post(store: Store, compound: str, entry: Entry, *others: Change) -> tuple[Entry, bool]:
    """Post an entry once for its cause; returns the stored entry, and whether it is new. One read and one transaction.

    ``others`` are written with it or not at all. A cause that has been posted before changes nothing, ``others`` included.
    Short if an account has too little; Conflict if one of ``others`` is refused; ValueError for what is no entry; Problem 422 if the
    cause stands for another entry.
    """
    check(entry)
    foreign = {target(change) for change in others}
    refused: Conflict | None = None
    for _ in range(ROUNDS):
        found = records.find(store, compound, entry)
        if found.entry is not None:
            return _repeated(found.entry, entry), False
        if refused is not None:
            raise refused
        after = [moved(found.balances[account], amount) for account, amount in entry.postings if account.kept]
        try:
            store.write(*records.posted(compound, entry, after), *others)
        except Conflict as conflict:
            refused = conflict if conflict.key in foreign else None
            continue
        return entry, True
    raise busy()


def _repeated(stored: Entry, entry: Entry) -> Entry:
    if not stored.same(entry):
        raise key_reused()
    return stored
