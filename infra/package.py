"""``make package STAGE=prod``: the zip for Lambda and a SAM template, without asking AWS anything.

    python -m infra.package --stage prod [--python 3.13] [--out build/prod]

What only a deployed template knows (the stream, the user pool, the queue, the site) are parameters of ``sam.json``.
"""

import argparse
import json
import sys
from pathlib import Path
from typing import Any

from infra import chalice_steps, dependencies, gateway_responses, mappings, project, throttling

BUILD = project.ROOT / "build"
# Strings that stand in the template until they become parameters. Chalice wants to see ARNs while it reads app.py.
PARAMETERS = {
    "STREAM_ARN": "arn:aws:dynamodb:us-east-1:000000000000:table/nuanlin/stream/parameter",
    "POOL_ARN": "arn:aws:cognito-idp:us-east-1:000000000000:userpool/parameter",
    "POOL_CLIENT_ID": "parameter-pool-client-id",
    "SENSORS_QUEUE_URL": "parameter-sensors-queue-url",
    "FAILED_NEWS_QUEUE_URL": "parameter-failed-news-queue-url",
    "PHOTOS_BUCKET": "parameter-photos-bucket",
    "SITE_URL": "parameter-site-url",
    "SITE_BUCKET": "parameter-site-bucket",
}


def additions() -> dict[str, Any]:
    """What Chalice cannot say and a template can. The flag and the variable that relies on it arrive together here, so both may stand."""
    sensors = {
        "Environment": {"Variables": {"PARTIAL_BATCH": "1"}},
        "Events": {"ReceiveSensorMessagesSqsEventSource": {"Properties": mappings.QUEUE_FLAG}},
    }
    news = {"Events": {"ReactToNewsDynamodbEventSource": {"Properties": mappings.STREAM_LIMITS}}}
    api = {
        "DefinitionBody": {"x-amazon-apigateway-gateway-responses": gateway_responses.as_document()},
        "MethodSettings": throttling.as_settings(),
    }
    # Chalice 1.34 names the API's function ApiHandler here, and APIHandler everywhere else.
    logs = {"LogGroupName": {"Fn::Sub": "/aws/lambda/${APIHandler}"}}
    changed = {"ReceiveSensorMessages": sensors, "ReactToNews": news, "RestAPI": api, "ApiHandlerLogGroup": logs}
    return {"Resources": {name: {"Properties": properties} for name, properties in changed.items()}}


def package(stage: str, python: str, out: Path) -> Path:
    """Zip and template of one stage in ``out``. PackagingFailed tells in one sentence why not."""
    try:
        architecture = project.config(stage)["lambda_architecture"]
    except KeyError:
        raise dependencies.PackagingFailed(f"There is no stage {stage!r} in .chalice/config.json.") from None
    if python not in dependencies.GLIBC:
        raise dependencies.PackagingFailed(f"Lambda has no Python {python}; choose one of {', '.join(dependencies.GLIBC)}.")
    vendor = dependencies.build(BUILD / "vendor", architecture, python)
    copy = project.make(BUILD / f"project-{stage}", stage, PARAMETERS, architecture, vendor)
    merge = BUILD / "additions.json"
    merge.write_text(json.dumps(additions()))
    chalice_steps.package(copy, stage, out, merge, python)
    template = out / "sam.json"
    template.write_text(json.dumps(_with_parameters(json.loads(template.read_text())), indent=2))
    return out


def _with_parameters(template: dict[str, Any]) -> dict[str, Any]:
    names = {placeholder: _parameter(variable) for variable, placeholder in PARAMETERS.items()}

    def replace(node: Any) -> Any:
        if isinstance(node, dict):
            return {key: replace(value) for key, value in node.items()}
        if isinstance(node, list):
            return [replace(value) for value in node]
        return {"Ref": names[node]} if isinstance(node, str) and node in names else node

    parameters = {name: {"Type": "String"} for name in names.values()}
    return {**replace(template), "Parameters": parameters}


def _parameter(variable: str) -> str:
    return "".join(word.capitalize() for word in variable.split("_"))


def main() -> int:
    parser = argparse.ArgumentParser(description="Build the zip and the SAM template of a stage.")
    parser.add_argument("--stage", default="prod")
    parser.add_argument("--python", default=dependencies.here(), help="minor version on Lambda, e.g. 3.13 (default: this interpreter's)")
    parser.add_argument("--out", type=Path)
    chosen = parser.parse_args()
    try:
        out = package(chosen.stage, chosen.python, chosen.out or BUILD / chosen.stage)
    except dependencies.PackagingFailed as failure:
        print(failure, file=sys.stderr)
        return 1
    size = (out / "deployment.zip").stat().st_size
    print(f"{out / 'deployment.zip'}: {size / 1e6:.1f} MB · {out / 'sam.json'}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
