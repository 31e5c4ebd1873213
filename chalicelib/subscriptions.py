"""Who reacts to which news: one table. What the table's stream says arrives here at least once."""

from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import Any

import msgspec

from chalicelib import wiring
from chalicelib.post import actions as post
from chalicelib.post import wecom, wording
from chalicelib.register import records as registers
from chalicelib.register.rules import Home
from chalicelib.sensors.rules import AlertState
from chalicelib.shared.calendar import day_of, local, parse
from chalicelib.shared.ids import CompoundId
from chalicelib.shared.news import News
from chalicelib.store.contract import Item
from chalicelib.store.values import from_typed

Reaction = Callable[[str, Item], None]


def tell_duty(identity: str, item: Item) -> None:
    """An opening that nothing explains goes to the duty team's group robot."""
    if item["state"] == AlertState.EXPECTED:
        return
    store, now, compound = wiring.store(), wiring.clock().now(), CompoundId(item["pk"].partition("#")[0])
    register = registers.load(store, compound)
    if register is None:
        return
    since = parse(item["since"])
    text = _door_text(register.home_by_id.get(item["home"]), item["home"], since)
    message = post.queue(store, now, compound, identity, register.policy.robots.get("duty", ""), text)
    if message is not None:
        post.deliver(store, now, [message], send())


def _door_text(home: Home | None, home_id: str, since: datetime) -> str:
    days = (day_of(since) - home.isolation.first).days + 1 if home and home.isolation else "?"
    label = home.label if home else home_id
    return wording.text("door_unexplained", label=label, time=f"{local(since):%H:%M}", days=days, site=wiring.settings().site_url)


def keep(record: dict[str, Any]) -> None:
    """Put a stream record that could not be worked off into the failed-news queue, whole."""
    body = msgspec.json.encode(record).decode()
    queue = wiring.service("sqs", "AmazonSQS")
    queue.call("SendMessage", {"QueueUrl": wiring.settings().failed_news_queue_url, "MessageBody": body})


def send() -> post.Send:
    """The channel messages leave by."""
    return partial(wecom.send, wiring.settings().wecom_origin)


REACTIONS: dict[str, tuple[Reaction, ...]] = {
    News.ALERT_RAISED: (tell_duty,),
}


def react(record: dict[str, Any]) -> None:
    """One record of the stream → the reactions to its news. Only a news id that was not there before is news."""
    images = record["dynamodb"]
    new = from_typed(images.get("NewImage", {}))
    news = new.get("news")
    if news is None or news["id"] == from_typed(images.get("OldImage", {})).get("news", {}).get("id"):
        return
    for reaction in REACTIONS.get(news["name"], ()):
        reaction(news["id"], new)
