"""The deploy to AWS, all five steps, against AWS's stand-in and in a copy of the checkout."""

import json
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import boto3
import pytest

from infra.project import ROOT
from local.place import Place
from local.reach import environment
from local.stack import Stack

COPIED = ("app.py", "chalicelib", "infra", "local", ".chalice", "requirements.txt")
RECORD = Path(".chalice/deployed/prod.json")
# As infra.deploy's own main, with what differs on a laptop set right: see local/deploy.py.
DRIVER = """
import sys
import boto3
from infra import deploy, remembered, stack
from local.deploy import _adapt_chalice
_adapt_chalice()
patient = stack.deploy
stack.deploy = lambda client, stage, parameters: patient(client, stage, parameters, 0.1)
try:
    print("site:", deploy.deploy(boto3.Session(), "prod", {"MailFrom": "care@example.org"} if "first" in sys.argv else {}))
except remembered.RecordMissing as refusal:
    sys.exit(str(refusal))
"""


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    made = Place(tmp_path_factory.mktemp("aws"), 0)
    made.prepare()
    stack = Stack(made)
    stack.start()
    yield made
    stack.stop()


@pytest.fixture(scope="module")
def checkout(tmp_path_factory: pytest.TempPathFactory) -> Path:
    copy = tmp_path_factory.mktemp("checkout")
    for name in COPIED:
        source = ROOT / name
        ignored = shutil.ignore_patterns("__pycache__", "deployed")
        shutil.copytree(source, copy / name, ignore=ignored) if source.is_dir() else shutil.copy(source, copy)
    return copy


def deploy(place: Place, checkout: Path, *words: str) -> "subprocess.CompletedProcess[str]":
    surroundings = {**environment(place), "PATH": "/usr/bin:/bin", "HOME": str(checkout), "PYTHONUTF8": "1"}
    for name in ("SITE_URL", "CLOCK_FILE", "WECOM_ORIGIN"):
        del surroundings[name]
    return subprocess.run(
        [sys.executable, "-c", DRIVER, *words], cwd=checkout, env=surroundings, capture_output=True, text=True, check=False
    )


def client(place: Place, service: str) -> Any:
    keys = {"aws_access_key_id": "test", "aws_secret_access_key": "test"}
    return boto3.client(service, endpoint_url=place.endpoint, region_name="us-east-1", **keys)


def may_send_mail_from_one_address_only(place: Place) -> None:
    """Given once, kept at the next deploy; and no function may use another."""
    for function, policy in (("sweep", "sweep"), ("react_to_news", "react-to-news"), ("audit", "audit")):
        there = client(place, "lambda").get_function_configuration(FunctionName=f"nuanlin-prod-{function}")
        assert there["Environment"]["Variables"]["MAIL_FROM"] == "care@example.org", policy
        role = there["Role"].rpartition("/")[2]
        (name,) = client(place, "iam").list_role_policies(RoleName=role)["PolicyNames"]
        statements = client(place, "iam").get_role_policy(RoleName=role, PolicyName=name)["PolicyDocument"]["Statement"]
        (mail,) = [each for each in statements if each["Action"] == "ses:SendEmail"]
        assert mail["Condition"] == {"StringEquals": {"ses:FromAddress": "care@example.org"}}


def test_deploy_again_and_with_the_record_lost(place: Place, checkout: Path) -> None:
    first = deploy(place, checkout, "first")
    assert first.returncode == 0, first.stdout + first.stderr
    variables = client(place, "lambda").get_function_configuration(FunctionName="nuanlin-prod-receive_sensor_messages")["Environment"]
    assert variables["Variables"]["PARTIAL_BATCH"] == "1"
    assert variables["Variables"]["SITE_URL"].startswith("https://")
    written = json.loads((checkout / ".chalice/config.json").read_text())["stages"]["prod"]["environment_variables"]
    assert {"STREAM_ARN", "POOL_ARN", "SITE_URL"} <= written.keys()
    assert "PARTIAL_BATCH" not in written

    (checkout / RECORD).unlink()
    again = deploy(place, checkout)
    assert again.returncode == 0, again.stdout + again.stderr
    assert "Fetched .chalice/deployed/prod.json from Parameter Store." in again.stdout
    assert len([each for each in client(place, "apigateway").get_rest_apis()["items"] if each["name"] == "nuanlin"]) == 1
    may_send_mail_from_one_address_only(place)

    (checkout / RECORD).unlink()
    client(place, "ssm").delete_parameter(Name="/nuanlin/prod/chalice-deployed")
    refused = deploy(place, checkout)
    assert (refused.returncode, refused.stdout) == (1, "")
    assert "would make a second API" in refused.stderr
