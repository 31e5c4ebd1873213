"""No table leaves the house as CSV, where a cell that begins with = + - @ is a formula to whoever opens it.

The day one does, its cells get a quote before them, full-width signs, tabs and line ends included, and this test a line.
"""

from tests.architecture.tree import attributes, imports, named, sources


def test_nothing_of_the_product_writes_csv():
    writers = {"csv.writer", "csv.DictWriter"}
    house = sources("chalicelib", "infra", "local")

    assert [named(path) for path in house if writers & set(attributes(path))] == []
    assert {named(path) for path in house if "csv" in imports(path)} <= {"infra/importing/text.py"}
