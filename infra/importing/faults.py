"""What is wrong with an import, and where: sentences for the person who filled in the file.

A sentence never repeats a cell unless it looks like an id, because what stands in a wrong column may be somebody's name or phone.
"""

import re
from typing import NamedTuple

_ID_LIKE = re.compile(r"[A-Za-z0-9._:/+-]{1,40}")
_PHONE_LIKE = re.compile(r"\d{7}")


class Bad(Exception):
    """A value that cannot be taken. ``zh`` and ``en`` say what is wrong and what is wanted."""

    def __init__(self, zh: str, en: str) -> None:
        super().__init__(en)
        self.zh, self.en = zh, en


class Unreadable(Bad):
    """The file or folder as a whole cannot be read."""


class Fault(NamedTuple):
    """One thing wrong. ``line`` counts as the editor shows it; ``column`` is the heading as the file writes it."""

    file: str
    line: int
    column: str
    zh: str
    en: str

    def __str__(self) -> str:
        zh_place = f"{self.file} 第 {self.line} 行" + (f"「{self.column}」" if self.column else "")
        en_place = f"line {self.line}" + (f", column {self.column}" if self.column else "")
        return f"{zh_place}：{self.zh}\n    {en_place}: {self.en}"


def shown(text: str) -> str:
    """The cell in quotation marks if it can only be an id; otherwise nothing."""
    return f"“{text}”" if _ID_LIKE.fullmatch(text) and not _PHONE_LIKE.search(re.sub(r"[+ -]", "", text)) else ""
