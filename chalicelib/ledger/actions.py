"""Posting an entry: alone, or in one write with whatever it stands for."""

from collections.abc import Callable, Collection, Mapping

from chalicelib.ledger import records
from chalicelib.ledger.rules import Account, Balance, Cause, Entry, check, moved
from chalicelib.shared.problems import busy, key_reused
from chalicelib.store.contract import Change, Conflict, Store, target

ROUNDS = 24

Decide = Callable[[Mapping[Account, Balance]], Entry]
"""What an entry is, once it is known what its accounts hold."""


def post(store: Store, compound: str, entry: Entry, *others: Change) -> tuple[Entry, bool]:
    """Post an entry once for its cause; returns the stored entry, and whether it is new. One read and one transaction.

    ``others`` are written with it or not at all. A cause that has been posted before changes nothing, ``others`` included.
    Short if an account has too little; Conflict if one of ``others`` is refused; ValueError for what is no entry; Problem 422 if the
    cause stands for another entry.
    """
    check(entry)
    accounts = [account for account, _ in entry.postings if account.kept]
    stored, new = _post(store, compound, entry.cause, accounts, lambda balances: entry, others)
    if not stored.same(entry):
        raise key_reused()
    return stored, new


def post_decided(
    store: Store, compound: str, cause: Cause, accounts: Collection[Account], decide: Decide, asked: str, *others: Change
) -> tuple[Entry, bool]:
    """The same for an entry that is decided by what ``accounts`` hold, as which batch is taken first. It may be decided again.

    A repeat is known by ``asked``, the digest of what was asked for, which the entry has to carry.
    """
    stored, new = _post(store, compound, cause, accounts, decide, others)
    if stored.asked != asked:
        raise key_reused()
    return stored, new


def _post(
    store: Store, compound: str, cause: Cause, accounts: Collection[Account], decide: Decide, others: tuple[Change, ...]
) -> tuple[Entry, bool]:
    foreign = {target(change) for change in others}
    refused: Conflict | None = None
    for _ in range(ROUNDS):
        found = records.find(store, compound, cause, accounts)
        if found.entry is not None:
            return found.entry, False
        if refused is not None:
            raise refused
        entry = decide(found.balances)
        check(entry)
        after = [moved(found.balances[account], amount) for account, amount in entry.postings if account.kept]
        try:
            store.write(*records.posted(compound, entry, after), *others)
        except Conflict as conflict:
            refused = conflict if conflict.key in foreign else None
            continue
        return entry, True
    raise busy()
