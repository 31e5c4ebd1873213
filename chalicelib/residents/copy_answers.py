"""The lists of doors whose card or sheet is out of date, and what the routes of them take and give."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Annotated

import msgspec
from msgspec import Meta

from chalicelib.register.answers import Contact, Named, Phones, name_of, named, phones
from chalicelib.register.contents import LONGEST_LINE, Line, in_force, text_of
from chalicelib.register.rules import Home, Register
from chalicelib.register.standing import Standing
from chalicelib.residents.copies import Copies, Copy, CopyState, Hung, Kind, Lines, Mark, lines_of, version_of
from chalicelib.shared.calendar import stamp

Family = tuple[str, str]


class SheetsBody(msgspec.Struct, forbid_unknown_fields=True):
    homes: Annotated[list[str], Meta(min_length=1, max_length=16)]


class SheetAnswer(msgspec.Struct):
    home: str
    label: str
    steward: Contact | None


class SheetsAnswer(msgspec.Struct):
    """What a door sheet says; the steward differs from home to home."""

    compound: Named
    lines: dict[str, str]
    printed: str
    sheets: list[SheetAnswer]


class LineBody(msgspec.Struct, forbid_unknown_fields=True):
    line: Line
    text: Annotated[str, Meta(max_length=LONGEST_LINE)]


class ContentLine(msgspec.Struct):
    """One line as it is printed now; ``by_name`` and ``at`` are "" where it is the lists'."""

    line: Line
    text: str
    by_name: str
    at: str


class ContentsAnswer(msgspec.Struct):
    lines: list[ContentLine]


class MarkBody(msgspec.Struct, forbid_unknown_fields=True):
    """``version`` is that of the row that was ticked."""

    kind: Kind
    mark: Mark
    version: Annotated[str, Meta(max_length=8)] = ""


class RoundMarkBody(msgspec.Struct, forbid_unknown_fields=True):
    """The same, from a volunteer."""

    home: Annotated[str, Meta(max_length=20)]
    kind: Kind
    mark: Mark
    version: Annotated[str, Meta(max_length=8)] = ""


class ChangedLine(msgspec.Struct):
    """A line that hangs there as ``was`` and reads ``now`` today; "" for none."""

    line: str
    was: str
    now: str


class CopyLine(msgspec.Struct):
    """A card or sheet at a door. ``at`` and ``by`` are of what hangs there; ``undo`` says that its tick can be taken back."""

    id: str
    home: str
    label: str
    building: str
    floor: int
    kind: Kind
    state: CopyState
    version: str
    changes: list[ChangedLine]
    at: str
    by: str
    by_name: str
    undo: bool


class Progress(msgspec.Struct):
    """Of one building: copies that hang there, those that are current, and homes that have no card yet."""

    id: str
    name: str
    held: int
    current: int
    without: int


class OutdatedAnswer(msgspec.Struct):
    """``lines`` are the out-of-date ones of ``building`` as one walks past them, ``done`` those that were ticked within a week."""

    compound: Named
    now: str
    phones: Phones
    building: str
    buildings: list[Progress]
    lines: list[CopyLine]
    done: list[CopyLine]


def outdated(register: Register, homes: Iterable[Home], known: Mapping[Family, Copies], building: str, now: datetime) -> OutdatedAnswer:
    """Of the homes that somebody sees. Without a building, the first that has anything out of date."""
    seen = sorted((home for home in homes if home.lived_in), key=lambda home: home.place)
    lines = [each for home in seen for each in copy_lines(register, home, known.get((home.id, home.tenancy)), now)]
    buildings = [_progress(register, each, seen, lines, known) for each in dict.fromkeys(home.building for home in seen)]
    first = next((each.id for each in buildings if each.current < each.held), buildings[0].id if buildings else "")
    chosen = building if building in {each.id for each in buildings} else first
    here = [line for line in lines if line.building == chosen]
    old, done = [each for each in here if each.state is not CopyState.CURRENT], [each for each in here if each.undo]
    return OutdatedAnswer(
        named(register), stamp(now), phones(register), chosen, buildings, old, sorted(done, key=lambda each: each.at, reverse=True)
    )


def copy_lines(register: Register, home: Home, copies: Copies | None, now: datetime) -> list[CopyLine]:
    return [_line(register, home, kind, copies.of[kind], now) for kind in Kind if copies and kind in copies.of]


def _line(register: Register, home: Home, kind: Kind, copy: Copy, now: datetime) -> CopyLine:
    lines, hung = lines_of(register, home, kind), copy.door
    state = copy.state(lines)
    return CopyLine(
        id=f"{home.id}:{kind}",
        home=home.id,
        label=home.label,
        building=home.building,
        floor=home.floor,
        kind=kind,
        state=state,
        version=version_of(lines),
        changes=_changes(hung.lines, lines),
        undo=state is CopyState.CURRENT and copy.undoable(now),
        **_by(register, hung),
    )


def _by(register: Register, hung: Hung) -> dict[str, str]:
    return {"at": stamp(hung.at), "by": hung.by, "by_name": name_of(register, hung.by)}


def _changes(was: Lines, now: Lines) -> list[ChangedLine]:
    names = dict.fromkeys((*now, *was))
    return [ChangedLine(each, was.get(each, ""), now.get(each, "")) for each in names if was.get(each) != now.get(each)]


def _progress(register: Register, building: str, homes: list[Home], lines: list[CopyLine], known: Mapping[Family, Copies]) -> Progress:
    here = [line for line in lines if line.building == building]
    carded = {line.home for line in here if line.kind is Kind.CARD}
    without = sum(home.building == building and home.id not in carded for home in homes)
    name = next((each.name for each in register.buildings if each.id == building), building)
    return Progress(building, name, len(here), sum(line.state is CopyState.CURRENT for line in here), without)


def contents(standing: Standing) -> ContentsAnswer:
    """Every line as it is printed now, and who wrote it last."""
    written = in_force(standing.imported.policy, standing.changes.contents)
    rows = []
    for line in Line:
        last = written.get(line)
        by, at = (name_of(standing.register, last.by), stamp(last.made)) if last else ("", "")
        rows.append(ContentLine(line, text_of(standing.register.policy, line), by, at))
    return ContentsAnswer(rows)
