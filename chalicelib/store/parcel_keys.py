"""The keys of parcels. The first part of every partition is the compound."""

from datetime import date

from chalicelib.store.keys import Key


def parcels(compound: str) -> str:
    """Those on their way, by number; a number begins with its building."""
    return f"{compound}#PARCEL"


def open_parcel(compound: str, parcel: str) -> Key:
    return Key(parcels(compound), f"OPEN#{parcel}")


def closed_parcels(compound: str, day: date) -> str:
    """Those that arrived on a day and are home, or have been returned."""
    return f"{compound}#PARCEL#{day.isoformat()}"


def closed_parcel(compound: str, day: date, parcel: str) -> Key:
    return Key(closed_parcels(compound, day), parcel)
