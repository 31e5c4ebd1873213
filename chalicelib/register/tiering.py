"""Which tier the facts about a household ask for, by the policy's rules. Pure.

A rule speaks of one person; the worst over all persons, all rules and the import's own tier decides.
"""

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

import msgspec

from chalicelib.shared.tiers import Tier, worst

if TYPE_CHECKING:  # the register's policy holds rules, so it stands above them
    from chalicelib.register.rules import Home, Person

OLD_AGE = 70
"""From this age on a list says how old the eldest of a home is."""

ISOLATED = "isolated"
"""A fact of the home and not of a person: true on the days of its isolation."""


class TierRule(msgspec.Struct, frozen=True, omit_defaults=True):
    """A person of whom all ``facts`` are true and who is ``min_age`` or older asks for ``tier``. An unknown age is younger than any."""

    tier: Tier
    facts: tuple[str, ...] = ()
    min_age: int = 0

    def __post_init__(self) -> None:
        if not self.facts and self.min_age <= 0:
            raise ValueError("a tier rule needs a fact or an age")

    def fits(self, facts: frozenset[str], age: int) -> bool:
        return age >= self.min_age and facts.issuperset(self.facts)


DEFAULT_RULES = (
    TierRule(Tier.RED, ("lives_alone",), 80),
    TierRule(Tier.RED, ("lives_alone", "ill")),
    TierRule(Tier.RED, ("lives_alone", "mobility")),
    *(TierRule(Tier.YELLOW, (fact,)) for fact in ("chronic", "pregnant", "infant", "disabled", "ill", "chemotherapy")),
)


def reasons(rules: Sequence[TierRule], home: "Home", day: date) -> list[TierRule]:
    """The rules that somebody in this home fits on this day, in the policy's order."""
    known = [_known(home, person, day) for person in home.people]
    return [rule for rule in rules if any(rule.fits(*each) for each in known)]


def computed_tier(rules: Sequence[TierRule], home: "Home", day: date) -> Tier:
    """The worst tier the rules ask for, never milder than the import's. Asked of every home at every reading, so it asks no more than it must."""
    if home.tier is Tier.RED:
        return home.tier
    asked: set[Tier] = {home.tier}
    for person in home.people:
        facts, age = _known(home, person, day)
        asked.update(rule.tier for rule in rules if rule.tier not in asked and rule.fits(facts, age))
    return worst(asked) if len(asked) > 1 else home.tier


def _known(home: "Home", person: "Person", day: date) -> tuple[frozenset[str], int]:
    facts = (*person.facts, ISOLATED) if home.isolated_on(day) else person.facts
    return frozenset(facts), day.year - person.born if person.born else 0
