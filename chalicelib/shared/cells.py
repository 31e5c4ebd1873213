"""A table as a file that people open in a spreadsheet: the one place where CSV is written. Pure."""

import csv
import io
import unicodedata
from collections.abc import Iterable, Sequence

SIGNS = set("=+-@−")


def written(rows: Iterable[Sequence[str | int | float]]) -> str:
    """CSV (RFC 4180) with a byte-order mark, by which Excel knows UTF-8; numbers as they are, no text of it a formula."""
    out = io.StringIO()
    csv.writer(out, lineterminator="\r\n").writerows([neutral(cell) if isinstance(cell, str) else cell for cell in row] for row in rows)
    return f"\ufeff{out.getvalue()}"


def neutral(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula (OWASP, CSV injection): full-width and small signs count, and blanks before them."""
    sign = unicodedata.normalize("NFKC", cell.lstrip()[:1])
    return f"'{cell}" if sign in SIGNS or cell[:1] in ("\t", "\r", "\n") else cell
