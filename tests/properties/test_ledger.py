"""Whatever is posted in whatever order: every balance is the sum of its entries and above its floor, and units sum to zero."""

from collections import Counter
from contextlib import suppress

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from chalicelib.ledger import records
from chalicelib.ledger.actions import post
from chalicelib.ledger.rules import FLOOR, WORLD, Account, Cause, Entry, Posting, Short, undo
from chalicelib.shared.problems import Problem
from chalicelib.store.memory import MemoryStore
from tests.builders import moment

UNITS, HOLDERS = ("points", "stock/mask"), ("a", "b", "c", WORLD)
NOW = moment("09:00")


class Ledger(RuleBasedStateMachine):
    @initialize()
    def begin(self) -> None:
        self.store = MemoryStore()
        self.posted: dict[str, Entry] = {}

    @rule(
        number=st.integers(0, 12),
        unit=st.sampled_from(UNITS),
        source=st.sampled_from(HOLDERS),
        sink=st.sampled_from(HOLDERS),
        amount=st.integers(-5, 5),
        turn=st.integers(0, 3),
    )
    def move(self, number: int, unit: str, source: str, sink: str, amount: int, turn: int) -> None:
        """Few causes, so that many come twice; ``turn`` times the same again changes nothing."""
        postings = Posting(Account(unit, source), -amount), Posting(Account(unit, sink), amount)
        self._post(Entry(Cause("move", str(number)), NOW, "x", postings), turn)

    @rule(amount=st.integers(1, 3), price=st.integers(1, 3), number=st.integers(0, 5))
    def redeem(self, amount: int, price: int, number: int) -> None:
        """Two units in one entry: points for masks."""
        points = Posting(Account("points", "a"), -price), Posting(Account("points", WORLD), price)
        masks = Posting(Account("stock/mask", "b"), -amount), Posting(Account("stock/mask", "c"), amount)
        self._post(Entry(Cause("redeem", str(number)), NOW, "x", (*points, *masks)), 1)

    @rule(which=st.integers(0, 99))
    def take_back(self, which: int) -> None:
        if self.posted:
            self._post(undo(list(self.posted.values())[which % len(self.posted)], NOW, "y", ""), 1)

    def _post(self, entry: Entry, again: int) -> None:
        before = dict(self.store._items)
        with suppress(ValueError):
            try:
                stored, new = post(self.store, "anheli", entry)
            except (Short, Problem):
                assert self.store._items == before
                return
            assert new is (entry.cause.key not in self.posted)
            self.posted[entry.cause.key] = stored
            after = dict(self.store._items)
            for _ in range(again):
                assert post(self.store, "anheli", entry) == (stored, False)
            assert self.store._items == after

    @invariant()
    def balances_are_their_entries(self) -> None:
        sums: Counter[Account] = Counter()
        for entry in getattr(self, "posted", {}).values():
            for account, amount in entry.postings:
                sums[account] += amount
        for unit in UNITS:
            assert sum(amount for account, amount in sums.items() if account.unit == unit) == 0
            for balance in records.balances(self.store, "anheli", unit) if self.posted else ():
                lines = records.statement(self.store, "anheli", balance.account)
                assert balance.amount == sums[balance.account] == sum(line.amount for line in lines) >= FLOOR
                assert [line.number for line in lines] == list(range(1, balance.lines + 1))


TestLedger = Ledger.TestCase
TestLedger.settings = settings(stateful_step_count=30)
