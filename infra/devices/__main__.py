"""The command line of gateways and sensors; see docs/devices.md. ``make device ARGS="register anheli-gw3"`` comes here.

    register THING               a thing that can connect; its files are made once
    bind THING SENSOR HOME KIND  [--from WHEN] [--until WHEN]
    unbind THING SENSOR
    many FILE.csv                a row for each: thing, sensor, home, kind, from, until
    revoke THING
    list COMPOUND
    await THING                  [--until WHEN] a code, shown once, by which an installer makes it a gateway; a week if left out
    equip JOB                    an installer's folder: certificate, program, configurations
    dismiss                      no installer's certificate is good any more

Exit codes: 0 done, or nothing to do · 1 refused, at least one row of ``many`` · 2 nothing to read or no such stage · 4 AWS did not answer;
run it again, it carries on from there.
"""

import argparse
import sys
from datetime import timedelta
from pathlib import Path

from botocore.exceptions import BotoCoreError, ClientError

from chalicelib.shared.calendar import day_of, local
from chalicelib.shared.clock import RealClock
from chalicelib.wire import ServiceError
from infra.devices import bindings, broker, fleet, installer
from infra.devices.bindings import Now
from infra.devices.fleet import Fleet
from infra.devices.rows import from_file, from_words
from infra.importing.cells import ident
from infra.importing.connect import connect
from infra.importing.faults import Bad, Unreadable
from infra.project import ROOT

DONE, REFUSED, NOTHING_TO_READ, NO_ANSWER = 0, 1, 2, 4
AWAITED = timedelta(days=7)
HANDED_OVER = """
私钥只在上面的文件夹里，谁也不能再做一份。把文件夹交给装网关的人，然后删掉。
The private keys are in the folders above and nowhere else. Hand each folder to whoever sets up the gateway, then delete it."""


def main(arguments: list[str] | None = None) -> int:
    chosen = _parser().parse_args(arguments)
    try:
        return VERBS[chosen.verb](_join(chosen), chosen)
    except Unreadable as bad:
        print(f"{bad.zh}\n{bad.en}", file=sys.stderr)
        return NOTHING_TO_READ
    except Bad as bad:
        print(f"{bad.zh}\n{bad.en}", file=sys.stderr)
        return REFUSED
    except (ServiceError, ClientError, BotoCoreError, OSError) as error:
        print(f"没有完成（{type(error).__name__}：{error}）。请再运行一次，会接着做。", file=sys.stderr)
        print("It came to no end. Run it again: it carries on from there.", file=sys.stderr)
        return NO_ANSWER


def _register(known: Fleet, chosen: argparse.Namespace) -> int:
    thing = from_words({"thing": chosen.thing}, day_of(known.now.real)).thing
    bindings.register_of(known.store, thing)
    said = fleet.register_gateway(known, thing)
    print(f"{thing}: {said}" + (HANDED_OVER if said.startswith("registered") else ""))
    return DONE


def _bind(known: Fleet, chosen: argparse.Namespace) -> int:
    given = {name: getattr(chosen, name) for name in ("thing", "sensor", "home", "kind")}
    wanted = from_words({**given, "from": chosen.starts, "until": chosen.until}, day_of(known.now.real))
    done = bindings.bind(known.store, known.now, bindings.register_of(known.store, wanted.thing), wanted)
    print(f"{wanted}: " + (f"bound to {wanted.home}" if done else "nothing to change"))
    return DONE


def _unbind(known: Fleet, chosen: argparse.Namespace) -> int:
    done = bindings.unbind(known.store, bindings.register_of(known.store, chosen.thing), chosen.thing, chosen.sensor)
    print(f"{chosen.thing}/{chosen.sensor}: " + ("unbound" if done else "was not bound"))
    return DONE


def _many(known: Fleet, chosen: argparse.Namespace) -> int:
    """A row that is refused holds up no other. What AWS does not answer ends it; the rows before are done, and not done twice."""
    rows, faults = from_file(chosen.file, day_of(known.now.real))
    refused, made = [str(fault) for fault in faults], False
    for wanted in rows:
        try:
            said = fleet.bring_in(known, wanted)
            made = made or "registered: " in said
            print(f"{wanted.line}\t{wanted}\t{said}", flush=True)
        except Bad as bad:
            refused.append(f"{chosen.file.name} 第 {wanted.line} 行：{bad.zh}\n    line {wanted.line}: {bad.en}")
    print("\n".join(refused), file=sys.stderr)
    print(f"{len(rows) + len(faults)} rows, {len(refused)} refused" + (HANDED_OVER if made else ""))
    return REFUSED if refused else DONE


def _revoke(known: Fleet, chosen: argparse.Namespace) -> int:
    print(f"{chosen.thing}: {fleet.revoke(known, chosen.thing)}")
    return DONE


def _list(known: Fleet, chosen: argparse.Namespace) -> int:
    for line in fleet.shown(known, chosen.compound):
        print(line)
    return DONE


def _await(known: Fleet, chosen: argparse.Namespace) -> int:
    wanted = from_words({"thing": chosen.thing, "until": chosen.until}, day_of(known.now.real))
    bindings.register_of(known.store, wanted.thing)
    until = wanted.ends or known.now.stage + AWAITED
    if until <= known.now.stage:
        raise Bad("结束时间已经过了。", "The end has passed already.")
    print(f"{wanted.thing}\t{installer.announce(known.store, wanted.thing, until)}\t{local(until):%Y-%m-%d %H:%M}")
    return DONE


def _equip(known: Fleet, chosen: argparse.Namespace) -> int:
    job = ident(chosen.job)
    if (known.folder / job).exists():
        raise Bad(f"文件夹 {known.folder / job} 已经在了，请换个名字。", f"The folder {known.folder / job} is there. Choose another name.")
    installer.equip(known.iot, chosen.stage, known.broker, known.folder / job)
    print(f"{known.folder / job}{HANDED_OVER}")
    return DONE


def _dismiss(known: Fleet, chosen: argparse.Namespace) -> int:
    print(f"{installer.dismiss(known.iot, chosen.stage)} installer's certificates ended")
    return DONE


VERBS = {
    "register": _register,
    "bind": _bind,
    "unbind": _unbind,
    "many": _many,
    "revoke": _revoke,
    "list": _list,
    "await": _await,
    "equip": _equip,
    "dismiss": _dismiss,
}


def _join(chosen: argparse.Namespace) -> Fleet:
    import boto3

    deployed, iot = connect(chosen.stage), boto3.client("iot")
    folder = chosen.into or (_local_folder() if chosen.stage == "local" else ROOT / "gateways" / chosen.stage)
    at = chosen.at or (f"{folder.resolve()}/{{thing}}" if chosen.stage == "local" else "/etc/nuanlin/{thing}")
    now = Now(local(deployed.clock.now()), local(RealClock().now()))
    return Fleet(deployed.store, iot, now, fleet.policy_of(chosen.stage), folder, at, broker.of_stage(chosen.stage, iot))


def _local_folder() -> Path:
    from local.place import Place  # only where there is a local stack

    return Place.from_environment().devices


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="make device", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    common = argparse.ArgumentParser(add_help=False)
    common.add_argument("--stage", required=True)
    common.add_argument("--into", type=Path, help="where the folders of new gateways go; gateways/STAGE if left out")
    common.add_argument("--at", help="where they will lie on the gateway; /etc/nuanlin/{thing} if left out")
    verbs = parser.add_subparsers(dest="verb", required=True)
    wanted = {
        "register": "thing",
        "bind": "thing sensor home kind",
        "unbind": "thing sensor",
        "revoke": "thing",
        "list": "compound",
        "await": "thing",
        "equip": "job",
    }
    made = {verb: verbs.add_parser(verb, parents=[common]) for verb in VERBS}
    for verb, names in wanted.items():
        for name in names.split():
            made[verb].add_argument(name)
    made["bind"].add_argument("--from", dest="starts", default="", metavar="WHEN", help="2026-11-22 08:00; now, if left out")
    for verb in ("bind", "await"):
        made[verb].add_argument("--until", default="", metavar="WHEN", help="2026-12-03 18:00; a day alone is included")
    made["many"].add_argument("file", type=Path)
    return parser


if __name__ == "__main__":
    sys.exit(main())
