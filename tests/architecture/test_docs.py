"""The documents name what the code has: links lead somewhere, and no key, news or command is left out."""

import inspect
import re
from importlib import import_module
from pathlib import Path
from types import ModuleType

import pytest

from chalicelib.shared.news import News

ROOT = Path(__file__).parents[2]
FOLDERS = ("docs", "bench", "chalicelib", "infra", "local", "sample", "static", "tests")
PAGES = sorted([*ROOT.glob("*.md"), *(page for folder in FOLDERS for page in (ROOT / folder).rglob("*.md"))])
BLOCK = re.compile(r"^```.*?^```", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"\]\(([^)\s]+)\)")
TARGET = re.compile(r"^([a-z]+):(?!=)", re.MULTILINE)
PLACE = re.compile(r"`([\w/]+\.py) (\w+)`")
HEADING = re.compile(r"^#+ (.+)$", re.MULTILINE)
KEYS = [import_module(f"chalicelib.store.{path.stem}") for path in sorted((ROOT / "chalicelib/store").glob("*keys.py"))]


def text(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


@pytest.mark.parametrize("page", PAGES, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_link_leads_somewhere(page: Path):
    for link in LINK.findall(BLOCK.sub("", page.read_text(encoding="utf-8"))):
        if "://" in link or link.startswith("mailto:"):
            continue
        path, _, anchor = link.partition("#")
        target = (page.parent / path).resolve() if path else page
        assert target.exists(), f"{page.name} → {link}"
        if anchor and target.suffix == ".md":
            assert anchor in {_anchor(heading) for heading in HEADING.findall(target.read_text(encoding="utf-8"))}, f"{page.name} → {link}"


def test_every_news_is_in_the_glossary():
    glossary = text("docs/glossary.md")
    assert [news for news in News if f"`{news.value}`" not in glossary] == []


@pytest.mark.parametrize("page", KEYS, ids=lambda page: page.__name__)
def test_every_key_is_among_the_access_patterns(page: ModuleType):
    written = text("docs/access-patterns.md")
    functions = [name for name, made in inspect.getmembers(page, inspect.isfunction) if made.__module__ == page.__name__]
    assert functions and [name for name in functions if f"`keys.{name}`" not in written] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_function_named_with_its_file_is_there(page: Path):
    for file, function in PLACE.findall(page.read_text(encoding="utf-8")):
        source = next((path for path in (ROOT / "chalicelib" / file, ROOT / file) if path.exists()), None)
        assert source, f"{page.name}: {file}"
        assert f"def {function}(" in source.read_text(encoding="utf-8"), f"{page.name}: {file} {function}"


def test_every_command_is_explained():
    explained = text("README.md") + text("CONTRIBUTING.md")
    targets = TARGET.findall(text("Makefile"))
    assert "run" in targets and [target for target in targets if f"`make {target}" not in explained] == []


def test_both_readmes_say_the_same():
    """As far as a machine can tell: the same commands, and the same documents to read on."""
    english, chinese = text("README.md"), text("README.zh-CN.md")
    assert set(LINK.findall(english)) - {"README.zh-CN.md"} == set(LINK.findall(chinese)) - {"README.md"}
    assert set(re.findall(r"make [a-z]+", english)) == set(re.findall(r"make [a-z]+", chinese))


def _anchor(heading: str) -> str:
    """As GitHub makes it."""
    return re.sub(r"[^\w\- ]", "", heading.strip().lower()).replace(" ", "-")


def test_every_decision_has_a_number_of_its_own():
    names = sorted(path.name for path in (ROOT / "docs/adr").glob("*.md"))
    assert [name[:4] for name in names] == [f"{number:04d}" for number in range(1, len(names) + 1)]
    for name in names:
        assert text(f"docs/adr/{name}").startswith(f"# {name[:4]} "), name
