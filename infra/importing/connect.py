"""What an import needs of a deployed stage: its store, its user pool, its clock."""

import os
from pathlib import Path
from typing import Any, NamedTuple

from chalicelib import wiring
from chalicelib.shared.clock import Clock, FileClock, RealClock
from chalicelib.store.contract import Store
from chalicelib.store.dynamo import DynamoStore
from chalicelib.store.letter_keys import letters_table
from chalicelib.wire import Service
from infra import project, stack
from infra.importing.faults import Unreadable
from infra.importing.staff import Password


class Deployed(NamedTuple):
    """``pool`` is None in regions that have no user pools."""

    store: Store
    letters: Store
    clock: Clock
    pool: Any
    pool_id: str
    password: Password | None


def connect(stage: str) -> Deployed:
    """Unreadable, in a sentence, if the stage is not there."""
    import boto3  # takes half a second; a dry look at bad rows should not wait for it

    table = _table(stage)
    password = _join_local() if stage == "local" else None
    session = boto3.Session()
    outputs = stack.outputs(session.client("cloudformation"), stage)
    if outputs is None:
        raise Unreadable(f"阶段 {stage} 还没有部署。", f"The stage {stage} is not deployed.")
    endpoint, clock_file = os.environ.get("AWS_ENDPOINT_URL", ""), os.environ.get("CLOCK_FILE", "")
    service = Service("dynamodb", "DynamoDB_20120810", session.region_name, wiring.credentials, endpoint)
    clock = FileClock(Path(clock_file)) if stage == "local" and clock_file else RealClock()
    pool_id = outputs.get("PoolArn", "").rpartition("/")[2]
    stores = DynamoStore(service, table), DynamoStore(service, letters_table(table))
    return Deployed(*stores, clock, session.client("cognito-idp") if pool_id else None, pool_id, password)


def _table(stage: str) -> str:
    try:
        return str(project.config(stage)["environment_variables"]["TABLE"])
    except KeyError as error:
        raise Unreadable(f"没有 {stage} 这个阶段。", f"There is no stage {stage} in .chalice/config.json.") from error


def _join_local() -> Password:
    from local import place, reach  # only where there is a local stack

    try:
        return reach.join()
    except place.CannotRun as reason:
        raise Unreadable("本机的系统没有在运行。", str(reason)) from reason
