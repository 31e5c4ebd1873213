"""CPU per warm check-in against the bare route, and import + init against the bare app, each contender in fresh processes, in turn."""

import json
import os
import resource
import shutil
import statistics
import subprocess
import sys
import zipfile
from pathlib import Path
from tempfile import NamedTemporaryFile

from bench.ground import TABLE, compound, environment, now, say, settle
from tests.tables import store_on

HERE = Path(__file__).parent
ROOT = HERE.parent
BUILD = ROOT / "build" / "bench"
CALLS, PAIRS, STARTS = 400, 7, 9


def warm(endpoint: str) -> None:
    """Both contenders against the same endpoint, in alternation; the ratio pair by pair."""
    ours, bare = [], []
    for _ in range(PAIRS):
        tokens = settle(store_on(endpoint, TABLE), compound(CALLS, now()))
        with NamedTemporaryFile("w", suffix=".json") as file:
            json.dump(tokens, file)
            file.flush()
            ours.append(_worker(ROOT, file.name, endpoint))
            bare.append(_worker(HERE / "bare", file.name, endpoint))
    ratios = [one / other for one, other in zip(ours, bare, strict=True)]
    micros = {"ours_us": round(statistics.median(ours)), "bare_us": round(statistics.median(bare))}
    say("CPU per warm check-in / bare Chalice + boto3 put_item", target="<= 0.8", **_spread(ratios), **micros)


def init(endpoint: str) -> None:
    """Our package as ``make package`` zips it, the bare app as ``chalice package`` does; process CPU from start to ready."""
    ours, bare, plain = unpacked_ours(), unpacked_bare(), "pass"
    floor, times_ours, times_bare = [], [], []
    store = "import app; from chalicelib import wiring; wiring.store()"
    for _ in range(STARTS):
        floor.append(_start(ours, plain, endpoint))
        times_ours.append(_start(ours, store, endpoint))
        times_bare.append(_start(bare, "import app", endpoint))
    ratios = [one / other for one, other in zip(times_ours, times_bare, strict=True)]
    millis = {"ours_ms": _ms(times_ours), "bare_ms": _ms(times_bare), "interpreter_ms": _ms(floor)}
    say("import + init / bare app as chalice package zips it", target="<= 0.6", **_spread(ratios), **millis)


def unpacked_ours() -> Path:
    out = BUILD / "ours"
    subprocess.run(
        [sys.executable, "-m", "infra.package", "--stage", "local", "--out", str(BUILD / "ours-zip")],
        cwd=ROOT,
        check=True,
        stdout=sys.stderr,
    )
    return _unpack(BUILD / "ours-zip" / "deployment.zip", out)


def unpacked_bare() -> Path:
    project = BUILD / "bare-project"
    shutil.rmtree(project, ignore_errors=True)
    (project / ".chalice").mkdir(parents=True)
    shutil.copy2(HERE / "bare" / "app.py", project)
    (project / "requirements.txt").write_text("boto3\n")
    (project / ".chalice" / "config.json").write_text('{"version": "2.0", "app_name": "bare", "stages": {"dev": {}}}')
    command = [str(Path(sys.executable).parent / "chalice"), "package", str(BUILD / "bare-zip")]
    subprocess.run(
        command, cwd=project, env={**os.environ, "AWS_DEFAULT_REGION": "us-east-1", "TABLE": TABLE}, check=True, stdout=sys.stderr
    )
    return _unpack(BUILD / "bare-zip" / "deployment.zip", BUILD / "bare")


def _unpack(archive: Path, folder: Path) -> Path:
    shutil.rmtree(folder, ignore_errors=True)
    with zipfile.ZipFile(archive) as file:
        file.extractall(folder)
    return folder


def _worker(folder: Path, tokens: str, endpoint: str) -> float:
    command = [sys.executable, str(HERE / "worker.py"), str(folder), tokens]
    return float(subprocess.run(command, env=environment(endpoint), check=True, capture_output=True, text=True).stdout)


def _start(folder: Path, code: str, endpoint: str) -> float:
    """CPU seconds of a fresh interpreter that sees only this folder, as on Lambda."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    prepared = f"import sys; sys.path.insert(0, {str(folder)!r}); {code}"
    subprocess.run([sys._base_executable, "-S", "-c", prepared], env=environment(endpoint), cwd=folder, check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime


def _spread(ratios: list[float]) -> dict[str, float]:
    return {"ratio": round(statistics.median(ratios), 3), "lowest": round(min(ratios), 3), "highest": round(max(ratios), 3)}


def _ms(seconds: list[float]) -> int:
    return round(statistics.median(seconds) * 1000)
