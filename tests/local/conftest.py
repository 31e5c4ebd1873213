"""The cast on the whole stack, and a morning to play in."""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import paho.mqtt.client as mqtt
import pytest

from chalicelib.store.keys import robot
from tests.stack import LocalStack, until

MORNING, ELEVEN = "09:30:00", "11:00:00"
QUEUE, DEAD = "nuanlin-local-sensors", "nuanlin-local-sensors-dead"


@pytest.fixture
def stack(local_stack: LocalStack) -> Iterator[LocalStack]:
    """The shared stack, its clock set to this morning and put back afterwards."""
    local_stack.set_clock(clock_time(local_stack, MORNING))
    free_the_robots(local_stack)
    yield local_stack
    local_stack.set_clock(None)


def free_the_robots(stack: LocalStack) -> None:
    """Every test plays in the same minute of the virtual clock, and a robot takes only so many texts in a minute."""
    table = stack.client("dynamodb")
    for compound in ("anheli", "qinghe"):
        key = robot(compound, hashlib.sha256(f"wecombot://sample-duty-{compound}".encode()).hexdigest()[:16])
        table.delete_item(TableName="nuanlin-local", Key={"pk": {"S": key.pk}, "sk": {"S": key.sk}})


def clock_time(stack: LocalStack, time: str) -> str:
    """A time of the day on which the stack runs."""
    stack.set_clock(None)
    day = stack.duty(stack.token())["day"]
    return f"{day}T{time}+08:00"


@contextmanager
def connected(
    stack: LocalStack,
    device: dict[str, Any],
    client_id: str = "",
    credentials: dict[str, Any] | None = None,
    will: tuple[str, str, bool] | None = None,
) -> Iterator[mqtt.Client]:
    """A real MQTT client over mutual TLS; ConnectionRefusedError or a missing CONNACK means that it was not let in.

    ``will``: topic, payload, retained?
    """
    broker, own = stack.run["mqtt"], credentials or device
    client = mqtt.Client(mqtt.CallbackAPIVersion.VERSION2, client_id=client_id or device["thing"])
    client.tls_set(ca_certs=broker["ca"], certfile=own["cert"], keyfile=own["key"])
    if will:
        client.will_set(will[0], will[1], qos=1, retain=will[2])
    client.connect(broker["host"], broker["port"], keepalive=30)
    client.loop_start()
    try:
        yield client
    finally:
        client.disconnect()
        client.loop_stop()


def door_messages(stack: LocalStack) -> list[dict[str, Any]]:
    """The alarms of doors among what the robots took or refused, newest first; reminders of other work may come between."""
    return [message for message in stack.outbox() if "【说不清的开门】" in message["text"]]


def tell(stack: LocalStack, device: dict[str, Any], payload: str) -> None:
    """One message of a sensor, acknowledged by the broker."""
    with connected(stack, device) as client:
        assert until(client.is_connected)
        client.publish(device["topic"], payload, qos=1).wait_for_publish(10)


def close(stack: LocalStack, device: dict[str, Any]) -> None:
    tell(stack, device, '{"contact":true,"battery":97,"linkquality":120}')


def open_door(stack: LocalStack, device: dict[str, Any]) -> None:
    tell(stack, device, '{"contact":false,"battery":97,"linkquality":120}')


def device_of(stack: LocalStack, home: str) -> dict[str, Any]:
    return next(each for each in stack.run["devices"] if each["home"] == home and each["thing"].startswith("anheli"))


def alerts_of(stack: LocalStack, home: str, token: str) -> list[dict[str, Any]]:
    return [alert for alert in stack.duty(token)["alerts"] if alert["home"] == home]


@contextmanager
def impatient(stack: LocalStack) -> Iterator[None]:
    """Messages that failed come back after a second, not after two minutes."""
    sqs = stack.client("sqs")
    queue = sqs.get_queue_url(QueueName=QUEUE)["QueueUrl"]
    sqs.set_queue_attributes(QueueUrl=queue, Attributes={"VisibilityTimeout": "1"})
    try:
        yield
    finally:
        sqs.set_queue_attributes(QueueUrl=queue, Attributes={"VisibilityTimeout": "120"})


def dead_letters(sqs: Any) -> set[str]:
    """Bodies of the dead letters, which stay where they are."""
    dead = sqs.get_queue_url(QueueName=DEAD)["QueueUrl"]
    found: set[str] = set()
    for _ in range(5):
        messages = sqs.receive_message(QueueUrl=dead, MaxNumberOfMessages=10, VisibilityTimeout=0).get("Messages", [])
        found |= {message["Body"] for message in messages}
    return found
