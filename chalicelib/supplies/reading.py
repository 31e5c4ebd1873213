"""What the desk sees of stock: a fixed number of reads, however many movements there were."""

from collections.abc import Iterable
from datetime import date, datetime

from chalicelib.ledger import records as ledger
from chalicelib.ledger.records import Line
from chalicelib.ledger.rules import Balance
from chalicelib.register.answers import Named, name_of
from chalicelib.register.places import PlaceKind
from chalicelib.register.rules import Register
from chalicelib.shared.calendar import day_of, stamp
from chalicelib.shared.cells import written
from chalicelib.stock.records import used_lately
from chalicelib.stock.rules import HELD, Batch, batches, unit
from chalicelib.store.contract import Store
from chalicelib.supplies.answers import (
    BatchLine,
    GoodLine,
    PlaceLine,
    RequestAnswer,
    StockLine,
    SuppliesAnswer,
)
from chalicelib.supplies.rules import KEPT_IN, Standing, stand

SHOWN = 40


def standings(store: Store, now: datetime, register: Register) -> tuple[list[Standing], list[Balance]]:
    """How every good stands: at most three queries, none where nothing is kept."""
    if not register.goods:
        return [], []
    today, balances = day_of(now), ledger.balances(store, register.compound)
    return stand(register, batches(balances), used_lately(store, register.compound, today), today), balances


def supplies(store: Store, now: datetime, register: Register, manager: bool) -> SuppliesAnswer:
    found, balances = standings(store, now, register)
    there = batches(balances)
    held = {each.account.unit: each.amount for each in balances if each.account.holder == HELD}
    goods = [_good(register, each, there, held.get(unit(each.good.id), 0), day_of(now)) for each in found]
    places = [PlaceLine(each.id, each.name, each.kind is PlaceKind.RESERVE) for each in register.places if each.kind in KEPT_IN]
    return SuppliesAnswer(stamp(now), goods, places, manager)


def _good(register: Register, each: Standing, there: Iterable[Batch], held: int, today: date) -> GoodLine:
    good = each.good
    return GoodLine(
        good.id,
        good.name,
        good.measure,
        good.least,
        good.target,
        Named(good.keeper, name_of(register, good.keeper)) if good.keeper else None,
        good.front,
        each.there,
        each.reserve,
        held,
        each.low,
        each.per_day,
        -1 if each.days_left is None else each.days_left,
        [_batch(register, batch, each, today) for batch in there if batch.good == good.id],
    )


def _batch(register: Register, batch: Batch, each: Standing, today: date) -> BatchLine:
    place = next((found for found in register.places if found.id == batch.place), None)
    ends = batch.ends.isoformat() if batch.ends else ""
    over = not batch.good_on(today)
    named = (batch.place, place.name if place else batch.place, bool(place and place.kind is PlaceKind.RESERVE))
    return BatchLine(*named, ends, batch.amount, batch in each.ends and not over, over)


def lines(store: Store, register: Register, batch: Batch) -> list[StockLine]:
    """The newest first. Two reads."""
    held = ledger.balance(store, register.compound, batch.account)
    found = ledger.statement(store, register.compound, batch.account, max(1, held.lines - SHOWN + 1)) if held.lines else []
    return [_line(register, each) for each in reversed(found)]


def _line(register: Register, line: Line) -> StockLine:
    what = line.cause.id.partition(":")[0] if line.cause.kind == "undo" else line.cause.kind
    return StockLine(stamp(line.at), f"{line.cause.kind}-{what}" if line.cause.kind == "undo" else what, line.note, name_of(register, line.by) if line.by else "", line.amount, line.after)  # fmt: skip


HEADINGS = ("物资 good", "名称 name", "单位 measure", "现有 there", "储备 reserve", "最少 least", "目标 target", "要多少 wanted", "每天用 per day", "够几天 days left")  # fmt: skip


def request(store: Store, now: datetime, register: Register) -> RequestAnswer:
    """A row for every good below its target."""
    found, _ = standings(store, now, register)
    rows: list[tuple[str | int | float, ...]] = [(register.name, day_of(now).isoformat()), HEADINGS]
    for each in (each for each in found if each.wanted):
        good, left = each.good, "" if each.days_left is None else each.days_left
        figures = (each.there, each.reserve, good.least, good.target, each.wanted, each.per_day / 10, left)
        rows.append((good.id, good.name, good.measure, *figures))
    return RequestAnswer(f"{register.compound}-{day_of(now).isoformat()}.csv", written(rows))
