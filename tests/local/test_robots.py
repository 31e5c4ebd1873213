"""The group robots of the laptop answer as the real ones do: codes, limits, signatures. Without a stack; what they are asked is what we send."""

import base64
import hashlib
import hmac
import json
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import quote_plus

import pytest

from chalicelib.post import dingtalk, feishu
from local.outbox import Outbox, page
from local.robots import Robots

DING, FEI = "/local/dingtalk/robot/send", "/local/feishu/open-apis/bot/v2/hook/"
NOW = datetime(2026, 11, 22, 1, tzinfo=UTC)
KNOWN = ["dingtalk://s3cret@tok/", "feishu://s3cret@signed", "feishu://open", "wecombot://key"]


class Clock:
    moment = NOW

    def __call__(self) -> datetime:
        return self.moment


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def robots(tmp_path: Path, clock: Clock) -> Robots:
    made = Robots(Outbox(tmp_path / "outbox.jsonl"), clock)
    made.addresses = lambda: KNOWN
    return made


def ding(robots: Robots, text: str = "x", secret: str = "s3cret", token: str = "tok", late: int = 0, **more: Any) -> dict[str, Any]:
    stamp = int((time.time() - late) * 1000)
    query = f"access_token={token}&timestamp={stamp}&sign={dingtalk.signature(secret, stamp)}"
    body = {"msgtype": "text", "text": {"content": text}, **more}
    return robots.take(DING, query, json.dumps(body, ensure_ascii=False).encode()) or {}


def fei(robots: Robots, text: str = "x", secret: str = "s3cret", token: str = "signed", late: int = 0) -> dict[str, Any]:
    stamp = int(time.time() - late)
    body: dict[str, Any] = {"msg_type": "text", "content": {"text": text}}
    if secret:
        body |= {"timestamp": str(stamp), "sign": feishu.signature(secret, stamp)}
    return robots.take(FEI + token, "", json.dumps(body, ensure_ascii=False).encode()) or {}


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({}, 0),
        ({"secret": "other"}, 310000),
        ({"late": 3700}, 310000),
        ({"token": "nobody"}, 300001),
        ({"text": "字" * 7000}, 460101),
        ({"text": {"not": "text"}}, 400105),
    ],
)
def test_dingtalk_looks_at_the_signature_and_at_the_size(robots: Robots, given: dict[str, Any], code: int) -> None:
    assert ding(robots, **given)["errcode"] == code


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({}, 0),
        ({"token": "open", "secret": ""}, 0),
        ({"secret": ""}, 19021),
        ({"secret": "other"}, 19021),
        ({"late": 3700}, 19021),
        ({"token": "nobody"}, 19001),
        ({"text": "字" * 7000}, 11246),
    ],
)
def test_feishu_looks_at_the_signature_and_at_the_size(robots: Robots, given: dict[str, Any], code: int) -> None:
    assert fei(robots, **given)["code"] == code


def test_dingtalk_takes_twenty_a_minute_and_is_shut_for_ten_then(robots: Robots, clock: Clock) -> None:
    assert [ding(robots)["errcode"] for _ in range(21)] == [0] * 20 + [130101]
    clock.moment = NOW + timedelta(minutes=9)
    assert ding(robots)["errcode"] == 130101
    clock.moment = NOW + timedelta(minutes=10, seconds=1)
    assert ding(robots)["errcode"] == 0


def test_feishu_takes_five_a_second_and_a_hundred_a_minute(robots: Robots, clock: Clock) -> None:
    assert [fei(robots)["code"] for _ in range(6)] == [0] * 5 + [11232]
    taken = 5
    for second in range(1, 30):
        clock.moment = NOW + timedelta(seconds=second)
        taken += [fei(robots)["code"] for _ in range(5)].count(0)
    assert taken == 100


def test_a_robot_that_has_been_imported_since_is_known(robots: Robots) -> None:
    assert ding(robots, token="new", secret="n")["errcode"] == 300001
    robots.addresses = lambda: [*KNOWN, "dingtalk://n@new"]
    assert ding(robots, token="new", secret="n")["errcode"] == 0


def test_a_clock_that_is_set_back_shuts_nobody_out(robots: Robots, clock: Clock) -> None:
    for _ in range(21):
        ding(robots)
    clock.moment = NOW - timedelta(hours=1)

    assert ding(robots)["errcode"] == 0


def test_what_no_robot_answers_to_is_no_robot(robots: Robots) -> None:
    assert robots.take("/local/dingtalk/robot/else", "", b"{}") is None
    assert robots.take("/robot/send", "", b"{}") is None


def test_all_of_them_stand_in_the_outbox_with_their_answers(robots: Robots, tmp_path: Path) -> None:
    ding(robots, "钉")
    fei(robots, "飞", secret="other")
    robots.take("/local/wecom/cgi-bin/webhook/send", "key=k", b'{"text": {"content": "<b>"}}')

    kept = Outbox(tmp_path / "outbox.jsonl").messages()
    assert [(one["channel"], one["key"], one["text"], one["errcode"]) for one in kept] == [
        ("wecom", "k", "<b>", 0),
        ("feishu", "signed", "飞", 19021),
        ("dingtalk", "tok", "钉", 0),
    ]
    shown = page(kept)
    assert "钉钉 DingTalk · tok" in shown and "errcode 19021" in shown and "&lt;b&gt;" in shown and "s3cret" not in shown


def test_the_signatures_are_the_documented_ones() -> None:
    """Worked out once more, so that sender and robot do not merely agree with each other."""

    def wanted(key: bytes, text: bytes) -> str:
        return base64.b64encode(hmac.new(key, text, hashlib.sha256).digest()).decode()

    assert dingtalk.signature("SEC", 1577262236757) == quote_plus(wanted(b"SEC", b"1577262236757\nSEC"))
    assert feishu.signature("SEC", 1599360473) == wanted(b"1599360473\nSEC", b"")
