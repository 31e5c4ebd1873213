"""What lockers and barcode guns publish: the same as the scan, once, and what nobody understands is refused with its reason."""

import base64
import json
from typing import Any

import pytest

import app
from chalicelib.batches import BatchFailed
from chalicelib.delivery import records
from chalicelib.delivery.rules import Act, Parcel, Spot, Trouble
from chalicelib.shared.log import log
from tests.builders import DAY, moment
from tests.promises.chain import REGISTER, Chain
from tests.promises.world import World


@pytest.fixture
def world(monkeypatch: pytest.MonkeyPatch) -> World:
    return World(monkeypatch, REGISTER, moment("11:00"))


@pytest.fixture
def parcel(world: World) -> Parcel:
    return Chain(world).receive("3-502")


def published(place: str, word: Any, client: str = "anheli-gw1") -> dict[str, Any]:
    data = base64.b64encode(word if isinstance(word, bytes) else json.dumps(word).encode()).decode()
    return {"data": data, "topic": f"care/anheli-gw1/shelf/{place}", "cid": client, "received_at": int(moment("11:00").timestamp() * 1000)}


def arrive(body: Any) -> None:
    told = app.receive_sensor_messages({"Records": [{"messageId": "m", "body": json.dumps(body, separators=(",", ":"))}]}, None)
    if told["batchItemFailures"]:
        raise BatchFailed("kept for the dead letters")


def now(world: World, parcel: Parcel) -> Parcel:
    return records.find(world.store, "anheli", [parcel.id], DAY)[parcel.id]


@pytest.mark.parametrize("way", ["gateway", "sender"])
def test_in_and_out_mean_what_the_scan_means_however_often_they_are_said(way: str, world: World, parcel: Parcel):
    for event, spot in (("in", Spot.SHELF), ("out", Spot.HOME)):
        word = {"event": event, "parcel": parcel.id.lower(), "id": f"{event}-1"}
        body = published("S3", word) if way == "gateway" else {"shelf": {**word, "compound": "anheli", "place": "s3"}}
        for _ in range(2):
            arrive(body)
        assert now(world, parcel).spot is spot
    acts = [(step.act, step.by) for step in now(world, parcel).steps]
    assert [act for act, _ in acts] == [Act.RECEIVE, Act.SHELVE, Act.PICK_UP]
    assert {by for _, by in acts[1:]} == {"anheli-gw1" if way == "gateway" else "sender"}


def test_a_parcel_in_another_buildings_locker_is_there_and_somebodys_trouble(world: World, parcel: Parcel):
    arrive(published("S1", {"event": "in", "parcel": parcel.id, "id": "1"}))

    assert (now(world, parcel).at, now(world, parcel).trouble) == ("S1", Trouble.WRONG_SHELF)


WORDS = {"event": "in", "id": "1"}
WRONG = {
    "unknown event": (published("S3", {**WORDS, "event": "moved", "parcel": "3-P0000"}), "unreadable word about a shelf"),
    "more than there is": (published("S3", {**WORDS, "parcel": "3-P0000", "name": "x"}), "unreadable word about a shelf"),
    "no JSON": (published("S3", b"in"), "unreadable word about a shelf"),
    "no parcel's number": (published("S3", {**WORDS, "parcel": "3-502"}), "not the number of a parcel"),
    "no such place": (published("S9", {**WORDS, "parcel": "3-P0000"}), "no such shelf"),
    "a gate": (published("G1", {**WORDS, "parcel": "3-P0000"}), "no such shelf"),
    "somebody else's gateway": (published("S3", {**WORDS, "parcel": "3-P0000"}, "qinghe-gw1"), "the client is not the thing"),
    "a sender without a place": ({"shelf": {**WORDS, "parcel": "3-P0000", "compound": "anheli"}}, "unreadable word about a shelf"),
    "no such compound": ({"shelf": {**WORDS, "parcel": "3-P0000", "compound": "nowhere", "place": "S3"}}, "no such compound"),
}


@pytest.mark.parametrize(("body", "why"), WRONG.values(), ids=WRONG)
def test_what_nobody_understands_goes_to_the_dead_letters_with_its_reason(
    body: Any, why: str, world: World, parcel: Parcel, monkeypatch: pytest.MonkeyPatch
):
    said: list[str] = []
    monkeypatch.setattr(log(), "warning", lambda text, extra: said.append(extra["why"]))
    with pytest.raises(BatchFailed):
        arrive(body)

    assert len(said) == 1 and said[0].startswith(why)
    assert now(world, parcel).spot is Spot.GATE


def test_what_cannot_be_is_refused_too(world: World, parcel: Parcel):
    with pytest.raises(BatchFailed):
        arrive(published("S3", {"event": "out", "parcel": parcel.id, "id": "1"}))

    assert now(world, parcel).spot is Spot.GATE
