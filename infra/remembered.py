"""Chalice's record of what it made. Without it Chalice would quietly make a second API, with a new address, beside the first."""

from pathlib import Path
from typing import Any

from botocore.exceptions import ClientError

from infra.project import ROOT


class RecordMissing(Exception):
    """One sentence: what is missing and what to do."""


def record(stage: str) -> Path:
    return ROOT / ".chalice" / "deployed" / f"{stage}.json"


def restore_or_refuse(session: Any, stage: str) -> None:
    """Nothing to do on a first deploy, or where the record is here. Else fetch the copy; RecordMissing if there is none."""
    if record(stage).exists() or not _deployed_before(session, stage):
        return
    try:
        kept = session.client("ssm").get_parameter(Name=_parameter(stage))["Parameter"]["Value"]
    except ClientError:
        raise RecordMissing(
            f"Stage {stage} is deployed, but .chalice/deployed/{stage}.json is neither here nor in Parameter Store ({_parameter(stage)}): "
            "a deploy would make a second API. See docs/operating.md, “The lost record”."
        ) from None
    record(stage).parent.mkdir(parents=True, exist_ok=True)
    record(stage).write_text(kept)
    print(f"Fetched .chalice/deployed/{stage}.json from Parameter Store.")


def keep(session: Any, stage: str) -> None:
    """A copy in Parameter Store, which keeps the last hundred versions free of charge."""
    session.client("ssm").put_parameter(
        Name=_parameter(stage), Value=record(stage).read_text(), Type="String", Overwrite=True, Tier="Intelligent-Tiering"
    )


def _parameter(stage: str) -> str:
    return f"/nuanlin/{stage}/chalice-deployed"


def _deployed_before(session: Any, stage: str) -> bool:
    """Chalice calls the API's function after app and stage."""
    client = session.client("lambda")
    try:
        client.get_function(FunctionName=f"nuanlin-{stage}")
    except client.exceptions.ResourceNotFoundException:
        return False
    return True
