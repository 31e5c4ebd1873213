"""What was set aside is worked off once more, and only once."""

import base64
import json
import time

import boto3
import pytest

from chalicelib.store.memory import MemoryStore
from infra.redrive import look, redrive
from local.reach import environment
from tests.local.conftest import alerts_of, close, dead_letters, device_of, impatient, open_door
from tests.stack import LocalStack, until


@pytest.fixture
def session(stack: LocalStack, monkeypatch: pytest.MonkeyPatch) -> boto3.Session:
    for name, value in environment(stack.place).items():
        monkeypatch.setenv(name, value)
    return boto3.Session()


def test_a_message_that_the_rule_could_not_hand_on_still_raises_its_alert(stack: LocalStack, session: boto3.Session) -> None:
    door, manager = device_of(stack, "2-803"), stack.token()
    close(stack, door)
    before = len(alerts_of(stack, "2-803", manager))
    sqs = stack.client("sqs")
    payload = base64.b64encode(b'{"contact":false}').decode()
    failed = {"base64OriginalPayload": payload, "topic": door["topic"], "clientId": door["thing"], "failures": []}
    sqs.send_message(QueueUrl=url(sqs, "iot-errors"), MessageBody=json.dumps(failed))
    assert redrive(session, "local", "iot-errors") == 1
    assert until(lambda: len(alerts_of(stack, "2-803", manager)) == before + 1)
    assert redrive(session, "local", "iot-errors") == 0


def test_dead_letters_go_back_and_come_again_if_nothing_was_mended(stack: LocalStack, session: boto3.Session) -> None:
    sqs, letter = stack.client("sqs"), f"never readable {time.time()}"
    sqs.send_message(QueueUrl=url(sqs, "sensors-dead"), MessageBody=letter)
    assert any(line.endswith("unreadable envelope: DecodeError") for line in look(session, "local", MemoryStore(), hidden=1))
    assert until(lambda: letter in dead_letters(sqs), within=30), "whoever looks takes nothing away"
    with impatient(stack):
        assert redrive(session, "local", "sensors") >= 1
        assert letter not in dead_letters(sqs)
        assert until(lambda: letter in dead_letters(sqs), within=30)


def test_news_that_failed_reaches_the_robot_after_all(stack: LocalStack, session: boto3.Session) -> None:
    door, manager = device_of(stack, "2-801"), stack.token()
    before, before_told = len(alerts_of(stack, "2-801", manager)), told(stack)
    close(stack, door)
    open_door(stack, door)
    assert until(lambda: len(alerts_of(stack, "2-801", manager)) > before)
    table, sqs = stack.client("dynamodb"), stack.client("sqs")
    rows = table.query(
        TableName="nuanlin-local",
        KeyConditionExpression="pk = :alerts",
        ExpressionAttributeValues={":alerts": {"S": "anheli#ALERT"}},
    )["Items"]
    image = next(row for row in rows if row["home"]["S"] == "2-801" and row["state"]["S"] == "unexplained")
    image["news"]["M"]["id"] = {"S": f"news-of-its-own-{time.time()}"}
    record = {"eventID": "1", "eventName": "INSERT", "dynamodb": {"NewImage": image}}
    sqs.send_message(QueueUrl=url(sqs, "failed-news"), MessageBody=json.dumps(record))
    assert redrive(session, "local", "news") == 1
    # Once for the door that opened, once for what was set aside.
    assert until(lambda: told(stack) == before_told + 2)


def told(stack: LocalStack) -> int:
    return len([message for message in stack.outbox() if "2 栋 801" in message["text"]])


def url(sqs: object, name: str) -> str:
    return str(sqs.get_queue_url(QueueName=f"nuanlin-local-{name}")["QueueUrl"])  # type: ignore[attr-defined]
