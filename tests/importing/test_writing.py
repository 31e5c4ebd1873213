"""Nothing shows before the switch, every step can be made again, and importing twice changes nothing."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import msgspec
import pytest

from chalicelib.register import records
from chalicelib.register.rules import Home, Register
from chalicelib.residents.actions import issue_home_link, open_home
from chalicelib.sensors.records import sensor
from chalicelib.shared.calendar import day_of
from chalicelib.shared.ids import CompoundId
from chalicelib.shared.problems import Problem
from chalicelib.shared.tokens import mint
from chalicelib.store import keys
from chalicelib.store.contract import Conflict
from chalicelib.store.memory import MemoryStore
from chalicelib.tasks.actions import expect_opening
from chalicelib.tasks.rules import Opening
from chalicelib.volunteers.actions import issue_link, open_link
from infra.importing import write
from infra.importing.check import check
from infra.importing.plan import plan
from infra.importing.read import read
from infra.importing.run import Outcome
from tests.importing.lists import GOOD, NOW, Broken, FailingStore, import_into, save, spoiled

ANHELI = CompoundId("anheli")
TOMORROW = NOW + timedelta(days=1)


def visible(store: MemoryStore) -> Register:
    register = records.load(store, ANHELI)
    assert register is not None
    return register


def home(store: MemoryStore, identity: str) -> Home:
    return visible(store).home_by_id[identity]


def moved(line: int, household: str) -> dict[str, str]:
    """The good lists with another household code; a home without one is listed without its people."""
    lists = spoiled("homes", line, "household", household)
    if not household:
        lists["people"] = "\n".join(row for row in lists["people"].splitlines() if ",3-502," not in row)
        lists["homes"] = lists["homes"].replace("today-2,today+11", ",")
    return lists


def test_a_good_import_becomes_visible(tmp_path: Path) -> None:
    store = FailingStore()
    result = import_into(store, tmp_path, GOOD)
    assert result.outcome is Outcome.WRITTEN
    assert visible(store) == result.register
    assert {each.id: each.tenancy for each in visible(store).homes} == {"1-301": "t1", "1-302": "t1", "3-501": "", "3-502": "t1"}
    bound = sensor(store, "anheli", "anheli-gw1", "door-3-502")
    assert bound is not None and bound.home == "3-502"
    assert store.get(keys.unfinished_import("anheli")) is None


def test_importing_twice_changes_nothing(tmp_path: Path) -> None:
    store = FailingStore()
    import_into(store, tmp_path, GOOD)
    before, store.writes = store.everything(), 0
    assert import_into(store, tmp_path, GOOD).outcome is Outcome.UNCHANGED
    assert store.writes == 0 and store.everything() == before


def test_a_compound_begins_with_its_first_import(tmp_path: Path) -> None:
    store = FailingStore()
    import_into(store, tmp_path, GOOD)
    import_into(store, tmp_path, spoiled("people", 2, "phone", "0571-0000 9999"), TOMORROW)
    assert visible(store).since == day_of(NOW)


def test_a_dry_run_writes_nothing(tmp_path: Path) -> None:
    store = FailingStore()
    result = import_into(store, tmp_path, GOOD, dry_run=True)
    assert result.outcome is Outcome.WOULD_WRITE and result.register is not None
    assert store.writes == 0 and not store.everything()
    assert import_into(store, tmp_path, spoiled("homes", 2, "tier", "x"), dry_run=True).outcome is Outcome.REFUSED


def test_a_changed_phone_is_one_write(tmp_path: Path) -> None:
    store = FailingStore()
    import_into(store, tmp_path, GOOD)
    store.writes = 0
    import_into(store, tmp_path, spoiled("people", 2, "phone", "0571-0000 9999"))
    assert store.writes == 1
    assert home(store, "1-301").people[0].phone == "0571-0000 9999"


CHANGED = {
    "a first import": GOOD,
    "a sensor moves": spoiled("devices", 2, "home", "1-301"),
    "a sensor goes": {**GOOD, "devices": "\n".join(GOOD["devices"].splitlines()[:2])},
    "a family moves out": moved(5, ""),
    "a family moves": {**moved(5, "H9"), "devices": spoiled("devices", 3, "sensor", "door-new")["devices"]},
}


@pytest.mark.parametrize("after", [False, True], ids=["before the write", "after the write"])
@pytest.mark.parametrize("lists", CHANGED.values(), ids=CHANGED)
def test_interrupted_anywhere_it_converges(tmp_path: Path, lists: dict[str, str], after: bool) -> None:
    """A fault at every single write in turn: nothing new is visible unless all is done, and the next run ends where a smooth one does."""
    first = lists is GOOD
    smooth = prepared(tmp_path, first)
    smooth.writes = 0
    import_into(smooth, tmp_path, lists)
    assert smooth.writes > 0
    for fail_at in range(1, smooth.writes + 1):
        store = prepared(tmp_path, first)
        old = records.load(store, ANHELI)
        store.writes, store.fail_at, store.after = 0, fail_at, after
        with pytest.raises(Broken):
            import_into(store, tmp_path, lists)
        assert records.load(store, ANHELI) in (old, visible(smooth)), "never anything between the two"
        store.fail_at = 0
        import_into(store, tmp_path, lists)
        assert contents(store) == contents(smooth), f"write {fail_at}"
        store.writes = 0
        assert import_into(store, tmp_path, lists).outcome is Outcome.UNCHANGED and store.writes == 0


def prepared(tmp_path: Path, empty: bool) -> FailingStore:
    """Empty, or with the good lists imported, a card issued and a visit announced."""
    store = FailingStore()
    if not empty:
        import_into(store, tmp_path, GOOD)
        issue_home_link(store, NOW, "anheli", "3-502", "t1", TOKEN, "ABCDE12345")
        expect_opening(store, NOW, "anheli", "3-502", Opening("visit", NOW, NOW + timedelta(hours=1), "送药"))
    return store


TOKEN = mint(ANHELI, b"x" * 32)


def contents(store: FailingStore) -> list[dict[str, object]]:
    """Everything but version counts, which may differ where a step was made twice."""
    return [{name: value for name, value in item.items() if name != "v"} for item in store.everything()]


def test_an_abandoned_import_is_undone_by_the_next_one(tmp_path: Path) -> None:
    """It moved a sensor and died; then the old lists come again. The register says nothing changed, the sensor must come back all the same."""
    for fail_at in range(1, 6):
        store = prepared(tmp_path, False)
        store.writes, store.fail_at = 0, fail_at
        lists = {**GOOD, "devices": "thing,sensor,home,kind\nanheli-gw1,door-3-502,1-301,zigbee2mqtt\nanheli-gw9,new,1-301,zigbee2mqtt\n"}
        with pytest.raises(Broken):
            import_into(store, tmp_path / "other", lists)
        store.fail_at = 0
        import_into(store, tmp_path, GOOD)
        homes = {name: sensor(store, "anheli", thing, name) for thing, name in SENSORS}
        assert {name: each and each.home for name, each in homes.items()} == {"door-3-502": "3-502", "door-1-302": "1-302", "new": None}
        assert store.get(keys.unfinished_import("anheli")) is None


SENSORS = [("anheli-gw1", "door-3-502"), ("anheli-gw1", "door-1-302"), ("anheli-gw9", "new")]


def test_moving_in_ends_the_old_tenancy(tmp_path: Path) -> None:
    store = prepared(tmp_path, False)
    import_into(store, tmp_path, moved(5, "H9"), TOMORROW)
    new = home(store, "3-502")
    assert (new.tenancy, new.moved_in, new.household) == ("t2", day_of(TOMORROW), "H9")
    with pytest.raises(Problem):
        open_home(store, TOKEN)
    assert store.get(keys.expected_openings("anheli", "3-502")) is None, "visits announced to one family are not shown to the next"
    assert home(store, "1-302").tenancy == "t1", "nobody else moves"


def test_a_tenancy_number_is_never_used_again(tmp_path: Path) -> None:
    store = MemoryStore()
    seen = []
    for lists in (GOOD, moved(5, ""), GOOD, without_home("3-502"), GOOD, moved(5, "H9"), moved(5, "")):
        import_into(store, tmp_path, lists)
        found = visible(store).home_by_id.get("3-502")
        seen.append(found.tenancy if found else None)
    assert seen == ["t1", "", "t2", None, "t3", "t4", ""]


def without_home(identity: str) -> dict[str, str]:
    return {table: "".join(row + "\n" for row in text.splitlines() if identity not in row) for table, text in GOOD.items()}


def test_leaving_the_list_ends_the_tenancy_and_unbinds(tmp_path: Path) -> None:
    store = prepared(tmp_path, False)
    import_into(store, tmp_path, without_home("3-502"))
    assert "3-502" not in visible(store).home_by_id and visible(store).retired == {"3-502": 1}
    assert sensor(store, "anheli", "anheli-gw1", "door-3-502") is None
    with pytest.raises(Problem):
        open_home(store, TOKEN)


def test_moved_in_is_believed_only_of_a_home_without_a_past(tmp_path: Path) -> None:
    store = MemoryStore()
    import_into(store, tmp_path, GOOD)
    assert home(store, "1-302").moved_in is not None and home(store, "1-302").moved_in.isoformat() == "2020-05-01"
    assert home(store, "1-301").moved_in is None, "who lives here at the first import has long been here"
    import_into(store, tmp_path, spoiled("homes", 3, "household", "H8"), TOMORROW)
    assert home(store, "1-302").moved_in == day_of(TOMORROW), "the date left standing is the last family's"
    import_into(store, tmp_path, spoiled("homes", 3, "household", "H8"), TOMORROW + timedelta(days=3))
    assert home(store, "1-302").moved_in == day_of(TOMORROW)


def test_a_register_from_before_tenancies_were_counted(tmp_path: Path) -> None:
    """``last_tenancy`` may be absent: the tenancy itself then tells."""
    store = MemoryStore()
    import_into(store, tmp_path, GOOD)
    old = visible(store)
    homes = tuple(msgspec.structs.replace(each, last_tenancy=0) for each in old.homes)
    records.switch(store, msgspec.structs.replace(old, homes=homes), 1)
    import_into(store, tmp_path, moved(5, "H9"))
    assert home(store, "3-502").tenancy == "t2"


def racing(at: str, monkeypatch: pytest.MonkeyPatch, act: Callable[[], object]) -> None:
    """``act`` happens in the middle of the next import, just before its step ``at``."""
    original, done = getattr(write, at), []

    def step(*arguments: object, **named: object) -> object:
        if not done:
            done.append(True)
            act()
        return original(*arguments, **named)

    monkeypatch.setattr(write, at, step)


@pytest.mark.parametrize("step", ["_note", "bind", "_finish"])
def test_two_imports_at_once_give_one_winner(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str) -> None:
    store = prepared(tmp_path, False)
    theirs = spoiled("devices", 2, "home", "1-302")
    racing(step, monkeypatch, lambda: import_into(store, tmp_path / "theirs", theirs))
    with pytest.raises(Conflict):
        import_into(store, tmp_path, {**spoiled("devices", 2, "home", "1-301"), "people": spoiled("people", 4, "name", "新名")["people"]})
    assert visible(store).home_by_id["3-502"].people[0].name == "安娜"
    import_into(store, tmp_path / "theirs", theirs)
    bound = sensor(store, "anheli", "anheli-gw1", "door-3-502")
    assert bound is not None and bound.home == "1-302", "after one more run the sensors are the winner's too"


def test_a_sensor_that_reports_while_it_is_bound(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store, tries = MemoryStore(), []
    original = write.bind

    def bind(*arguments: str, **stay: Any) -> bool:
        tries.append(arguments)
        if len(tries) < 3:
            raise Conflict(keys.sensor("anheli", "anheli-gw1", "x"), None)
        return original(*arguments, **stay)

    monkeypatch.setattr(write, "bind", bind)
    assert import_into(store, tmp_path, GOOD).outcome is Outcome.WRITTEN


def test_a_switch_whose_answer_was_lost_is_no_conflict(tmp_path: Path) -> None:
    """The client makes the call again and meets its own item."""
    store = MemoryStore()
    checked = check(read(save(tmp_path, GOOD)), day_of(NOW))
    assert checked.register is not None
    todo = plan(store, msgspec.structs.replace(checked.register, devices=()), NOW, 0)
    records.switch(store, todo.register, 0)
    write.write(store, todo, NOW, lambda line: None)
    assert visible(store) == todo.register


def test_two_compounds_share_home_ids_and_nothing_else(tmp_path: Path) -> None:
    store = FailingStore()
    import_into(store, tmp_path, GOOD)
    before = [item for item in store.everything() if item["pk"].startswith("anheli#")]
    import_into(store, tmp_path / "q", {table: text.replace("anheli", "qinghe") for table, text in GOOD.items()})
    assert [item for item in store.everything() if item["pk"].startswith("anheli#")] == before


def test_what_is_said_holds_no_person(tmp_path: Path) -> None:
    from infra.importing.run import bring_in

    said: list[str] = []
    store = prepared(tmp_path, False)
    bring_in(save(tmp_path / "y", moved(5, "H9")), store, NOW, said.append)
    text = "\n".join(said)
    assert "bound anheli-gw1/door-3-502 to 3-502" in text, "the next family's door is not the last one's"
    for secret in ("安娜", "云当归", "老周", "王管家", "0571", "sample-duty"):
        assert secret not in text


@pytest.mark.parametrize(
    ("row", "works"),
    [
        ("v1,老周,0571-0000 2002,g1,1-302", True),
        ("v1,老周,0571-0000 2999,g1,1-302", True),
        ("v1,新人,0571-0000 2999,g1,1-302", False),
        ("", False),
    ],
    ids=["the same", "another phone", "somebody else", "left"],
)
def test_a_volunteers_link_ends_when_the_id_is_no_longer_hers(tmp_path: Path, row: str, works: bool) -> None:
    store, token = MemoryStore(), mint("anheli")
    import_into(store, tmp_path, GOOD)
    issue_link(store, NOW, visible(store), "v1", token, "048213")
    lists = {**GOOD, "volunteers": f"volunteer,name,phone,grid,home\n{row}\n"}
    if not row:
        lists = {**lists, "homes": GOOD["homes"].replace("v1", "")}
    import_into(store, tmp_path / "again", lists)

    if works:
        assert open_link(store, token)
    else:
        with pytest.raises(Problem):
            open_link(store, token)
