"""Every table that leaves the house as CSV is written in one place, which lets no cell be a formula to whoever opens it."""

from tests.architecture.tree import attributes, imports, named, sources


def test_csv_is_written_in_one_place():
    house = sources("chalicelib", "infra", "local")

    assert {named(path) for path in house if {"csv.writer", "csv.DictWriter"} & set(attributes(path))} == {"chalicelib/shared/cells.py"}
    assert {named(path) for path in house if "csv" in imports(path)} == {"chalicelib/shared/cells.py", "infra/importing/text.py"}
