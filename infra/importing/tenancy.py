"""What lists do not say and an import carries on: since when there is a compound, and families' stays. A tenancy number is used once per home."""

from datetime import date

import msgspec

from chalicelib.register.rules import Home, Register
from chalicelib.shared.ids import HomeId, TenancyId


def carry(previous: Register | None, wanted: Register, today: date) -> tuple[Register, list[HomeId]]:
    """The wanted register with its tenancies and its first day, and the homes where a tenancy ends.

    A home keeps its tenancy, and the day it began, while its household code stays the same. A new code is a new tenancy from
    ``today`` on; a blank one leaves the home vacant. Only a home that is new to the register is believed its ``moved_in``.
    """
    before: dict[str, Home] = previous.home_by_id if previous else {}
    retired: dict[str, int] = previous.retired if previous else {}
    start = today if previous else None
    homes = tuple(_stay(before.get(home.id), home, retired.get(home.id, 0), start, today) for home in wanted.homes)
    now = {home.id: home for home in homes}
    ended = [home.id for home in before.values() if home.lived_in and (home.id not in now or now[home.id].tenancy != home.tenancy)]
    gone = {home.id: _last(home) for home in before.values() if home.id not in now}
    kept = {identity: number for identity, number in {**retired, **gone}.items() if identity not in now and number}
    return msgspec.structs.replace(wanted, homes=homes, retired=kept, since=previous.since if previous else today), ended


def _stay(before: Home | None, home: Home, retired: int, start: date | None, today: date) -> Home:
    """``start`` is when a home without a past was moved into, if its list does not say."""
    last = _last(before) if before else retired
    if not home.household:
        return msgspec.structs.replace(home, tenancy=TenancyId(""), moved_in=None, last_tenancy=last)
    if before and before.lived_in and before.household == home.household:
        return msgspec.structs.replace(home, tenancy=before.tenancy, moved_in=before.moved_in, last_tenancy=last)
    moved_in = today if last or before else home.moved_in or start
    return msgspec.structs.replace(home, tenancy=TenancyId(f"t{last + 1}"), moved_in=moved_in, last_tenancy=last + 1)


def _last(home: Home) -> int:
    return max(home.last_tenancy, int(home.tenancy[1:] or 0))
