"""What the lists say of sensors and heating: limits of the policy, risers and line ends of homes."""

import re
from collections.abc import Mapping
from typing import Any

from chalicelib.register.watching import WatchPolicy
from infra.importing.faults import Bad
from infra.importing.text import plain

_NAME = re.compile(r"[^\s#:/,;]{1,20}")
_DEGREES = re.compile(r"(\d{1,2})(?:[.．](\d))?\s*(?:°C|℃|度)?")
WARM = (100, 300)
LIMITS = {
    "warm.minutes": ("偏冷分钟", 10, 240),
    "gateway.wait": ("网关等待", 1, 120),
    "door.left_open": ("门开多久", 1, 240),
    "door.claimed": ("接手多久", 1, 240),
    "battery.least": ("电量下限", 1, 50),
    "link.least": ("信号下限", 1, 150),
}
"""Row of the policy table → its Chinese name, and from how much to how much."""
ROWS = {
    "warm.least": "warm_least",
    **{key: key.replace(".", "_") for key in LIMITS},
    "door.left_open": "left_open",
    "door.claimed": "claimed",
}
"""Row of the policy table → member of the policy's limits."""


def pipe(text: str) -> str:
    """The name of a riser or of a heating line, as people on the site call it."""
    found = plain(text)
    if not _NAME.fullmatch(found):
        raise Bad(
            "立管和支线的名字最多 20 个字，不能有空格和 # : / , ;。",
            "A riser or line has 20 characters at most, no blank and none of # : / , ;.",
        )
    return found


def degrees(text: str) -> int:
    """``18``, ``18.5`` or ``18 ℃`` → tenths."""
    found = _DEGREES.fullmatch(plain(text))
    tenths = int(found[1]) * 10 + int(found[2] or 0) if found else 0
    if not WARM[0] <= tenths <= WARM[1]:
        raise Bad("温度要填 10 到 30，例如 18 或 18.5。", "A temperature from 10 to 30, such as 18 or 18.5.")
    return tenths


def watched(said: Mapping[str, Any]) -> WatchPolicy:
    """The limits that the table gives, the default where it says nothing."""
    return WatchPolicy(**{member: said[key] for key, member in ROWS.items() if key in said})
