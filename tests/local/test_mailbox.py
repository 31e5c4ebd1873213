"""The mailbox on the whole stack: a letter's way, two roles that cannot read each other's table, and a writer nobody can find again."""

import json
import zlib
from contextlib import suppress
from typing import Any

import boto3
import pytest
from botocore.exceptions import ClientError

from tests.stack import LocalStack, until

SECRET = "7KQ2M9XWTB4C6D8E0F1G"
CANARY = "canary4711"
WORDS = "楼上夜里总有声音，我睡不着。"
LETTER = {"compound": "anheli", "secret": SECRET, "kind": "feelings", "text": "夜里害怕，想有人说说话。"}


def as_role(stack: LocalStack, function: str) -> Any:
    """The table's client, with the rights that a function has."""
    role = stack.client("lambda").get_function_configuration(FunctionName="nuanlin-local" + function)["Role"]
    found = stack.client("sts").assume_role(RoleArn=role, RoleSessionName="test")["Credentials"]
    keys = {"aws_access_key_id": found["AccessKeyId"], "aws_secret_access_key": found["SecretAccessKey"]}
    endpoint = stack.place.endpoint
    return boto3.client("dynamodb", endpoint_url=endpoint, region_name="us-east-1", aws_session_token=found["SessionToken"], **keys)


def read(client: Any, table: str, pk: str) -> Any:
    return client.query(TableName=table, KeyConditionExpression="pk = :pk", ExpressionAttributeValues={":pk": {"S": pk}})["Items"]


def spelled(value: Any) -> Any:
    """Bytes as what is packed in them."""
    if isinstance(value, dict):
        return {name: spelled(each) for name, each in value.items()}
    if isinstance(value, list):
        return [spelled(each) for each in value]
    if not isinstance(value, bytes):
        return value
    with suppress(zlib.error):
        return zlib.decompress(value, zlib.MAX_WBITS | 32).decode(errors="replace")
    return value.decode(errors="replace")


def everything(stack: LocalStack) -> str:
    """Every item of every table, every object, every waiting message, every line of a log, everything that left."""
    found: list[Any] = [stack.outbox()]
    dynamodb, s3, sqs = (stack.client(service) for service in ("dynamodb", "s3", "sqs"))
    for table in dynamodb.list_tables()["TableNames"]:
        for page in dynamodb.get_paginator("scan").paginate(TableName=table):
            found += page["Items"]
    for bucket in s3.list_buckets()["Buckets"]:
        for page in s3.get_paginator("list_objects_v2").paginate(Bucket=bucket["Name"]):
            found += [s3.get_object(Bucket=bucket["Name"], Key=each["Key"])["Body"].read() for each in page.get("Contents", [])]
    for queue in sqs.list_queues()["QueueUrls"]:
        found += sqs.receive_message(QueueUrl=queue, MaxNumberOfMessages=10, VisibilityTimeout=0).get("Messages", [])
    logs = [path.read_text(errors="replace") for path in stack.place.logs.iterdir()]
    return repr(spelled(found)) + "".join(logs)


def test_a_letter_is_written_judged_answered_and_read_and_its_task_comes_and_goes(local_stack: LocalStack) -> None:
    stack, lead = local_stack, local_stack.token("manager")
    written = stack.ask("POST", "/mailbox/letters", LETTER)
    assert written.status == 201, written.body
    receipt = written.json["receipt"]

    def task() -> list[dict[str, Any]]:
        items = read(stack.client("dynamodb"), "nuanlin-local", "anheli#TASK")
        return [item for item in items if receipt in item["sk"]["S"]]

    assert until(task, 30)[0]["sk"]["S"] == f"OPEN#letter:{receipt}:0"
    judged = stack.ask("POST", "/mailbox/staff/judgements", {"receipt": receipt, "urgency": "soon"}, Authorization=lead)
    assert judged.status == 200, judged.body
    answer = {"receipt": receipt, "text": "今晚七点有人打电话来。", "key": "reply-0001", "result": True}
    assert stack.ask("POST", "/mailbox/staff/replies", answer, Authorization=lead).status == 200
    thread = stack.ask("POST", "/mailbox/thread", {"compound": "anheli", "secret": SECRET})
    assert [line["from"] for line in thread.json["lines"]] == ["writer", "staff"] and thread.json["state"] == "answered"
    assert until(lambda: task()[0]["sk"]["S"].startswith("DAY#"), 30)
    assert stack.ask("GET", "/mailbox/staff/letters").status == 401


@pytest.mark.parametrize(
    ("function", "may", "may_not"),
    [
        ("-mailbox", ("nuanlin-local-letters", "anheli#WAITING"), ("nuanlin-local", "anheli#REGISTER")),
        ("", ("nuanlin-local", "anheli#REGISTER"), ("nuanlin-local-letters", "anheli#WAITING")),
    ],
    ids=["the mailbox cannot read who lives here", "the API cannot read letters"],
)
def test_neither_role_reads_the_others_table(local_stack: LocalStack, function: str, may: Any, may_not: Any) -> None:
    client = as_role(local_stack, function)
    read(client, *may)
    with pytest.raises(ClientError) as refused:
        read(client, *may_not)
    assert refused.value.response["Error"]["Code"] == "AccessDeniedException"


def test_nothing_that_could_name_the_writer_is_anywhere_afterwards(local_stack: LocalStack) -> None:
    """A canary stands wherever a browser or a network would give somebody away."""
    headers = {"User_Agent": CANARY, "X_Forwarded_For": f"203.0.113.9, {CANARY}", "Cookie": f"who={CANARY}", "Referer": f"http://{CANARY}/"}
    headers |= {"Accept_Language": CANARY, "X_Home_Link": CANARY, "Idempotency_Key": CANARY}
    secret = SECRET[::-1]
    written = local_stack.ask("POST", f"/mailbox/letters?from={CANARY}", {**LETTER, "secret": secret, "text": WORDS}, **headers)
    assert written.status == 201
    receipt = written.json["receipt"]
    assert local_stack.ask("POST", "/mailbox/thread", {"compound": "anheli", "secret": secret}, **headers).status == 200
    assert local_stack.ask("POST", "/mailbox/state", {"compound": "anheli", "receipt": CANARY}, **headers).status == 404
    assert local_stack.ask("POST", "/mailbox/letters", f'{{"{CANARY}":'.encode(), Content_Type="application/json", **headers).status == 400
    broken = {"httpMethod": "POST", "path": "/mailbox/letters", "headers": {"User-Agent": CANARY}, "body": {CANARY: CANARY}}
    local_stack.client("lambda").invoke(FunctionName="nuanlin-local-mailbox", Payload=json.dumps(broken).encode())

    looked_at = {
        "tasks": f"OPEN#letter:{receipt}",
        "letters": WORDS,
        "the register": "安和里",
        "the site": "<!doctype html>",
        "logs": "unexpected",
    }
    kept = ""

    def complete() -> bool:
        nonlocal kept
        kept = everything(local_stack)
        return all(what in kept for what in looked_at.values())

    assert until(complete, 30), (
        f"where nothing is looked at, nothing is found: {[name for name, what in looked_at.items() if what not in kept]}"
    )
    assert CANARY not in kept and secret not in kept
