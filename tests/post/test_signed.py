"""The signed group robots, DingTalk and Feishu, against a real HTTP server."""

import base64
import hashlib
import hmac
import json
import logging
import time
import traceback
from collections.abc import Callable
from typing import NamedTuple
from urllib.parse import parse_qs, urlsplit

import pytest

from chalicelib.post import dingtalk, feishu
from chalicelib.post.packing import pieces
from chalicelib.post.rules import Refused
from tests.post.robot import RESET, SILENT, Robot

TEXT = '【没人上门】3 栋 502\n"请看" 🚪'


class Kind(NamedTuple):
    send: Callable[..., None]
    address: str
    yes: bytes
    member: str


KINDS = {
    "dingtalk": Kind(dingtalk.send, "dingtalk://SECabc@token-1/", b'{"errcode":0,"errmsg":"ok"}', "errcode"),
    "feishu": Kind(feishu.send, "feishu://secret-abc@token-1", b'{"StatusCode":0,"code":0,"msg":"success"}', "code"),
}


@pytest.fixture(params=KINDS)
def kind(request: pytest.FixtureRequest, robot: Robot) -> Kind:
    robot.answer = KINDS[request.param].yes
    return KINDS[request.param]


def refusal(kind: Kind, robot: Robot, timeout: float = 5.0) -> Refused:
    with pytest.raises(Refused) as caught:
        kind.send(robot.origin, kind.address, "门开了", timeout)
    return caught.value


def test_a_signature_is_what_openssl_makes_of_it():
    assert dingtalk.signature("SECabc", 1_700_000_000_000) == "jcUpW0QmtKduN03n4JqQ0PBosVjqnM8gU7fIIvsDmCM%3D"
    assert feishu.signature("abc", 1_700_000_000) == "VIS10b0EBvzzSdFnuk4tznEmK5wHaruvf/WnViv2yR4="


def test_dingtalk_gets_token_time_and_signature_in_the_address(robot: Robot):
    dingtalk.send(robot.origin, "dingtalk://SECabc@token-1/", TEXT)

    (got,) = robot.got
    parts = urlsplit(got.path)
    query = {name: value for name, (value,) in parse_qs(parts.query).items()}
    signed = hmac.new(b"SECabc", f"{query['timestamp']}\nSECabc".encode(), hashlib.sha256).digest()
    assert parts.path == "/robot/send" and set(query) == {"access_token", "timestamp", "sign"}
    assert query["access_token"] == "token-1" and base64.b64decode(query["sign"]) == signed
    assert abs(int(query["timestamp"]) / 1000 - time.time()) < 60
    assert json.loads(got.body) == {"msgtype": "text", "text": {"content": TEXT}}


def test_feishu_gets_time_and_signature_in_the_body(robot: Robot):
    robot.answer = KINDS["feishu"].yes

    feishu.send(robot.origin, "feishu://abc@token-1", TEXT)

    (got,) = robot.got
    body = json.loads(got.body)
    signed = hmac.new(f"{body['timestamp']}\nabc".encode(), b"", hashlib.sha256).digest()
    assert got.path == "/open-apis/bot/v2/hook/token-1" and abs(int(body.pop("timestamp")) - time.time()) < 60
    assert base64.b64decode(body.pop("sign")) == signed
    assert body == {"msg_type": "text", "content": {"text": TEXT}}


def test_feishu_without_a_secret_is_not_signed(robot: Robot):
    robot.answer = KINDS["feishu"].yes

    feishu.send(robot.origin, "feishu://token-1", TEXT)

    assert json.loads(robot.got[0].body).keys() == {"msg_type", "content"}


@pytest.mark.parametrize(
    ("status", "code", "wait", "down", "lost"),
    [(200, 310000, 0, False, False), (200, -1, 0, False, False), (429, 0, 1, True, False), (500, 0, 0, True, False), (504, 0, 0, True, True), (302, 0, 0, False, False)],
)  # fmt: skip
def test_whatever_is_not_a_clean_zero_is_a_refusal(kind: Kind, robot: Robot, status: int, code: int, wait: int, down: bool, lost: bool):
    robot.status, robot.answer = status, json.dumps({kind.member: code}).encode()

    found = refusal(kind, robot)

    assert found.why == (f"{kind.member} {code}" if status == 200 else f"http {status}")
    assert (found.wait, found.down, found.lost) == (wait, down, lost)
    assert len(robot.got) == 1


@pytest.mark.parametrize("answer", [b"", b"{}", b'{"errcode":"0","code":"0"}', b'{"errcode":null,"code":null}', b"[]", b"\xff"])
def test_an_answer_that_says_neither_yes_nor_no_may_have_been_a_yes(kind: Kind, robot: Robot, answer: bytes):
    robot.answer = answer

    found = refusal(kind, robot)

    assert (found.why, found.lost, found.down) == (f"an answer without {kind.member}", True, False)


@pytest.mark.parametrize(("name", "code", "minutes"), [("dingtalk", 130101, 11), ("dingtalk", 410100, 11), ("feishu", 9499, 1), ("feishu", 11232, 1)])  # fmt: skip
def test_a_robot_that_is_called_too_often_says_for_how_long_it_rests(name: str, code: int, minutes: int, robot: Robot):
    robot.answer = json.dumps({KINDS[name].member: code}).encode()

    assert refusal(KINDS[name], robot).wait == minutes


@pytest.mark.parametrize(("manner", "why"), [(SILENT, "ReadTimeoutError"), (RESET, "ProtocolError")])
def test_no_answer_may_have_been_a_yes(kind: Kind, robot: Robot, manner: str, why: str):
    robot.manners["token-1"] = manner

    found = refusal(kind, robot, timeout=0.1)

    assert (found.why, found.lost, found.down) == (why, True, True)


def test_a_robot_that_is_not_there_or_speaks_no_tls_has_certainly_taken_nothing(kind: Kind, robot: Robot):
    with pytest.raises(Refused) as caught:
        kind.send(robot.origin.replace("http:", "https:"), kind.address, "x", 2.0)
    assert (caught.value.why, caught.value.lost, caught.value.down) == ("SSLError", False, True)

    robot.stop()
    found = refusal(kind, robot)
    assert (found.why, found.lost, found.down) == ("NewConnectionError", False, True)
    assert robot.got == []


@pytest.mark.parametrize("letter", ["x", "安", '"', "\n", "\x01"])
def test_a_text_of_the_largest_size_keeps_the_body_within_twenty_thousand_bytes(letter: str, robot: Robot):
    for limits, send, address, most in (
        (dingtalk.LIMITS, dingtalk.send, "dingtalk://s@t", 20_000),
        (feishu.LIMITS, feishu.send, "feishu://s@t", 20 * 1024),
    ):
        robot.answer = b'{"errcode":0,"code":0}'
        piece = pieces(letter * 30_000, limits)[0]

        send(robot.origin, address, piece)

        assert most - 300 < len(robot.got[-1].body) <= most


@pytest.mark.parametrize("manner", [SILENT, RESET, b'{"errcode":310000,"code":19021}', b"no"])
def test_secret_and_token_stand_in_no_exception_and_in_no_log(
    kind: Kind, robot: Robot, manner: bytes | str, caplog: pytest.LogCaptureFixture
):
    caplog.set_level(logging.DEBUG)
    robot.manners["token-1"] = manner

    found = refusal(kind, robot, timeout=0.1)

    shown = "".join(traceback.format_exception(found)) + repr(found) + found.why + caplog.text
    assert not [secret for secret in ("SECabc", "secret-abc", "token-1") if secret in shown]
