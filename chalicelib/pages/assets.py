"""What goes into the bucket beside the pages: style, script and drawings under names that change with their content."""

import gettext
import hashlib
import re
from pathlib import Path

import msgspec

STATIC = Path(__file__).parents[2] / "static"
LOCALE = Path(__file__).parent / "locale"
HASHED = {".css", ".js", ".svg"}
_import = re.compile(r'(?<=from )"\./([\w-]+\.js)"')
_named = re.compile(r'(?:(?<=from )|(?<=import\())"\./([\w-]+\.js)"')
"""Imported at once, or when somebody asks for what is in it."""
_remark = re.compile(r"^[ ]*(//.*|/\*\*[\s\S]*?\*/)\n", re.MULTILINE)
_indent = re.compile(r"^ +", re.MULTILINE)
_note = re.compile(r"/\*[\s\S]*?\*/")
_room = re.compile(r"\s*([{};,])\s*|(?<=:)\s+")
_part = re.compile(r'@import "\./([\w/-]+\.css)";')


class Words(gettext.NullTranslations):
    """A language's words; what it has none for stays as it is."""

    def __init__(self, words: dict[str, str]) -> None:
        super().__init__()
        self.words = words

    def gettext(self, message: str) -> str:
        return self.words.get(message, message)


class Assets(msgspec.Struct, frozen=True):
    """``files``: bucket path → bytes. ``urls``: plain name → address. ``needs``: module → every module it leads to.

    ``words``: language → its catalogue. ``worker``: the service worker's source, still without its list."""

    files: dict[str, bytes]
    urls: dict[str, str]
    needs: dict[str, tuple[str, ...]]
    words: dict[str, Words]
    worker: str


def load(static: Path = STATIC, locale: Path = LOCALE) -> Assets:
    """Read everything once, so that rendering itself touches nothing."""
    sources = {path.name: _whole(path) for path in sorted(static.iterdir()) if path.suffix in HASHED}
    worker = sources.pop("sw.js")
    urls: dict[str, str] = {}
    files: dict[str, bytes] = {}
    for name in sources:
        _place(name, sources, urls, files)
    needs = {name: _reach(name, sources) for name in sources if name.endswith(".js")}
    return Assets(files, urls, needs, {"zh": Words({}), "en": catalogue(locale, "en")}, worker)


def catalogue(locale: Path, lang: str) -> Words:
    """The language's words, read from their source: no .mo file lies about to go stale."""
    from babel.messages.pofile import read_po  # not on Lambda, which gets them packed

    with (locale / lang / "LC_MESSAGES" / "messages.po").open("rb") as source:
        messages = read_po(source, locale=lang)
    return Words({str(each.id): str(each.string) for each in messages if each.id and each.string and not each.fuzzy})


def fingerprint(content: bytes) -> str:
    """Ten characters that change when the content does."""
    return hashlib.sha256(content).hexdigest()[:10]


def _whole(path: Path) -> str:
    """A source with its parts in place of their imports: a page asks for one style sheet, not for five. What only people read, remarks
    and room, stays at home."""
    if path.suffix == ".js":
        return _indent.sub("", _remark.sub("", path.read_text("utf-8")))
    whole = _part.sub(lambda found: (path.parent / found[1]).read_text("utf-8"), path.read_text("utf-8"))
    return _room.sub(lambda found: found[1] or "", _note.sub("", whole)).strip() + "\n" if path.suffix == ".css" else whole


def _place(name: str, sources: dict[str, str], urls: dict[str, str], files: dict[str, bytes]) -> str:
    """The address of ``name``. A module is named after those it imports, so that a change below renames all above."""
    if name not in urls:
        text = _named.sub(lambda found: f'"{_place(found[1], sources, urls, files)}"', sources[name])
        stem, _, suffix = name.rpartition(".")
        path = f"assets/{stem}.{fingerprint(text.encode())}.{suffix}"
        files[path], urls[name] = text.encode(), f"/{path}"
    return urls[name]


def _reach(name: str, sources: dict[str, str]) -> tuple[str, ...]:
    """Every module that ``name`` leads to, each once: the page fetches them together and not one after the other."""
    found: dict[str, None] = {}
    for direct in _import.findall(sources[name]):
        found.update(dict.fromkeys((direct, *_reach(direct, sources))))
    return tuple(found)
