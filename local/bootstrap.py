"""Two virtual environments with pinned packages, made by whatever Python 3.11 or newer is here; then the command.

    python3 local/bootstrap.py dev local -- -m pytest

Names: ``tools`` or ``dev`` (both in .venv), ``local`` (.venv-local, AWS's stand-in), ``browser`` (Chromium, for the tests).
Standard library alone, since nothing is installed yet.
"""

import sys

if sys.version_info < (3, 11):  # noqa: UP036 said before anything that an older Python could not even read
    sys.exit("Nuanlin needs Python 3.11 or newer; this is " + sys.version.split()[0] + ". Name one: make run PYTHON=python3.12")

import fcntl
import hashlib
import os
import shutil
import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
ENVIRONMENTS = {
    "tools": (".venv", ["requirements.txt", "requirements-tools.txt"]),
    "dev": (".venv", ["requirements.txt", "requirements-tools.txt", "requirements-dev.txt"]),
    "local": (".venv-local", ["requirements-local.txt"]),
}
CHROMIUM = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
BROWSER_PACKAGES = ["chromium", "fonts-noto-cjk"]


class CannotInstall(Exception):
    """One clear sentence."""


def install(name: str) -> None:
    """Make the environment, if what is there was not made from these requirements by this Python."""
    folder, files = ROOT / ENVIRONMENTS[name][0], ENVIRONMENTS[name][1]
    with (ROOT / f"{ENVIRONMENTS[name][0]}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # Two at once would install into each other.
        if _stamp(folder, name).exists() and _stamp(folder, name).read_text() == _fingerprint(files):
            return
        python = folder / "bin" / "python"
        if _version_of(python) != sys.version_info[:2]:
            print(f"Making {folder.name} with Python {sys.version.split()[0]} …", flush=True)
            shutil.rmtree(folder, ignore_errors=True)
            if _run([sys.executable, "-m", "venv", str(folder)]):
                shutil.rmtree(folder, ignore_errors=True)
                raise CannotInstall("Python cannot make a virtual environment; on Debian and Ubuntu: apt-get install python3-venv")
        print(f"Installing {files[-1]} into {folder.name} …", flush=True)
        command = [str(python), "-m", "pip", "install", "--disable-pip-version-check", "-r", str(ROOT / files[-1])]
        if _run(command):
            raise CannotInstall(f"pip could not install {files[-1]} (its own words are above). Check the network and run it again.")
        for made in ["tools", "dev"] if name == "dev" else [name]:
            _stamp(folder, made).write_text(_fingerprint(ENVIRONMENTS[made][1]))


def find_browser() -> None:
    """Chromium for the tests: installed where we may, else named in one sentence."""
    if any(shutil.which(name) for name in CHROMIUM):
        return
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        raise CannotInstall(f"The browser tests need Chromium; on Debian and Ubuntu: sudo apt-get install {' '.join(BROWSER_PACKAGES)}")
    print("Installing Chromium …", flush=True)
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    if _run(["apt-get", "update"], environment) or _run(
        ["apt-get", "install", "-y", "--no-install-recommends", *BROWSER_PACKAGES], environment
    ):
        raise CannotInstall(f"apt-get could not install {' '.join(BROWSER_PACKAGES)} (its own words are above).")


def _fingerprint(files: list[str]) -> str:
    digest = hashlib.sha256(repr(sys.version_info[:2]).encode())
    for name in files:
        digest.update((ROOT / name).read_bytes())
    return digest.hexdigest()


def _stamp(folder: Path, name: str) -> Path:
    return folder / f".installed-{name}"


def _version_of(python: Path):
    """Minor version of an environment's interpreter, or None if it does not run."""
    if not python.exists():
        return None
    probe = subprocess.run([str(python), "-c", "import sys; print(*sys.version_info[:2])"], capture_output=True, text=True, check=False)
    return tuple(int(part) for part in probe.stdout.split()) if probe.returncode == 0 else None


def _run(command, environment=None):
    return subprocess.run(command, env=environment, check=False).returncode


def main() -> int:
    names, command = sys.argv[1 : sys.argv.index("--")], sys.argv[sys.argv.index("--") + 1 :]
    os.chdir(ROOT)
    try:
        for name in names:
            find_browser() if name == "browser" else install(name)
    except CannotInstall as reason:
        print(reason, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130
    python = ROOT / ".venv" / "bin" / "python"
    sys.stdout.flush()
    return os.execv(str(python), [str(python), *command])


if __name__ == "__main__":
    sys.exit(main())
