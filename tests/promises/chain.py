"""A compound with a gate, shelves and people who carry, for stories about parcels."""

from typing import TYPE_CHECKING

from chalicelib.delivery import actions, records
from chalicelib.delivery.actions import Draft, Order
from chalicelib.delivery.rules import Act, Parcel
from chalicelib.register import records as registers
from chalicelib.register.delivering import Goods
from chalicelib.register.places import Place, PlaceKind
from chalicelib.register.rules import Floor, Home
from chalicelib.register.standing import Standing
from chalicelib.shared.calendar import day_of
from chalicelib.shared.problems import Problem
from tests.builders import policy, register

if TYPE_CHECKING:
    from tests.promises.world import World

SHELF, OTHER_SHELF = Place("S3", PlaceKind.SHELF, "3 栋货架", "3"), Place("S1", PlaceKind.SHELF, "1 栋货架", "1")
ROBOTS = {"duty": "wecombot://anheli", "3 栋 5 层群": "wecombot://floor-3-5", "anheli.liu": "wecombot://liu", "v1": "wecombot://zhou"}
REGISTER = register(
    policy=policy(robots=ROBOTS),
    floors=(Floor("3", 5, "3 栋 5 层群", "g1"),),
    places=(SHELF, OTHER_SHELF, Place("G1", PlaceKind.GATE, "东门外存放区")),
)


class Chain:
    """Acts on parcels of a world, at its own hour."""

    def __init__(self, world: "World") -> None:
        self.world, self.count = world, 0

    @property
    def standing(self) -> Standing:
        found = registers.standing(self.world.store, self.world.clock.moment, self.world.register.compound)
        assert found
        return found

    def receive(self, home: str = "3-502", goods: Goods = Goods.FRESH, key: str = "", **members: object) -> Parcel:
        whose: Home | None = self.standing.register.home_by_id.get(home)
        draft = Draft(goods, whose, "", False, "G1", "", "", "anheli.wang", f"{key or self._key()}:d")._replace(**members)
        return actions.receive(self.world.store, self.world.clock.moment, self.standing, draft)

    def hand(
        self, act: Act, *parcels: Parcel, by: str = "anheli.wang", shelf: Place | None = None, key: str = ""
    ) -> list[Parcel | Problem]:
        order = Order(act, by, f"{key or self._key()}:d", SHELF if act is Act.SHELVE and shelf is None else shelf)
        done = actions.hand_over(self.world.store, self.world.clock.moment, self.standing, order, [each.id for each in parcels])
        self.world.pump()
        return done

    def now(self, parcel: Parcel) -> Parcel:
        return records.find(self.world.store, "anheli", [parcel.id], day_of(self.world.clock.moment))[parcel.id]

    def _key(self) -> str:
        self.count += 1
        return f"key{self.count:04d}"
