"""ministack, run by the interpreter of its own environment, with what a laptop needs and it lacks:

- a snapshot every few seconds, not only at shutdown, so that a kill -9 loses seconds and never everything;
- each snapshot in a folder of its own, made visible by one rename: a half-written one is never read;
- the records of the table's stream in the snapshot (ministack keeps a reader's position but not what it has not read yet);
- an end when the starter ends, however it ends: standard input is a pipe that the starter holds open;
- what functions log, in a file; and no wait of 50 ms for the log of a function that logs nothing;
- a poller for the table's stream and one for the queues: ministack's only one waits for a reaction to news before it looks at a queue;
- an MQTT broker that nobody beyond this computer reaches: ministack opens that port to the whole network, whatever BIND_HOST says.

Environment: STATE_DIR (ministack's own), SNAPSHOT_SECONDS, FUNCTIONS_LOG, and ministack's GATEWAY_PORT, IOT_MTLS_PORT, BIND_HOST, AUTH, …
Pinned to ministack 1.5.33, whose insides it calls.
"""

import asyncio
import logging
import os
import shutil
import signal
import threading
from logging.handlers import RotatingFileHandler
from pathlib import Path

import ministack_stream
from ministack import app as ministack
from ministack.core import persistence

logger = logging.getLogger("snapshots")
ROOT = Path(os.environ["STATE_DIR"])
SECONDS = float(os.environ.get("SNAPSHOT_SECONDS", "5"))
KEPT = 2
STREAMS = "table_streams"
# They grow with every call and nobody reads them here: what functions log is in FUNCTIONS_LOG.
LEFT_OUT = {"cloudwatch", "cloudwatch_logs"}


def newest() -> Path | None:
    """The last snapshot that was finished."""
    finished = sorted(path for path in (ROOT / "snapshots").glob("[0-9]*") if path.suffix == "")
    return finished[-1] if finished else None


def save() -> None:
    """One more snapshot. Runs between two requests, so it shows one moment."""
    last = newest()
    number = int(last.name) + 1 if last else 1
    unfinished = ROOT / "snapshots" / f"{number:08d}.unfinished"
    shutil.rmtree(unfinished, ignore_errors=True)
    unfinished.mkdir(parents=True)
    persistence.STATE_DIR = str(unfinished)
    for name, state_of in {**ministack._build_persistence_save_dict(), STREAMS: _streams}.items():
        state = None if name in LEFT_OUT else state_of()
        if state is None:
            continue
        persistence.save_state(name, state)
        if not (unfinished / f"{name}.json").exists():
            raise RuntimeError(f"{name} was not written")
    unfinished.rename(unfinished.with_suffix(""))
    for old in sorted((ROOT / "snapshots").glob("[0-9]*"))[:-KEPT]:
        shutil.rmtree(old, ignore_errors=True)


def load() -> None:
    last = newest()
    persistence.STATE_DIR = str(last or ROOT / "nothing")
    _load_services()
    streams = persistence.load_state(STREAMS)
    if streams:
        dynamodb = ministack._get_module("dynamodb")
        dynamodb._stream_records._data.update(streams["records"]._data)
        dynamodb._stream_trimmed._data.update(streams["trimmed"]._data)


def _streams() -> dict:
    """What somebody has still to read; what every reader has passed is left out, and counted as trimmed."""
    dynamodb, functions = ministack._get_module("dynamodb"), ministack._get_module("lambda_svc")
    from ministack.core.responses import AccountRegionScopedDict

    records, trimmed = AccountRegionScopedDict(), AccountRegionScopedDict()
    passed = min(functions._dynamodb_stream_positions._data.values(), default=0)
    for key, kept in list(dynamodb._stream_records._data.items()):
        gone = dynamodb._stream_trimmed._data.get(key, 0)
        skip = max(0, min(passed - gone, len(kept)))
        records._data[key] = list(kept[skip:])
        trimmed._data[key] = gone + skip
    return {"records": records, "trimmed": trimmed}


async def _snapshots(app_requests: "Counter") -> None:
    seen = -1
    while True:
        await asyncio.sleep(SECONDS)
        if app_requests.total != seen:
            seen = app_requests.total
            try:
                save()
            except Exception:
                # Mostly a poller that changed something while it was being copied. The next one will do.
                logger.warning("snapshot put off; the one before stands", exc_info=True)
                seen = -1


class Counter:
    """The ASGI application, counting requests: where nobody asked for anything, nothing needs saving."""

    def __init__(self) -> None:
        self.total = 0

    async def __call__(self, scope, receive, send) -> None:
        if scope["type"] == "http":
            self.total += 1
        await ministack.app(scope, receive, send)


def _end_with_starter() -> None:
    os.read(0, 1)
    os.kill(os.getpid(), signal.SIGTERM)


async def _serve() -> None:
    from hypercorn.asyncio import serve
    from hypercorn.config import Config

    config = Config()
    config.bind = [f"{os.environ['BIND_HOST']}:{os.environ['GATEWAY_PORT']}"]
    config.keep_alive_timeout = 75
    config.loglevel = "WARNING"
    config.graceful_timeout = 2
    stop = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    _stay_on_this_computer(asyncio.get_running_loop())
    counted = Counter()
    saver = asyncio.create_task(_snapshots(counted))
    await serve(counted, config, shutdown_trigger=stop.wait)
    saver.cancel()


def _stay_on_this_computer(loop: asyncio.AbstractEventLoop) -> None:
    listen = loop.create_server

    async def here(protocol, host=None, *arguments, **named):
        return await listen(protocol, os.environ["BIND_HOST"] if host == "0.0.0.0" else host, *arguments, **named)

    loop.create_server = here


def _keep_logs() -> None:
    from ministack.core.lambda_runtime import Worker

    file = RotatingFileHandler(os.environ["FUNCTIONS_LOG"], maxBytes=5_000_000, backupCount=1, encoding="utf-8")
    file.setFormatter(logging.Formatter("%(asctime)s %(message)s"))
    said = logging.getLogger("functions")
    said.addHandler(file)
    said.propagate = False
    invoke = Worker.invoke

    def logged(self: Worker, *arguments: object, **named: object) -> dict:
        answer = invoke(self, *arguments, **named)
        if answer.get("log"):
            said.warning("%s\n%s", self.func_name, answer["log"])
        return answer

    Worker.invoke = logged
    # Seconds to wait for a first line, for another, and at most; what comes later is shown with the next call.
    Worker._drain_stderr_bounded.__defaults__ = (0.005, 0.002, 0.25)


def _save_at_the_end(_: dict) -> None:
    for _ in range(3):
        try:
            save()
        except Exception:
            logger.warning("the last snapshot failed; once more", exc_info=True)
        else:
            break


def main() -> None:
    global _load_services
    (ROOT / "snapshots").mkdir(parents=True, exist_ok=True)
    # It takes the folder of the functions' code from STATE_DIR when it is imported: before that changes with every snapshot.
    functions = ministack._get_module("lambda_svc")
    _keep_logs()
    ministack_stream.read_apart(functions)
    _load_services = ministack._load_persisted_state
    ministack._load_persisted_state = load
    ministack.save_all = _save_at_the_end
    threading.Thread(target=_end_with_starter, daemon=True).start()
    asyncio.run(_serve())


if __name__ == "__main__":
    main()
