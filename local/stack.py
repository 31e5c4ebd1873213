"""AWS's stand-in, as a child process: started, waited for, stopped so that it writes what it holds."""

import json
import os
import shutil
import subprocess
import time
import urllib.request
from pathlib import Path

from local.place import HERE, CannotRun, Place

INTERPRETER = Path(os.environ.get("NUANLIN_MINISTACK_PYTHON") or Path(__file__).resolve().parent.parent / ".venv-local" / "bin" / "python")
SERVER = Path(__file__).with_name("ministack_server.py")
START_SECONDS, STOP_SECONDS = 60, 30


class Stack:
    def __init__(self, place: Place) -> None:
        self.place = place
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Returns when AWS and the MQTT broker answer. CannotRun, with the log's place, if they do not."""
        if not INTERPRETER.exists():
            raise CannotRun(f"AWS's stand-in is not installed ({INTERPRETER} is missing). Start with `make run`, which installs it.")
        self._wait_for_ports()
        for damaged in drop_damaged_snapshots(self.place.aws):
            print(f"The last saved state was damaged; it is kept as {damaged}, and the one before it is used.", flush=True)
            # Code of the functions may have gone with it.
            self.place.set_done(deployed="")
        with (self.place.logs / "aws.log").open("ab") as log:
            # A session of its own: Ctrl-C reaches us alone, and we stop it in order.
            self.process = subprocess.Popen(
                [INTERPRETER, SERVER], stdin=subprocess.PIPE, stdout=log, stderr=log, env=self._environment(), start_new_session=True
            )
        (self.place.root / "aws.pid").write_text(str(self.process.pid))
        self._wait_until_ready()

    def stop(self) -> None:
        """Ask it to save and end; returns when it has."""
        if self.process is None or self.process.poll() is not None:
            return
        self.process.terminate()
        try:
            self.process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            print(f"AWS's stand-in did not stop within {STOP_SECONDS} s; what was saved last is {STOP_SECONDS} s old.")
            self.process.kill()
            self.process.wait()

    def failed(self) -> bool:
        return self.process is not None and self.process.poll() is not None

    def _environment(self) -> dict[str, str]:
        inherited = {key: value for key, value in os.environ.items() if not key.startswith(("AWS_", "PYTHON"))}
        return {
            **inherited,
            "GATEWAY_PORT": str(self.place.ports["aws"]),
            "IOT_MTLS_PORT": str(self.place.ports["mqtt"]),
            "BIND_HOST": HERE,
            "MINISTACK_HOST": HERE,
            "AUTH": "true",
            "PERSIST_STATE": "1",
            "STATE_DIR": str(self.place.aws),
            "S3_PERSIST": "1",
            "S3_DATA_DIR": str(self.place.aws / "s3"),
            "SFTP_ENABLED": "0",
            "DOCKER_HOST": "unix:///nonexistent",
            "LAMBDA_EXECUTOR": "local",
            "LAMBDA_WARM_TTL_SECONDS": "86400",
            "LOG_LEVEL": "WARNING",
            "FUNCTIONS_LOG": str(self.place.logs / "functions.log"),
            "TMPDIR": _folder(self.place.root / "tmp"),
        }

    def _wait_for_ports(self) -> None:
        """A stack that was killed a moment ago may still be letting go of them."""
        for name, port in self.place.ports.items():
            deadline = time.monotonic() + 10
            while _answers(port):
                if time.monotonic() > deadline:
                    raise CannotRun(
                        f"Port {port}, which this stack uses for {name}, is taken by another program. Stop it, or run `make reset`."
                    )
                time.sleep(0.2)

    def _wait_until_ready(self) -> None:
        deadline = time.monotonic() + START_SECONDS
        while time.monotonic() < deadline and not self.failed():
            try:
                with urllib.request.urlopen(f"{self.place.endpoint}/_ministack/ready", timeout=2) as answer:
                    if json.load(answer).get("iot_mtls") == "running" or answer.status == 200:
                        return
            except OSError:
                time.sleep(0.1)
        self.stop()
        raise CannotRun(f"AWS's stand-in did not start; the reason is at the end of {self.place.logs / 'aws.log'}.")


def drop_damaged_snapshots(aws: Path) -> list[Path]:
    """Set aside, newest first, every finished snapshot that cannot be read; returns where they went.

    A snapshot becomes visible by one rename, so this needs a failing disk or a curious hand. CannotRun if none is left.
    """
    finished = sorted((path for path in (aws / "snapshots").glob("[0-9]*") if path.suffix == ""), reverse=True)
    moved = []
    for snapshot in finished:
        if _readable(snapshot):
            return moved
        kept = aws / "damaged" / f"{snapshot.name}-{int(time.time())}"
        kept.parent.mkdir(exist_ok=True)
        snapshot.rename(kept)
        moved.append(kept)
    if finished:
        raise CannotRun(
            f"The saved state cannot be read; it is kept in {aws / 'damaged'}. Run `make reset` to start over with the sample compound."
        )
    return moved


def _readable(snapshot: Path) -> bool:
    try:
        for file in snapshot.glob("*.json"):
            json.loads(file.read_text())
    except (OSError, ValueError):
        return False
    return any(snapshot.glob("*.json"))


def _answers(port: int) -> bool:
    import socket

    with socket.socket() as probe:
        return probe.connect_ex((HERE, port)) == 0


def _folder(path: Path) -> str:
    shutil.rmtree(path, ignore_errors=True)
    path.mkdir(parents=True, exist_ok=True)  # the one before may be dying still, and have made it again
    return str(path)
