"""What the page for the people who fill in the lists says is what the import reads."""

import re
from pathlib import Path

import pytest

from infra.importing.columns import NEEDED
from infra.importing.policy import SETTINGS
from infra.importing.tables import TABLES
from infra.importing.words import FACTS, KINDS, PLACES, ROLES, TIERS

PAGE = (Path(__file__).parents[2] / "docs" / "import.md").read_text()


@pytest.mark.parametrize("table", TABLES)
def test_every_column_is_described_in_the_order_of_the_table(table: str) -> None:
    section = PAGE.partition(f"| **{table} {TABLES[table].zh}**")[2].partition("| **")[0].partition("\n\n")[0]
    described = re.findall(r"^\|? \| ([a-z_]+) (\S+?)( ＊)? \|", section, re.MULTILINE)
    wanted = [(column.name, column.zh, " ＊" if column.blank is NEEDED else "") for column in TABLES[table].columns]
    assert described == wanted


@pytest.mark.parametrize("key", SETTINGS)
def test_every_policy_key_is_described(key: str) -> None:
    assert f"| {key} {SETTINGS[key].zh}{' ＊' if SETTINGS[key].needed else ''} |" in PAGE


@pytest.mark.parametrize("words", [TIERS, ROLES, FACTS, KINDS, PLACES])
def test_every_word_is_named(words: dict[str, tuple[str, ...]]) -> None:
    assert all(word in PAGE and (not others or others[0] in PAGE) for word, others in words.items())
