"""A silent gateway, a dead battery, half the compound without power, a cold riser: each makes the one right alarm on the desk, on the whole stack.

Sensors speak over real MQTT. That a gateway comes or goes is AWS's to say, and its stand-in does not: the documented event is put into the queue.
"""

import base64
import json
import time
import uuid
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Open
from tests.browser.test_promise_kept import MANAGER, staff_page
from tests.browser.waiting import look_again
from tests.local.conftest import QUEUE, device_of, tell
from tests.stack import LocalStack, until

GATEWAYS = ("anheli-gw1", "anheli-gw2", "anheli-gw3", "anheli-gw4")
DEAD, SECONDS = "1-603", 40


class Winter:
    """The stack in days to come, its desk in a browser, and what sensors and gateways say. Its clock only ever moves on, as clocks do: what
    was heard of a sensor yesterday is not heard tomorrow."""

    now: datetime | None = None

    def __init__(self, stack: LocalStack, desk: Page) -> None:
        self.stack, self.desk = stack, desk
        real = datetime.fromisoformat(stack.duty(stack.token())["now"])
        self.began = (Winter.now or real) + timedelta(hours=1)
        sqs = stack.client("sqs")
        self.queue, self.send = sqs.get_queue_url(QueueName=QUEUE)["QueueUrl"], sqs.send_message
        self.counts = sqs.get_queue_attributes

    def after(self, **span: float) -> None:
        """So long after the test began; whoever is due is looked at."""
        self.settled()
        Winter.now = self.began + timedelta(**span)
        self.stack.set_clock(Winter.now.isoformat())

    def presence(self, there: bool, *things: str) -> None:
        for thing in things:
            kind = "connected" if there else "disconnected"
            event = {"clientId": thing, "timestamp": round(time.time() * 1000), "eventType": kind, "versionNumber": int(time.time())}
            event["sessionIdentifier"] = uuid.uuid4().hex if there else ""
            data = base64.b64encode(json.dumps(event).encode()).decode()
            body = {"data": data, "topic": f"$aws/events/presence/{kind}/{thing}", "cid": "n/a", "received_at": event["timestamp"]}
            self.send(QueueUrl=self.queue, MessageBody=json.dumps(body))
        self.settled()

    def say(self, home: str, **said: Any) -> None:
        tell(self.stack, device_of(self.stack, home), json.dumps(said))

    def everybody_but(self, home: str) -> None:
        for device in self.stack.run["devices"]:
            if device["thing"] in GATEWAYS and device["home"] != home:
                tell(self.stack, device, '{"battery":90,"linkquality":140}')
        self.settled()

    def settled(self) -> None:
        """Nothing waits in the queue, and nothing of it is being worked on."""
        names = ["ApproximateNumberOfMessages", "ApproximateNumberOfMessagesNotVisible"]
        assert until(
            lambda: all(self.counts(QueueUrl=self.queue, AttributeNames=names)["Attributes"][name] == "0" for name in names), SECONDS
        )

    def shows(self, *wanted: tuple[str, ...]) -> None:
        """The desk's list of what sensors need comes to be exactly this: for each line, words that stand in it."""

        def there() -> bool:
            look_again(self.desk)
            lines = self.desk.locator("#troubles .item").all_inner_texts()
            return len(lines) == len(wanted) and all(all(word in line for word in words) for words, line in zip(wanted, lines, strict=True))

        assert until(there, SECONDS), self.desk.locator("#troubles").inner_text()


@pytest.fixture
def winter(local_stack: LocalStack, open_page: Open) -> Iterator[Winter]:
    """Everything is heard of, so that only what a test does is amiss; afterwards too."""
    local_stack.set_clock(None)
    desk = staff_page(local_stack, open_page, MANAGER, "duty")
    desk.set_viewport_size({"width": 1200, "height": 900})
    winter = Winter(local_stack, desk)
    winter.presence(True, *GATEWAYS)
    winter.after(hours=0)
    winter.everybody_but("")
    yield winter
    winter.presence(True, *GATEWAYS)
    winter.everybody_but("")
    local_stack.set_clock(None)


def test_a_silent_gateway_is_one_alarm_and_is_over_when_it_comes_back(winter: Winter) -> None:
    winter.presence(False, "anheli-gw2")
    winter.after(minutes=8)
    winter.shows()
    winter.after(minutes=12)
    winter.shows(("4、5 栋", "网关断线了", "anheli-gw2", "2 户看不到", "先看停电"))
    expect(winter.desk.locator("#loud")).to_contain_text("4、5 栋 网关断线了")

    winter.presence(True, "anheli-gw2")
    winter.shows()


def test_half_the_compound_without_power_is_one_alarm_that_names_it(winter: Winter) -> None:
    winter.presence(False, "anheli-gw2", "anheli-gw3", "anheli-gw4")
    winter.after(minutes=12)
    winter.shows(("3、4、5 栋", "网关断线了", "anheli-gw2、anheli-gw3、anheli-gw4", "11 户看不到"))
    winter.desk.locator("#troubles .item").get_by_role("button", name="我来处理").click()
    expect(winter.desk.locator("#troubles .item")).to_contain_text("在处理")

    winter.presence(True, "anheli-gw3", "anheli-gw4")
    winter.shows(("4、5 栋", "anheli-gw2", "2 户看不到"))
    winter.presence(True, "anheli-gw2")
    winter.shows()


def test_a_dead_battery_is_one_alarm_from_its_warning_to_its_change(winter: Winter) -> None:
    winter.say(DEAD, contact=True, battery=4)
    winter.settled()
    winter.shows(("1 栋 603", "传感器快没电了", "去换电池"))

    winter.after(hours=24)
    winter.everybody_but(DEAD)
    winter.after(hours=26)
    winter.shows(("1 栋 603", "传感器信号断了", "多半要换电池"))

    winter.say(DEAD, contact=True, battery=100)
    winter.shows()


def test_a_cold_riser_is_one_alarm_and_stands_on_the_buildings_page(winter: Winter, open_page: Open) -> None:
    for minutes in (0, 40):
        winter.after(minutes=minutes)
        for home in ("3-102", "3-402"):
            winter.say(home, temperature=16.4)
        winter.say("3-104", temperature=20.5)
    winter.settled()
    winter.shows(("3 栋", "室温不到标准", "3-02：3 栋 102、3 栋 402"))

    page = staff_page(winter.stack, open_page, MANAGER, "warmth")
    expect(page.locator("#incidents .item")).to_contain_text("3-02 立管")
    expect(page.locator("[data-home='3-402']")).to_have_text("16.4冷")
    expect(page.locator("[data-home='3-104']")).to_have_text("20.5够暖")

    for minutes in (80, 120):
        winter.after(minutes=minutes)
        for home in ("3-102", "3-402"):
            winter.say(home, temperature=20)
    winter.shows()
