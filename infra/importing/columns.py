"""What a table and a column of a compound's lists are."""

from collections.abc import Callable
from typing import Any, NamedTuple


class _Needed:
    """Stands for: this cell may not be blank."""


NEEDED = _Needed()


class Column(NamedTuple):
    """``blank`` is the value of a blank cell. ``refers`` names the table whose first column must hold the value, or all the values.

    ``signed`` cells may begin with + or -.
    """

    name: str
    zh: str
    read: Callable[..., Any]
    blank: Any = NEEDED
    refers: str = ""
    signed: bool = False
    may_be_absent: bool = False


class Table(NamedTuple):
    """``key`` is what may occur once only; ``most`` is the limit on rows."""

    zh: str
    key: tuple[str, ...]
    columns: tuple[Column, ...]
    most: int = 60_000
    may_be_absent: bool = False
