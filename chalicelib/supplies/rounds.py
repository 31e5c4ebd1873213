"""What people see of hand-out rounds: how far each is, and the homes of their scope."""

from collections.abc import Callable
from datetime import datetime

from chalicelib.register.answers import Named, name_of
from chalicelib.register.rules import Home, Register
from chalicelib.shared.calendar import day_of, stamp
from chalicelib.store.contract import Store
from chalicelib.supplies import records
from chalicelib.supplies.answers import RoundAnswer, RoundsAnswer, SignedLine
from chalicelib.supplies.handing import Round, Signed, owed_homes


def rounds(store: Store, now: datetime, register: Register, seen: Callable[[Home], bool], own: str = "", closed: bool = True) -> RoundsAnswer:  # fmt: skip
    """Those that run, and those closed today; ``own`` is the asker's household. One query, one more a round."""
    found = records.lately(store, register.compound, day_of(now).isoformat()) if closed else records.open_rounds(store, register.compound)
    answers = [
        round_answer(store, register, each, seen, own) for each in sorted(found, key=lambda each: (each.closed is not None, each.made))
    ]
    return RoundsAnswer(stamp(now), answers, [Named(grid.id, grid.name) for grid in register.grids])


def round_answer(store: Store, register: Register, each: Round, seen: Callable[[Home], bool], own: str = "") -> RoundAnswer:
    good = next((found for found in register.goods if found.id == each.good), None)
    signed = {(one.home, one.tenancy): one for one in records.signed(store, register.compound, each.id)}
    owed = owed_homes(register, each)
    return RoundAnswer(
        each.id,
        each.name,
        Named(each.good, good.name if good else each.good),
        good.measure if good else "",
        each.place,
        {tier.value: amount for tier, amount in each.each.items()},
        each.head,
        list(each.grids),
        stamp(each.made),
        name_of(register, each.by),
        stamp(each.closed) if each.closed else "",
        len(owed),
        sum((home.id, home.tenancy) in signed for home in owed),
        sum(each.owed(home) for home in owed),
        sum(one.amount for one in signed.values()),
        [signed_line(register, each, home, signed.get((home.id, home.tenancy)), own) for home in owed if seen(home)],
    )


def signed_line(register: Register, each: Round, home: Home, signed: Signed | None, own: str = "") -> SignedLine:
    amount, at = (signed.amount, stamp(signed.at)) if signed else (each.owed(home), "")
    by = name_of(register, signed.by) if signed else ""
    return SignedLine(home.id, home.label, home.grid, amount, at, by, bool(signed and signed.card), home.id == own)
