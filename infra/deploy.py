"""Deploy a stage to AWS, in the one order that loses nothing.

    python -m infra.deploy --stage prod [--alarm-topic ARN] [--site-domain NAME --certificate ARN] [--mail-from ADDRESS]

1. the template: table, queues, IoT rule, staff pool, bucket
2. Chalice: functions, roles, API, mappings, schedule
3. flags on the mappings, read back; only then PARTIAL_BATCH=1
4. the gateway's own errors as problem+json, and how often it may be asked without a key
5. the template again, now with the API's host and the letters' function: the CDN; the site's address goes into the functions

What Chalice made is remembered in ``.chalice/deployed/<stage>.json`` and, should that file get lost, in Parameter Store.
"""

import argparse
import json
import shutil
import sys
from pathlib import Path
from typing import Any

from infra import chalice_steps, dependencies, gateway_responses, mappings, project, remembered, stack, throttling

BUILD = project.ROOT / "build"
API_STAGE = "api"
MAILBOX_STAGE = "letters"


def variables_of(outputs: dict[str, str]) -> dict[str, str]:
    """Environment of the functions, from the stack's outputs."""
    names = {
        "STREAM_ARN": "StreamArn",
        "SENSORS_QUEUE_URL": "SensorsQueueUrl",
        "POOL_ARN": "PoolArn",
        "POOL_CLIENT_ID": "PoolClientId",
        "FAILED_NEWS_QUEUE_URL": "FailedNewsQueueUrl",
        "PHOTOS_BUCKET": "PhotosBucketName",
        "SITE_URL": "SiteUrl",
        "SITE_BUCKET": "SiteBucketName",
        "MAIL_FROM": "MailFrom",
    }
    return {variable: outputs[output] for variable, output in names.items() if output in outputs}


def functions_in(resources: list[dict[str, Any]]) -> list[str]:
    """Names of the functions Chalice made."""
    return [resource["lambda_arn"].rpartition(":")[2] for resource in resources if resource["resource_type"] == "lambda_function"]


def function_in(resources: list[dict[str, Any]], name: str) -> str:
    """ARN of one function Chalice made, by its name in ``app.py``."""
    return next(
        resource["lambda_arn"] for resource in resources if resource["resource_type"] == "lambda_function" and resource["name"] == name
    )


def functions_the_template_names(resources: list[dict[str, Any]]) -> dict[str, str]:
    """The template's parameters that only Chalice's deploy can fill."""
    return {"MailboxFunction": function_in(resources, "mailbox"), "AdmissionFunction": function_in(resources, "admit_gateway")}


def rest_api_in(resources: list[dict[str, Any]]) -> str:
    return next(resource["rest_api_id"] for resource in resources if resource["resource_type"] == "rest_api")


def deploy(session: Any, stage: str, parameters: dict[str, str]) -> str:
    """All five steps; returns the site's address, or the API's where there is no CDN."""
    architecture = project.config(stage)["lambda_architecture"]
    formation, functions_client, account = (
        session.client("cloudformation"),
        session.client("lambda"),
        session.client("sts").get_caller_identity()["Account"],
    )
    remembered.restore_or_refuse(session, stage)
    print("1/5 template")
    outputs = stack.deploy(formation, stage, {"BucketSuffix": f"-{account}", **parameters})
    print("2/5 functions and API")
    vendor = dependencies.build(BUILD / "vendor", architecture, dependencies.here())
    copy = project.make(BUILD / f"project-{stage}", stage, variables_of(outputs), architecture, vendor)
    resources = _chalice(session, copy, stage)
    print("3/5 event mappings")
    names = functions_in(resources)
    for function in mappings.set_flags(functions_client, names):
        mappings.set_variables(functions_client, function, {"PARTIAL_BATCH": "1"})
    print("4/5 the gateway's own errors")
    rest_api = rest_api_in(resources)
    gateway_responses.put(session.client("apigateway"), rest_api, API_STAGE)
    throttling.put(session.client("apigateway"), rest_api, API_STAGE)
    print("5/5 site")
    host = _host(session, rest_api)
    outputs = stack.deploy(formation, stage, {"ApiHost": host, **functions_the_template_names(resources)})
    if "MailboxApiId" in outputs:
        gateway_responses.put(session.client("apigateway"), outputs["MailboxApiId"], MAILBOX_STAGE)
    if "SiteUrl" not in outputs:
        return f"https://{host}/{API_STAGE}/"
    for function in names:
        mappings.set_variables(functions_client, function, {"SITE_URL": outputs["SiteUrl"]})
    _write_variables(stage, variables_of(outputs))
    return outputs["SiteUrl"]


def _chalice(session: Any, copy: Path, stage: str) -> list[dict[str, Any]]:
    """Chalice keeps its record in the copy it sees; the record's place is the checkout, and Parameter Store."""
    record = project.ROOT / ".chalice" / "deployed" / f"{stage}.json"
    in_copy = copy / ".chalice" / "deployed" / f"{stage}.json"
    if record.exists():
        in_copy.parent.mkdir(exist_ok=True)
        shutil.copy2(record, in_copy)
    resources = chalice_steps.deploy(copy, stage)
    record.parent.mkdir(exist_ok=True)
    shutil.copy2(in_copy, record)
    remembered.keep(session, stage)
    return resources


def _host(session: Any, rest_api: str) -> str:
    suffix = "amazonaws.com.cn" if session.region_name.startswith("cn-") else "amazonaws.com"
    return f"{rest_api}.execute-api.{session.region_name}.{suffix}"


def _write_variables(stage: str, variables: dict[str, str]) -> None:
    """Into ``.chalice/config.json``, so that a bare ``chalice deploy`` finds them. PARTIAL_BATCH is not among them: whoever deploys
    past this script gets handlers that hand a whole batch back, which loses nothing."""
    path = project.ROOT / ".chalice" / "config.json"
    whole = json.loads(path.read_text())
    environment = whole["stages"][stage]["environment_variables"]
    if variables.items() <= environment.items():
        return
    environment.update(variables)
    path.write_text(json.dumps(whole, indent=2) + "\n")
    print(f"{path.relative_to(project.ROOT)} now holds what stage {stage} needs; commit it.")


def main() -> int:
    import boto3

    parser = argparse.ArgumentParser(description="Deploy a stage to AWS.")
    parser.add_argument("--stage", default="prod")
    parser.add_argument("--alarm-topic", default="", help="ARN of an SNS topic: turns the alarms on")
    parser.add_argument("--site-domain", default="", help="your own domain for the site; needs --certificate")
    parser.add_argument("--certificate", default="", help="ARN of an ACM certificate in us-east-1")
    parser.add_argument("--mail-from", default="", help="whom mail is from: an address that Amazon SES has verified")
    chosen = parser.parse_args()
    given = {
        "AlarmTopic": chosen.alarm_topic,
        "SiteDomain": chosen.site_domain,
        "CertificateArn": chosen.certificate,
        "MailFrom": chosen.mail_from,
    }
    try:
        site = deploy(boto3.Session(), chosen.stage, {key: value for key, value in given.items() if value})
    except (remembered.RecordMissing, stack.StackFailed, mappings.MappingRefused, dependencies.PackagingFailed) as failure:
        print(failure, file=sys.stderr)
        return 1
    print(f"deployed: {site}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
