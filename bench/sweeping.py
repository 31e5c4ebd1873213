"""The sweep: CPU for 1,000 due items, and what one sweep costs while a hundred times as many items are open and not due."""

import statistics
import time
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

from bench.ground import COMPOUND, Aws, Counting, compound, now, say, settle
from chalicelib.post import records as post
from chalicelib.post.rules import Message, MessageState
from chalicelib.promises.sweep import sweep
from chalicelib.register.ladders import DEFAULT_LADDERS
from chalicelib.shared.calendar import utc_stamp
from chalicelib.shared.tiers import Tier
from chalicelib.store.contract import Item
from chalicelib.store.dynamo import DynamoStore
from chalicelib.tasks.board import climbed
from chalicelib.tasks.tasks import Allowance, TaskKind, opened
from tests.tables import make_table

DUE, ROBOTS = 1000, 100
FEW, MANY = 1_000, 100_000
PAIRS = 11
HOURS = Allowance(timedelta(hours=1), timedelta(hours=24))


class Cost(NamedTuple):
    """CPU seconds of our process, those of ministack (None where nobody says), and what was asked of the table."""

    ours: float
    ministack: float | None
    requests: int


class Table:
    """A table of a compound with so many open tasks that nobody has to look at for two days."""

    def __init__(self, aws: Aws, name: str, open_tasks: int) -> None:
        make_table(aws.endpoint, name)
        self.aws, self.counting = aws, Counting(aws.endpoint)
        self.store, self.start = DynamoStore(self.counting, name), now()
        register = compound(240, self.start)
        settle(self.store, register)
        self.homes = [home.id for home in register.homes]
        later = self.start + timedelta(days=2)
        self.store.fill([self.task(number, later) for number in range(DUE, DUE + open_tasks)])

    def task(self, number: int, due: datetime | None = None) -> Item:
        at, home = due or self.start, self.homes[number % len(self.homes)]
        steps = ("need", DEFAULT_LADDERS["need"])
        named = opened(f"need:{home}:bench:{number}", TaskKind.NEED, steps, at, HOURS, ("anheli.chen",), home=home, tier=Tier.GREEN)
        return {**climbed(COMPOUND, named, None).item, "due_at": utc_stamp(at)}

    def message(self, number: int) -> Item:
        """Of some hundred robots, so that no limit is in the way."""
        at, to = self.start, f"wecombot://robot{number % ROBOTS}"
        return post.changed(Message(COMPOUND, f"event{number}", at, "duty", (to,), "有人要帮忙" * 8, MessageState.QUEUED, at, at)).item

    def sweep(self, due: Callable[[int], Item]) -> Cost:
        """One sweep of what was put in just now; the same items every time, so that the table does not grow."""
        self.store.fill([due(number) for number in range(DUE)])
        self.counting.calls.clear()
        theirs, ours = self.aws.cpu(), time.process_time()
        looked = sweep(self.store, self.start + timedelta(seconds=1), lambda address, text: None)
        ours = time.process_time() - ours
        if looked != DUE:
            raise SystemExit(f"{looked} items were due, and not {DUE}")
        spent = self.aws.cpu()
        return Cost(ours, None if spent is None or theirs is None else spent - theirs, len(self.counting.calls))


def measure(aws: Aws) -> None:
    """Both tables in turn, pair by pair: the ratio is that of our own process. How ministack walks its index is no cost of ours."""
    few, many = Table(aws, "few", FEW), Table(aws, "many", MANY)
    for table in (few, many):
        table.sweep(table.task)  # warm
    pairs = [_pair(few, many, turned=bool(number % 2)) for number in range(PAIRS)]
    for number, size in enumerate((FEW, MANY)):
        costs = [pair[number] for pair in pairs]
        say(f"sweep of {DUE:,} due among {size:,} open", target="<= 1.5 s of CPU", **_figures(costs))
    ratios = sorted(dear.ours / cheap.ours for cheap, dear in pairs)
    spread = {"ratio": round(statistics.median(ratios), 3), "lowest": round(ratios[0], 3), "highest": round(ratios[-1], 3)}
    say(f"cost of one sweep, {MANY:,} open / {FEW:,} open", target="<= 1.15", **spread)
    messages = Table(aws, "messages", 0)
    say(f"sweep of {DUE:,} due messages", **_figures([messages.sweep(messages.message)]))


def _pair(few: Table, many: Table, turned: bool) -> list[Cost]:
    costs = [table.sweep(table.task) for table in ((many, few) if turned else (few, many))]
    return costs[::-1] if turned else costs


def _figures(costs: Sequence[Cost]) -> dict[str, object]:
    theirs = [cost.ministack for cost in costs if cost.ministack is not None]
    (requests,) = {cost.requests for cost in costs}
    ours = round(statistics.median(cost.ours for cost in costs), 2)
    return {"cpu_s": ours, "ministack_cpu_s": round(statistics.median(theirs), 2) if theirs else None, "requests": requests}
