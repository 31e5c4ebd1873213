"""Colours that can be read, bytes that arrive, letters that grow."""

import gzip
import re
from pathlib import Path

import pytest

from chalicelib.pages.assets import Assets
from chalicelib.pages.render import VIEWS
from tests.pages.reading import Reader

STYLE = Path(__file__).parents[2] / "static" / "style"
DESIGN = {
    "paper": "#faf7f2",
    "card": "#ffffff",
    "ink": "#1f2a2e",
    "soft": "#56646a",
    "line": "#e4ddd2",
    "leaf": "#17614a",
    "leaf-wash": "#e6f2ec",
    "sun": "#8a5a00",
    "sun-wash": "#fdf1d7",
    "fire": "#a8321a",
    "fire-wash": "#fbe7e1",
    "sky": "#1d5a86",
    "sky-wash": "#e4eff8",
}
GROUNDS = ("paper", "card", "leaf-wash", "sun-wash", "sky-wash")
TONES = ("leaf", "sun", "fire", "sky")
TEXT = [
    *((voice, ground) for voice in ("ink", "soft") for ground in GROUNDS),
    *((tone, f"{tone}-wash") for tone in TONES),
    *((tone, ground) for tone in TONES for ground in ("card", "paper")),
    *(("card", tone) for tone in ("leaf", "fire", "sky")),
]
EDGES = [
    ("edge", "card"),
    ("edge", "paper"),
    ("fire", "paper"),
    ("leaf", "card"),
    *((tone, f"{tone}-wash") for tone in ("leaf", "sun", "sky")),
]
BUDGET = 30 * 1024


def tokens() -> dict[str, str]:
    calm = (STYLE / "tokens.css").read_text().partition("@media")[0]
    return dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", calm))


def luminance(colour: str) -> float:
    """WCAG 2.2, relative luminance."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, two: str) -> float:
    light, dark = sorted((luminance(one), luminance(two)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_tokens_are_the_designs() -> None:
    assert {**tokens(), **DESIGN} == tokens()


@pytest.mark.parametrize(("voice", "ground"), TEXT)
def test_text_can_be_read(voice: str, ground: str) -> None:
    assert contrast(tokens()[voice], tokens()[ground]) >= 4.5


@pytest.mark.parametrize(("line", "ground"), EDGES)
def test_what_can_be_pressed_has_an_edge_that_can_be_seen(line: str, ground: str) -> None:
    assert contrast(tokens()[line], tokens()[ground]) >= 3


def test_colours_come_from_the_tokens() -> None:
    """Three washes of the day's strip and the card's black on white paper stand apart; anything else is a slip."""
    apart = {"#efe9de", "#8fc3aa", "#f0c56a", "#fff", "#000", "#999"}
    for sheet in STYLE.glob("*.css"):
        if sheet.name != "tokens.css":
            assert set(re.findall(r"#[0-9a-f]{3,6}\b", sheet.read_text())) <= apart, sheet.name
    for wash in ("#efe9de", "#8fc3aa", "#f0c56a"):
        assert contrast(tokens()["ink"], wash) >= 4.5


def test_letters_are_sized_in_rem_so_that_they_grow() -> None:
    for sheet in STYLE.glob("*.css"):
        for size in re.findall(r"font-size: ([^;]+);", sheet.read_text()):
            assert size.endswith(("rem", "%")) or "var(--mm)" in size, (sheet.name, size)


def test_still_contrasted_and_printable_pages_are_thought_of() -> None:
    css = "".join(sheet.read_text() for sheet in STYLE.glob("*.css"))
    for wish in ("prefers-reduced-motion", "prefers-contrast", "@media print", ":focus-visible"):
        assert wish in css
    assert "transition" not in css and "animation" not in css and "gradient" not in css


@pytest.mark.parametrize("view", VIEWS, ids=lambda view: view.name)
def test_a_page_with_all_it_needs_stays_within_its_bytes(view: object, html: dict[str, str], made: Assets) -> None:
    for lang in ("zh", "en"):
        page = html[view.file(lang)]  # type: ignore[attr-defined]
        read = Reader(page)
        names = {address[1:] for address in [*read.values("href"), *read.values("src")] if address.startswith("/assets/")}
        weight = len(gzip.compress(page.encode())) + sum(len(gzip.compress(made.files[name])) for name in names)
        assert weight <= BUDGET, f"{weight} bytes"
