"""Poison in the queue, with partial batches and without: nothing is lost, nothing is done twice."""

import base64
import json
import time
from typing import Any

from infra import mappings
from tests.local.conftest import QUEUE, alerts_of, close, dead_letters, device_of, door_messages, impatient
from tests.stack import LocalStack, until

FUNCTION = "nuanlin-local-receive_sensor_messages"


def test_the_flag_is_set_before_the_variable(stack: LocalStack) -> None:
    lambdas = stack.client("lambda")
    mapping = lambdas.list_event_source_mappings(FunctionName=FUNCTION)["EventSourceMappings"][0]
    assert mapping["FunctionResponseTypes"] == ["ReportBatchItemFailures"]
    assert lambdas.get_function_configuration(FunctionName=FUNCTION)["Environment"]["Variables"]["PARTIAL_BATCH"] == "1"
    stream = lambdas.list_event_source_mappings(FunctionName="nuanlin-local-react_to_news")["EventSourceMappings"][0]
    assert {name: stream[name] for name in mappings.STREAM_LIMITS} == mappings.STREAM_LIMITS
    assert stream["StartingPosition"] == "TRIM_HORIZON"


def test_poison_goes_to_the_dead_letters_and_the_rest_is_done_once(stack: LocalStack) -> None:
    with impatient(stack):
        poison_and_door(stack, "2-801", "partial")


def test_without_the_flag_and_the_variable_nothing_is_lost(stack: LocalStack) -> None:
    """As after a deploy that was interrupted before the flags were set."""
    lambdas = stack.client("lambda")
    mapping = lambdas.list_event_source_mappings(FunctionName=FUNCTION)["EventSourceMappings"][0]
    variables = lambdas.get_function_configuration(FunctionName=FUNCTION)["Environment"]["Variables"]
    without = {name: value for name, value in variables.items() if name != "PARTIAL_BATCH"}
    lambdas.update_function_configuration(FunctionName=FUNCTION, Environment={"Variables": without})
    lambdas.update_event_source_mapping(UUID=mapping["UUID"], FunctionResponseTypes=[])
    try:
        with impatient(stack):
            poison_and_door(stack, "1-603", "whole")
    finally:
        for function in mappings.set_flags(lambdas, [FUNCTION], poll_seconds=0.1):
            mappings.set_variables(lambdas, function, {"PARTIAL_BATCH": "1"})


def poison_and_door(stack: LocalStack, home: str, name: str) -> None:
    """One batch with poison and a door that opens: the door is seen once, the poison ends with the dead letters."""
    manager, door, sqs = stack.token(), device_of(stack, home), stack.client("sqs")
    close(stack, door)
    alerts, told = len(alerts_of(stack, home, manager)), len(door_messages(stack))
    opened = alerts_of(stack, home, manager)
    queue = sqs.get_queue_url(QueueName=QUEUE)["QueueUrl"]
    now = int(time.time() * 1000)  # Real time: it is AWS that stamps a message.
    bodies = [f"poison {name}", envelope(door, now, '{"contact":false}'), f"more poison {name}"]
    sqs.send_message_batch(QueueUrl=queue, Entries=[{"Id": str(number), "MessageBody": body} for number, body in enumerate(bodies)])
    assert until(lambda: {f"poison {name}", f"more poison {name}"} <= dead_letters(sqs), within=30)
    after = alerts_of(stack, home, manager)
    assert len(after) == alerts + 1, (opened, after)
    assert until(lambda: len(door_messages(stack)) == told + 1)


def envelope(door: dict[str, Any], received_ms: int, payload: str) -> str:
    """What the IoT rule puts into the queue."""
    data = base64.b64encode(payload.encode()).decode()
    return json.dumps({"data": data, "topic": door["topic"], "cid": door["thing"], "received_at": received_ms})
