"""Whoever sets gateways up without us: a certificate that may ask for a gateway's own, and a code for each gateway that is awaited."""

import json
import shutil
from datetime import datetime
from pathlib import Path
from typing import Any

from chalicelib.sensors.admission import expect
from chalicelib.shared.tokens import mint
from chalicelib.store.contract import Store
from infra.devices.ready import READY, Broker
from infra.private import write_private

ENROL = Path(__file__).with_name("enrol.py")


def policy_of(stage: str) -> str:
    """The installer's policy in infra/template.yaml."""
    return f"nuanlin-{stage}-installer"


def equip(iot: Any, stage: str, broker: Broker, folder: Path) -> None:
    """A folder for one job: the certificate, the program that enrols a gateway, the ready configurations. FileExistsError if it is there."""
    folder.mkdir(parents=True, mode=0o700)
    made = iot.create_keys_and_certificate(setAsActive=False)
    write_private(folder / "ca.pem", broker.ca)
    write_private(folder / "installer.pem", made["certificatePem"])
    write_private(folder / "installer.key", made["keyPair"]["PrivateKey"])
    write_private(folder / "broker.json", json.dumps({"host": broker.host, "port": broker.port, "stage": stage}))
    shutil.copy(ENROL, folder)
    shutil.copytree(READY, folder / "ready")
    iot.attach_policy(policyName=policy_of(stage), target=made["certificateArn"])
    iot.update_certificate(certificateId=made["certificateId"], newStatus="ACTIVE")


def dismiss(iot: Any, stage: str) -> int:
    """The job is done: no installer's certificate of this stage lets anybody in any more; returns how many there were."""
    pages = iot.get_paginator("list_targets_for_policy").paginate(policyName=policy_of(stage))
    certificates = [arn for page in pages for arn in page["targets"]]
    for arn in certificates:
        iot.update_certificate(certificateId=arn.rpartition("/")[2], newStatus="INACTIVE")
        iot.detach_policy(policyName=policy_of(stage), target=arn)
    return len(certificates)


def announce(store: Store, thing: str, until: datetime) -> str:
    """The code by which one certificate becomes this gateway's until then. It is shown once; an earlier one is void."""
    code = mint(thing.partition("-")[0])
    expect(store, thing, code, until)
    return code
