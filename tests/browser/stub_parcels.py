"""Parcels on the stub: the real room on a store in memory, at the stub's own hour."""

from typing import Any

import msgspec

from chalicelib.delivery import actions, advising, codes, reading, records
from chalicelib.delivery.actions import Draft, Order
from chalicelib.delivery.answers import HandAnswer, Refusal
from chalicelib.delivery.rules import Act, Parcel
from chalicelib.register.changes import Changes
from chalicelib.register.delivering import Goods
from chalicelib.register.rules import Person
from chalicelib.register.standing import Standing, stand
from chalicelib.shared.problems import Problem
from chalicelib.shared.tiers import Tier
from chalicelib.store.memory import MemoryStore
from tests.builders import home, moment, register
from tests.promises.chain import REGISTER

Answer = tuple[int, Any]
HOMES = (
    home("3-502", steward="anheli.wang"),
    home("3-1104"),
    home("3-601", people=(Person("p6", "高远", "13800000006", 1948, ("mobility",)),)),
    home("1-302", tier=Tier.RED, volunteer="v1"),
)
REG = register(policy=REGISTER.policy, floors=REGISTER.floors, places=REGISTER.places, homes=HOMES)
ME = "anheli.wang"


def begin(stub: Any) -> None:
    stub.parcels = MemoryStore()


def standing(stub: Any) -> Standing:
    return stand(REG, Changes(), moment(stub.now))


def take_in(stub: Any, home: str = "3-502", goods: str = "fresh", **members: Any) -> Parcel:
    key = f"key{len(stub.parcels._items)}:{home}:{goods}"
    draft = Draft(Goods(goods), REG.home_by_id.get(home), "", False, "G1", "", "", ME, key)._replace(**members)
    return actions.receive(stub.parcels, moment(stub.now), standing(stub), draft)


def hand(stub: Any, act: Act, numbers: list[str], code: str = "", by: str = ME, clean: bool = False) -> Answer:
    shelf = codes.shelf_of(REG, code) if act is Act.SHELVE else None
    whose = REG.home_by_id.get(code) if act is Act.DELIVER else None
    order = Order(act, by, f"{act}{len(stub.acts)}:{numbers}", shelf, whose, clean=clean)
    results = actions.hand_over(stub.parcels, moment(stub.now), standing(stub), order, numbers)
    done = [reading.line(standing(stub), each, moment(stub.now)) for each in results if isinstance(each, Parcel)]
    wrong = [(number, each) for number, each in zip(numbers, results, strict=True) if isinstance(each, Problem)]
    if not done:
        return wrong[0][1].status, wrong[0][1].body()
    refused = [Refusal(number, f"/problems/{each.slug}", each.zh, each.en) for number, each in wrong]
    return 200, msgspec.to_builtins(HandAnswer(done, refused))


def show(ask: Any) -> Answer:
    found = records.on_their_way(ask.server.parcels, "anheli")
    return 200, msgspec.to_builtins(reading.answer(standing(ask.server), moment(ask.server.now), ME, found))


def receive(ask: Any, body: dict[str, Any]) -> Answer:
    if body["home"] and body["home"] not in REG.home_by_id:
        return 404, {"type": "/problems/not-found", "detail": "没有找到。", "detail_en": "Nothing here."}
    said = {name: body[name] for name in ("building", "no_name", "waybill", "batch")}
    parcel = take_in(ask.server, body["home"], body["goods"], **said)
    return 201, msgspec.to_builtins(reading.line(standing(ask.server), parcel, moment(ask.server.now)))


def hand_over(ask: Any, body: dict[str, Any]) -> Answer:
    try:
        return hand(ask.server, Act(body["act"]), body["parcels"], body.get("code", ""), clean=body.get("clean", False))
    except Problem as problem:
        return problem.status, problem.body()


def address(ask: Any, number: str, body: dict[str, Any]) -> Answer:
    parcel = actions.address(
        ask.server.parcels, moment(ask.server.now), standing(ask.server), number, REG.home_by_id[body["home"]], ME, "k:d"
    )
    return 200, msgspec.to_builtins(reading.line(standing(ask.server), parcel, moment(ask.server.now)))


def pick_up(ask: Any, body: dict[str, Any]) -> Answer:
    status, said = hand(ask.server, Act.UNDO if body["undo"] else Act.PICK_UP, body["parcels"], by="3-502")
    return status, {"parcels": said["done"]} if status == 200 else said


def of_family(stub: Any) -> list[dict[str, Any]]:
    found = reading.of_family(stub.parcels, moment(stub.now), standing(stub), REG.home_by_id["3-502"])
    return msgspec.to_builtins(found)  # type: ignore[no-any-return]


def shelf(ask: Any, code: str) -> Answer:
    place = codes.place_of(REG, code)
    if place is None:
        return 404, {"type": "/problems/not-found", "detail": "没有找到。", "detail_en": "Nothing here."}
    return 200, msgspec.to_builtins(reading.of_shelf(ask.server.parcels, moment(ask.server.now), REG, place))


def shelves(ask: Any) -> Answer:
    return 200, msgspec.to_builtins(advising.advice(ask.server.parcels, moment(ask.server.now), REG))


def signs(ask: Any) -> Answer:
    return 200, msgspec.to_builtins(reading.signs(REG, ask.server.url))


ROUTES = [
    ("GET", "/api/parcels", show),
    ("GET", "/api/round/parcels", show),
    ("POST", "/api/parcels", receive),
    ("POST", "/api/parcels/hand-overs", hand_over),
    ("POST", "/api/round/parcels/hand-overs", hand_over),
    ("POST", "/api/parcels/(.+)/home", address),
    ("POST", "/api/home/parcels/pick-up", pick_up),
    ("GET", "/api/places/(.+)", shelf),
    ("GET", "/api/signs", signs),
    ("GET", "/api/shelves", shelves),
]
