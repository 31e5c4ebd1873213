"""Photos on the pages: made small and plain before they leave, sent with a ticket or to one, seen when somebody opens them."""

import re
import struct
import zlib
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from chalicelib.pages import assets
from chalicelib.tickets.jpeg import fault
from tests.browser.stub import Stub
from tests.browser.test_tickets import Open, choose, desk, family
from tests.pictures import GPS, picture, segment


def drawing(width: int, height: int) -> bytes:
    """A PNG that is as large as a camera's picture, and no two rows of it are the same."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    rows = b"".join(b"\0" + bytes((y * 7 + x * 13) % 256 for x in range(width)) for y in range(height))
    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(rows, 1)) + chunk(b"IEND", b"")


CAMERA = {"name": "IMG_0001.jpg", "mimeType": "image/jpeg", "buffer": picture(segment(0xE1, GPS))}
LARGE = {"name": "large.png", "mimeType": "image/png", "buffer": drawing(2400, 1200)}
NONE = {"name": "notes.jpg", "mimeType": "image/jpeg", "buffer": b"not a picture"}


def sent(stub: Stub) -> list[bytes]:
    """The pictures among what came as forms, each the last of its fields."""
    return [re.split(rb"\r\n\r\n", body.partition(b'name="file"')[2], maxsplit=1)[1].rpartition(b"\r\n--")[0] for body in stub.photos]


def size(raw: bytes) -> tuple[int, int]:
    at = max(raw.find(b"\xff\xc0"), raw.find(b"\xff\xc2"))
    high, wide = struct.unpack(">HH", raw[at + 5 : at + 9])
    return wide, high


def begun(page: Page) -> Any:
    choose(page, "#report", "kind", "repair")
    choose(page, "#report", "subkind", "leak")
    return page.locator("#photos")


def test_photos_go_with_a_report_small_and_without_the_place_they_were_taken_at(stub: Stub, open_page: Open) -> None:
    page = family(stub, open_page)
    field = begun(page)
    field.locator("input").set_input_files([CAMERA, LARGE])
    expect(field.locator("canvas")).to_have_count(2)
    page.click("#report [type=submit]")
    expect(page.locator("#sent-title")).to_have_text("报上去了：漏水")
    expect(page.locator("#sent-photos")).to_be_hidden()
    expect(field.locator("canvas")).to_have_count(0)

    pictures = sent(stub)
    assert [fault(each) for each in pictures] == [None, None]
    assert [size(each) for each in pictures] == [(32, 32), (1600, 800)]
    assert b"Exif" in CAMERA["buffer"] and not any(b"Exif" in each for each in pictures)
    row = page.locator("[data-key='2611-NEW7Q']")
    expect(row.locator("[data-photos] summary")).to_have_text("照片 2 张")


def test_one_is_left_out_again_a_fourth_has_no_room_and_what_is_no_picture_is_said_so(stub: Stub, open_page: Open) -> None:
    page = family(stub, open_page)
    field = begun(page)
    field.locator("input").set_input_files(NONE)
    expect(field.locator(".error")).to_have_text("这张照片打不开，请换一张。")
    field.locator("input").set_input_files([CAMERA, CAMERA, CAMERA, CAMERA])
    expect(field.locator("canvas")).to_have_count(3)
    expect(field.locator("label")).to_be_hidden()
    field.get_by_role("button", name="不要这张").first.click()
    expect(field.locator("canvas")).to_have_count(2)
    expect(field.locator("label")).to_be_visible()
    assert not stub.photos


def test_a_report_arrives_though_its_photo_does_not(stub: Stub, open_page: Open) -> None:
    page = family(stub, open_page)
    stub.refused = True
    begun(page).locator("input").set_input_files(CAMERA)
    page.click("#report [type=submit]")
    expect(page.locator("#sent-title")).to_have_text("报上去了：漏水")
    expect(page.locator("#sent-photos")).to_have_text("事情报上去了，有 1 张照片没传上去。可以在下面这张单子里再加。")


def test_one_is_added_later_and_seen(stub: Stub, open_page: Open) -> None:
    page = family(stub, open_page)
    fold = page.locator("[data-key='2611-K7Q3M'] [data-photos]")
    expect(fold.locator("summary")).to_have_text("加照片")
    fold.locator("summary").click()
    fold.locator("input").set_input_files(CAMERA)
    expect(fold.locator("summary")).to_have_text("照片 1 张")
    shown = fold.locator("img")
    expect(shown).to_have_count(1)
    expect(shown).to_have_js_property("naturalWidth", 640)
    expect(fold.locator(".pictures p")).to_have_text("9:10 家里加的")
    fold.get_by_role("button", name="删掉这张").click()
    expect(fold.locator("summary")).to_have_text("照片 1 张")
    fold.get_by_role("button", name="真的删掉？再点一次").click()
    expect(fold.locator("summary")).to_have_text("加照片")
    expect(page.locator("#heard")).to_have_text("照片删掉了。")
    expect(page.locator("[data-key='2611-3ZC8T'] [data-photos]")).to_have_count(0)  # solved, without any


def test_the_desk_sees_and_adds_and_hears_what_was_refused(stub: Stub, open_page: Open) -> None:
    stub.ticket_desk["open"][0]["photos"] = 2
    page = desk(stub, open_page)
    row = page.locator("[data-key='2611-9XW2B']")
    row.locator("[data-photos] summary").click()
    expect(row.locator("img")).to_have_count(2)
    stub.refused = True
    row.locator("[data-photos] input").set_input_files(CAMERA)
    expect(row.locator("[data-photos] .error")).to_have_text("这张照片打不开，没有收。")
    stub.refused = False
    row.locator("[data-photos] input").set_input_files(CAMERA)
    expect(page.locator("#done")).to_have_text("照片加上了。")
    expect(row.locator("[data-photos] summary")).to_have_text("照片 3 张")
    expect(row.locator("[data-photos] label")).to_be_hidden()


def test_what_another_browser_writes_into_a_picture_of_its_own_is_left_out(stub: Stub, open_page: Open) -> None:
    """Safari puts EXIF and Photoshop's notes even into what it draws."""
    notes = segment(0xE1, GPS) + segment(0xED, b"Photoshop 3.0\0" + bytes(12)) + segment(0xFE, b"made here")
    page = family(stub, open_page)
    module = assets.load().urls["plain-picture.js"]
    given = list(picture(notes))
    parts = page.evaluate(
        "async ([module, bytes]) => (await import(module)).onlyThePicture(new Uint8Array(bytes)).map((part) => [...part])", [module, given]
    )
    assert bytes(byte for part in parts for byte in part) == picture()


@pytest.mark.parametrize("lang", ["", "en/"])
def test_at_320_pixels_photos_stay_within_the_page(stub: Stub, open_page: Open, lang: str) -> None:
    stub.tickets[0]["photos"] = 2
    page = family(stub, open_page, lang, 320)
    begun(page).locator("input").set_input_files([CAMERA, LARGE])
    page.locator("[data-key='2611-K7Q3M'] [data-photos] summary").click()
    expect(page.locator("[data-key='2611-K7Q3M'] img").first).to_have_js_property("complete", True)
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
