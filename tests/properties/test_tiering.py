"""Worst tier wins, whatever is known about whom."""

from hypothesis import given
from hypothesis import strategies as st

from chalicelib.register.rules import Person
from chalicelib.register.tiering import DEFAULT_RULES, TierRule, computed_tier
from chalicelib.shared.tiers import Tier, worst
from tests.builders import DAY, home

FACTS = ["lives_alone", "ill", "mobility", "chronic", "pregnant", "infant", "disabled"]
TIERS = st.sampled_from(list(Tier))
PEOPLE = st.lists(st.builds(lambda born, facts: Person("p", "安娜", born=born, facts=tuple(facts)), st.sampled_from([0, 1940, 1990]), st.lists(st.sampled_from(FACTS), max_size=4, unique=True)), max_size=4).map(tuple)  # fmt: skip
RULES = st.lists(st.builds(TierRule, TIERS, st.lists(st.sampled_from(FACTS), min_size=1, max_size=2).map(tuple), st.sampled_from([0, 80])), max_size=6).map(tuple)  # fmt: skip


@given(RULES, TIERS, PEOPLE)
def test_a_household_has_the_worst_tier_of_its_members_and_of_the_import(
    rules: tuple[TierRule, ...], imported: Tier, people: tuple[Person, ...]
):
    alone = [computed_tier(rules, home(people=(each,)), DAY) for each in people]

    assert computed_tier(rules, home(tier=imported, people=people), DAY) is worst([imported, *alone])


@given(RULES, RULES, PEOPLE)
def test_another_rule_makes_no_tier_milder(rules: tuple[TierRule, ...], more: tuple[TierRule, ...], people: tuple[Person, ...]):
    before, after = (computed_tier(each, home(people=people), DAY) for each in (rules, (*rules, *more)))

    assert worst([before, after]) is after


@given(PEOPLE, st.sampled_from(FACTS))
def test_another_fact_makes_no_tier_milder(people: tuple[Person, ...], fact: str):
    known = tuple(Person(each.id, each.name, born=each.born, facts=(*each.facts, fact)) for each in people)
    before, after = (computed_tier(DEFAULT_RULES, home(people=each), DAY) for each in (people, known))

    assert worst([before, after]) is after
