"""The rows of the policy table about places: how often each kind is disinfected, what is refilled there, when a patrol is walked."""

from collections.abc import Iterator, Mapping
from typing import Any

from chalicelib.register.patrolling import PatrolPolicy, in_order
from chalicelib.register.places import PlaceKind
from infra.importing import cells
from infra.importing.entries import Entries, Entry
from infra.importing.faults import Bad, Fault, shown
from infra.importing.promises import Window, span, windows
from infra.importing.words import PLACES

DISINFECT, REFILL = "disinfect.", "refill."
KINDS = {kind: PLACES[kind.value][0] for kind in PlaceKind if PatrolPolicy().windows(kind)}
"""Those that anything is promised to, with their words."""


def in_a_day(text: str) -> tuple[Window, ...]:
    """``06:00-14:00,14:00-22:00``: in order, without an overlap, within the day."""
    found = tuple(sorted(windows(text)))
    if not in_order(found):
        raise Bad("消毒时段要在同一天里，不过零点。", "These windows lie within one day and do not cross midnight.")
    return found


def walk(text: str) -> Window:
    """``08:00-20:00``: within the day."""
    found = span(text)
    if not in_order((found,)):
        raise Bad("巡查时段要在同一天里，像 08:00-20:00。", "A patrol lies within one day, like 08:00-20:00.")
    return found


good = cells.ident


def patrols(said: Mapping[str, Any]) -> PatrolPolicy:
    """The defaults with what the table says."""
    often = {kind.value: said[f"{DISINFECT}{kind.value}"] for kind in KINDS if f"{DISINFECT}{kind.value}" in said}
    refills = {kind: said[f"{REFILL}{kind.value}"] for kind in KINDS if f"{REFILL}{kind.value}" in said}
    more = {
        name: said[key] for name, key in (("undo", "disinfect.undo"), ("walk", "patrol.walk"), ("claim", "patrol.claim")) if key in said
    }
    return PatrolPolicy(**often, **more, refills=refills)


def unknown_goods(found: Entries, values: Mapping[str, Any], rows: Mapping[str, Entry]) -> Iterator[Fault]:
    """What is refilled has to be on the list of goods, or nothing would ever be taken."""
    known = {entry["good"] for entry in found.of("goods")}
    for key, row in rows.items():
        if key.startswith(REFILL) and values.get(key) and values[key] not in known:
            zh = f"“物资”表里没有{shown(values[key])}。"
            yield row.fault("value", zh, f"The table goods has no {values[key]}.")
