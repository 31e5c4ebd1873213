"""Is any home's self-report of a day still missing? One query."""

from datetime import datetime

from chalicelib.care import records as care
from chalicelib.care.rules import State, board
from chalicelib.register.standing import Standing
from chalicelib.store.contract import Store
from chalicelib.tasks.rules import Slot


def reports_missing(store: Store, standing: Standing, slot: Slot, now: datetime) -> bool:
    """Asked as the slot closes, or later: a report that came late is missing no more."""
    register = standing.register
    homes = standing.homes_at(register.homes, slot.opens)
    away = {home.id for home in homes if standing.away(home, slot, now)}
    lines = board(register.policy, homes, care.of_day(store, register.compound, slot.day), slot.day, slot.closes, away)
    return any(line.state is State.MISSED for line in lines)
