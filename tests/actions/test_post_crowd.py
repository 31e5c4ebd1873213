"""Sixty robots, twenty-five messages each, over real HTTP; the clock is virtual and goes on minute by minute."""

import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import NamedTuple
from urllib.parse import parse_qs, urlsplit

import pytest

from chalicelib import settings
from chalicelib.post import channels, records, robots
from chalicelib.post.entries import queue
from chalicelib.post.rules import REPEAT_ZH, MessageState
from chalicelib.shared.calendar import local, parse
from chalicelib.store.memory import MemoryStore
from tests.actions.mail import NOW, send_due, telling
from tests.builders import DAY
from tests.post.robot import SILENT, Robot, running

EACH = 25
LONG = {"wecom": 600, "dingtalk": 3900, "feishu": 3900}
"""So long that no two of them fit into one text."""
MOST = {"wecom": 20, "dingtalk": 20, "feishu": 5}
KINDS = ("wecombot://robot{:02}", "dingtalk://SEC@robot{:02}", "feishu://secret@robot{:02}")
ADDRESSES = [KINDS[number % 3].format(number) for number in range(60)]
TOO_OFTEN, NO_TLS, SLOW, SPARE = ADDRESSES[0], ADDRESSES[6], ADDRESSES[12], ADDRESSES[9]
YES = b'{"errcode":0,"code":0,"errmsg":"ok"}'


class Heard(NamedTuple):
    at: datetime
    robot: str
    text: str


class Town:
    """The robots' server and the ledger, and what every robot heard at which virtual minute."""

    def __init__(self, server: Robot) -> None:
        self.server, self.store, self.now, self.heard = server, MemoryStore(), NOW, list[Heard]()
        server.answer = YES
        env = {f"{name}_ORIGIN": server.origin for name in ("WECOM", "DINGTALK", "FEISHU")} | dict.fromkeys(settings.REQUIRED, "x")
        self._send = channels.sender(settings.read(env), lambda name: None, timeout=10)
        encrypted = {**env, "WECOM_ORIGIN": server.origin.replace("http:", "https:")}
        self._odd = {
            SLOW: channels.sender(settings.read(env), lambda name: None, timeout=0.02),
            NO_TLS: channels.sender(settings.read(encrypted), lambda name: None, timeout=10),
        }

    def send(self, address: str, text: str) -> None:
        before = len(self.server.got)
        try:
            self._odd.get(address, self._send)(address, text)
        finally:
            for path, _, body in self.server.got[before:]:
                self.heard.append(Heard(self.now, _robot(path), _text(body)))

    def until_all_is_settled(self) -> Counter[MessageState]:
        for _ in range(24 * 60):
            send_due(self.store, self.now, self.send)
            waiting = [parse(item["due_at"]) for item in self.store._items.values() if "due_at" in item]
            if not waiting:
                return Counter(message.state for message in records.of_day(self.store, "anheli", DAY))
            self.now = max(self.now + timedelta(minutes=1), local(min(waiting)).replace(second=0))
        raise AssertionError("still waiting after a day")


def _robot(path: str) -> str:
    query = parse_qs(urlsplit(path).query)
    return (query.get("key") or query.get("access_token") or [path.rpartition("/")[2]])[0]


def _text(body: bytes) -> str:
    said = json.loads(body)
    return said["text"]["content"] if "text" in said else said["content"]["text"]


@pytest.fixture
def town() -> Iterator[Town]:
    robots._pool.cache_clear()
    with running() as server:
        server.manners = {"robot00": b'{"errcode":45009}', "robot12": SILENT}
        yield Town(server)


def mark(address: str, number: int) -> str:
    return f"<{address[-7:]}/{number}>"


def test_every_message_comes_to_its_end_and_no_robot_gets_more_than_it_takes(town: Town):
    for address in ADDRESSES:
        to = (address, SPARE) if address == NO_TLS else (address,)
        for number in range(EACH):
            text = mark(address, number) + "字" * LONG[channels.of(address).name]
            queue(town.store, NOW, "anheli", telling(f"{address[-7:]}-{number}", *to, text=text))

    states = town.until_all_is_settled()

    assert states == {MessageState.HANDED_OVER: 58 * EACH, MessageState.FAILED: 2 * EACH}
    failed = [each for each in records.of_day(town.store, "anheli", DAY) if each.state is MessageState.FAILED]
    assert Counter(each.to for each in failed) == {TOO_OFTEN: EACH, SLOW: EACH}
    assert {each.why for each in failed} == {"errcode 45009", "ReadTimeoutError"}
    _assert_all_arrived(town)
    _assert_limits(town)


def _assert_all_arrived(town: Town) -> None:
    """Once where the robot answers; again only where the reply was lost, and then tagged, each time but the first."""
    texts = defaultdict(str)
    for each in town.heard:
        texts[each.robot] += each.text
    for address in ADDRESSES:
        if address in (TOO_OFTEN, SLOW):
            continue
        taker = SPARE if address == NO_TLS else address
        for number in range(EACH):
            assert texts[taker[-7:]].count(mark(address, number)) == 1, (address, number)
        assert REPEAT_ZH not in texts[taker[-7:]]
    lost = [re.findall(f"({REPEAT_ZH})?{mark(SLOW, number)}", texts[SLOW[-7:]]) for number in range(EACH)]
    assert max(map(len, lost)) > 2
    assert all(tags == ["", *[REPEAT_ZH] * len(tags[1:])] for tags in lost if tags)


def _assert_limits(town: Town) -> None:
    """In any stretch of virtual time, wherever it begins."""
    busiest = Counter[str]()
    for address in ADDRESSES:
        channel, robot = channels.of(address), address[-7:]
        moments = [each.at for each in town.heard if each.robot == robot]
        for most, seconds in channel.limits.rates:
            for start in set(moments):
                assert sum(start <= each < start + timedelta(seconds=seconds) for each in moments) <= most, (robot, start)
        busiest[channel.name] = max([busiest[channel.name], *Counter(moments).values()])
    assert busiest == MOST, "or the limits were never put to the test"
