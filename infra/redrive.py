"""Work off once more what was set aside, after its cause is gone. Every step may be made again: what was done is not done twice.

    python -m infra.tool --stage prod infra.redrive sensors|news|iot-errors
    python -m infra.tool --stage prod infra.redrive sensors --look      only say what lies there, and why

sensors     messages given up after five tries           → back into the sensors queue
news        stream records that no reaction could digest → to the reactions again; what fails again is set aside again
iot-errors  messages that the IoT rule could not hand on → into the sensors queue, in the rule's own shape
"""

import argparse
import json
from collections.abc import Iterator
from typing import Any

from chalicelib.store.contract import Store
from infra import stack
from infra.dead_letters import lines

MOST = 10_000


def redrive(session: Any, stage: str, which: str) -> int:
    """Returns how many messages were handed on. Each is deleted only after that."""
    outputs, sqs = stack.outputs(session.client("cloudformation"), stage) or {}, session.client("sqs")
    sensors = outputs["SensorsQueueUrl"]
    if which == "news":
        lambdas = session.client("lambda")
        return _each(sqs, outputs["FailedNewsQueueUrl"], lambda message: _react(lambdas, stage, message["Body"]))
    source = outputs["SensorsDeadQueueUrl" if which == "sensors" else "IotErrorsQueueUrl"]
    shape = _as_it_is if which == "sensors" else _as_the_rule_would
    return _each(sqs, source, lambda message: sqs.send_message(QueueUrl=sensors, MessageBody=shape(message)))


def look(session: Any, stage: str, store: Store, hidden: int = 30) -> Iterator[str]:
    """A line for each sensor message that was given up, with its reason. It stays where it is, and is seen again after ``hidden`` seconds."""
    sqs, outputs = session.client("sqs"), stack.outputs(session.client("cloudformation"), stage) or {}
    return lines(store, _waiting(sqs, outputs["SensorsDeadQueueUrl"], hidden))


def _each(sqs: Any, queue: str, hand_on: Any) -> int:
    done = 0
    for message in _waiting(sqs, queue):
        hand_on(message)
        sqs.delete_message(QueueUrl=queue, ReceiptHandle=message["ReceiptHandle"])
        done += 1
    return done


def _waiting(sqs: Any, queue: str, hidden: int = 120) -> Iterator[dict[str, Any]]:
    """What waits now, each out of others' sight for so many seconds. What comes back meanwhile is left for the next time, or this would never end."""
    attributes = sqs.get_queue_attributes(QueueUrl=queue, AttributeNames=["ApproximateNumberOfMessages"])["Attributes"]
    left = min(MOST, int(attributes["ApproximateNumberOfMessages"]))
    while left > 0:
        wanted = {"MaxNumberOfMessages": min(10, left), "AttributeNames": ["SentTimestamp"], "WaitTimeSeconds": 2}
        messages = sqs.receive_message(QueueUrl=queue, VisibilityTimeout=hidden, **wanted).get("Messages", [])
        if not messages:
            return
        yield from messages
        left -= len(messages)


def _react(lambdas: Any, stage: str, record: str) -> None:
    """The function sets a record that fails again aside itself; an answer with an error means that it could not even do that."""
    event = json.dumps({"Records": [json.loads(record)]}).encode()
    answer = lambdas.invoke(FunctionName=f"nuanlin-{stage}-react_to_news", Payload=event)
    if "FunctionError" in answer:
        raise RuntimeError(f"react_to_news: {answer['Payload'].read().decode()}")


def _as_it_is(message: dict[str, Any]) -> str:
    return str(message["Body"])


def _as_the_rule_would(message: dict[str, Any]) -> str:
    """An error action's message → what the rule's SQL gives. It came when it was put aside."""
    failed = json.loads(message["Body"])
    return json.dumps(
        {
            "data": failed["base64OriginalPayload"],
            "topic": failed["topic"],
            "cid": failed["clientId"],
            "received_at": int(message["Attributes"]["SentTimestamp"]),
        }
    )


def main() -> None:
    import boto3

    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("which", choices=["sensors", "news", "iot-errors"])
    parser.add_argument("--stage", required=True)
    parser.add_argument("--look", action="store_true", help="only say what lies among the sensors' dead letters, and why")
    chosen = parser.parse_args()
    if chosen.look:
        from chalicelib import wiring

        for line in look(boto3.Session(), chosen.stage, wiring.store()):
            print(line)
        return
    print(f"{redrive(boto3.Session(), chosen.stage, chosen.which)} handed on")


if __name__ == "__main__":
    main()
