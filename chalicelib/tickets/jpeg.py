"""Is this a picture and nothing else? A JPEG walked marker by marker, from its first byte to its last (ITU-T T.81, annex B). Pure.

Our own walk, and not a library: a decoder takes what it can read and leaves the rest lie, so pictures with an archive behind them pass,
and a decoder in C on a stranger's bytes is what we would rather not run. This one takes only what a browser's canvas writes.
"""

import re
from collections.abc import Callable
from enum import StrEnum

LARGEST = 2 * 1024 * 1024
LONGEST_EDGE, SHORTEST_EDGE = 1600, 16
MOST_SCANS = 12
"""A progressive picture has ten; a thousand of them would keep a phone busy for minutes."""


class Fault(StrEnum):
    NO_PICTURE = "no-picture"
    TORN = "torn"
    MORE_INSIDE = "more-inside"
    TOO_LARGE = "too-large"


class Unfit(Exception):
    def __init__(self, fault: Fault) -> None:
        super().__init__(fault.value)
        self.fault = fault


SOF0, SOF2, DHT, EOI, SOS, DQT, DRI, APP0, APP14 = 0xC0, 0xC2, 0xC4, 0xD9, 0xDA, 0xDB, 0xDD, 0xE0, 0xEE
_after_scan = re.compile(rb"\xff[^\x00\xd0-\xd7]", re.DOTALL)
_foreign = re.compile(rb"PK\x05\x06\x00{4}|%PDF-|Rar!\x1a\x07|7z\xbc\xaf\x27\x1c|<\?php|<script|<html|<!doctype", re.IGNORECASE)
"""What makes another program take the same bytes for an archive or a page, wherever it stands: the walk does not look into the scans."""


def fault(raw: bytes) -> Fault | None:
    """What is wrong with it; None for a plain picture of sane size."""
    try:
        _walk(raw)
    except Unfit as unfit:
        return unfit.fault
    except IndexError:
        return Fault.TORN
    return Fault.MORE_INSIDE if _foreign.search(raw) else None


def _walk(raw: bytes) -> None:
    _need(len(raw) <= LARGEST, Fault.TOO_LARGE)
    _need(raw[:2] == b"\xff\xd8", Fault.NO_PICTURE)
    at, seen = 2, [0]
    while True:
        _need(raw[at] == 0xFF, Fault.NO_PICTURE)
        marker = raw[at + 1]
        if marker == EOI:
            break
        end = at + 2 + int.from_bytes(raw[at + 2 : at + 4], "big")
        _need(at + 4 <= end <= len(raw), Fault.TORN)
        _need(marker in SEGMENTS, Fault.MORE_INSIDE)
        SEGMENTS[marker](raw[at + 4 : end])
        seen.append(marker)
        at = _behind_scan(raw, end) if marker == SOS else end
    frames, scans = sum(seen.count(each) for each in (SOF0, SOF2)), seen.count(SOS)
    _need(frames == 1 and 1 <= scans <= MOST_SCANS, Fault.NO_PICTURE)
    _need(at + 2 == len(raw), Fault.MORE_INSIDE)


def _behind_scan(raw: bytes, start: int) -> int:
    """Where the next marker stands; in between an FF is either stuffed with a zero or a restart."""
    found = _after_scan.search(raw, start)
    _need(found is not None and found.start() > start, Fault.TORN)
    assert found
    return found.start()


def _jfif(part: bytes) -> None:
    """Without a thumbnail, which would be a second picture."""
    _need(len(part) == 14 and part[:5] == b"JFIF\0" and part[12:] == b"\0\0", Fault.MORE_INSIDE)


def _adobe(part: bytes) -> None:
    _need(len(part) == 12 and part[:5] == b"Adobe", Fault.MORE_INSIDE)


def _quantisation(part: bytes) -> None:
    at = 0
    while at < len(part):
        precision, table = divmod(part[at], 16)
        _need(precision < 2 and table < 4, Fault.NO_PICTURE)
        at += 1 + 64 * (1 + precision)
    _need(at == len(part), Fault.MORE_INSIDE)


def _huffman(part: bytes) -> None:
    at = 0
    while at < len(part):
        kind, table = divmod(part[at], 16)
        _need(kind < 2 and table < 4, Fault.NO_PICTURE)
        at += 17 + sum(part[at + 1 : at + 17])
    _need(at == len(part), Fault.MORE_INSIDE)


def _restart(part: bytes) -> None:
    _need(len(part) == 2, Fault.MORE_INSIDE)


def _frame(part: bytes) -> None:
    """Eight bits deep, grey or coloured, and of a size that opens on any phone."""
    high, wide, parts = int.from_bytes(part[1:3], "big"), int.from_bytes(part[3:5], "big"), part[5]
    _need(part[0] == 8 and parts in (1, 3), Fault.NO_PICTURE)
    _need(len(part) == 6 + 3 * parts, Fault.MORE_INSIDE)
    _need(max(high, wide) <= LONGEST_EDGE, Fault.TOO_LARGE)
    _need(min(high, wide) >= SHORTEST_EDGE, Fault.NO_PICTURE)
    _need(all(1 <= nibble <= 4 for each in part[7::3] for nibble in divmod(each, 16)), Fault.NO_PICTURE)


def _scan(part: bytes) -> None:
    _need(part[0] in (1, 2, 3), Fault.NO_PICTURE)
    _need(len(part) == 4 + 2 * part[0], Fault.MORE_INSIDE)


def _need(holds: bool, otherwise: Fault) -> None:
    if not holds:
        raise Unfit(otherwise)


SEGMENTS: dict[int, Callable[[bytes], None]] = {
    APP0: _jfif,
    APP14: _adobe,
    DQT: _quantisation,
    DHT: _huffman,
    DRI: _restart,
    SOF0: _frame,
    SOF2: _frame,
    SOS: _scan,
}
"""All that a picture needs. Whatever else there is, EXIF with the place it was taken at and remarks among it, is not wanted."""
