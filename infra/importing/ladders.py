"""The rows of the policy table that say who is told when nobody answers: each ladder's steps, repeats, and how long a claim holds."""

import re
from collections.abc import Mapping
from typing import Any

from chalicelib.register.ladders import DEFAULT_LADDERS
from chalicelib.tasks.ladders import Ladder, Rung, Step
from infra.importing.cells import one_of
from infra.importing.faults import Bad
from infra.importing.promises import whole
from infra.importing.text import plain
from infra.importing.words import RUNGS

WEEK = 7 * 24 * 60
MOST_REPEATS = 6
NAMES = {
    "visit": "走访",
    "nobody-home": "没人开门",
    "need-red": "急事",
    "need": "要帮忙",
    "ticket": "工单",
    "ticket-urgent": "急修",
    "question": "咨询",
    "reports": "没报平安",
    "door": "开门",
    "letter-urgent": "急信",
    "letter": "信件",
    "reach": "联系不上",
    "calendar": "节假日表",
    "outage": "网关失联",
    "watch": "门磁失灵",
    "upkeep": "传感器保养",
    "supply": "物资",
    "errand": "任务板",
    "cold": "偏冷",
    "patrol": "巡查",
    "alarm": "烟雾求助",
    "parcel": "快递",
}
_MANY = re.compile(r"[;；,，、]+")
_STEP = re.compile(r"(.*?)\s*([+-]?\d+)\s*(?:分钟|分|min)?")

holds = whole(1, WEEK)


def steps(text: str) -> tuple[Step, ...]:
    """``assignee 0; partner 15; coordinator 15``: who is told, each so many minutes after the one before."""
    found = tuple(_step(part.strip()) for part in _MANY.split(plain(text)) if part.strip())
    if not found:
        raise Bad("至少要有一级，例如：负责人 0；网格长 15。", "A ladder has one step at least, such as: assignee 0; coordinator 15.")
    if len({step.rung for step in found}) < len(found):
        raise Bad("同一级只能出现一次。", "Each rung stands on a ladder once.")
    return found


def _step(text: str) -> Step:
    found = _STEP.fullmatch(text)
    if found is None:
        raise Bad("每一级要写成“网格长 15”：告诉谁，再等几分钟。", "A step is written “coordinator 15”: who, and after how many minutes.")
    rung = Rung(one_of(RUNGS)(found[1].strip()))
    if not 0 <= int(found[2]) <= WEEK:
        raise Bad(f"等待要填 0 到 {WEEK} 分钟。", f"A wait is 0 to {WEEK} minutes.")
    return Step(rung, int(found[2]))


def repeats(text: str) -> tuple[int, ...]:
    """``15; 30; 60``: minutes until the last step is told again, the last of which goes on for good."""
    read = whole(1, WEEK)
    found = tuple(read(part) for part in re.split(r"[;；,，、\s]+", plain(text)) if part)
    if not 1 <= len(found) <= MOST_REPEATS:
        raise Bad(f"要填 1 到 {MOST_REPEATS} 个间隔。", f"1 to {MOST_REPEATS} intervals.")
    return found


def own(said: Mapping[str, Any]) -> dict[str, Ladder]:
    """The ladders that the table says something of; what a row leaves out stays as the default has it."""
    found = {name: _ladder(name, said) for name in NAMES}
    return {name: ladder for name, ladder in found.items() if ladder != DEFAULT_LADDERS[name]}


def _ladder(name: str, said: Mapping[str, Any]) -> Ladder:
    members = {"steps": f"ladder.{name}", "repeat": f"ladder.{name}.repeat", "holds": f"ladder.{name}.holds"}
    return DEFAULT_LADDERS[name]._replace(**{member: said[key] for member, key in members.items() if key in said})
