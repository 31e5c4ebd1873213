"""Two hundred compounds publish their cases, and every pair of releases is read back from their pages: no group under five."""

import random
from collections import Counter
from contextlib import suppress
from datetime import date, timedelta
from itertools import combinations
from typing import Any

import pytest

from chalicelib.cases import records
from chalicelib.cases.actions import announce, approve, release_waiting, withdraw
from chalicelib.cases.cards import Card, CardState, Draft, Origin
from chalicelib.cases.rules import CaseKind
from chalicelib.pages import assets
from chalicelib.pages.cases import publish
from chalicelib.pages.facts import from_registers
from chalicelib.pages.packed import PLACE, pack
from chalicelib.register.policy import Rhythm
from chalicelib.register.records import to_item
from chalicelib.register.rules import Building, Register
from chalicelib.shared.half_days import read_half_day
from chalicelib.store.memory import MemoryStore
from tests.builders import home, moment, policy, register
from tests.pages.published import Shown, counts, read, small_groups

Site = list[tuple[str, Shown]]


ASSETS = assets.load()


class Bucket:
    """As much of S3 as a page that is made anew asks for."""

    def __init__(self, compound: Register) -> None:
        self.held = {PLACE: pack(ASSETS, from_registers([compound]))}

    def get_object(self, **given: Any) -> dict[str, Any]:
        return {"Body": self}

    def read(self) -> bytes:
        return self.held[PLACE]

    def put_object(self, **given: Any) -> None:
        self.held[given["Key"]] = given["Body"]


class Town:
    """A compound, its table, its bucket, and the day."""

    def __init__(self, chance: random.Random, rhythm: Rhythm = Rhythm.MONTHLY) -> None:
        buildings = tuple(Building(str(number), "", chance.choice(["", "一期", "二期"])) for number in range(1, chance.randint(2, 7)))
        homes = tuple(home(f"{each.id}-{floor}01") for each in buildings for floor in range(1, chance.choice([3, 12, 21, 40])))
        self.register = register(buildings=buildings, homes=homes, policy=policy(case_release=rhythm))
        self.chance, self.store, self.bucket = chance, MemoryStore(), Bucket(self.register)
        self.day, self.written = date(2026, 1, 15), 0
        self.store.fill([to_item(self.register, 1)])

    def approve(self, many: int) -> list[str]:
        """So many cards that wait for the release."""
        made = []
        for _ in range(many):
            self.written += 1
            half, building = read_half_day(f"{self.day}-am"), self.chance.choice(self.register.buildings).id
            kind, text = self.chance.choice(list(CaseKind)[:4]), f"第{self.written}件。"
            draft = Draft(kind, building, text, "办好了。", half, Origin.LETTER, "anheli.liu", (), f"key{self.written}:x")
            card = Card(f"{self.chance.getrandbits(64):016x}", draft, CardState.APPROVED, "anheli.chen", self.day)
            self.store.write(records.added("anheli", card))
            made.append(card.id)
        return made

    def site(self) -> Site:
        publish(self.store, moment("03:00", self.day), self.register.compound, self.bucket, "b")
        return read(self.bucket.held)

    def release(self) -> Site:
        """The first night of the next month, and what the public reads then."""
        self.day = (self.day.replace(day=1) + timedelta(days=31)).replace(day=1)
        release_waiting(self.store, moment("03:00", self.day), self.register.compound)
        return self.site()


@pytest.mark.parametrize("seed", range(200))
def test_whoever_keeps_every_page_tells_nobody_from_fewer_than_five(seed: int):
    town = Town(random.Random(seed))
    sites: list[Site] = [[]]
    for _ in range(town.chance.randint(2, 4)):
        town.approve(town.chance.choice([0, 1, 4, 9, 30, 60]))
        sites.append(town.release())

    assert len(sites[-1]) == town.written
    for earlier, later in combinations(sites, 2):
        assert small_groups(earlier, later) == []
    for _, kind, count in counts(town.bucket.held):
        assert count in ("<5", "–") or int(count) == 0 or int(count) >= 5, kind


def test_the_brute_force_would_see_a_case_that_joins_five():
    label = Shown("repair", "2026-01", "3")
    five: Site = [(str(number), label) for number in range(5)]
    assert small_groups([], five) == [] and small_groups(five, [*five, ("6", label)]) == [label]
    assert small_groups([], five[:4]) == [label, label]


def test_what_is_taken_back_leaves_its_group_as_large_as_it_was():
    town = Town(random.Random(7))
    cards = town.approve(60)
    before = town.release()
    for identity in cards[:20]:
        withdraw(town.store, moment("09:00", town.day), town.register, identity, "anheli.chen", "写得太细")
    after = town.site()

    assert Counter(label for _, label in after) == Counter(label for _, label in before)
    assert len({text for text, _ in after if "撤回" not in text}) == 40


def test_what_goes_out_at_once_never_gets_a_finer_label():
    town = Town(random.Random(3))
    identity, *_ = town.approve(9)
    card = records.find(town.store, "anheli", identity, town.day)
    assert card is not None
    town.store.write(records.changed("anheli", card._replace(state=CardState.DRAFT, approved_by="")))
    approve(town.store, moment("09:00", town.day + timedelta(days=2)), town.register, identity, "anheli.chen", True)
    (shown,) = town.site()
    later = town.release()

    assert shown[1] == Shown("other", "2026-01", "") and shown in later and small_groups([shown], later) == []


def test_nothing_is_released_before_its_month_is_over_and_nothing_twice():
    town = Town(random.Random(1))
    town.approve(12)
    for day in (15, 31):
        assert release_waiting(town.store, moment("03:00", date(2026, 1, day)), town.register.compound) == 0
    night = moment("03:00", date(2026, 2, 1))
    assert [release_waiting(town.store, night, town.register.compound) for _ in range(2)] == [12, 0]
    changed = town.store.get(("anheli#CASE", "CHANGED"))  # type: ignore[arg-type]
    announce(town.store, "anheli")
    assert changed and changed["news"]["name"] == "cases.changed"
    assert town.store.get(("anheli#CASE", "CHANGED"))["v"] == changed["v"] + 1  # type: ignore[arg-type, index]


def test_a_month_that_is_long_past_is_not_shown_any_more():
    town = Town(random.Random(2))
    town.approve(9)
    assert len(town.release()) == 9
    town.day = date(2027, 2, 1)
    assert town.site() == []


def test_what_waits_a_week_is_released_on_a_monday():
    town = Town(random.Random(4), Rhythm.WEEKLY)
    town.approve(3)
    assert release_waiting(town.store, moment("03:00", date(2026, 1, 18)), town.register.compound) == 0
    assert release_waiting(town.store, moment("03:00", date(2026, 1, 19)), town.register.compound) == 3


@pytest.mark.parametrize("seed", range(20))
def test_a_release_that_breaks_off_is_finished_on_the_next_day_and_told_nobody_meanwhile(seed: int, monkeypatch: pytest.MonkeyPatch):
    town = Town(random.Random(seed))
    town.approve(town.chance.randint(90, 140))
    sites: list[Site] = [[]]
    write, rounds = town.store.write, iter(range(99))

    def failing(*changes: Any) -> None:
        if next(rounds) % 2:
            raise OSError("the power is gone")
        write(*changes)

    monkeypatch.setattr(town.store, "write", failing)
    for _ in range(9):
        with suppress(OSError):
            town.release()
        sites.append(town.site())

    assert len(sites[-1]) == town.written and len({len(site) for site in sites}) > 2
    for earlier, later in combinations(sites, 2):
        assert small_groups(earlier, later) == []
