"""One code, one gateway, one certificate: whoever else asks is not let in."""

from typing import Any

import pytest

from chalicelib.sensors.admission import admit, answer, expect
from chalicelib.shared.tokens import mint
from chalicelib.store.memory import MemoryStore
from tests.builders import moment

THING, NOW = "anheli-gw7", moment("12:00")
CODE, OTHER = mint("anheli", b"1" * 20), mint("anheli", b"2" * 20)


@pytest.fixture
def store() -> MemoryStore:
    store = MemoryStore()
    expect(store, THING, CODE, moment("18:00"))
    return store


def asked(store: MemoryStore, certificate: Any = "c1", clock: str = "12:00", **parameters: Any) -> bool:
    said = {"ThingName": THING, "Code": CODE, **parameters}
    event = {"parameters": {name: value for name, value in said.items() if value is not None}, "certificateId": certificate}
    allowed = answer(store, moment(clock), event)
    assert allowed in ({"allowProvisioning": False}, {"allowProvisioning": True, "parameterOverrides": {"Compound": "anheli"}})
    return bool(allowed["allowProvisioning"])


def test_the_awaited_gateway_is_let_in_and_so_it_is_when_aws_asks_again(store: MemoryStore) -> None:
    assert asked(store)
    assert asked(store)
    assert asked(store, clock="18:30"), "what was let in stays in"


def test_no_second_certificate_comes_in_by_the_same_code(store: MemoryStore) -> None:
    assert asked(store)
    assert not asked(store, "c2")


@pytest.mark.parametrize(
    "parameters",
    [
        {"Code": OTHER},
        {"Code": ""},
        {"Code": None},
        {"Code": CODE[:-1]},
        {"Code": CODE.upper()},
        {"ThingName": "anheli-gw8"},
        {"ThingName": "qinghe-gw7"},
        {"ThingName": ""},
        {"ThingName": None},
        {"ThingName": "anheli"},
        {"ThingName": "anheli-gw7#SENSOR"},
        {"ThingName": ["anheli-gw7"]},
        {"Code": 7},
    ],
    ids=str,
)
def test_a_wrong_word_lets_nobody_in_and_uses_nothing_up(store: MemoryStore, parameters: dict[str, Any]) -> None:
    assert not asked(store, **parameters)
    assert asked(store)


@pytest.mark.parametrize("event", [{}, {"parameters": None}, {"parameters": {}}, {"parameters": [], "certificateId": "c"}])
def test_a_question_that_says_nothing_is_answered_no(store: MemoryStore, event: dict[str, Any]) -> None:
    assert answer(store, NOW, event) == {"allowProvisioning": False}


@pytest.mark.parametrize("certificate", ["", None, 7])
def test_without_a_certificate_nobody_comes_in(store: MemoryStore, certificate: Any) -> None:
    assert not asked(store, certificate)


def test_a_code_has_its_time(store: MemoryStore) -> None:
    assert not asked(store, clock="18:00")
    assert asked(store, clock="17:59")


def test_a_new_code_voids_the_one_before(store: MemoryStore) -> None:
    expect(store, THING, OTHER, moment("20:00"))
    assert not asked(store)
    assert asked(store, Code=OTHER)
    expect(store, THING, CODE, moment("20:00"))
    assert asked(store, "c2"), "a gateway that was replaced"


def test_of_two_at_once_one_comes_in(store: MemoryStore) -> None:
    real, tried = store.write, []

    def meanwhile(*changes: Any) -> None:
        store.write = real  # type: ignore[method-assign]
        tried.append(admit(store, NOW, THING, CODE, "c2"))
        real(*changes)

    store.write = meanwhile  # type: ignore[method-assign]
    assert not admit(store, NOW, THING, CODE, "c1")
    assert tried == [True]
