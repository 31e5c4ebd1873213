"""Tables that people open in a spreadsheet: a cell that somebody typed is never a formula."""

import csv
import io

import pytest

from chalicelib.shared.cells import neutral, written
from tests.payloads import CELLS, PAYLOADS


@pytest.mark.parametrize("sign", [*"=+-@", *"＝＋－＠", *"﹦﹢﹣﹫", "−", "\t", "\r", "\n", " =", "\u3000＝", "\u00a0+"])
def test_a_cell_that_begins_a_formula_begins_with_a_quote(sign: str):
    assert neutral(f"{sign}1+1") == f"'{sign}1+1"


@pytest.mark.parametrize("cell", ["", "口罩", "a=1", "3-502", "0571-8800 1234", "'=1", "1+1", "　口罩", "·", "—"])
def test_every_other_cell_stays_as_it_is(cell: str):
    assert neutral(cell) == cell


def test_a_table_comes_back_cell_by_cell_and_its_numbers_are_numbers():
    file = written([("名称", "要多少"), *((text, -3) for text in PAYLOADS)])
    assert file.startswith("\ufeff")
    rows = list(csv.reader(io.StringIO(file.removeprefix("\ufeff"), newline="")))

    assert [row[0].removeprefix("'") if row[0][:1] == "'" and text[:1] != "'" else row[0] for row, text in zip(rows[1:], PAYLOADS, strict=True)] == list(PAYLOADS)  # fmt: skip
    assert {row[1] for row in rows[1:]} == {"-3"}
    assert all(row[0].startswith("'") for row, text in zip(rows[1:], PAYLOADS, strict=True) if text in CELLS and text[0] != "|")
