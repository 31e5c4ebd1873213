"""Cases let go, taken back and released at once, on ministack only: each lies in one place, and no group of the public page is under five."""

from collections import Counter
from datetime import timedelta

from chalicelib.cases import actions, records
from chalicelib.cases.cards import Card, CardState, Draft, Origin
from chalicelib.cases.rules import CaseKind
from chalicelib.register.records import to_item
from chalicelib.shared.calendar import at
from chalicelib.shared.half_days import half_day
from chalicelib.shared.ids import CompoundId
from chalicelib.shared.problems import Problem
from chalicelib.store.contract import Add, Conflict
from chalicelib.store.dynamo import DynamoStore
from tests.builders import home, moment, register
from tests.store.test_races import together

NOW = moment("09:00")
NEXT_MONTH = at(NOW.date().replace(day=1) + timedelta(days=31), "03:00")
CARDS = 12


def compound(store: DynamoStore, name: str) -> CompoundId:
    """One building of thirty homes, and twelve approved repairs in it besides one draft."""
    here = register(homes=tuple(home(f"3-{number}") for number in range(101, 131)), compound=name)
    store.write(Add(to_item(here, 1)))
    for number in range(CARDS):
        store.write(records.added(name, card(number, CardState.APPROVED)))
    store.write(records.added(name, card(CARDS, CardState.DRAFT)))
    return CompoundId(name)


def card(number: int, state: CardState) -> Card:
    draft = Draft(
        CaseKind.REPAIR, "3", "灯不亮了。", "换了。", half_day(NOW - timedelta(days=5)), Origin.TICKET, "liu", (), f"c{number:03}:d"
    )
    let_go = (state, "chen", NOW.date()) if state is CardState.APPROVED else (state,)
    return Card(f"c{number:03}", draft, *let_go)


def release(store: DynamoStore, compound: CompoundId) -> int:
    """Whoever loses to somebody else's change comes again tomorrow: here, at once."""
    for _ in range(20):
        try:
            return actions.release_waiting(store, NEXT_MONTH, compound)
        except Conflict:
            continue
    raise AssertionError("the release never got through")


def everywhere(store: DynamoStore, compound: CompoundId) -> list[Card]:
    return [*records.waiting(store, compound), *records.published(store, compound, NEXT_MONTH.date())]


def no_small_group(cards: list[Card]) -> bool:
    """The words of a card that was taken back are gone, and it is counted on: its label stays."""
    labels = Counter(one.label for one in cards if one.label and (one.label.kind, one.label.place) != (CaseKind.OTHER, ""))
    return all(count >= 5 for count in labels.values())


def test_an_approval_while_the_month_is_released_waits_or_goes_and_nothing_lies_twice(shared_store: DynamoStore):
    here, chen = compound(shared_store, "casesa"), register(compound="casesa")

    def do(number: int) -> object:
        return release(shared_store, here) if number < 3 else actions.approve(shared_store, NEXT_MONTH, chen, "c012", "chen", number == 5)

    together(do, 6)
    release(shared_store, here)
    cards = everywhere(shared_store, here)
    assert Counter(one.id for one in cards) == Counter({f"c{number:03}": 1 for number in range(CARDS + 1)})
    assert {one.state for one in cards if one.id != "c012"} == {CardState.PUBLISHED}
    assert [one.approved_by for one in cards if one.id == "c012"] == ["chen"]
    assert no_small_group(cards)


def test_what_is_taken_back_or_sent_at_once_while_the_month_is_released_leaves_no_small_group(shared_store: DynamoStore):
    here, reader = compound(shared_store, "casesb"), register(compound="casesb")

    def do(number: int) -> object:
        if number < 2:
            return release(shared_store, here)
        if number % 2:
            return actions.withdraw(shared_store, NEXT_MONTH, reader, f"c{number:03}", "chen", "写得太细")
        return actions.approve(shared_store, NEXT_MONTH, reader, f"c{number:03}", "chen", at_once=True)

    done = together(do, 10)
    release(shared_store, here)
    cards = everywhere(shared_store, here)
    assert Counter(one.id for one in cards) == Counter({f"c{number:03}": 1 for number in range(CARDS + 1)})
    assert all(not isinstance(each, Problem) or each.status in (409, 503) for each in done)
    assert all(not one.draft.text for one in cards if one.state is CardState.WITHDRAWN)
    assert no_small_group(cards)
