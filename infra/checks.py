"""``make check``: everything that needs no running system. Every check runs, also after one that failed."""

import subprocess
import sys

from infra.project import ROOT

CHECKS = {
    "style": ["ruff", "check", "."],
    "format": ["ruff", "format", "--check", "."],
    "types": ["mypy"],
    "floors": ["import_linter"],
    "template": ["cfnlint", "--regions", "us-east-1", "cn-north-1", "--template", "infra/template.yaml"],
    "package": ["infra.package", "--stage", "prod"],
}


def main() -> int:
    failed = []
    for name, words in CHECKS.items():
        print(f"── {name}", flush=True)
        if name == "floors":
            command = [f"{sys.prefix}/bin/lint-imports"]
        else:
            command = [sys.executable, "-m", *words]
        if subprocess.run(command, cwd=ROOT, check=False).returncode:
            failed.append(name)
    print("checks: " + (f"failed: {', '.join(failed)}" if failed else "all well"))
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
