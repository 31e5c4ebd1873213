"""Who lives where, who looks after them, and by which policy: frozen values, read as one whole.

A register is one compound's current truth as the import file gives it. It is replaced as a whole, never edited in place.
"""

from datetime import date
from enum import StrEnum
from functools import cached_property

import msgspec

from chalicelib.register.goods import Good, Reward
from chalicelib.register.places import Place
from chalicelib.register.policy import Policy
from chalicelib.register.tiering import OLD_AGE
from chalicelib.shared.ids import CompoundId, HomeId, TenancyId
from chalicelib.shared.tiers import Tier


class Role(StrEnum):
    """What a staff member may do; the user pool's groups carry these names."""

    STEWARD = "steward"
    COORDINATOR = "coordinator"
    MANAGER = "manager"


class Person(msgspec.Struct, frozen=True, omit_defaults=True):
    """Somebody who lives in a home. ``facts`` are words such as ``lives_alone`` or ``chronic``."""

    id: str
    name: str
    phone: str = ""
    born: int = 0
    facts: tuple[str, ...] = ()


class Isolation(msgspec.Struct, frozen=True):
    """First and last day of home isolation, both included."""

    first: date
    last: date


class Home(msgspec.Struct, frozen=True, omit_defaults=True):
    """One flat. ``tenancy`` is empty while nobody lives there; ``people[0]`` is the one to call.

    ``last_tenancy`` is the number of the latest tenancy this flat has had, also while it is vacant: a number is never used again.
    ``riser`` is named where its door does not tell it, ``line_end`` is the heating line that ends here: see ``watching``.
    """

    id: HomeId
    building: str
    floor: int
    grid: str
    tier: Tier = Tier.GREEN
    tenancy: TenancyId = TenancyId("")
    household: str = ""
    moved_in: date | None = None
    isolation: Isolation | None = None
    steward: str = ""
    volunteer: str = ""
    people: tuple[Person, ...] = ()
    last_tenancy: int = 0
    riser: str = ""
    line_end: str = ""

    @property
    def label(self) -> str:
        """As people say it: 3 栋 502."""
        building, _, door = self.id.partition("-")
        return f"{building} 栋 {door}"

    @property
    def place(self) -> tuple[int, str, int, str]:
        """Sorts homes as one walks past them: building 2 before building 10, then floor by floor."""
        return len(self.building), self.building, self.floor, self.id

    @property
    def lived_in(self) -> bool:
        return bool(self.tenancy)

    def tags(self, year: int) -> list[str]:
        """What a steward should know before calling, as codes: the household's facts, and ``age:82`` for who is 70 or older."""
        facts = {fact: None for person in self.people for fact in person.facts}
        oldest = max((year - person.born for person in self.people if person.born), default=0)
        return [*facts, *([f"age:{oldest}"] if oldest >= OLD_AGE else [])]

    def isolated_on(self, day: date) -> bool:
        return self.isolation is not None and self.isolation.first <= day <= self.isolation.last


class Floor(msgspec.Struct, frozen=True):
    """A storey of a building, its floor group 楼层群 and grid."""

    building: str
    floor: int
    group: str
    grid: str


class Building(msgspec.Struct, frozen=True, omit_defaults=True):
    """``zone`` is the part of a large compound it stands in, if the compound has parts."""

    id: str
    name: str
    zone: str = ""


class Grid(msgspec.Struct, frozen=True):
    """A micro-grid 微网格: ``coordinator`` is a staff username, ``volunteers`` are volunteer ids."""

    id: str
    name: str
    coordinator: str
    volunteers: tuple[str, ...] = ()


class Volunteer(msgspec.Struct, frozen=True, omit_defaults=True):
    id: str
    name: str
    phone: str
    grid: str
    home: str = ""
    skills: tuple[str, ...] = ()
    times: tuple[str, ...] = ()


class Staff(msgspec.Struct, frozen=True):
    """A staff member and the scope of what is shown: no grid and no building named means the whole compound."""

    username: str
    name: str
    phone: str
    roles: tuple[Role, ...]
    grids: tuple[str, ...] = ()
    buildings: tuple[str, ...] = ()

    def covers_grid(self, grid: str) -> bool:
        """May this person act for this grid's volunteers?"""
        return grid in self.grids or not (self.grids or self.buildings)

    def covers(self, home: Home) -> bool:
        return home.grid in self.grids or home.building in self.buildings or not (self.grids or self.buildings)


class Device(msgspec.Struct, frozen=True):
    """A sensor behind a gateway ``thing``, and the home it watches. ``kind`` says how its messages are written."""

    thing: str
    sensor: str
    home: HomeId
    kind: str


class Register(msgspec.Struct, frozen=True, dict=True):
    """Everything the import brings about one compound.

    ``retired`` remembers the last tenancy number of homes that are no longer listed, in case one comes back; ``since`` the day of the
    first import, before which nobody was promised anything; ``adopted`` the recruits whom the lists have taken over.
    """

    compound: CompoundId
    name: str
    policy: Policy
    buildings: tuple[Building, ...] = ()
    floors: tuple[Floor, ...] = ()
    homes: tuple[Home, ...] = ()
    grids: tuple[Grid, ...] = ()
    volunteers: tuple[Volunteer, ...] = ()
    staff: tuple[Staff, ...] = ()
    devices: tuple[Device, ...] = ()
    places: tuple[Place, ...] = ()
    goods: tuple[Good, ...] = ()
    rewards: tuple[Reward, ...] = ()
    retired: dict[str, int] = {}
    since: date | None = None
    adopted: tuple[str, ...] = ()

    @cached_property
    def home_by_id(self) -> dict[str, Home]:
        return {home.id: home for home in self.homes}

    @cached_property
    def place_by_id(self) -> dict[str, Place]:
        """By their ids in small letters, as people type them."""
        return {place.id.lower(): place for place in self.places}

    @cached_property
    def homes_of(self) -> dict[str, list[Home]]:
        """The homes a steward or a volunteer is named for."""
        found: dict[str, list[Home]] = {}
        for home in self.homes:
            for person in {home.steward, home.volunteer} - {""}:
                found.setdefault(person, []).append(home)
        return found

    @cached_property
    def staff_by_username(self) -> dict[str, Staff]:
        return {person.username: person for person in self.staff}
