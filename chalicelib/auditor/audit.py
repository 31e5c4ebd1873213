"""One audit: read what is stored, recompute what should be, say where they differ. It writes nothing."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from chalicelib.auditor.gateways import gateways, looked_at
from chalicelib.auditor.ledger import nightly
from chalicelib.auditor.notices import notices
from chalicelib.auditor.places import places
from chalicelib.auditor.rules import GRACE, WINDOW, Finding, Records, compare, overdue
from chalicelib.auditor.tellings import climbing, told
from chalicelib.auditor.trips import trips
from chalicelib.register import records as registers
from chalicelib.shared.calendar import day_of, parse, utc_stamp
from chalicelib.shared.ids import CompoundId
from chalicelib.store import keys, notice_keys, patrol_keys
from chalicelib.store.contract import Item, Store

VISIT_DAYS = 7
"""A visit may be entered for so many days after its slot, and its needs count from then on."""
MOST_OVERDUE = 200


def compounds(store: Store) -> list[CompoundId]:
    """Every compound that was ever imported. One query."""
    return [CompoundId(item["sk"]) for item in store.under(keys.compounds())]


def audit(store: Store, now: datetime, compound: CompoundId) -> list[Finding]:
    """What differs in one compound; nothing where no import has become visible. Some fifteen reads."""
    register, entry = registers.load(store, compound), store.get(keys.compound(compound))
    if register is None or entry is None:
        return []
    changes, _ = registers.changes(store, compound)
    days = _days(day_of(now - WINDOW), day_of(now))
    visit_days = _days(day_of(now) - timedelta(days=VISIT_DAYS), day_of(now))
    kept = days if register.places else []
    since = f"DAY#{days[0].isoformat()}"
    found = Records(
        register,
        changes,
        parse(entry["switched"]),
        now,
        check_ins=[item for day in days for item in store.under(keys.check_ins(compound, day))],
        visits=[item for day in visit_days for item in store.under(keys.visits(compound, day))],
        tasks=store.under(keys.tasks(compound), start=since),
        alerts=store.under(keys.alerts(compound), start=since),
        messages=[item for day in days for item in store.under(keys.messages(compound, day))],
        looks=store.under(keys.looks(compound)),
        notices=store.under(notice_keys.notices(compound)),
        disinfections=[item for day in kept for item in store.under(patrol_keys.disinfections(compound, day))],
        patrols=[item for day in kept for item in store.under(patrol_keys.patrols(compound, day))],
    )
    return sorted({*_differences(found), *(_gateways(store, found) if nightly(now) else ())})


def _differences(found: Records) -> Iterator[Finding]:
    for judge in (compare, told, climbing, trips, notices, places):
        yield from judge(found)


def _gateways(store: Store, found: Records) -> Iterator[Finding]:
    """A batch at night: what is due and overlooked in between, ``left_lying`` finds."""
    rows = [keys.gateway(found.register.compound, thing) for thing in looked_at(found.register)]
    return gateways(found, store.get_many(rows).values())


def left_lying(store: Store, now: datetime) -> dict[str, list[Finding]]:
    """What nobody looked at in time, by compound: four queries for all of them."""
    late: dict[str, list[Item]] = {}
    for item in _late(store, now):
        late.setdefault(item["pk"].partition("#")[0], []).append(item)
    return {compound: overdue(items) for compound, items in late.items()}


def _late(store: Store, now: datetime) -> Iterator[Item]:
    for shard in range(keys.DUE_SHARDS):
        yield from store.due(str(shard), utc_stamp(now - GRACE), MOST_OVERDUE)


def _days(first: date, last: date) -> list[date]:
    return [first + timedelta(days=ahead) for ahead in range((last - first).days + 1)]
