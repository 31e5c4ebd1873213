"""The command line of an import.

    python -m infra.importing FILE_OR_FOLDER --stage local|prod [--dry-run]

Exit codes: 0 done, or nothing to do · 1 bad rows, nothing was written · 2 nothing to read or no such stage · 3 another import
came between · 4 AWS did not answer; run it again · 130 interrupted; run it again.
"""

import argparse
import sys
from pathlib import Path

from botocore.exceptions import BotoCoreError, ClientError

from chalicelib.shared.clock import RealClock
from chalicelib.store.contract import Conflict
from chalicelib.wire import ServiceError
from infra.importing import staff
from infra.importing.connect import connect
from infra.importing.faults import Unreadable
from infra.importing.letters import announced
from infra.importing.run import Outcome, Result, bring_in

DONE, BAD_ROWS, NOTHING_TO_READ, CONFLICT, NO_ANSWER, INTERRUPTED = 0, 1, 2, 3, 4, 130

SENTENCES = {
    CONFLICT: "同时有另一次导入，这一次没有生效。请再运行一次。\nAnother import came between, and this one did not take effect. Run it again.",
    NO_ANSWER: "AWS 没有回应（{kind}）。请再运行一次，会接着做。\nAWS did not answer ({kind}). Run it again: it carries on from there.",
    INTERRUPTED: "\n已中断。再运行一次会接着做。\nInterrupted. Run it again: it carries on from there.",
}


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m infra.importing", description="Import a compound's lists; see docs/import.md.")
    parser.add_argument("path", type=Path, metavar="FILE_OR_FOLDER", help="one .xlsx, or a folder of .csv files")
    parser.add_argument("--stage", required=True)
    parser.add_argument("--dry-run", action="store_true", help="check and compare, write nothing")
    chosen = parser.parse_args(arguments)
    try:
        return _run(chosen.path, chosen.stage, chosen.dry_run)
    except Unreadable as bad:
        print(f"{bad.zh}\n{bad.en}", file=sys.stderr)
        return NOTHING_TO_READ
    except Conflict:
        return _stopped(CONFLICT)
    except (ServiceError, ClientError, BotoCoreError, OSError) as error:
        return _stopped(NO_ANSWER, kind=type(error).__name__)
    except KeyboardInterrupt:
        return _stopped(INTERRUPTED)


def _run(path: Path, stage: str, dry_run: bool) -> int:
    deployed = connect(stage)
    result = bring_in(path, deployed.store, deployed.clock.now(), print, dry_run=dry_run, real=RealClock().now())
    if result.outcome is Outcome.REFUSED:
        return _refused(result)
    print(_told(result.outcome))
    if result.register is not None and not dry_run:
        deployed.letters.fill([announced(result.register)])
        if deployed.pool is None:
            print("staff: this region has no user pool, so nobody can sign in yet")
        else:
            changes = staff.follow(deployed.pool, deployed.pool_id, result.register, print, deployed.password)
            print(f"staff: {changes} changes" if changes else "staff: nothing to change")
    return DONE


def _refused(result: Result) -> int:
    for fault in result.faults:
        print(fault, file=sys.stderr)
    count = len(result.faults)
    print(f"\n有 {count} 处要改，什么也没有写入。\n{count} to put right; nothing was written.", file=sys.stderr)
    return BAD_ROWS


def _told(outcome: Outcome) -> str:
    return {
        Outcome.UNCHANGED: "没有变化，什么也没有写入。 Nothing has changed; nothing was written.",
        Outcome.WOULD_WRITE: "试运行：可以导入，什么也没有写入。 Dry run: it can be imported; nothing was written.",
        Outcome.WRITTEN: "导入完成。 Imported.",
    }[outcome]


def _stopped(code: int, **said: str) -> int:
    print(SENTENCES[code].format(**said), file=sys.stderr)
    return code


if __name__ == "__main__":
    sys.exit(main())
