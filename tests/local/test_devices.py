"""What a gateway may say, and what is refused at the door of the broker or by the handler."""

import base64

from tests.local.conftest import alerts_of, close, connected, dead_letters, device_of, impatient, tell
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
    with impatient(stack), connected(stack, own) as client:
        assert until(client.is_connected)
        client.publish(foreign, OPEN, qos=1).wait_for_publish(10)
        assert until(lambda: any(foreign in letter for letter in dead_letters(stack.client("sqs"))), within=30)


def test_a_payload_that_is_no_json_reaches_the_queue_whole(stack: LocalStack) -> None:
    """The rule hands payloads over in base64, so that plain text of later sensors needs no new rule. This one cannot be read, and is kept."""
    own = device_of(stack, "1-603")
    with impatient(stack):
        tell(stack, own, "ON")
        assert until(lambda: any(base64.b64encode(b"ON").decode() in letter for letter in dead_letters(stack.client("sqs"))), within=30)
