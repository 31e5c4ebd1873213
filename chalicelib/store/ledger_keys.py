"""The keys of the ledger and of its proof. The first part of every partition is the compound."""

from chalicelib.store.keys import Key


def balances(compound: str) -> str:
    """What every account of the ledger holds, by ``<unit>:<holder>``: one partition, so that a unit's totals are one query."""
    return f"{compound}#BALANCE"


def balance(compound: str, account: str) -> Key:
    return Key(balances(compound), account)


def ledger_line(compound: str, account: str, number: int) -> Key:
    """An account's lines are numbered without gaps, so that a statement reads on from any of them."""
    return Key(f"{compound}#LEDGER#{account}", f"{number:09d}")


def cause(compound: str, cause: str) -> Key:
    """Where an entry of the ledger lies: its cause is posted once."""
    return Key(f"{compound}#CAUSE#{cause}", "ENTRY")


def proofs(compound: str) -> str:
    """How far a night has proved the accounts of each unit: one item a unit, so that a night writes those that have changed."""
    return f"{compound}#PROOF"


def proof(compound: str, unit: str) -> Key:
    return Key(proofs(compound), unit)
