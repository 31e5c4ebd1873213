"""What a gateway may say, and what is refused at the door of the broker or by the handler."""

import base64

import paho.mqtt.client as mqtt
import pytest

from chalicelib.store import keys
from infra.devices import gateways
from tests.local.conftest import alerts_of, close, connected, dead_letters, device_of, impatient, tell
from tests.stack import LocalStack, until

OPEN = '{"contact":false}'
TWO_MINUTES = 150
"""Seconds, with room: a message fetched just before a queue was made impatient comes back after its first two minutes."""


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


RESERVED = {
    "presence": "$aws/events/presence/disconnected/{other}",
    "basic ingest": "$aws/rules/nuanlin_local_sensors/care/{other}/zigbee2mqtt/door-4-302",
    "another's shadow": "$aws/things/{other}/shadow/update",
    "certificates": "$aws/certificates/create/json",
    "provisioning": "$aws/provisioning-templates/nuanlin-local-gateway/provision/json",
}


@pytest.mark.parametrize("topic", RESERVED.values(), ids=RESERVED)
def test_a_gateway_may_not_publish_where_aws_itself_speaks(stack: LocalStack, topic: str) -> None:
    """Nor slip past the rule's topic, nor get a certificate of its own making."""
    own, others = device_of(stack, "1-603"), device_of(stack, "4-302")
    close(stack, others)
    alerts = alerts_of(stack, "4-302", stack.token())
    with connected(stack, own) as client:
        assert until(client.is_connected)
        client.publish(topic.format(other=others["thing"]), OPEN, qos=1)
        assert until(lambda: not client.is_connected())
    assert alerts_of(stack, "4-302", stack.token()) == alerts


def test_a_gateway_may_subscribe_to_its_own_topics_as_its_software_does_but_is_told_nothing(stack: LocalStack) -> None:
    """Zigbee2MQTT subscribes as soon as it is in. Whoever could send it something could open its network to any device."""
    own = device_of(stack, "1-603")
    told: list[str] = []
    with connected(stack, own) as client:
        client.on_message = lambda _, __, message: told.append(message.topic)
        assert until(client.is_connected)
        granted = subscribe(client, f"care/{own['thing']}/zigbee2mqtt/#")
        assert until(lambda: granted == ["Granted QoS 1"])
        client.publish(f"care/{own['thing']}/zigbee2mqtt/bridge/state", '{"state":"online"}', qos=1).wait_for_publish(10)
        stack.client("iot-data").publish(topic=f"care/{own['thing']}/zigbee2mqtt/bridge/request/permit_join", qos=1, payload="{}")
        client.publish(f"care/{own['thing']}/zigbee2mqtt/bridge/state", '{"state":"online"}', qos=1).wait_for_publish(10)
        assert client.is_connected()
    assert told == []


@pytest.mark.parametrize("wanted", ["care/{other}/#", "care/#", "#", "$aws/events/presence/+/+"])
def test_a_gateway_may_listen_to_nobody_else(stack: LocalStack, wanted: str) -> None:
    own, others = device_of(stack, "1-603"), device_of(stack, "4-302")
    with connected(stack, own) as client:
        assert until(client.is_connected)
        client.subscribe(wanted.format(other=others["thing"]), qos=1)
        assert until(lambda: not client.is_connected())


def test_a_last_will_on_the_own_topic_is_taken_retained_or_not(stack: LocalStack) -> None:
    own = device_of(stack, "1-603")
    for retain in (False, True):
        with connected(stack, own, will=(f"care/{own['thing']}/tasmota/tele/door/LWT", "Offline", retain)) as client:
            assert until(client.is_connected)


def test_a_last_will_in_anothers_name_is_a_refused_connection(stack: LocalStack) -> None:
    own, others = device_of(stack, "1-603"), device_of(stack, "4-302")
    with connected(stack, own, will=(others["topic"], OPEN, False)) as client:
        assert not until(client.is_connected, within=2)


def subscribe(client: mqtt.Client, topic: str) -> list[str]:
    """What the broker granted, once it has answered."""
    granted: list[str] = []
    client.on_subscribe = lambda _, __, ___, codes, ____: granted.extend(str(code) for code in codes)
    client.subscribe(topic, qos=1)
    return granted


def test_a_revoked_certificate_is_refused(stack: LocalStack) -> None:
    iot, folder = stack.client("iot"), stack.state / "devices" / "anheli-gw9"
    gateways.register(iot, "nuanlin-local-device", "anheli-gw9", folder)
    device = {"thing": "anheli-gw9", "cert": str(folder / "cert.pem"), "key": str(folder / "key.pem")}
    with connected(stack, device) as client:
        assert until(client.is_connected)
    assert gateways.revoke(iot, "anheli-gw9") == 1
    with connected(stack, device) as client:
        assert not until(client.is_connected, within=2)


def test_whether_a_gateway_is_there_comes_from_the_broker_itself(stack: LocalStack) -> None:
    """An event that a slow machine could not handle comes again after a second here, and not after two minutes."""
    device = next(each for each in stack.run["devices"] if each["thing"].startswith("qinghe-"))  # no other test speaks of its presence
    thing = device["thing"]

    def there() -> tuple[bool, bool]:
        key = keys.gateway("qinghe", thing)
        item = stack.client("dynamodb").get_item(TableName="nuanlin-local", Key={"pk": {"S": key.pk}, "sk": {"S": key.sk}})["Item"]
        return "M" in item.get("last", {}), item.get("there", {}).get("BOOL", False)

    with impatient(stack):
        with connected(stack, device) as client:
            assert until(client.is_connected)
            assert until(lambda: there() == (True, True), within=60)
        assert until(lambda: there() == (True, False), within=60)


def test_a_sensor_under_another_gateway_ends_with_the_dead_letters(stack: LocalStack) -> None:
    """The broker lets a gateway say what it likes under its own topic; the handler knows which sensors it has."""
    own = device_of(stack, "1-603")
    foreign = f"care/{own['thing']}/zigbee2mqtt/door-4-302"
    with impatient(stack), connected(stack, own) as client:
        assert until(client.is_connected)
        client.publish(foreign, OPEN, qos=1).wait_for_publish(10)
        assert until(lambda: any(foreign in letter for letter in dead_letters(stack.client("sqs"))), within=TWO_MINUTES)


def test_a_payload_that_is_no_json_reaches_the_queue_whole(stack: LocalStack) -> None:
    """The rule hands payloads over in base64, so that plain text of later sensors needs no new rule. This one cannot be read, and is kept."""
    own = device_of(stack, "1-603")
    with impatient(stack):
        tell(stack, own, "ON")
        assert until(
            lambda: any(base64.b64encode(b"ON").decode() in letter for letter in dead_letters(stack.client("sqs"))), within=TWO_MINUTES
        )
