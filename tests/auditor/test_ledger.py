"""The nightly proof: a ledger as it was posted has nothing to say, and whatever is changed in it by another hand is found."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from chalicelib import audits
from chalicelib.auditor.ledger import prove
from chalicelib.ledger.actions import post
from chalicelib.ledger.rules import WORLD, Account, Cause, Entry, Posting, give
from chalicelib.store import ledger_keys as keys
from chalicelib.store.contract import Item
from chalicelib.store.keys import Key
from chalicelib.store.memory import MemoryStore
from tests.auditor.test_audits import SETTINGS
from tests.builders import DAY, moment, register
from tests.promises.world import World

NOW, TONIGHT, TOMORROW = moment("09:00"), moment("03:10", DAY + timedelta(days=1)), moment("03:10", DAY + timedelta(days=2))
LAOZHOU, MASKS, HELD = Account("points", "volunteer/v1"), Account("stock/mask", "D1/-"), Account("stock/mask", "held")
BALANCE, LINE = keys.balance("anheli", LAOZHOU.name), keys.ledger_line("anheli", LAOZHOU.name, 1)
ENTRY = keys.cause("anheli", "patrol:1")


class CountingStore(MemoryStore):
    def __init__(self) -> None:
        super().__init__()
        self.asked: list[str] = []

    def under(self, pk: str, **how: object) -> list[Item]:
        self.asked.append(pk)
        return super().under(pk, **how)


@pytest.fixture
def store() -> CountingStore:
    built = CountingStore()
    for number in (1, 2):
        post(built, "anheli", give(Cause("patrol", str(number)), NOW, "", Posting(LAOZHOU, number)))
    post(built, "anheli", give(Cause("receive", "1"), NOW, "anheli.wang", Posting(MASKS, 9)))
    post(built, "anheli", Entry(Cause("reserve", "1"), NOW, "v1", (Posting(MASKS, -2), Posting(HELD, 2))))
    return built


def found(store: MemoryStore, now=TONIGHT) -> list[str]:
    return [finding.id for finding in prove(store, now, "anheli")]


def test_a_ledger_as_it_was_posted_is_proved_night_after_night(store: CountingStore):
    first = found(store)
    post(store, "anheli", give(Cause("patrol", "3"), TONIGHT, "", Posting(LAOZHOU, 1)))

    assert (first, found(store, TOMORROW), found(store, TOMORROW)) == ([], [], [])


def test_a_night_costs_what_was_posted_since_the_last(store: CountingStore):
    found(store)
    before = dict(store._items)
    store.asked.clear()

    assert found(store, TOMORROW) == []
    assert store.asked == [keys.proofs("anheli"), keys.balances("anheli")] and store._items == before

    post(store, "anheli", give(Cause("patrol", "3"), TONIGHT, "", Posting(LAOZHOU, 1)))
    store.asked.clear()
    found(store, TOMORROW)
    assert store.asked == [keys.proofs("anheli"), keys.balances("anheli"), keys.ledger_line("anheli", LAOZHOU.name, 3).pk]


def planted(key: Key, change: Callable[[Item], Item]) -> Callable[[MemoryStore], None]:
    return lambda store: store._keep(key, change(store.get(key)))


def one_sided(entry: Item) -> Item:
    return {**entry, "postings": [row if row[1] == WORLD else [*row[:2], row[2] + 1, row[3]] for row in entry["postings"]]}


WRONG = {
    "a balance": (planted(BALANCE, lambda item: {**item, "amount": 30}), ["ledger-balance:points:volunteer/v1:2"]),
    "a line more than the balance counts": (
        planted(BALANCE, lambda item: {**item, "lines": 3}),
        ["ledger-balance:points:volunteer/v1:3"],
    ),
    "a line's amount": (planted(LINE, lambda item: {**item, "amount": 5}), ["ledger-line:points:volunteer/v1:000000001"]),
    "a line that is gone": (lambda store: store._forget(LINE), ["ledger-line:points:volunteer/v1:000000002"]),
    "an entry that is gone": (lambda store: store._forget(ENTRY), ["ledger-entry:patrol:1:points:volunteer/v1"]),
    "an entry that gives more than it takes": (planted(ENTRY, one_sided), ["ledger-entry:patrol:1:points:volunteer/v1"]),
    "the other side's line": (
        lambda store: store._forget(keys.ledger_line("anheli", HELD.name, 1)),
        ["ledger-balance:stock/mask:held:1", "ledger-entry:reserve:1:stock/mask:D1/-"],
    ),
}


@pytest.mark.parametrize(("plant", "expected"), WRONG.values(), ids=WRONG)
def test_what_another_hand_has_changed_is_found_and_found_again(store: MemoryStore, plant: Callable[[MemoryStore], None], expected):
    plant(store)

    assert [[each for each in found(store, night) if each in expected] for night in (TONIGHT, TOMORROW)] == [expected, expected]


@pytest.mark.parametrize("amount", [2, 4])
def test_the_balance_of_an_account_that_rests_is_looked_at_every_night(store: MemoryStore, amount: int):
    found(store)
    planted(BALANCE, lambda item: {**item, "amount": amount})(store)

    assert found(store, TOMORROW) == ["ledger-balance:points:volunteer/v1:2"]


def test_an_account_whose_balance_is_gone_is_found(store: MemoryStore):
    found(store)
    store._forget(BALANCE)

    assert found(store, TOMORROW) == found(store, TOMORROW) == ["ledger-balance:points:volunteer/v1:gone"]


def test_what_is_posted_while_the_proof_reads_is_proved_the_night_after(store: MemoryStore):
    post(store, "anheli", give(Cause("patrol", "3"), TONIGHT, "", Posting(LAOZHOU, 1)))

    assert found(store) == []
    mark = store.get(keys.proof("anheli", "points"))
    assert mark is not None and mark["proved"] == {LAOZHOU.name: [2, 3]}


def test_the_duty_desk_hears_of_it_once_a_night_and_no_other_hour_looks(monkeypatch: pytest.MonkeyPatch):
    world = World(monkeypatch, register(homes=()), moment("02:10"))
    post(world.store, "anheli", give(Cause("patrol", "1"), moment("01:00"), "", Posting(LAOZHOU, 1)))
    planted(BALANCE, lambda item: {**item, "amount": 7})(world.store)
    counts = []
    for hour in ("02:10", "03:10", "04:10"):
        world.until(moment(hour), timedelta(minutes=10))
        counts.append(audits.run(world.store, world.clock.moment, SETTINGS, world.send))

    assert counts == [0, 1, 0]
    world.until(moment("07:10"), timedelta(minutes=30))
    assert sum("ledger-balance:points:volunteer/v1:1" in text for text in world.texts()) == 1
