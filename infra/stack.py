"""The CloudFormation stack: made, brought up to date, read back."""

import time
from typing import Any

from botocore.exceptions import ClientError

from infra.project import ROOT

TEMPLATE = ROOT / "infra" / "template.yaml"
FINISHED_WELL = {"CREATE_COMPLETE", "UPDATE_COMPLETE"}


class StackFailed(Exception):
    """Says which resource failed and in CloudFormation's own words why."""


def name(stage: str) -> str:
    return f"nuanlin-{stage}"


def deploy(client: Any, stage: str, parameters: dict[str, str], poll_seconds: float = 5) -> dict[str, str]:
    """Create or update the stack and wait; returns its outputs. Parameters not given keep the values they have."""
    existing = _describe(client, name(stage))
    body = TEMPLATE.read_text()
    if existing is None:
        _call(client.create_stack, stage, body, _as_list({"Stage": stage, **parameters}))
    else:
        kept = {entry["ParameterKey"] for entry in existing.get("Parameters", [])} - parameters.keys()
        wanted = _as_list({"Stage": stage, **parameters}) + [
            {"ParameterKey": key, "UsePreviousValue": True} for key in sorted(kept - {"Stage"})
        ]
        try:
            _call(client.update_stack, stage, body, wanted)
        except ClientError as error:
            if "No updates are to be performed" not in str(error):
                raise StackFailed(f"CloudFormation refused the template: {error}") from None
    return _wait(client, name(stage), poll_seconds)


def outputs(client: Any, stage: str) -> dict[str, str] | None:
    """The outputs of a stack that is there and well, else None."""
    described = _describe(client, name(stage))
    if described is None or described["StackStatus"] not in FINISHED_WELL:
        return None
    return _outputs(described)


def _call(method: Any, stage: str, body: str, parameters: list[dict[str, Any]]) -> None:
    method(StackName=name(stage), TemplateBody=body, Parameters=parameters, Capabilities=["CAPABILITY_IAM"])


def _as_list(parameters: dict[str, str]) -> list[dict[str, Any]]:
    return [{"ParameterKey": key, "ParameterValue": value} for key, value in parameters.items()]


def _wait(client: Any, stack: str, poll_seconds: float) -> dict[str, str]:
    while True:
        described = _describe(client, stack)
        if described is None:
            raise StackFailed(f"The stack {stack} is gone.")
        status = described["StackStatus"]
        if status in FINISHED_WELL:
            return _outputs(described)
        if not status.endswith("_IN_PROGRESS"):
            raise StackFailed(f"The stack {stack} ended as {status}. {_first_failure(client, stack)}")
        time.sleep(poll_seconds)


def _first_failure(client: Any, stack: str) -> str:
    events = client.describe_stack_events(StackName=stack)["StackEvents"]
    failed = [event for event in events if event.get("ResourceStatus", "").endswith("_FAILED")]
    if not failed:
        return "CloudFormation gives no reason."
    first = failed[-1]
    return f"{first.get('LogicalResourceId')}: {first.get('ResourceStatusReason', 'no reason given')}"


def _describe(client: Any, stack: str) -> dict[str, Any] | None:
    try:
        return client.describe_stacks(StackName=stack)["Stacks"][0]
    except ClientError as error:
        if "does not exist" in str(error):
            return None
        raise


def _outputs(described: dict[str, Any]) -> dict[str, str]:
    return {entry["OutputKey"]: entry["OutputValue"] for entry in described.get("Outputs", [])}
