"""What everybody else hears of a home's door and alarms: one word, and nothing of what happened."""

from collections.abc import Iterable
from datetime import datetime
from enum import StrEnum

from chalicelib.register.rules import Home, Register
from chalicelib.sensors.kinds import KINDS, What
from chalicelib.shared.calendar import day_of
from chalicelib.store.contract import Store
from chalicelib.tasks.board import of_day
from chalicelib.tasks.tasks import ALARMS

TOLD_OF = {What.DOOR, What.SMOKE, What.SOS}


class DoorWord(StrEnum):
    """Nothing is watched there; it is confirmed safe; somebody is looking into something."""

    NONE = ""
    SAFE = "safe"
    LOOKED_INTO = "looked_into"


def in_a_word(store: Store, now: datetime, register: Register, homes: Iterable[Home]) -> dict[str, DoorWord]:
    """By home, for those that have such a sensor; one query, none if none of them has."""
    sensors = {each.home for each in register.devices if each.kind in KINDS and KINDS[each.kind].what in TOLD_OF}
    cared = [home for home in homes if home.id in sensors]
    tasks = of_day(store, register.compound, day_of(now)) if cared else []
    running = {(task.home, task.tenancy) for task in tasks if task.running and task.kind in ALARMS}
    return {home.id: _word(home, (home.id, home.tenancy) in running, now) for home in cared}


def _word(home: Home, looked_into: bool, now: datetime) -> DoorWord:
    if looked_into:
        return DoorWord.LOOKED_INTO
    return DoorWord.SAFE if home.isolated_on(day_of(now)) else DoorWord.NONE
