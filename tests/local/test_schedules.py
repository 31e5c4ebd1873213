"""The schedules stand: the sweep every minute, the audit every hour, each with its function; and the audit's runs to its end."""

import json

import pytest

from local.run import SWEEP
from tests.stack import LocalStack


@pytest.mark.parametrize(("function", "rate"), [("sweep", "rate(1 minute)"), ("audit", "rate(1 hour)")])
def test_a_schedule_starts_its_function(local_stack: LocalStack, function: str, rate: str) -> None:
    events = local_stack.client("events")
    rules = [rule for rule in events.list_rules()["Rules"] if rule["Name"].endswith(f"-{function}-event")]

    assert [(rule["ScheduleExpression"], rule["State"]) for rule in rules] == [(rate, "ENABLED")]
    (target,) = events.list_targets_by_rule(Rule=rules[0]["Name"])["Targets"]
    assert target["Arn"].endswith(f"function:nuanlin-local-{function}")


def test_the_audit_runs_to_its_end(local_stack: LocalStack) -> None:
    answer = local_stack.client("lambda").invoke(FunctionName="nuanlin-local-audit", Payload=json.dumps(SWEEP).encode())

    assert answer["StatusCode"] == 200 and "FunctionError" not in answer


def test_a_signed_robot_of_the_lists_is_known_to_the_laptop(local_stack: LocalStack) -> None:
    refused = local_stack.ask("POST", "/local/dingtalk/robot/send?access_token=sample-manager-anheli", {"text": {"content": "x"}})
    unknown = local_stack.ask("POST", "/local/feishu/open-apis/bot/v2/hook/nobody", {"content": {"text": "x"}})

    assert (refused.json["errcode"], unknown.json["code"]) == (310000, 19001)
