"""The runtime dependencies, built for the machine they will run on, with bytecode compiled in.

A Chalice zip carries no bytecode, and Lambda's code folder cannot be written to, so every cold start would compile anew: importing
without bytecode was measured 2 to 3.5 times slower. ``unchecked-hash`` bytecode is used whatever the files' times say.
"""

import contextlib
import shutil
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

from infra.project import ROOT, fingerprint

# glibc of Lambda's images: Amazon Linux 2 (2.26) up to Python 3.11, Amazon Linux 2023 (2.34) from 3.12 on.
GLIBC = {"3.11": 26, "3.12": 34, "3.13": 34, "3.14": 34}
MACHINES = {"x86_64": "x86_64", "arm64": "aarch64"}


class PackagingFailed(Exception):
    """One sentence for the person who packages."""


def build(folder: Path, architecture: str | None, python: str) -> Path:
    """Folder of dependencies for ``python`` ("3.11") on ``architecture``, or on this very machine where that is None.

    Built once per set of requirements and kept under ``folder``.
    """
    requirements = ROOT / "requirements.txt"
    name = f"{architecture or 'here'}-{python}-{fingerprint(requirements)[:12]}"
    ready = folder / name
    if ready.exists():
        return ready
    print(f"Building the dependencies for {architecture or 'this machine'}, Python {python} …", flush=True)
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder) as scratch:
        made = Path(scratch) / "vendor"
        wanted = [] if architecture is None else _platform(architecture, python)
        command = [sys.executable, "-m", "pip", "install", "--no-compile", "--no-deps", "--target", made, *wanted, "-r", requirements]
        if subprocess.run([str(part) for part in command], check=False).returncode:
            raise PackagingFailed(
                f"pip could not fetch the packages in requirements.txt for {architecture}, Python {python} (its own words are above)."
            )
        shutil.rmtree(made / "bin", ignore_errors=True)
        with contextlib.suppress(OSError):  # Somebody else has built the same meanwhile.
            made.rename(ready)
    return ready


def _platform(architecture: str, python: str) -> list[str]:
    machine = MACHINES[architecture]
    tags = [f"manylinux_2_{minor}_{machine}" for minor in range(GLIBC.get(python, 26), 16, -1)]
    tags.append(f"manylinux2014_{machine}")
    platforms = [word for tag in tags for word in ("--platform", tag)]
    return [*platforms, "--implementation", "cp", "--python-version", python, "--only-binary=:all:"]


def interpreter(python: str) -> str | None:
    """An interpreter of exactly this minor version on this machine, or None."""
    if python == here():
        return sys.executable
    found = shutil.which(f"python{python}")
    if found is None:
        return None
    probe = subprocess.run([found, "-c", "import sys; print('%d.%d' % sys.version_info[:2])"], capture_output=True, text=True, check=False)
    return found if probe.stdout.strip() == python else None


def here() -> str:
    return f"{sys.version_info.major}.{sys.version_info.minor}"


def compile_into(package: Path, with_interpreter: str) -> int:
    """Add the bytecode of every module to the zip; returns how many. Does nothing to a zip that has it."""
    with zipfile.ZipFile(package) as archive:
        names = archive.namelist()
        if any(name.endswith(".pyc") for name in names):
            return 0
        with tempfile.TemporaryDirectory() as scratch:
            archive.extractall(scratch, [name for name in names if name.endswith(".py")])
            subprocess.run(
                [
                    with_interpreter,
                    "-m",
                    "compileall",
                    "-q",
                    "-j",
                    "0",
                    "--invalidation-mode",
                    "unchecked-hash",
                    "-s",
                    scratch,
                    "-p",
                    "/var/task",
                    scratch,
                ],
                check=True,
            )
            compiled = sorted(Path(scratch).rglob("*.pyc"))
            _append(package, Path(scratch), compiled)
    return len(compiled)


def _append(package: Path, base: Path, files: list[Path]) -> None:
    with zipfile.ZipFile(package, "a", zipfile.ZIP_DEFLATED) as archive:
        for file in files:
            # A fixed date, so that the same source gives the same zip.
            entry = zipfile.ZipInfo(str(file.relative_to(base)), (2020, 1, 1, 0, 0, 0))
            entry.external_attr = 0o644 << 16
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, file.read_bytes())
