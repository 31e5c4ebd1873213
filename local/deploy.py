"""``chalice deploy`` onto AWS's stand-in, with the three places where the stand-in differs handled here and nowhere else.

1. Chalice waits 5 s between two looks at a function that is ready at once.
2. The stand-in imports no Swagger documents: see ``local/swagger.py``.
3. Chalice's record may be newer than what the stand-in remembers after a kill: then everything is made anew.
"""

import json
import os
import platform
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

from infra import chalice_steps, dependencies, gateway_responses, mappings, project, stack
from infra.deploy import API_STAGE, MAILBOX_STAGE, functions_in, functions_the_template_names, rest_api_in, variables_of
from local import reach, swagger
from local.place import CannotRun, Place

STAGE = "local"
SOURCES = [
    project.ROOT / name for name in ("app.py", "chalicelib", ".chalice", "requirements.txt", "infra/template.yaml", "local/swagger.py")
]
VENDOR = project.ROOT / "build" / "vendor"
RECORD = Path(".chalice") / "deployed" / f"{STAGE}.json"


def bring_up_to_date(place: Place, session: Any) -> tuple[dict[str, str], str]:
    """Template, functions, API, flags: deployed if anything changed. Returns the stack's outputs and the API's id."""
    formation, lambdas = session.client("cloudformation"), session.client("lambda")
    fingerprint = project.fingerprint(
        *[path for path in SOURCES if path.exists()], extra=json.dumps(_own_variables(place)) + dependencies.here()
    )
    outputs = stack.outputs(formation, STAGE)
    recorded = _record(place)
    if outputs and place.done().get("deployed") == fingerprint and _stands(session, lambdas, recorded):
        return outputs, rest_api_in(recorded)
    print("Deploying the template …", flush=True)
    outputs = stack.deploy(formation, STAGE, {}, poll_seconds=0.2)
    if not _stands(session, lambdas, recorded):
        _forget(place, session)
    vendor = dependencies.build(VENDOR, None, dependencies.here())
    architecture = "arm64" if platform.machine() in ("arm64", "aarch64") else "x86_64"
    project.make(place.project, STAGE, {**variables_of(outputs), **_own_variables(place)}, architecture, vendor)
    _run_chalice(place)
    resources = _record(place)
    for function in mappings.set_flags(lambdas, functions_in(resources), poll_seconds=0.2):
        mappings.set_variables(lambdas, function, {"PARTIAL_BATCH": "1"})
    gateway_responses.put(session.client("apigateway"), rest_api_in(resources), API_STAGE)
    outputs = stack.deploy(formation, STAGE, functions_the_template_names(resources), poll_seconds=0.2)
    gateway_responses.put(session.client("apigateway"), outputs["MailboxApiId"], MAILBOX_STAGE)
    place.set_done(deployed=fingerprint)
    return outputs, rest_api_in(resources)


def _own_variables(place: Place) -> dict[str, str]:
    """What only a laptop's functions have. Their credentials are their role's own."""
    return {
        name: value
        for name, value in reach.environment(place).items()
        if name in ("SITE_URL", "WECOM_ORIGIN", "DINGTALK_ORIGIN", "FEISHU_ORIGIN", "CLOCK_FILE", "AWS_ENDPOINT_URL")
    }


def _run_chalice(place: Place) -> None:
    """In a process of its own: Chalice imports app.py and changes the environment."""
    code = subprocess.run([sys.executable, "-m", "local.deploy", str(place.project)], cwd=project.ROOT, check=False).returncode
    if code:
        raise CannotRun("`chalice deploy` failed; its own words are above.")


def _record(place: Place) -> list[dict[str, Any]]:
    try:
        return json.loads((place.project / RECORD).read_text())["resources"]
    except (OSError, ValueError, KeyError):
        return []


def _stands(session: Any, lambdas: Any, recorded: list[dict[str, Any]]) -> bool:
    """Whether what Chalice recorded is what the stand-in has, flags included."""
    if not recorded:
        return False
    there = {function["FunctionName"] for function in lambdas.list_functions()["Functions"]}
    apis = {api["id"] for api in session.client("apigateway").get_rest_apis()["items"]}
    names = functions_in(recorded)
    known = {mapping["UUID"] for mapping in lambdas.list_event_source_mappings()["EventSourceMappings"]}
    mapped = {resource["event_uuid"] for resource in recorded if "event_uuid" in resource}
    return set(names) <= there and rest_api_in(recorded) in apis and mapped <= known and mappings.flags_stand(lambdas, names)


def _forget(place: Place, session: Any) -> None:
    """Remove what an earlier deploy left, so that the next one makes everything anew."""
    lambdas, gateway = session.client("lambda"), session.client("apigateway")
    (place.project / RECORD).unlink(missing_ok=True)
    for mapping in lambdas.list_event_source_mappings()["EventSourceMappings"]:
        lambdas.delete_event_source_mapping(UUID=mapping["UUID"])
    for api in gateway.get_rest_apis()["items"]:
        if api["name"].endswith("-mailbox"):  # the template's
            continue
        gateway.delete_rest_api(restApiId=api["id"])
    for function in lambdas.list_functions()["Functions"]:
        lambdas.delete_function(FunctionName=function["FunctionName"])


def _adapt_chalice() -> None:
    from chalice.awsclient import TypedAWSClient

    def active(self: Any, name: str) -> None:
        self._client("lambda").get_waiter("function_active").wait(FunctionName=name, WaiterConfig={"Delay": 0.1, "MaxAttempts": 300})

    def updated(self: Any, name: str) -> None:
        self._client("lambda").get_waiter("function_updated").wait(FunctionName=name, WaiterConfig={"Delay": 0.1, "MaxAttempts": 300})

    def create(self: Any, swagger_document: dict[str, Any], endpoint_type: str) -> str:
        return swagger.create(self._client("apigateway"), swagger_document)

    def overwrite(self: Any, rest_api_id: str, swagger_document: dict[str, Any]) -> None:
        swagger.overwrite(self._client("apigateway"), rest_api_id, swagger_document)

    TypedAWSClient._wait_for_active, TypedAWSClient._wait_for_function_update = active, updated
    TypedAWSClient.import_rest_api, TypedAWSClient.update_api_from_swagger = create, overwrite
    TypedAWSClient.DELAY_TIME = 0.2


def main(folder: Path) -> None:
    _adapt_chalice()
    shutil.rmtree(folder / ".chalice" / "deployments", ignore_errors=True)
    chalice_steps.deploy(folder, STAGE)


if __name__ == "__main__":
    os.environ.setdefault("PYTHONDONTWRITEBYTECODE", "1")
    main(Path(sys.argv[1]))
