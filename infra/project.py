"""A copy of what goes to Lambda, made ready for Chalice: the stage's variables filled in, the dependencies beside it.

Chalice reads everything from one folder. Some of what a stage needs is known only after the template is deployed (the ARN of
the table's stream, the user pool), so the folder Chalice sees is a copy, and the checkout stays as it was committed.
"""

import hashlib
import json
import shutil
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
# The stage whose names stand in the committed policies; for any other stage they are rewritten in the copy.
WRITTEN_FOR = "nuanlin-prod"
MAIL_FROM = "nobody@mail-from.invalid"
"""Stands in the committed policies for whom mail is from: without a word about that, nobody may send any."""


def config(stage: str) -> dict:
    """What ``.chalice/config.json`` says about one stage. KeyError if it says nothing."""
    return json.loads((ROOT / ".chalice" / "config.json").read_text())["stages"][stage]


def make(target: Path, stage: str, variables: dict[str, str], architecture: str, vendor: Path | None) -> Path:
    """Fill ``target`` anew, but for ``.chalice/deployed``, which is kept."""
    target.mkdir(parents=True, exist_ok=True)
    for old in ("app.py", "chalicelib", "requirements.txt", "vendor", ".chalice/deployments"):
        _remove(target / old)
    shutil.copy2(ROOT / "app.py", target)
    shutil.copytree(ROOT / "chalicelib", target / "chalicelib", ignore=shutil.ignore_patterns("__pycache__", "*.pyc", "*.po"))
    if vendor:
        # Dependencies are there already: Chalice has nothing left to fetch.
        (target / "vendor").symlink_to(vendor)
        (target / "requirements.txt").write_text("")
    else:
        shutil.copy2(ROOT / "requirements.txt", target)
    (target / ".chalice").mkdir(exist_ok=True)
    for policy in (ROOT / ".chalice").glob("policy-*.json"):
        text = policy.read_text().replace(WRITTEN_FOR, f"nuanlin-{stage}").replace(MAIL_FROM, variables.get("MAIL_FROM", MAIL_FROM))
        (target / ".chalice" / policy.name).write_text(text)
    (target / ".chalice" / "config.json").write_text(_config_for(stage, variables, architecture))
    return target


def _config_for(stage: str, variables: dict[str, str], architecture: str) -> str:
    whole = json.loads((ROOT / ".chalice" / "config.json").read_text())
    part = whole["stages"][stage]
    part["environment_variables"] = {**part["environment_variables"], **variables}
    part["lambda_architecture"] = architecture
    whole["stages"] = {stage: part}
    return json.dumps(whole, indent=2)


def fingerprint(*paths: Path, extra: str = "") -> str:
    """One hash over files and whole folders, whatever their times: tells whether anything was edited since."""
    digest = hashlib.sha256(extra.encode())
    for path in paths:
        files = [path] if path.is_file() else sorted(p for p in path.rglob("*") if p.is_file() and "__pycache__" not in p.parts)
        for file in files:
            digest.update(str(file.relative_to(ROOT) if file.is_relative_to(ROOT) else file.name).encode())
            digest.update(file.read_bytes())
    return digest.hexdigest()


def _remove(path: Path) -> None:
    if path.is_symlink() or path.is_file():
        path.unlink()
    elif path.is_dir():
        shutil.rmtree(path)
