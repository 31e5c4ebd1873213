"""Places on the stub: the real room on a store in memory, at the stub's own hour."""

from typing import Any

import msgspec

from chalicelib.ledger.actions import post
from chalicelib.ledger.rules import Cause, Posting, give
from chalicelib.patrols import actions, reading
from chalicelib.patrols.actions import Order, Outcome
from chalicelib.register.goods import Good
from chalicelib.register.patrolling import PatrolPolicy
from chalicelib.register.places import Place, PlaceKind
from chalicelib.register.signs import place_of
from chalicelib.shared.problems import Problem, absent
from chalicelib.stock.rules import Batch
from chalicelib.store.memory import MemoryStore
from tests.builders import moment, policy, register
from tests.promises.chain import REGISTER

Answer = tuple[int, Any]
LIFT = Place("L3", PlaceKind.LIFT, "3 栋电梯", "3", "g1")
REG = register(
    policy=policy(patrols=PatrolPolicy(refills={PlaceKind.LIFT: "tissue"})),
    places=(*REGISTER.places, LIFT, Place("D1", PlaceKind.DEPOT, "物业仓库")),
    goods=(Good("tissue", "抽纸", "包", 20, 60),),
)


def begin(stub: Any) -> None:
    stub.patrols = MemoryStore()
    post(
        stub.patrols, "anheli", give(Cause("receive", "1"), moment("06:00"), "anheli.wang", Posting(Batch("tissue", "D1", None).account, 2))
    )


def disinfect(stub: Any, by: str, key: str, clock: str = "", place: str = "L3", **said: Any) -> Outcome:
    return actions.disinfect(stub.patrols, moment(clock or stub.now), REG, Order(_place(place), by, key, str(said), **said))


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


def _answered(act: Any) -> Answer:
    try:
        return 200, msgspec.to_builtins(act())
    except Problem as problem:
        return problem.status, problem.body()


ROUTES = [
    ("GET", "/api/places/([^/]+)/disinfections", show),
    ("POST", "/api/(?:round/)?places/([^/]+)/disinfections", enter),
    ("POST", "/api/(?:round/)?places/([^/]+)/disinfections/undo", undo),
]
