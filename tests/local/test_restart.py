"""Ending and starting again: politely, by kill -9, and with a state directory that somebody or something has damaged."""

import contextlib
import json
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.stack import ROOT, LocalStack, launch, link_token, until

SNAPSHOT_SECONDS = 5
MARGIN = 2


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LocalStack]:
    stack = LocalStack(tmp_path_factory.mktemp("own"))
    stack.start()
    yield stack
    stack.stop()


def reported(stack: LocalStack) -> dict[str, Any]:
    return {row["home"]: row for row in stack.duty(stack.token())["reported"]}


def test_after_ctrl_c_the_data_is_there_at_the_next_start(own: LocalStack) -> None:
    home = own.greens()[0]
    assert own.write("/api/check-ins", {"note": "在家"}, X_Home_Link=link_token(home)).status == 201
    links, passwords = own.run["homes"], own.run["staff"]
    assert own.stop(signal.SIGINT) == 0
    assert not (own.state / "run.json").exists()
    own.start()
    assert (own.run["homes"], own.run["staff"]) == (links, passwords)
    assert reported(own)[home["id"]]["note"] == "在家"


def test_a_revoked_link_stays_revoked(own: LocalStack) -> None:
    home = own.greens()[1]
    assert own.write(f"/api/homes/{home['id']}/link-revocation", {}, Authorization=own.token()).json["revoked"] == 1
    assert own.ask("GET", "/api/home", X_Home_Link=link_token(home)).status == 401
    own.stop()
    own.start()
    assert own.ask("GET", "/api/home", X_Home_Link=link_token(home)).status == 401


def test_kill_nine_during_check_ins_leaves_whole_records_and_a_stack_that_starts(own: LocalStack) -> None:
    homes = own.greens()[2:120]
    taken = report_until_killed(own, homes)
    killed = time.monotonic()
    own.start()
    found = reported(own)
    assert all((row["needs"], row["note"]) == (["food"], "一二三") for home in homes if (row := found.get(home["id"])))
    lost = [home["id"] for home in homes if home["id"] in taken and home["id"] not in found]
    assert all(killed - taken[home] < SNAPSHOT_SECONDS + MARGIN for home in lost)
    # What was lost is sent again under the same key, as a page that had no answer does.
    assert {report(own, home) for home in homes[:20]} == {201}
    assert {home["id"] for home in homes[:20]} <= reported(own).keys()


def report(stack: LocalStack, home: dict[str, Any]) -> int:
    body = {"needs": ["food"], "note": "一二三"}
    return stack.write("/api/check-ins", body, key=f"key-{home['id']}", X_Home_Link=link_token(home)).status


def report_until_killed(stack: LocalStack, homes: list[dict[str, Any]]) -> dict[str, float]:
    """Four threads report for these homes until the stack is killed in the middle; returns when each answer came."""
    taken: dict[str, float] = {}

    def go_on(mine: list[dict[str, Any]]) -> None:
        with contextlib.suppress(OSError):
            for home in mine:
                if report(stack, home) == 201:
                    taken[home["id"]] = time.monotonic()

    threads = [threading.Thread(target=go_on, args=(homes[number::4],)) for number in range(4)]
    for thread in threads:
        thread.start()
    assert until(lambda: len(taken) >= 20, within=60)
    stack.kill()
    for thread in threads:
        thread.join()
    return taken


def test_a_damaged_snapshot_is_set_aside_and_the_one_before_is_used(own: LocalStack) -> None:
    own.stop()
    newest = sorted((own.state / "aws" / "snapshots").iterdir())[-1]
    whole = (newest / "dynamodb.json").read_text()
    (newest / "dynamodb.json").write_text(whole[: len(whole) // 2])
    own.start()
    assert any("was damaged" in line for line in own.lines)
    assert [kept.name.split("-")[0] for kept in (own.state / "aws" / "damaged").iterdir()] == [newest.name]
    assert own.ask("GET", "/api/health").status == 200


def test_a_second_stack_on_the_same_directory_or_port_is_refused(own: LocalStack) -> None:
    code, said = refused(own.state, own.port + 1)
    assert code == 1
    assert said.startswith("Another stack is running on ")
    code, said = refused(own.state.with_name("other"), own.port)
    assert code == 1
    assert said.startswith(f"Port {own.port} is taken")


def test_the_clock_comes_back_to_real_time(own: LocalStack) -> None:
    answer = own.ask("POST", "/local/clock", {"now": None})
    assert abs(datetime.fromisoformat(answer.json["now"]) - datetime.now(UTC)) < timedelta(minutes=1)
    assert not own.place.clock_file.exists()


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("ports.json", '{"aws": 41', "ports.json is half-written"),
        ("secret", "abc", "secret is damaged"),
        ("aws/snapshots/00000001/dynamodb.json", '{"tables', "The saved state cannot be read"),
    ],
)
def test_a_damaged_state_directory_is_one_sentence(tmp_path: Path, name: str, content: str, sentence: str) -> None:
    (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
    (tmp_path / name).write_text(content)
    code, said = refused(tmp_path, LocalStack(tmp_path).port)
    assert code == 1
    assert sentence in said
    assert "Traceback" not in said


def test_a_state_directory_that_cannot_be_written_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    code, said = refused(tmp_path / "file" / "state", 8000)
    assert (code, said.count("\n")) == (1, 1)
    assert "cannot be used" in said


def test_reset_deletes_only_a_state_directory(tmp_path: Path) -> None:
    (tmp_path / "letters").mkdir()
    assert reset(tmp_path).returncode == 1
    assert (tmp_path / "letters").exists()
    (tmp_path / "ports.json").write_text(json.dumps({"aws": 1, "mqtt": 2}))
    assert reset(tmp_path).returncode == 0
    assert not tmp_path.exists()


def refused(state: Path, port: int) -> tuple[int, str]:
    """Exit code and words of a start that comes to nothing."""
    process = launch(state, port)
    said, _ = process.communicate(timeout=60)
    return process.returncode, said


def reset(state: Path) -> "subprocess.CompletedProcess[str]":
    command = [sys.executable, "-m", "local.reset"]
    return subprocess.run(command, cwd=ROOT, env={"STATE_DIR": str(state)}, capture_output=True, text=True, check=False)
