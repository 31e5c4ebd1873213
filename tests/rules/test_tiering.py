"""Which tier the facts about a household ask for."""

from datetime import date

import pytest

from chalicelib.register.rules import Person
from chalicelib.register.tiering import DEFAULT_RULES, ISOLATED, TierRule, computed_tier, reasons
from chalicelib.shared.tiers import Tier
from tests.builders import DAY, home, isolated

G, Y, R = Tier.GREEN, Tier.YELLOW, Tier.RED


def person(born: int, *facts: str) -> Person:
    return Person(f"p{born}", "安娜", born=born, facts=facts)


@pytest.mark.parametrize(
    ("people", "tier"),
    [
        ((), G),
        ((person(1990),), G),
        ((person(1930),), G),
        ((person(1947, "lives_alone"),), G),
        ((person(1946, "lives_alone"),), R),  # 80 this year
        ((person(0, "lives_alone"),), G),  # nobody knows how old
        ((person(1990, "lives_alone", "ill"),), R),
        ((person(1990, "lives_alone", "mobility"),), R),
        ((person(1990, "mobility"),), G),
        ((person(1990, "ill"),), Y),
        ((person(1990, "chronic"),), Y),
        ((person(1990, "pregnant"),), Y),
        ((person(2026, "infant"),), Y),
        ((person(1990, "disabled"),), Y),
        ((person(1990, "chemotherapy"),), Y),
        ((person(1990, "hard_of_hearing"),), G),
        ((person(1930), person(1990, "lives_alone")), G),  # one person has to fit a whole rule
        ((person(1990, "chronic"), person(1940, "lives_alone", "chronic")), R),
    ],
)
def test_the_worst_of_all_persons_and_rules_decides(people: tuple[Person, ...], tier: Tier):
    assert computed_tier(DEFAULT_RULES, home(people=people), DAY) is tier
    assert computed_tier(DEFAULT_RULES, home(people=people[::-1]), DAY) is tier


@pytest.mark.parametrize(("imported", "facts", "tier"), [(R, (), R), (Y, (), Y), (R, ("chronic",), R), (Y, ("lives_alone", "ill"), R)])
def test_it_is_never_milder_than_the_import_says(imported: Tier, facts: tuple[str, ...], tier: Tier):
    assert computed_tier(DEFAULT_RULES, home(tier=imported, people=(person(1990, *facts),)), DAY) is tier


def test_isolation_changes_no_tier_by_itself_and_can_be_asked_for_by_a_rule():
    rules = (*DEFAULT_RULES, TierRule(R, (ISOLATED,)))

    assert computed_tier(DEFAULT_RULES, isolated(), DAY) is G
    assert computed_tier(rules, isolated(), DAY) is R
    assert computed_tier(rules, isolated(), date(2026, 11, 27)) is G
    assert computed_tier(rules, home(), DAY) is G


def test_a_home_can_say_why():
    said = reasons(DEFAULT_RULES, home(people=(person(1940, "lives_alone", "chronic"),)), DAY)

    assert said == [TierRule(R, ("lives_alone",), 80), TierRule(Y, ("chronic",))]


def test_without_rules_the_import_decides():
    assert computed_tier((), home(tier=Y, people=(person(1930, "lives_alone"),)), DAY) is Y


def test_a_rule_that_would_fit_everybody_is_none():
    with pytest.raises(ValueError, match="a fact or an age"):
        TierRule(R)
