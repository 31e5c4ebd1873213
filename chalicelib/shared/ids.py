"""Names for the identifiers that travel between rooms."""

import re
from typing import NewType

CompoundId = NewType("CompoundId", str)
"""Lower-case letters and digits, 3 to 20, no hyphen: it is the first part of every key, thing name and username."""

HomeId = NewType("HomeId", str)
"""``building-door``, e.g. ``3-502``: unique inside one compound only."""

TenancyId = NewType("TenancyId", str)
"""``t1``, ``t2`` …: one family's stay in a home. A new family is a new tenancy."""

COMPOUND = re.compile(r"[a-z][a-z0-9]{2,19}")
HOME = re.compile(r"[A-Za-z0-9]{1,8}(?:-[A-Za-z0-9]{1,8}){1,2}")


RESERVED = "nuanlin"
"""The list of compounds stands under this name, so no compound may bear it."""


NEED = re.compile(r"(need:[^:#@]+:[^:#@]+:[\d-]+):[a-z_]+")


def discreet(identity: str) -> str:
    """An id as logs and group chats may carry it: what a household needs may be its health, so that part of a task's id is left out."""
    return NEED.sub(r"\1", identity)


def is_compound_id(text: str) -> bool:
    return COMPOUND.fullmatch(text) is not None and text != RESERVED


def is_home_id(text: str) -> bool:
    return HOME.fullmatch(text) is not None
