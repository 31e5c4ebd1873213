"""Pictures for tests, and what people with other intentions make of one; a bucket in memory."""

import struct
import zipfile
from datetime import timedelta
from io import BytesIO

from chalicelib.store.bucket import POST_TO, Form
from chalicelib.tickets.jpeg import LARGEST


def segment(marker: int, part: bytes) -> bytes:
    return bytes((0xFF, marker)) + struct.pack(">H", len(part) + 2) + part


JFIF = segment(0xE0, b"JFIF\0\1\1\0\0\1\0\1\0\0")
TABLES = segment(0xDB, b"\0" + b"\1" * 64) + b"".join(segment(0xC4, bytes((kind, 1)) + bytes(15) + b"\0") for kind in (0, 16))
EOI = b"\xff\xd9"


def frame(wide: int = 32, high: int = 32, marker: int = 0xC0) -> bytes:
    return segment(marker, struct.pack(">BHHB", 8, high, wide, 1) + b"\1\x11\0")


def scan(data: bytes = b"\0\0\0\0") -> bytes:
    return segment(0xDA, b"\1\1\0\0\x3f\0") + data


def picture(extra: bytes = b"", size: tuple[int, int] = (32, 32), data: bytes = b"\0\0\0\0", more: bytes = b"") -> bytes:
    """A grey square that any browser shows; ``extra`` stands among its segments, ``more`` behind its end."""
    return b"\xff\xd8" + JFIF + extra + TABLES + frame(*size) + scan(data) + EOI + more


def archive() -> bytes:
    held = BytesIO()
    with zipfile.ZipFile(held, "w") as made:
        made.writestr("META-INF/MANIFEST.MF", "Main-Class: X")
    return held.getvalue()


GPS = b"Exif\0\0MM\0*\0\0\0\x08\0\1\x88\x25\0\4\0\0\0\1\0\0\0\x1a\0\0\0\0\0\1\0\1\0\2\0\0\0\2N\0\0\0\0\0\0\0"
BAD = {
    "nothing": b"",
    "text": b"hello",
    "an SVG": b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>",
    "a GIF": b"GIF89a\1\0\1\0\0\0\0;",
    "a GIF that calls itself JPEG behind its start": b"GIF89a/*" + picture(),
    "a PNG": b"\x89PNG\r\n\x1a\n" + bytes(40),
    "a JPEG with an archive behind it (GIFAR)": picture(more=archive()),
    "a JPEG with an archive in its picture": picture(data=b"\0" + archive().replace(b"\xff", b"\xfe") + b"\0"),
    "a JPEG with an archive in a remark": picture(segment(0xFE, archive())),
    "a JPEG with a page in a remark": picture(segment(0xFE, b"<script>alert(1)</script>")),
    "a JPEG with a page in its table": picture().replace(b"\1" * 64, b"<html><script>".ljust(64, b"\1")),
    "a JPEG with a PDF in its picture": picture(data=b"%PDF-1.7 \0"),
    "a JPEG that says where it was taken": picture(segment(0xE1, GPS)),
    "a JPEG with XMP": picture(segment(0xE1, b"http://ns.adobe.com/xap/1.0/\0<x:xmpmeta/>")),
    "a JPEG with a colour profile": picture(segment(0xE2, b"ICC_PROFILE\0\1\1" + bytes(128))),
    "a JPEG with Photoshop's notes": picture(segment(0xED, b"Photoshop 3.0\0" + bytes(12))),
    "a JPEG with a thumbnail": picture().replace(JFIF, segment(0xE0, b"JFIF\0\1\1\0\0\1\0\1\1\1\0\0\0")),
    "a JPEG with an APP0 of its own": picture(segment(0xE0, b"JFXX\0\x10")),
    "a JPEG with room in its table": picture(segment(0xDB, b"\0" + b"\1" * 64 + b"hidden")),
    "two JPEGs in a row": picture(more=picture()),
    "one byte too many": picture(more=b"\0"),
    "a JPEG cut short": picture()[:-2],
    "a JPEG cut in its table": picture()[:60],
    "a JPEG cut in its length": picture()[:3],
    "a JPEG without a picture": b"\xff\xd8" + JFIF + TABLES + frame() + EOI,
    "a JPEG without a size": b"\xff\xd8" + JFIF + TABLES + scan() + EOI,
    "a JPEG with two sizes": picture(frame()),
    "a JPEG of 65,500 by 65,500": picture(size=(65_500, 65_500)),
    "a JPEG of 1 by 1": picture(size=(1, 1)),
    "a JPEG of no height": picture(size=(32, 0)),
    "a lossless JPEG": picture().replace(frame(), frame(marker=0xC3)),
    "a JPEG with a thousand scans": b"\xff\xd8" + JFIF + TABLES + frame(marker=0xC2) + scan() * 1000 + EOI,
    "a length that leads back": b"\xff\xd8\xff\xe0\0\0" + picture(),
    "3 MB": picture(data=bytes(3 * 1024 * 1024)),
}


class MemoryBucket:
    """Files in a dictionary. What a browser sends is put there by the test."""

    def __init__(self) -> None:
        self.files: dict[str, bytes] = {}
        self.done: set[tuple[str, str]] = set()

    def form(self, key: str, largest: int, lasting: timedelta) -> Form:
        self._note("PutObject", key)
        return Form(POST_TO, {"key": key, "largest": str(largest), "seconds": str(int(lasting.total_seconds()))})

    def address(self, key: str, lasting: timedelta) -> str:
        self._note("GetObject", key)
        return f"/{key}?seconds={int(lasting.total_seconds())}"

    def read(self, key: str, largest: int) -> bytes | None:
        self._note("GetObject", key)
        found = self.files.get(key)
        return None if found is None else found[: largest + 1]

    def keep(self, key: str, raw: bytes) -> None:
        self._note("PutObject", key)
        assert len(raw) <= LARGEST
        self.files[key] = raw

    def drop(self, key: str) -> None:
        self._note("DeleteObject", key)
        self.files.pop(key, None)

    def _note(self, action: str, key: str) -> None:
        self.done.add((f"s3:{action}", "/".join(key.split("/")[:2])))
