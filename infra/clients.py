"""The other systems that may report tickets and read them in full over Open311; see docs/open311.md. ``make client`` comes here.

    issue COMPOUND NAME    a key, shown this once
    list COMPOUND          which systems have one, and since when
    revoke COMPOUND NAME   its key opens nothing from now on

Exit codes: 0 done · 1 refused · 2 no such stage · 4 AWS did not answer; run it again.
"""

import argparse
import sys

from botocore.exceptions import BotoCoreError, ClientError

from chalicelib.open311 import actions, records
from chalicelib.register import records as registers
from chalicelib.shared.ids import CompoundId
from chalicelib.wire import ServiceError
from infra.importing.cells import compound_id, words
from infra.importing.connect import Deployed, connect
from infra.importing.faults import Bad, Unreadable

DONE, REFUSED, NO_STAGE, NO_ANSWER = 0, 1, 2, 4


def main(arguments: list[str] | None = None) -> int:
    chosen = _parser().parse_args(arguments)
    try:
        return VERBS[chosen.verb](connect(chosen.stage), chosen)
    except Unreadable as bad:
        print(f"{bad.zh}\n{bad.en}", file=sys.stderr)
        return NO_STAGE
    except Bad as bad:
        print(f"{bad.zh}\n{bad.en}", file=sys.stderr)
        return REFUSED
    except (ServiceError, ClientError, BotoCoreError, OSError) as error:
        print(f"没有完成（{type(error).__name__}）。请再运行一次。\nIt came to no end. Run it again.", file=sys.stderr)
        return NO_ANSWER


def _issue(there: Deployed, chosen: argparse.Namespace) -> int:
    compound, name = _compound(there, chosen), words(40)(chosen.name)
    if registers.policy(there.store, there.clock.now(), CompoundId(compound)).open311 is None:
        raise Bad(
            "这个小区没有开放接口，先在政策表里填 open311。", "This compound takes no part in Open311: fill in open311 in its policy."
        )
    key = actions.issue(there.store, there.clock.now(), compound, name)
    if key is None:
        raise Bad(f"{name} 已经有钥匙了，先作废旧的。", f"{name} has a key already. Revoke it first.")
    print(f"api_key: {key}\n只显示这一次，请马上交给对方。\nShown this once: hand it over now.")
    return DONE


def _list(there: Deployed, chosen: argparse.Namespace) -> int:
    for client in records.clients(there.store, _compound(there, chosen)):
        print(f"{client.made}  {client.name}")
    return DONE


def _revoke(there: Deployed, chosen: argparse.Namespace) -> int:
    if not actions.revoke(there.store, _compound(there, chosen), words(40)(chosen.name)):
        raise Bad("没有这个系统。", "There is no such system.")
    print("revoked")
    return DONE


def _compound(there: Deployed, chosen: argparse.Namespace) -> str:
    compound = compound_id(chosen.compound)
    if registers.load(there.store, CompoundId(compound)) is None:
        raise Bad("没有这个小区。", "There is no such compound.")
    return str(compound)


VERBS = {"issue": _issue, "list": _list, "revoke": _revoke}


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="make client", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    common = argparse.ArgumentParser(add_help=False)
    common.add_argument("--stage", required=True)
    verbs = parser.add_subparsers(dest="verb", required=True)
    for verb in VERBS:
        one = verbs.add_parser(verb, parents=[common])
        one.add_argument("compound")
        if verb != "list":
            one.add_argument("name")
    return parser


if __name__ == "__main__":
    sys.exit(main())
