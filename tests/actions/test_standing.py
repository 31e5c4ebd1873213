"""A register is decoded once and kept; what is answered from it is never out of date, of another day or of another's decisions."""

from datetime import date, datetime, timedelta

import pytest

from chalicelib.register import records
from chalicelib.register.actions import approve_tier, propose_tier
from chalicelib.register.changes import TierChange
from chalicelib.register.records import standing, to_item
from chalicelib.register.rules import Person, Register
from chalicelib.register.tiering import TierRule
from chalicelib.shared.tiers import Tier
from chalicelib.store.memory import MemoryStore
from tests.builders import DAY, home, moment, policy, register

NOW = moment("08:00")


def stored(found: Register) -> MemoryStore:
    store = MemoryStore()
    store.fill([to_item(found, 1)])
    return store


def tier(store: MemoryStore, now: datetime = NOW, identity: str = "3-502") -> Tier:
    found = standing(store, now, "anheli")
    assert found is not None
    return found.register.home_by_id[identity].tier


def test_the_same_register_is_decoded_once(monkeypatch: pytest.MonkeyPatch):
    first, second = stored(register()), stored(register())
    known = standing(first, NOW, "anheli")
    monkeypatch.setattr(records, "_decoder", None)

    assert standing(second, NOW + timedelta(minutes=1), "anheli").register is known.register
    assert records.load(second, "anheli") is known.imported


def test_an_import_is_seen_at_once_whatever_version_it_bears():
    store = stored(register())
    assert tier(store) is Tier.GREEN
    store.fill([to_item(register(homes=(home(tier=Tier.RED),)), 1)])

    assert tier(store) is Tier.RED


def test_the_facts_are_asked_anew_every_day():
    eighty = home(people=(Person("p1", "安娜", born=1947, facts=("lives_alone",)),))
    store = stored(register(homes=(eighty,), policy=policy(tier_rules=(TierRule(Tier.RED, ("lives_alone",), 80),))))
    new_year = moment("00:00", date(2027, 1, 1))

    assert [tier(store, now) for now in (new_year - timedelta(seconds=1), new_year, NOW)] == [Tier.GREEN, Tier.RED, Tier.GREEN]


def test_what_was_decided_in_one_place_is_in_force_there_alone():
    store, other = stored(register()), stored(register())
    change = TierChange("c1", "3-502", "t1", Tier.RED, "夜里摔倒过", "anheli.wang", DAY, NOW)
    propose_tier(store, NOW, register(), change)
    approve_tier(store, NOW, "anheli", "c1", "anheli.chen")

    assert (tier(store), tier(other), tier(store, NOW - timedelta(seconds=1))) == (Tier.RED, Tier.GREEN, Tier.GREEN)
