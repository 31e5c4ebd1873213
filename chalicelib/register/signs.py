"""What a sign's code means, scanned or typed: the place that bears it."""

from chalicelib.register.places import Place
from chalicelib.register.rules import Register


def place_of(register: Register, code: str) -> Place | None:
    """``S3``, ``anheli.S3`` or the whole address on the sign; None for any other place, and for one of another compound."""
    compound, _, name = bare(code).rpartition(".")
    return register.place_by_id.get(name.lower()) if compound.lower() in ("", register.compound) else None


def bare(code: str) -> str:
    """What stands behind the # of an address; else the text itself."""
    return code.rpartition("#")[2].strip()
