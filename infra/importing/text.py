"""Bytes of a list as people save it → rows of cells. Knows encodings and separators, nothing of compounds."""

import csv
import io
import unicodedata
from collections.abc import Iterator

from infra.importing.faults import Bad, Unreadable

Cells = list[str]
SEPARATORS = ",\t;，；"
_INVISIBLE = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"))
_ERRORS = {"#N/A", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#NULL!", "#NUM!"}


def decode(data: bytes) -> str:
    """UTF-8 or UTF-16, with or without a byte-order mark, else GB18030, which contains GBK. Unreadable for anything else."""
    for encoding in _candidates(data):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise Unreadable("认不出文字编码。请另存为 UTF-8 的 CSV。", "The text encoding is unknown. Please save it as CSV in UTF-8.")


def _candidates(data: bytes) -> tuple[str, ...]:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return ("utf-16",)
    if b"\0" in data:
        # Without a mark: the zero byte of commas and line ends is the second one of a pair in little-endian text.
        return ("utf-16-le",) if data[1::2].count(0) >= data[::2].count(0) else ("utf-16-be",)
    return ("utf-8-sig", "gb18030")


def rows(text: str) -> Iterator[tuple[int, Cells]]:
    """Each row with the number of the line it starts on. Unreadable, naming the line, where a quotation mark is left open."""
    heading = text.lstrip("\r\n").splitlines()[:1] or [""]
    separator = max(SEPARATORS, key=heading[0].count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    while True:
        line = reader.line_num + 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            zh = f"第 {line} 行起的引号没有成对，或一格太长。"
            raise Unreadable(zh, f"From line {line} on a quotation mark is left open, or a cell is far too long.") from error
        yield line, cells


def clean(cell: str, *, signed: bool = False) -> str:
    """The cell without blanks around it and invisible characters. Bad for what is not data: formulas, Excel's errors, control characters.

    ``signed`` cells (phones, floors, dates) may begin with a plus or minus.
    """
    cell = unicodedata.normalize("NFC", cell.translate(_INVISIBLE)).strip()
    first = unicodedata.normalize("NFKC", cell[:1])
    if first in ("=", "@") or (first in ("+", "-") and not signed):
        raise Bad("这是公式，不是内容。请改成填好的值。", "This is a formula, not data. Please put the value itself.")
    if cell.upper() in _ERRORS:
        raise Bad("这是 Excel 的出错提示，不是内容。", "This is an error message of Excel, not data.")
    if "\ufffd" in cell:
        zh = "有一个字在保存时丢失了（显示为 �），请重新填写。"
        raise Bad(zh, "A character was lost when the file was saved (shown as �). Please write it again.")
    if any(unicodedata.category(character) in ("Cc", "Cs") for character in cell):
        raise Bad("格子里有换行或看不见的控制字符，请删掉。", "There is a line break or a control character in the cell. Please remove it.")
    return cell


def plain(text: str) -> str:
    """Full-width digits, letters and spaces as ordinary ones, every kind of dash as ``-``: for ids, numbers and dates."""
    text = unicodedata.normalize("NFKC", text)
    return "".join("-" if character in "‐‑‒–—―−﹣" else character for character in text).strip()
