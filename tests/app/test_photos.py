"""Photos of a ticket through the switchboard: asked for, sent, looked at, shown."""

from datetime import timedelta
from typing import Any

import pytest

from chalicelib import wiring
from chalicelib.store.ticket_keys import open_ticket
from tests.app.cast import REPORTED, SOLVED, World
from tests.app.client import Answer, FixedClock
from tests.pictures import BAD, MemoryBucket, picture

HOME, DESK = f"/api/home/tickets/{REPORTED}/photos", f"/api/tickets/{REPORTED}/photos"


@pytest.fixture(autouse=True)
def without_photos(everybody: World) -> None:
    """The ticket of the lift as it was before anybody photographed it."""
    del everybody.store._items[open_ticket("anheli", REPORTED)]["photos"]


@pytest.fixture
def bucket(everybody: World) -> MemoryBucket:
    found = wiring.photos()
    assert isinstance(found, MemoryBucket)
    return found


def place(everybody: World, who: str = "home") -> Any:
    answer = everybody.callers()[who].post(HOME if who == "home" else DESK)
    assert answer.status == 201, answer.text
    return answer.json


def send(everybody: World, bucket: MemoryBucket, raw: bytes, who: str = "home") -> Answer:
    """What the browser does: ask, send to the bucket, say so."""
    form = place(everybody, who)
    bucket.files[form["fields"]["key"]] = raw
    return everybody.callers()[who].post(f"{HOME if who == 'home' else DESK}/{form['photo']}")


def test_a_photo_is_sent_looked_at_and_seen_by_the_family_and_the_staff(everybody: World, bucket: MemoryBucket):
    taken = send(everybody, bucket, picture())
    added = send(everybody, bucket, picture(size=(64, 48)), "steward")

    assert (taken.status, taken.json["room"], added.json["room"]) == (200, 2, 1)
    for who, path in (("home", HOME), ("steward", DESK)):
        shown = everybody.callers()[who].get(path).json["photos"]
        assert [each["who"] for each in shown] == ["", "王管家"]
        assert [each["url"] for each in shown] == [f"/photos/kept/anheli/{REPORTED}/{each['id']}.jpg?seconds=300" for each in shown]
    assert sorted(name.split("/")[1] for name in bucket.files) == ["kept", "kept"]
    assert everybody.callers()["home"].get("/api/home/tickets").json["tickets"][1]["photos"] == 2
    assert [each["photos"] for each in everybody.callers()["steward"].get("/api/tickets").json["open"]] == [2]


def test_a_form_is_for_one_key_two_megabytes_and_ten_minutes(everybody: World):
    one, other = place(everybody), place(everybody)

    assert one["fields"] == {"key": f"photos/new/anheli/{REPORTED}/{one['photo']}.jpg", "largest": str(2 * 1024 * 1024), "seconds": "600"}
    assert one["photo"] != other["photo"] and len(one["photo"]) == 32


@pytest.mark.parametrize("raw", BAD.values(), ids=BAD)
def test_what_is_no_plain_picture_is_deleted_and_never_shown(raw: bytes, everybody: World, bucket: MemoryBucket):
    answer = send(everybody, bucket, raw)

    assert (answer.status, answer.json["type"]) == (422, "/problems/photo-refused")
    assert bucket.files == {}
    assert everybody.callers()["home"].get(HOME).json == {"photos": [], "room": 3}


def test_refused_once_it_stays_refused_whatever_is_sent_there_later(everybody: World, bucket: MemoryBucket):
    form = place(everybody)
    bucket.files[form["fields"]["key"]] = BAD["text"]
    home = everybody.callers()["home"]
    assert home.post(f"{HOME}/{form['photo']}").status == 422
    bucket.files[form["fields"]["key"]] = picture()

    again = home.post(f"{HOME}/{form['photo']}")

    assert (again.status, again.json["reason"], bucket.files) == (422, "no-picture", {})


def test_what_is_sent_again_under_the_same_form_changes_nothing(everybody: World, bucket: MemoryBucket):
    form = place(everybody)
    home = everybody.callers()["home"]
    bucket.files[form["fields"]["key"]] = picture()
    assert home.post(f"{HOME}/{form['photo']}").status == 200
    before = dict(bucket.files)
    bucket.files[form["fields"]["key"]] = BAD["a JPEG with a page in a remark"]

    assert home.post(f"{HOME}/{form['photo']}").status == 200
    assert bucket.files == before


def test_nothing_there_is_said_so_and_can_be_sent_still(everybody: World, bucket: MemoryBucket):
    form = place(everybody)
    home = everybody.callers()["home"]

    assert (home.post(f"{HOME}/{form['photo']}").json["type"]) == "/problems/photo-missing"
    bucket.files[form["fields"]["key"]] = picture()
    assert home.post(f"{HOME}/{form['photo']}").status == 200


def test_three_are_enough_and_one_that_never_came_makes_room_after_ten_minutes(everybody: World, bucket: MemoryBucket, clock: FixedClock):
    send(everybody, bucket, picture())
    send(everybody, bucket, BAD["text"])
    place(everybody), place(everybody)
    home = everybody.callers()["home"]

    assert (home.post(HOME).status, home.post(HOME).json["type"]) == (409, "/problems/enough-photos")
    clock.moment += timedelta(minutes=10)
    late = place(everybody)
    for _ in range(2):
        clock.moment += timedelta(minutes=10)
        assert send(everybody, bucket, picture()).status == 200
    bucket.files[late["fields"]["key"]] = picture()
    assert home.post(f"{HOME}/{late['photo']}").json["type"] == "/problems/enough-photos"


def test_nobody_asks_for_more_than_a_dozen_places(everybody: World, bucket: MemoryBucket):
    statuses = [send(everybody, bucket, BAD["text"]).status for _ in range(12)]

    assert statuses == [422] * 12
    assert everybody.callers()["home"].post(HOME).json["type"] == "/problems/enough-photos"


def test_a_solved_ticket_takes_no_more(everybody: World):
    assert everybody.callers()["home"].post(f"/api/home/tickets/{SOLVED}/photos").status == 409


@pytest.mark.parametrize("photo", ["1" * 32, "..", "%2e%2e", "x" * 200, "%23"])
def test_a_photo_nobody_asked_for_is_none(photo: str, everybody: World):
    place(everybody)

    assert everybody.callers()["home"].post(f"{HOME}/{photo}").status == 404
    assert everybody.callers()["manager"].post(f"{DESK}/{photo}").status == 404


def test_a_crash_between_looking_and_writing_is_made_good_by_the_next_try(everybody: World, bucket: MemoryBucket):
    form = place(everybody)
    bucket.files[form["fields"]["key"]] = picture()
    bucket.files[f"photos/kept/anheli/{REPORTED}/{form['photo']}.jpg"] = picture()

    assert everybody.callers()["home"].post(f"{HOME}/{form['photo']}").status == 200
    assert list(bucket.files) == [f"photos/kept/anheli/{REPORTED}/{form['photo']}.jpg"]


def test_after_half_a_year_nothing_is_left_to_see(everybody: World, bucket: MemoryBucket, clock: FixedClock):
    send(everybody, bucket, picture())
    clock.moment += timedelta(days=180)

    assert everybody.callers()["home"].get(HOME).json["photos"] == []
    assert everybody.callers()["home"].get("/api/home/tickets").json["tickets"][1]["photos"] == 0


@pytest.mark.parametrize("who", ["home", "steward"])
def test_what_should_not_have_been_sent_is_taken_back_and_deleted(who: str, everybody: World, bucket: MemoryBucket):
    for _ in range(3):
        taken = send(everybody, bucket, picture()).json
    wrong, path = taken["photos"][1]["id"], HOME if who == "home" else DESK
    caller = everybody.callers()[who]

    left = caller.post(f"{path}/{wrong}/removal")

    assert (left.status, len(left.json["photos"]), left.json["room"]) == (200, 2, 1)
    assert [name for name in bucket.files if wrong in name] == []
    assert caller.post(f"{path}/{wrong}/removal").json == left.json
    assert caller.post(f"{path}/{wrong}").status == 404
    assert send(everybody, bucket, picture()).json["room"] == 0


def test_taken_back_after_a_crash_before_it_was_deleted_it_is_deleted(
    everybody: World, bucket: MemoryBucket, monkeypatch: pytest.MonkeyPatch
):
    photo = send(everybody, bucket, picture()).json["photos"][0]["id"]
    home = everybody.callers()["home"]
    with monkeypatch.context() as broken:
        broken.setattr(bucket, "drop", lambda key: (_ for _ in ()).throw(OSError()))
        assert home.post(f"{HOME}/{photo}/removal").status == 503
    assert home.get(HOME).json["photos"] == []

    assert home.post(f"{HOME}/{photo}/removal").status == 200
    assert bucket.files == {}


def test_taken_back_while_it_was_looked_at_once_more_it_is_gone_all_the_same(
    everybody: World, bucket: MemoryBucket, monkeypatch: pytest.MonkeyPatch
):
    form, home, keep = place(everybody), everybody.callers()["home"], bucket.keep
    path = f"{HOME}/{form['photo']}"
    bucket.files[form["fields"]["key"]] = picture()

    def slow(key: str, raw: bytes) -> None:
        monkeypatch.setattr(bucket, "keep", keep)
        assert (home.post(path).status, home.post(f"{path}/removal").status) == (200, 200)
        keep(key, raw)

    monkeypatch.setattr(bucket, "keep", slow)
    assert home.post(path).status == 404
    assert bucket.files == {}
