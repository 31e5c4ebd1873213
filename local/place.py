"""Where one local stack keeps its things, and the words it ends with when it cannot go on."""

import fcntl
import hashlib
import hmac
import json
import os
import secrets
import socket
from collections.abc import Callable
from functools import cached_property
from pathlib import Path
from typing import IO

from infra.private import write_private

HERE = "127.0.0.1"


class CannotRun(Exception):
    """One clear sentence: what is wrong and what to do. Shown as it is; the exit code is 1."""


class Place:
    """The state directory of one stack. Two stacks with two directories and two ports know nothing of each other."""

    def __init__(self, root: Path, port: int) -> None:
        self.root, self.port = root.resolve(), port
        self.site = f"http://{HERE}:{port}"
        self.aws, self.project = self.root / "aws", self.root / "project"
        self.devices, self.logs = self.root / "devices", self.root / "logs"
        self.run_file, self.clock_file = self.root / "run.json", self.root / "clock.json"
        self.done_file = self.root / "done.json"
        self._lock: IO[str] | None = None

    @classmethod
    def from_environment(cls) -> "Place":
        given = os.environ.get("PORT", "8000")
        if not given.isdigit() or not 0 < int(given) < 65536:
            raise CannotRun(f"PORT is {given!r}, which is no port number.")
        return cls(Path(os.environ.get("STATE_DIR") or ".state"), int(given))

    def prepare(self) -> None:
        """Make the directory and hold it; CannotRun if it cannot be written or another stack holds it."""
        try:
            for folder in (self.root, self.aws, self.devices, self.logs):
                folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            self._lock = (self.root / "lock").open("w")
        except OSError as error:
            raise CannotRun(f"The state directory {self.root} cannot be used: {error.strerror}. Set STATE_DIR to one that can.") from None
        try:
            fcntl.flock(self._lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            raise CannotRun(f"Another stack is running on {self.root}; stop it first, or set STATE_DIR to another directory.") from None
        _ = self.ports, self.secret  # What is damaged is said now, not halfway.

    @cached_property
    def ports(self) -> dict[str, int]:
        """Ports of AWS's stand-in and its MQTT broker: free ones, chosen once and kept, so that what is deployed stays reachable."""
        return self._kept("ports.json", lambda: dict(zip(("aws", "mqtt"), _free_ports(2), strict=True)))

    @property
    def endpoint(self) -> str:
        return f"http://{HERE}:{self.ports['aws']}"

    @cached_property
    def secret(self) -> bytes:
        """What passwords and link tokens derive from. Whoever reads it can sign in, so only the owner can."""
        path = self.root / "secret"
        if not path.exists():
            write_private(path, secrets.token_hex(32))
        try:
            value = bytes.fromhex(path.read_text().strip())
        except ValueError:
            value = b""
        if len(value) < 32:
            raise CannotRun(f"{path} is damaged. Run `make reset` to start over (that deletes the local data).")
        return value

    def derive(self, purpose: str) -> bytes:
        """32 bytes that are the same at every start and say nothing about the secret."""
        return hmac.new(self.secret, purpose.encode(), hashlib.sha256).digest()

    def done(self) -> dict[str, str]:
        """Fingerprints of what was deployed, imported and published last. Empty if unknown: then it is done again."""
        try:
            return json.loads(self.done_file.read_text())
        except (OSError, ValueError):
            return {}

    def set_done(self, **what: str) -> None:
        write_private(self.done_file, json.dumps({**self.done(), **what}))

    def _kept(self, name: str, make: Callable[[], dict[str, int]]) -> dict[str, int]:
        path = self.root / name
        if not path.exists():
            write_private(path, json.dumps(make()))
        try:
            return {key: int(value) for key, value in json.loads(path.read_text()).items()}
        except (ValueError, TypeError, AttributeError):
            raise CannotRun(f"{path} is half-written. Run `make reset` to start over (that deletes the local data).") from None


def _free_ports(count: int) -> list[int]:
    with_numbers = [socket.create_server((HERE, 0)) for _ in range(count)]
    numbers = [server.getsockname()[1] for server in with_numbers]
    for server in with_numbers:
        server.close()
    return numbers
