"""Places on the stub: the real room on a store in memory, at the stub's own hour."""

from typing import Any

import msgspec

from chalicelib.ledger.actions import post
from chalicelib.ledger.rules import Cause, Posting, give
from chalicelib.patrols import actions, reading, walk_reading, walk_records, walking
from chalicelib.patrols.actions import Order, Outcome
from chalicelib.patrols.walking import Act, Walked, Walker
from chalicelib.patrols.walks import Item, Need, Point, Wanted
from chalicelib.register.goods import Good
from chalicelib.register.patrolling import PatrolPolicy
from chalicelib.register.places import Place, PlaceKind
from chalicelib.register.signs import place_of
from chalicelib.shared.problems import Problem, absent
from chalicelib.stock.rules import Batch
from chalicelib.store.memory import MemoryStore
from tests.builders import DAY, moment, policy, register
from tests.promises.chain import REGISTER

Answer = tuple[int, Any]
LOBBY = Place("H3", PlaceKind.LOBBY, "3 栋大堂", "3", "g1")
LIFT = Place("L3", PlaceKind.LIFT, "3 栋电梯", "3", "g1")
REG = register(
    policy=policy(patrols=PatrolPolicy(refills={PlaceKind.LIFT: "tissue"})),
    places=(*REGISTER.places, LIFT, LOBBY, Place("D1", PlaceKind.DEPOT, "物业仓库")),
    goods=(Good("tissue", "抽纸", "包", 20, 60),),
)


def begin(stub: Any) -> None:
    stub.patrols = MemoryStore()
    post(
        stub.patrols, "anheli", give(Cause("receive", "1"), moment("06:00"), "anheli.wang", Posting(Batch("tissue", "D1", None).account, 2))
    )


def disinfect(stub: Any, by: str, key: str, clock: str = "", place: str = "L3", **said: Any) -> Outcome:
    return actions.disinfect(stub.patrols, moment(clock or stub.now), REG, Order(_place(place), by, key, str(said), **said))


def walk(stub: Any, by: str, wanted: str) -> None:
    now = moment(stub.now)
    walking.act(stub.patrols, now, REG, Walker("g1", by, f"{wanted}:{by}"), Act(wanted))


def _place(code: str) -> Place:
    place = place_of(REG, code)
    if place is None:
        raise absent()
    return place


def _by(ask: Any) -> str:
    return "anheli.wang" if ask.headers["Authorization"] else "v1"


def show(ask: Any, code: str) -> Answer:
    return _answered(lambda: reading.of_place(ask.server.patrols, moment(ask.server.now), REG, _place(code)))


def enter(ask: Any, code: str, body: dict[str, Any]) -> Answer:
    def done() -> Any:
        found = disinfect(ask.server, _by(ask), ask.headers["Idempotency-Key"], "", code, **body)
        return reading.outcome(ask.server.patrols, moment(ask.server.now), REG, _place(code), found)

    return _answered(done)


def undo(ask: Any, code: str, body: dict[str, Any]) -> Answer:
    def done() -> Any:
        now, key = moment(ask.server.now), ask.headers["Idempotency-Key"]
        made = actions.take_back(ask.server.patrols, now, REG, _place(code), _by(ask), key)
        return reading.outcome(ask.server.patrols, now, REG, _place(code), Outcome(made, True))

    return _answered(done)


def signs(ask: Any) -> Answer:
    return 200, msgspec.to_builtins(reading.signs(REG, ask.server.url))


def grids(ask: Any) -> Answer:
    return _answered(lambda: walk_reading.of_today(ask.server.patrols, moment(ask.server.now), REG, "anheli.wang"))


def patrol(ask: Any) -> Answer:
    def found() -> Any:
        begun = walk_records.find(ask.server.patrols, "anheli", "g1", DAY)
        return walk_reading.answer(REG, begun, moment(ask.server.now), "v1")

    return _answered(found)


def act(ask: Any, *said: Any) -> Answer:
    *grid, body = said
    who = Walker((*grid, "g1")[0], _by(ask), f"{ask.headers['Idempotency-Key']}:d")
    return _walked(ask, who, lambda now: walking.act(ask.server.patrols, now, REG, who, Act(body["act"])))


def point(ask: Any, *said: Any) -> Answer:
    *grid, body = said
    who = Walker((*grid, "g1")[0], _by(ask), f"{ask.headers['Idempotency-Key']}:d")

    def look(now: Any) -> Walked:
        place = _place(body["code"])
        wanted = tuple(Wanted(each["home"], Need(each["need"])) for each in body["needs"])
        seen = Point(place.id, now, who.by, who.key, tuple(map(Item, body["wrong"])), body["note"], wanted)
        return walking.look_at(ask.server.patrols, now, REG, who, place, seen)

    return _walked(ask, who, look)


def _walked(ask: Any, who: Walker, do: Any) -> Answer:
    now = moment(ask.server.now)

    def found() -> Any:
        walked = do(now)
        return walk_reading.answer(REG, walked.patrol, now, who.by, walked.credited)

    return _answered(found)


def _answered(act: Any) -> Answer:
    try:
        return 200, msgspec.to_builtins(act())
    except Problem as problem:
        return problem.status, problem.body()


ROUTES = [
    ("GET", "/api/place-signs", signs),
    ("GET", "/api/patrols", grids),
    ("POST", "/api/patrols/([^/]+)/acts", act),
    ("POST", "/api/patrols/([^/]+)/points", point),
    ("GET", "/api/round/patrol", patrol),
    ("POST", "/api/round/patrol/acts", act),
    ("POST", "/api/round/patrol/points", point),
    ("GET", "/api/places/([^/]+)/disinfections", show),
    ("POST", "/api/(?:round/)?places/([^/]+)/disinfections", enter),
    ("POST", "/api/(?:round/)?places/([^/]+)/disinfections/undo", undo),
]
