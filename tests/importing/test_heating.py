"""What the lists say of heating and of sensors' limits, and which homes grow cold together."""

from pathlib import Path

import pytest

from chalicelib.register.records import load
from chalicelib.register.rules import Home, Register
from chalicelib.register.watching import WatchPolicy, heated_with, riser_of
from chalicelib.shared.ids import CompoundId, HomeId
from chalicelib.store.memory import MemoryStore
from infra.importing.run import Outcome
from tests.importing.lists import GOOD, as_csv, import_into, rows, with_row


def imported(folder: Path, lists: dict[str, str]) -> Register:
    store = MemoryStore()
    assert import_into(store, folder, lists).faults == []
    register = load(store, CompoundId("anheli"))
    assert register is not None
    return register


def with_pipes(riser: str, line: str) -> dict[str, str]:
    first, *others = rows(GOOD["homes"])
    return {**GOOD, "homes": as_csv([[*first, "立管", "line_end"], *([*row, riser, line] for row in others)])}


@pytest.mark.parametrize(
    ("identity", "riser"),
    [("3-502", "3-02"), ("3-1102", "3-02"), ("1-2-501", "1-2-01"), ("3-12", "3-12"), ("3-A", "3-A"), ("B1-0503", "B1-03")],
)
def test_a_door_tells_its_riser(identity: str, riser: str):
    assert riser_of(flat(identity)) == riser


def flat(identity: str, **members: str) -> Home:
    return Home(id=HomeId(identity), building=identity.partition("-")[0], floor=5, grid="g1", **members)


def test_the_list_knows_better_and_a_lines_end_goes_before_its_riser():
    assert riser_of(flat("3-502", riser="3-东")) == "3-东"
    assert heated_with(flat("3-502", riser="3-东", line_end="东支线")) == "东支线"


def test_columns_for_pipes_may_be_there_or_not(tmp_path: Path):
    plain = imported(tmp_path / "plain", GOOD).home_by_id["3-502"]
    named = imported(tmp_path / "named", with_pipes("3-东", "东支线")).home_by_id["3-502"]

    assert (plain.riser, plain.line_end, named.riser, named.line_end) == ("", "", "3-东", "东支线")


@pytest.mark.parametrize(
    ("key", "value", "policy"),
    [
        ("warm.least", "18.5", WatchPolicy(warm_least=185)),
        ("室温标准", "20 ℃", WatchPolicy(warm_least=200)),
        ("warm.minutes", "60", WatchPolicy(warm_minutes=60)),
        ("网关等待", "5", WatchPolicy(gateway_wait=5)),
        ("接手多久", "30", WatchPolicy(claimed=30)),
        ("battery.least", "20", WatchPolicy(battery_least=20)),
        ("link.least", "40", WatchPolicy(link_least=40)),
        ("link.least", "", WatchPolicy()),
    ],
)
def test_limits_are_rows_of_the_policy(tmp_path: Path, key: str, value: str, policy: WatchPolicy):
    assert imported(tmp_path, with_row("policy", key, value)).policy.watch == policy


@pytest.mark.parametrize(
    ("lists", "said"),
    [
        (with_row("policy", "warm.least", "warm"), "from 10 to 30"),
        (with_row("policy", "warm.least", "64"), "from 10 to 30"),
        (with_row("policy", "gateway.wait", "0"), "from 1 to 120"),
        (with_row("policy", "battery.least", "80"), "from 1 to 50"),
        (with_pipes("3#2", ""), "20 characters at most"),
        (with_pipes("", "x" * 21), "20 characters at most"),
    ],
)
def test_a_bad_cell_is_a_fault_and_nothing_is_written(tmp_path: Path, lists: dict[str, str], said: str):
    store = MemoryStore()
    result = import_into(store, tmp_path, lists)

    assert result.outcome is Outcome.REFUSED and said in result.faults[0].en and store._items == {}
