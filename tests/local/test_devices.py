"""What a gateway may say, and what is refused at the door of the broker or by the handler."""

import base64
import json

from tests.local.conftest import alerts_of, close, connected, device_of, open_door
from tests.stack import LocalStack, until

OPEN = '{"contact":false}'


def test_a_device_may_not_speak_for_another_thing(stack: LocalStack) -> None:
    own, others = device_of(stack, "1-603"), device_of(stack, "4-302")
    assert own["thing"] != others["thing"]
    close(stack, others)
    alerts = alerts_of(stack, "4-302", stack.token())
    with connected(stack, own) as client:
        assert until(client.is_connected)
        client.publish(others["topic"], OPEN, qos=1)
        # The broker ends the connection of who publishes where it may not.
        assert until(lambda: not client.is_connected())
    assert alerts_of(stack, "4-302", stack.token()) == alerts


def test_a_certificate_counts_only_for_its_own_client_id(stack: LocalStack) -> None:
    own, others = device_of(stack, "1-603"), device_of(stack, "4-302")
    with connected(stack, others, credentials=own) as client:
        assert not until(client.is_connected, within=2)


def test_a_revoked_certificate_is_refused(stack: LocalStack) -> None:
    iot = stack.client("iot")
    made = iot.create_keys_and_certificate(setAsActive=True)
    iot.create_thing(thingName="anheli-gw9")
    iot.attach_policy(policyName="nuanlin-local-device", target=made["certificateArn"])
    iot.attach_thing_principal(thingName="anheli-gw9", principal=made["certificateArn"])
    folder = stack.state / "devices"
    (folder / "gw9.pem").write_text(made["certificatePem"])
    (folder / "gw9.key").write_text(made["keyPair"]["PrivateKey"])
    device = {"thing": "anheli-gw9", "cert": str(folder / "gw9.pem"), "key": str(folder / "gw9.key")}
    with connected(stack, device) as client:
        assert until(client.is_connected)
    iot.update_certificate(certificateId=made["certificateId"], newStatus="REVOKED")
    with connected(stack, device) as client:
        assert not until(client.is_connected, within=2)


def test_a_sensor_under_another_gateway_ends_with_the_dead_letters(stack: LocalStack) -> None:
    """The broker lets a gateway say what it likes under its own topic; the handler knows which sensors it has."""
    own = device_of(stack, "1-603")
    foreign = f"care/{own['thing']}/zigbee2mqtt/door-4-302"
    sqs = stack.client("sqs")
    sensors = sqs.get_queue_url(QueueName="nuanlin-local-sensors")["QueueUrl"]
    dead = sqs.get_queue_url(QueueName="nuanlin-local-sensors-dead")["QueueUrl"]
    sqs.set_queue_attributes(QueueUrl=sensors, Attributes={"VisibilityTimeout": "0"})
    try:
        with connected(stack, own) as client:
            assert until(client.is_connected)
            client.publish(foreign, OPEN, qos=1).wait_for_publish(10)
        assert until(lambda: foreign in topics(sqs, dead), within=20)
    finally:
        sqs.set_queue_attributes(QueueUrl=sensors, Attributes={"VisibilityTimeout": "120"})


def topics(sqs: object, dead: str) -> set[str]:
    """Topics of the dead letters, which stay where they are."""
    found = sqs.receive_message(QueueUrl=dead, MaxNumberOfMessages=10, VisibilityTimeout=0)  # type: ignore[attr-defined]
    return {json.loads(message["Body"]).get("topic", "") for message in found.get("Messages", [])}


def test_what_is_no_json_arrives_whole(stack: LocalStack) -> None:
    """The rule hands payloads over in base64, so that plain text of later sensors needs no new rule."""
    own = device_of(stack, "1-603")
    iot_sql = stack.client("iot").get_topic_rule(ruleName="nuanlin_local_sensors")["rule"]["sql"]
    assert "encode(*,'base64')" in iot_sql
    assert base64.b64encode(b"ON") == b"T04="
    open_door(stack, own)
