"""The whole local stack as one value, started as a person starts it, in a directory and on a port of its own.

Its time is an evening, whatever the hour outside: else the tests would meet quiet hours, or windows that have not closed yet, by night.

``local_stack`` is shared by every test of a session that asks for it: leave it as you found it (clock, queue settings).
``LocalStack(folder)`` with ``start`` and ``stop`` is for tests that break things.
"""

import json
import os
import queue
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
import uuid
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from datetime import time as clock_time
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

import pytest

from chalicelib.shared.calendar import SHANGHAI
from local.clock import set_to
from local.place import Place
from local.reach import environment

ROOT = Path(__file__).resolve().parent.parent
START_SECONDS = 180
BEGAN = time.time()
Found = TypeVar("Found")


class Answer(NamedTuple):
    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        return json.loads(self.body)


class LocalStack:
    def __init__(self, state: Path, port: int | None = None) -> None:
        self.state, self.port = state, port or free_port()
        self.place = Place(state, self.port)
        self.process: subprocess.Popen[str] | None = None
        self.lines: list[str] = []
        self._said: queue.Queue[str | None] = queue.Queue()

    def start(self) -> float:
        """Until the ready line; returns the seconds it took. AssertionError with what was said if it ends before."""
        began = time.monotonic()
        if not self.place.clock_file.exists():
            self.state.mkdir(parents=True, exist_ok=True)
            set_to(self.place.clock_file, evening())
        self.process = launch(self.state, self.port)
        self.lines, self._said = [], queue.Queue()
        threading.Thread(target=self._listen, args=(self.process, self._said), daemon=True).start()
        while True:
            line = self._said.get(timeout=max(0.1, began + START_SECONDS - time.monotonic()))
            assert line is not None, "".join(self.lines)
            self.lines.append(line)
            if line.startswith("ready "):
                return time.monotonic() - began

    def stop(self, number: int = signal.SIGTERM) -> int:
        """As Ctrl-C or a service manager does; returns the exit code."""
        if self.process is None:
            return 0
        self.process.send_signal(number)
        return self.process.wait(60)

    def kill(self) -> None:
        """kill -9 of everything at once."""
        assert self.process is not None
        stand_in = int((self.state / "aws.pid").read_text())
        os.kill(stand_in, signal.SIGKILL)
        self.process.kill()
        self.process.wait(10)

    @property
    def run(self) -> dict[str, Any]:
        return json.loads((self.state / "run.json").read_text())

    def ask(self, method: str, path: str, body: Any = None, **headers: str) -> Answer:
        """One request to the origin. A dict is sent as JSON; ``x_home_link=…`` becomes the header X-Home-Link."""
        raw = json.dumps(body).encode() if isinstance(body, dict | list) else body
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        if isinstance(body, dict | list):
            named.setdefault("Content-Type", "application/json")
        request = urllib.request.Request(f"http://127.0.0.1:{self.port}{path}", method=method, data=raw, headers=named)
        try:
            with OPENER.open(request, timeout=30) as answer:
                return Answer(answer.status, {k.lower(): v for k, v in answer.headers.items()}, answer.read())
        except urllib.error.HTTPError as error:
            return Answer(error.code, {k.lower(): v for k, v in error.headers.items()}, error.read())

    def write(self, path: str, body: Any, key: str = "", **headers: str) -> Answer:
        """A JSON POST that writes, under a key of its own unless one is given."""
        return self.ask("POST", path, body, Idempotency_Key=key or uuid.uuid4().hex, **headers)

    def home(self, compound: str = "anheli", **like: Any) -> dict[str, Any]:
        return next(home for home in self.homes(compound) if all(home[name] == value for name, value in like.items()))

    def greens(self, compound: str = "anheli") -> list[dict[str, Any]]:
        """Homes that owe a self-report by the sample's policy."""
        return [home for home in self.homes(compound) if home["tier"] == "green" and not home["isolated"]]

    def homes(self, compound: str = "anheli") -> list[dict[str, Any]]:
        return [home for home in self.run["homes"] if home["compound"] == compound]

    def token(self, role: str = "manager", compound: str = "anheli") -> str:
        """The ``Authorization`` of somebody with this role."""
        person = next(each for each in self.run["staff"] if role in each["roles"] and each["compound"] == compound)
        answer = self.ask("POST", "/api/session", {"username": person["username"], "password": person["password"]})
        assert answer.status == 200, answer.body
        return str(answer.json["token"])

    def duty(self, token: str) -> Any:
        answer = self.ask("GET", "/api/duty", Authorization=token)
        assert answer.status == 200, answer.body
        return answer.json

    def outbox(self) -> list[dict[str, Any]]:
        return list(self.ask("GET", "/outbox", Accept="application/json").json["messages"])

    def set_clock(self, now: str | None) -> None:
        """None is the evening again, so much later as the tests have taken."""
        answer = self.ask("POST", "/local/clock", {"now": now or evening().isoformat()})
        assert answer.status == 200, answer.body

    def client(self, service: str) -> Any:
        """A boto3 client with the stand-in's root key."""
        import boto3

        known = environment(self.place)
        keys = {"aws_access_key_id": known["AWS_ACCESS_KEY_ID"], "aws_secret_access_key": known["AWS_SECRET_ACCESS_KEY"]}
        return boto3.client(service, endpoint_url=known["AWS_ENDPOINT_URL"], region_name=known["AWS_REGION"], **keys)

    def _listen(self, process: subprocess.Popen[str], said: "queue.Queue[str | None]") -> None:
        assert process.stdout is not None
        for line in process.stdout:
            said.put(line)
        said.put(None)


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    """A 303 is an answer to look at."""

    def redirect_request(self, *_: Any) -> None:
        return None


OPENER = urllib.request.build_opener(_NoRedirect, urllib.request.ProxyHandler({}))


def link_token(home: dict[str, Any]) -> str:
    """What the page sends as X-Home-Link."""
    return str(home["link"].partition("#")[2])


def launch(state: Path, port: int) -> "subprocess.Popen[str]":
    """``make run`` without make."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("AWS_") and name not in FOREIGN}
    surroundings = {**kept, "STATE_DIR": str(state), "PORT": str(port), "PYTHONUTF8": "1"}
    command = [sys.executable, "-m", "local.run"]
    return subprocess.Popen(
        command, cwd=ROOT, env=surroundings, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, start_new_session=True
    )


# What tests/conftest.py sets for the switchboard in this process.
FOREIGN = {"STAGE", "TABLE", "SENSORS_QUEUE", "STREAM_ARN", "POOL_ARN", "POOL_CLIENT_ID", "FAILED_NEWS_QUEUE_URL", "SITE_URL", "CLOCK_FILE"}


def evening() -> datetime:
    """Nine in the evening of the last day that has come so far, when the tests began; and on from there. AWS's own stamps are real time,
    and never behind it."""
    began = datetime.fromtimestamp(BEGAN, SHANGHAI)
    day = (began - timedelta(hours=21)).date()
    return datetime.combine(day, clock_time(21), SHANGHAI) + timedelta(seconds=time.time() - BEGAN)


def until(found: Callable[[], Found], within: float = 30, every: float = 0.05) -> Found:
    """Ask again until the answer is truthy; the last answer when time is up. For what happens elsewhere, not to time anything."""
    deadline = time.monotonic() + within
    while not (last := found()) and time.monotonic() < deadline:
        time.sleep(every)
    return last


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        return int(server.getsockname()[1])


@pytest.fixture(scope="session")
def local_stack(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LocalStack]:
    stack = LocalStack(tmp_path_factory.mktemp("stack"))
    stack.start()
    yield stack
    assert stack.stop() == 0
