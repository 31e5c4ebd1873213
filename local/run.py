"""``make run``: the whole system on this computer, until Ctrl-C.

1. hold the port, start AWS's stand-in        5. things and certificates for the gateways
2. template, functions, API, flags            6. links for the homes
3. the sample compounds, if there is nothing  7. wake every function once
4. the site into its bucket                   8. say where everything is
"""

import json
import os
import signal
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from botocore.exceptions import BotoCoreError, ClientError

from chalicelib.pages.facts import from_registers
from chalicelib.register.rules import Register
from chalicelib.wire import ServiceError
from infra import project
from infra.deploy import API_STAGE, MAILBOX_STAGE, variables_of
from infra.mappings import MappingRefused
from infra.private import write_private
from infra.stack import StackFailed
from local import deploy, devices, reach, said, sample
from local.gateway import Gateway
from local.place import CannotRun, Place
from local.stack import Stack

SITE_SOURCES = [project.ROOT / name for name in ("chalicelib/pages", "static")]
SWEEP = {
    "version": "0", "account": "", "region": "", "detail": {}, "detail-type": "Scheduled Event",
    "source": "aws.events", "time": "", "id": "", "resources": [],
}  # fmt: skip


def main() -> int:
    stop = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stop.set())
    try:
        place = Place.from_environment()
        place.prepare()
        return _run(place, stop)
    except CannotRun as reason:
        print(reason, file=sys.stderr)
        return 1
    except (BotoCoreError, ClientError, ServiceError, StackFailed, MappingRefused) as failure:
        print(f"The start came to nothing: {failure} (more in {place.logs})", file=sys.stderr)
        return 1


def _run(place: Place, stop: threading.Event) -> int:
    place.run_file.unlink(missing_ok=True)
    gateway, aws = _hold_port(place), Stack(place)
    try:
        aws.start()
        _prepare(place, gateway, stop)
        while not stop.wait(0.5):
            if aws.failed():
                raise CannotRun(f"AWS's stand-in ended by itself; the reason is at the end of {place.logs / 'aws.log'}.")
    except _Stopped:
        pass
    finally:
        place.run_file.unlink(missing_ok=True)
        print("Stopping; the data stays.", flush=True)
        aws.stop()
    return 0


class _Stopped(Exception):
    """Somebody pressed Ctrl-C while it was still starting."""


def _prepare(place: Place, gateway: Gateway, stop: threading.Event) -> None:
    import boto3

    def go_on(step: str) -> None:
        if stop.is_set():
            raise _Stopped
        print(step, flush=True)

    os.environ.update(reach.environment(place))
    session = boto3.Session()
    go_on("Looking at what is deployed …")
    outputs, rest_api = deploy.bring_up_to_date(place, session)
    os.environ.update({**project.config("local")["environment_variables"], **variables_of(outputs), "SITE_URL": place.site})
    go_on("Looking at the data …")
    table = session.resource("dynamodb").Table(outputs["TableName"])
    known = sample.bring_in(place, table)
    _publish(place, known)
    lambdas = session.client("lambda")
    own = f"{rest_api}/{API_STAGE}"
    apis = {"api": own, "open311": own, "mailbox": f"{outputs['MailboxApiId']}/{MAILBOX_STAGE}"}
    sweep, addresses = (lambda: _invoke(lambdas, "nuanlin-local-sweep", SWEEP)), (lambda: sample.addresses(table))
    gateway.open(session, apis, (outputs["SiteBucketName"], outputs["PhotosBucketName"]), sweep, addresses)
    go_on("Certificates, links and passwords …")
    run = {
        "site": place.site,
        "api": f"{place.site}/api",
        "mqtt": devices.broker(place),
        "devices": devices.provide(place, session.client("iot"), outputs["DevicePolicyName"], known),
        "staff": sample.staff(place, known),
        "homes": sample.issue_links(place, known),
        "outbox": f"{place.site}/outbox",
    }
    _wake(place, lambdas)
    go_on("")
    write_private(place.run_file, json.dumps(run, ensure_ascii=False, indent=1))
    said.everything(run)


def _hold_port(place: Place) -> Gateway:
    try:
        return Gateway(place)
    except OSError:
        raise CannotRun(f"Port {place.port} is taken by another program. Stop it, or choose another: PORT=8080 make run") from None


def _publish(place: Place, known: list[Register]) -> None:
    """Only when a page could have changed: its sources, or what the pages may know of the compounds."""
    compounds = [register.compound for register in known]
    fingerprint = project.fingerprint(*SITE_SOURCES, extra=repr(from_registers(known)))
    if place.done().get("site") == fingerprint:
        return
    print("Building and publishing the site …", flush=True)
    named = [word for compound in compounds for word in ("--compound", compound)]
    sample.run_tool("chalicelib.pages.publish", "--stage", "local", *named)
    place.set_done(site=fingerprint)


def _wake(place: Place, lambdas: Any) -> None:
    """A function's first call starts its worker, which takes a second; better now than at the first alarm."""
    import urllib.request

    with ThreadPoolExecutor(4) as at_once:
        at_once.submit(lambda: urllib.request.urlopen(f"{place.site}/api/health", timeout=30).close())
        at_once.submit(_invoke, lambdas, "nuanlin-local-receive_sensor_messages", {"Records": []})
        at_once.submit(_invoke, lambdas, "nuanlin-local-react_to_news", {"Records": []})
        at_once.submit(_invoke, lambdas, "nuanlin-local-sweep", SWEEP)


def _invoke(lambdas: Any, function: str, event: dict[str, Any]) -> None:
    started = {**event, "time": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())} if event is SWEEP else event
    lambdas.invoke(FunctionName=function, Payload=json.dumps(started).encode())


if __name__ == "__main__":
    sys.exit(main())
