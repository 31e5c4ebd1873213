"""``make check``: everything that needs no running system. Every check runs, also after one that failed."""

import subprocess
import sys

from infra.project import ROOT

SCRIPTS = {"lint-imports", "cfn-lint"}  # These two are no modules to run with -m.
CHECKS = {
    "style": ["ruff", "check", "."],
    "format": ["ruff", "format", "--check", "."],
    "types": ["mypy"],
    "floors": ["lint-imports"],
    "template": ["cfn-lint", "--regions", "us-east-1", "cn-north-1", "--template", "infra/template.yaml"],
    "package": ["infra.package", "--stage", "prod"],
    "packaged template": ["cfn-lint", "--regions", "us-east-1", "cn-north-1", "--template", "build/prod/sam.json"],
}


def main() -> int:
    failed = []
    for name, words in CHECKS.items():
        print(f"── {name}", flush=True)
        command = [f"{sys.prefix}/bin/{words[0]}", *words[1:]] if words[0] in SCRIPTS else [sys.executable, "-m", *words]
        if subprocess.run(command, cwd=ROOT, check=False).returncode:
            failed.append(name)
    print("checks: " + (f"failed: {', '.join(failed)}" if failed else "all well"))
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
