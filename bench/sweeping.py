"""The sweep: CPU for 1,000 due items, and what one sweep costs while ever more items are open and not due."""

import time
from datetime import datetime, timedelta

from bench.ground import COMPOUND, TABLE, Counting, compound, now, say, settle
from chalicelib.promises.sweep import sweep
from chalicelib.shared.calendar import utc_stamp
from chalicelib.shared.tiers import Tier
from chalicelib.store.contract import Item
from chalicelib.store.dynamo import DynamoStore
from chalicelib.tasks.board import added
from chalicelib.tasks.ladders import LADDERS
from chalicelib.tasks.tasks import Allowance, TaskKind, opened

DUE = 1000
OPEN = (1_000, 10_000, 100_000)
HOURS = Allowance(timedelta(hours=1), timedelta(hours=24))


def measure(endpoint: str) -> None:
    counting = Counting(endpoint)
    store = DynamoStore(counting, TABLE)
    start = now()
    register = compound(240, start)
    settle(store, register)
    homes = [home.id for home in register.homes]
    filled, costs = 0, []
    for size in OPEN:
        later = start + timedelta(days=2)
        store.fill([_item(number, homes[number % len(homes)], later) for number in range(filled, size)])
        filled = size
        store.fill([_item(size * 10 + number, homes[number % len(homes)], start) for number in range(DUE)])
        counting.calls.clear()
        before = time.process_time()
        looked = sweep(store, start + timedelta(seconds=1), lambda address, text: None)
        costs.append(time.process_time() - before)
        requests = len(counting.calls)
        say(f"sweep of {DUE} due among {size} open", target="<= 1.5 s of CPU", looked=looked, cpu_s=round(costs[-1], 2), requests=requests)
    say("cost of one sweep, 100,000 open / 1,000 open", target="<= 1.15", ratio=round(costs[-1] / costs[0], 2))


def _item(number: int, home: str, at: datetime) -> Item:
    task = opened(
        f"need:{home}:bench:{number}", TaskKind.NEED, ("need", LADDERS["need"]), at, HOURS, ("anheli.chen",), home=home, tier=Tier.GREEN
    )
    (change,) = added(COMPOUND, task, None, ())
    return {**change.item, "due_at": utc_stamp(at)}
