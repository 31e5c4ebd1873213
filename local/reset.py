"""``make reset``: delete the local state. Standard library alone; refuses while a stack is running on it."""

import fcntl
import os
import shutil
import sys
from pathlib import Path

OURS = ("ports.json", "aws", "secret", "run.json")


def main() -> int:
    root = Path(os.environ.get("STATE_DIR") or ".state").resolve()
    if not root.exists():
        print(f"There is nothing at {root}.")
        return 0
    if not any((root / name).exists() for name in OURS):
        print(f"{root} does not look like our state directory; nothing was deleted.", file=sys.stderr)
        return 1
    with (root / "lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            print(f"A stack is running on {root}; stop it first.", file=sys.stderr)
            return 1
        shutil.rmtree(root)
    print(f"Deleted {root}.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
