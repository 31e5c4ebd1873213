"""What the command line says and how it ends."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from chalicelib.store import keys
from chalicelib.store.contract import Conflict
from chalicelib.store.memory import MemoryStore
from chalicelib.wire import ServiceError
from infra.importing import __main__ as command
from infra.importing.connect import Deployed, connect
from infra.importing.faults import Unreadable
from tests.importing.lists import GOOD, NOW, save, spoiled


class Noon:
    def now(self) -> Any:
        return NOW


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., int]:
    store = MemoryStore()
    monkeypatch.setattr(command, "connect", lambda stage: Deployed(store, MemoryStore(), Noon(), None, "", None))  # type: ignore[arg-type]

    def imported(lists: dict[str, str], *options: str) -> int:
        return command.main([str(save(tmp_path / "lists", lists)), "--stage", "local", *options])

    return imported


def test_the_way_of_an_import(run: Callable[..., int], capsys: pytest.CaptureFixture[str]) -> None:
    assert run(GOOD, "--dry-run") == command.DONE
    assert "Dry run" in capsys.readouterr().out
    assert run(GOOD) == command.DONE
    said = capsys.readouterr().out
    assert "4 homes (3 lived in), 4 people" in said and "switched to version 1" in said and "Imported." in said
    assert run(GOOD) == command.DONE
    assert "Nothing has changed" in capsys.readouterr().out


def test_bad_rows_go_to_the_error_output_and_end_with_a_count(run: Callable[..., int], capsys: pytest.CaptureFixture[str]) -> None:
    assert run(spoiled("people", 2, "phone", "x")) == command.BAD_ROWS
    told = capsys.readouterr().err
    assert "people.csv 第 2 行「phone」" in told and "1 to put right; nothing was written." in told


def test_nothing_to_read(run: Callable[..., int], capsys: pytest.CaptureFixture[str]) -> None:
    assert command.main(["/nowhere", "--stage", "local"]) == command.NOTHING_TO_READ
    assert "no such file" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (Conflict(keys.register("anheli"), None), command.CONFLICT),
        (ServiceError("InternalServerError", 500, {}), command.NO_ANSWER),
        (ConnectionRefusedError(), command.NO_ANSWER),
        (KeyboardInterrupt(), command.INTERRUPTED),
    ],
)
def test_every_end_is_a_sentence_that_says_run_it_again(
    run: Callable[..., int], capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, error: BaseException, code: int
) -> None:
    def fails(*_: object, **__: object) -> None:
        raise error

    monkeypatch.setattr(command, "bring_in", fails)
    assert run(GOOD) == code
    told = capsys.readouterr().err
    assert "un it again" in told and "再运行一次" in told and "Traceback" not in told


def test_a_stage_that_is_not_there() -> None:
    with pytest.raises(Unreadable) as refused:
        connect("nowhere")
    assert "no stage nowhere" in refused.value.en


def test_a_local_stack_that_does_not_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("STATE_DIR", str(tmp_path))
    with pytest.raises(Unreadable) as refused:
        connect("local")
    assert "make run" in refused.value.en
