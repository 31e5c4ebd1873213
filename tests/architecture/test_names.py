"""Names in the code are the names in the template and in the policies."""

import json
import re
from typing import Any

import pytest
from chalice.app import SQSEventConfig

import app
from chalicelib import settings
from chalicelib.register.rules import Role
from chalicelib.store import keys, letter_keys
from infra.deploy import variables_of
from infra.project import MAIL_FROM
from tests.architecture.tree import ROOT, template

CONFIG = json.loads((ROOT / ".chalice/config.json").read_text())
RESOURCES: dict[str, Any] = template()["Resources"]
STAGES = sorted(CONFIG["stages"])


def of_type(kind: str) -> list[dict[str, Any]]:
    return [resource["Properties"] for resource in RESOURCES.values() if resource["Type"] == kind]


def name(properties: dict[str, Any], member: str, stage: str) -> str:
    return properties[member]["Sub"].replace("${Stage}", stage)


def queues(stage: str) -> dict[str, dict[str, Any]]:
    return {name(queue, "QueueName", stage): queue for queue in of_type("AWS::SQS::Queue")}


@pytest.mark.parametrize("stage", STAGES)
def test_the_table_and_the_queues_of_a_stage_are_the_templates(stage: str):
    variables = CONFIG["stages"][stage]["environment_variables"]

    assert variables["STAGE"] == stage
    assert [name(table, "TableName", stage) for table in of_type("AWS::DynamoDB::Table")] == [
        variables["TABLE"],
        letter_keys.letters_table(variables["TABLE"]),
    ]
    assert variables["SENSORS_QUEUE"] in queues(stage)


def test_every_queue_a_handler_listens_to_is_in_the_template_with_dead_letters_and_patience():
    for handler in app.app.event_sources:
        if not isinstance(handler, SQSEventConfig):
            continue
        queue = queues("test")[handler.queue]
        timeout = CONFIG["lambda_functions"][handler.name]["lambda_timeout"]

        assert queue["RedrivePolicy"]["maxReceiveCount"] >= 5
        assert queue["RedrivePolicy"]["deadLetterTargetArn"] == {"GetAtt": "SensorsDeadQueue.Arn"}
        assert queue["VisibilityTimeout"] >= 6 * timeout


def test_the_template_has_the_queues_that_are_spoken_of_and_no_other():
    assert set(queues("x")) == {f"nuanlin-x-{tail}" for tail in ("sensors", "sensors-dead", "failed-news", "iot-errors")}


@pytest.mark.parametrize("policy", sorted(path.name for path in (ROOT / ".chalice").glob("policy-*.json")))
def test_a_policy_names_only_what_the_template_makes(policy: str):
    statements = json.loads((ROOT / ".chalice" / policy).read_text())["Statement"]
    resources = {each for statement in statements for each in listed(statement.get("Resource", []))}
    actions = {action for statement in statements for action in listed(statement["Action"])}

    for arn in resources:
        if match := re.search(r":sqs:.*:([\w-]+)$", arn):
            assert match[1] in queues("prod"), arn
        if match := re.search(r":table/([\w-]+)(?:/index/([\w-]+))?", arn):
            assert match[1] in ("nuanlin-prod", letter_keys.letters_table("nuanlin-prod")) and match[2] in (None, keys.DUE_INDEX), arn
        assert arn != "*" or statements_with(statements, "*") <= {"dynamodb:ListStreams"}
    assert not any("*" in action for action in actions)


def listed(value: str | list[str]) -> list[str]:
    return [value] if isinstance(value, str) else value


def statements_with(statements: list[dict[str, Any]], resource: str) -> set[str]:
    return {
        action for statement in statements if resource in listed(statement.get("Resource", [])) for action in listed(statement["Action"])
    }


@pytest.mark.parametrize("stage", STAGES)
def test_every_setting_the_functions_need_comes_from_the_stage_or_from_the_stacks_outputs(stage: str):
    outputs = {name: name for name in template()["Outputs"]}
    variables = {**CONFIG["stages"][stage]["environment_variables"], **variables_of(outputs)}

    known = settings.read(variables)

    assert set(settings.REQUIRED) <= set(variables)
    assert (known.failed_news_queue_url, known.pool_client_id, known.site_url) == ("FailedNewsQueueUrl", "PoolClientId", "SiteUrl")
    assert template()["Outputs"]["FailedNewsQueueUrl"] == {"Value": {"Ref": "FailedNewsQueue"}}


def test_without_a_sender_nobody_may_send_mail_and_text_messages_go_to_phones_only():
    policies = [json.loads(path.read_text())["Statement"] for path in sorted((ROOT / ".chalice").glob("policy-*.json"))]
    mail = [each for statements in policies for each in statements if each["Action"] == "ses:SendEmail"]
    phones = [each for statements in policies for each in statements if each["Action"] == "sns:Publish"]

    assert len(mail) == len(phones) == 3
    assert all(each["Condition"] == {"StringEquals": {"ses:FromAddress": MAIL_FROM}} for each in mail)
    assert all("Resource" not in each and each["NotResource"] == "arn:*:sns:*:*:*" for each in phones)


def test_the_tables_keys_and_index_are_the_codes():
    table, letters = of_type("AWS::DynamoDB::Table")
    (index,) = table["GlobalSecondaryIndexes"]

    assert [each["AttributeName"] for each in table["KeySchema"]] == list(keys.Key._fields)
    assert index["IndexName"] == keys.DUE_INDEX
    assert [each["AttributeName"] for each in index["KeySchema"]] == ["due_pk", "due_at"]
    assert table["StreamSpecification"] == {"StreamViewType": "NEW_AND_OLD_IMAGES"}
    assert table["TimeToLiveSpecification"] == {"AttributeName": "ttl", "Enabled": True}
    assert table["PointInTimeRecoverySpecification"] == {"PointInTimeRecoveryEnabled": True}
    assert letters["KeySchema"] == table["KeySchema"]
    assert "StreamSpecification" not in letters and "GlobalSecondaryIndexes" not in letters, "what is written of letters reaches nobody"


def test_the_roles_are_the_pools_groups():
    assert {group["GroupName"] for group in of_type("AWS::Cognito::UserPoolGroup")} == {role.value for role in Role}


def test_every_rule_for_devices_has_somewhere_to_put_its_errors():
    rules = [rule["TopicRulePayload"] for rule in of_type("AWS::IoT::TopicRule")]

    assert all("encode(*,'base64') AS data" in rule["Sql"] for rule in rules)
    assert {rule["Sql"].rpartition("FROM ")[2] for rule in rules} == {"'care/+/#'", "'$aws/events/presence/+/+'"}
    assert all(rule["ErrorAction"]["Sqs"]["QueueUrl"] == {"Ref": "IotErrorsQueue"} for rule in rules)
