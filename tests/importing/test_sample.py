"""The sample: what the generator gives, whole, fictional, and valid on any day. And what a register weighs."""

import random
from datetime import date
from pathlib import Path

import msgspec
import pytest

from chalicelib.patrols.walks import route
from chalicelib.register.places import PlaceKind
from chalicelib.register.records import to_item
from chalicelib.register.rules import Person, Register, Role
from chalicelib.shared.tiers import Tier
from infra.importing import check as checking
from infra.importing.check import check
from infra.importing.read import read
from sample import generate
from sample.names import FAMILY, GIVEN
from sample.plans import ANHELI, PLANS, Plan

SAMPLE = Path(generate.__file__).parent
TODAY = date(2026, 11, 22)


def sample(compound: str, today: date = TODAY) -> Register:
    checked = check(read(SAMPLE / compound), today)
    assert checked.register is not None, checked.faults
    return checked.register


def test_the_generator_gives_the_committed_files_byte_for_byte(tmp_path: Path) -> None:
    generate.write(tmp_path)
    made = {path.relative_to(tmp_path): path.read_bytes() for path in tmp_path.rglob("*.csv")}
    kept = {path.relative_to(SAMPLE): path.read_bytes() for path in SAMPLE.rglob("*.csv")}
    assert made == kept and len(made) == 12 * len(PLANS)


@pytest.mark.parametrize("today", [TODAY, date(2028, 2, 29), date(2031, 1, 1)])
def test_anheli_has_the_figures_of_the_sources(today: date) -> None:
    found = sample("anheli", today)
    tiers = [home.tier for home in found.homes]
    assert (len(found.homes), len(found.floors), len(found.grids)) == (240, 60, 8)
    assert len({floor.group for floor in found.floors}) == 60
    assert (tiers.count(Tier.RED), tiers.count(Tier.YELLOW)) == (12, 30)
    assert all(5 <= len(grid.volunteers) <= 8 for grid in found.grids)
    assert len({grid.coordinator for grid in found.grids}) == 8
    roles = [person.roles for person in found.staff]
    assert [roles.count((role,)) for role in (Role.MANAGER, Role.COORDINATOR, Role.STEWARD)] == [1, 8, 4]
    assert sum(home.isolated_on(today) for home in found.homes) == 5
    doors, others = [[each for each in found.devices if (each.kind == "zigbee2mqtt") is door] for door in (True, False)]
    assert {device.home for device in doors} == {home.id for home in found.homes if home.isolated_on(today)}
    assert {device.kind for device in others} == {"zigbee2mqtt-temperature"} and all(
        found.home_by_id[each.home].household for each in others
    )
    assert (len({device.thing for device in found.devices}), len({device.thing for device in doors})) == (4, 2)


def test_red_homes_are_eighty_and_alone_with_a_pair_of_their_own() -> None:
    found = sample("anheli")
    red = [home for home in found.homes if home.tier is Tier.RED]
    volunteers = {volunteer.id: volunteer for volunteer in found.volunteers}
    assert all(len(home.people) == 1 and TODAY.year - home.people[0].born >= 80 for home in red)
    assert all(home.people[0].facts == ("lives_alone",) and home.steward for home in red)
    assert all(volunteers[home.volunteer].grid == home.grid for home in red)
    assert len({home.volunteer for home in red}) == len(red)


def test_volunteers_live_in_their_grid_and_need_no_care_themselves() -> None:
    found = sample("anheli")
    for volunteer in found.volunteers:
        home = found.home_by_id[volunteer.home]
        assert home.grid == volunteer.grid and home.tier is Tier.GREEN and home.isolation is None
        assert (volunteer.name, volunteer.phone) == (home.people[0].name, home.people[0].phone)


def test_qinghe_is_tiny_and_shares_home_ids() -> None:
    found, anheli = sample("qinghe"), sample("anheli")
    assert len(found.homes) == 12 and {home.id for home in found.homes} < {home.id for home in anheli.homes}
    assert [home.id for home in found.homes if home.isolated_on(TODAY)] == ["1-101"]
    assert not {person.username for person in found.staff} & {person.username for person in anheli.staff}


@pytest.mark.parametrize("plan", PLANS, ids=lambda plan: plan.compound)
def test_nobody_in_the_sample_can_exist(plan: object) -> None:
    found = sample(plan.compound)  # type: ignore[attr-defined]
    people: list[Person] = [person for home in found.homes for person in home.people]
    assert all(person.name[0] in FAMILY and person.name[1:] in GIVEN for person in people)
    phones = [each.phone for each in (*people, *found.volunteers, *found.staff) if each.phone]
    phones += [found.policy.duty_phone, found.policy.emergency_phone]
    assert all(phone.startswith("0571-0000 ") for phone in phones), "subscriber numbers never begin with 0"


def grown(homes: int) -> Register:
    """A compound of this many homes with names, phones and births as unlike each other as real ones are."""
    floors = homes // ANHELI.buildings // ANHELI.doors
    grids = tuple(grid._replace(floors=_stretched(grid.floors, floors)) for grid in ANHELI.grids)
    plan = ANHELI._replace(floors=floors, grids=grids)
    chance = random.Random(1)
    found = sample_of(plan)
    return msgspec.structs.replace(
        found,
        homes=tuple(msgspec.structs.replace(home, people=tuple(_lifelike(each, chance) for each in home.people)) for home in found.homes),
    )


def sample_of(plan: object) -> Register:
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        original, generate.PLANS = generate.PLANS, (plan,)
        try:
            generate.write(Path(folder))
        finally:
            generate.PLANS = original
        checked = check(read(Path(folder) / "anheli"), TODAY)
    assert checked.register is not None, checked.faults[:3]
    return checked.register


def _stretched(floors: range, total: int) -> range:
    first = 1 if floors.start == 1 else total // 2 + 1
    return range(first, total // 2 + 1 if (floors.start, floors.stop) == (1, 7) else total + 1)


def _lifelike(person: Person, chance: random.Random) -> Person:
    name = "".join(chr(chance.randrange(0x4E00, 0x9FA5)) for _ in range(3))
    return msgspec.structs.replace(person, name=name, phone=f"1{chance.randrange(10**10):010}", born=chance.randrange(1930, 2020))


@pytest.mark.parametrize(("homes", "most"), [(240, 30_000), (1200, 130_000)])
def test_a_register_stays_well_below_what_an_item_may_hold(homes: int, most: int) -> None:
    found = grown(homes)
    blob = len(to_item(found, 1)["blob"])
    print(f"\nregister of {homes} homes, {sum(len(home.people) for home in found.homes)} people: {blob:,} bytes")
    assert len(found.homes) == homes and blob < most


def test_a_compound_that_is_too_large_is_told_so_in_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checking, "MOST_BLOB", 4_000)
    checked = check(read(SAMPLE / "anheli"), TODAY)
    assert checked.register is None
    assert "240 homes" in checked.faults[0].en and "split" in checked.faults[0].en


def test_more_homes_than_the_limit(tmp_path: Path) -> None:
    generate.write(tmp_path)
    heading = (tmp_path / "anheli" / "homes.csv").read_text("utf-8-sig").splitlines()[0]
    rows = [f"1-{number},1,1,g1,绿,H{number},,,,," for number in range(10_001)]
    (tmp_path / "anheli" / "homes.csv").write_text("\n".join([heading, *rows]))
    checked = check(read(tmp_path / "anheli"), TODAY)
    assert any("Too many rows: 10000" in fault.en for fault in checked.faults)


def test_every_building_has_its_shelf_lobby_lift_and_stairs() -> None:
    places = sample("anheli").places
    for building in sample("anheli").buildings:
        assert {place.kind for place in places if place.building == building.id} >= {"shelf", "lobby", "lift", "stairs"}
    assert sample("anheli").place_by_id["s3"].name == "3 栋货架"


@pytest.mark.parametrize("plan", PLANS, ids=lambda plan: plan.compound)
def test_every_kind_of_place_is_there_and_every_grid_has_a_patrol(plan: Plan) -> None:
    found = sample(plan.compound)
    assert {place.kind for place in found.places} == set(PlaceKind)
    assert all(route(found.places, grid.id) for grid in found.grids)
    assert found.policy.patrols.refills == {PlaceKind.LIFT: "tissue"} and "tissue" in {good.id for good in found.goods}
