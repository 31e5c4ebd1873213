"""The WeCom group robot's channel, against a real HTTP server."""

import json
import logging
import traceback

import pytest

from chalicelib.post import channels
from chalicelib.post.packing import pieces
from chalicelib.post.rules import Refused
from chalicelib.post.wecom import LIMITS, send
from tests.post.robot import Robot

KEY = "693a91f6-7xxx-4bc4-97a0-0ec2sifa5aaa"
ADDRESS = f"wecombot://{KEY}"


def refusal(robot: Robot, timeout: float = 5.0) -> Refused:
    with pytest.raises(Refused) as caught:
        send(robot.origin, ADDRESS, "门开了", timeout)
    return caught.value


def test_a_text_arrives_as_the_robot_wants_it(robot: Robot):
    send(robot.origin, ADDRESS, "【说不清的开门】3 栋 502\n请看 🚪")

    (got,) = robot.got
    assert got.path == f"/cgi-bin/webhook/send?key={KEY}"
    assert got.content_type == "application/json"
    assert json.loads(got.body) == {"msgtype": "text", "text": {"content": "【说不清的开门】3 栋 502\n请看 🚪"}}


@pytest.mark.parametrize(
    ("status", "answer", "why", "wait"),
    [
        (200, b'{"errcode":45009,"errmsg":"api freq out of limit"}', "errcode 45009", True),
        (200, b'{"errcode":93000,"errmsg":"invalid webhook url"}', "errcode 93000", False),
        (200, b'{"errcode":-1,"errmsg":"system busy"}', "errcode -1", False),
        (200, b"", "an answer without errcode", False),
        (200, b"<html>captive portal</html>", "an answer without errcode", False),
        (200, b'{"errmsg":"ok"}', "an answer without errcode", False),
        (200, b'{"errcode":"0"}', "an answer without errcode", False),
        (200, b'{"errcode":null}', "an answer without errcode", False),
        (200, b"\xff\xfe\x00", "an answer without errcode", False),
        (200, b'{"x":' + b"[" * 30_000, "an answer without errcode", False),
        (429, b"", "http 429", True),
        (500, b'{"errcode":0}', "http 500", False),
        (502, b"bad gateway", "http 502", False),
    ],
)
def test_whatever_is_not_a_clean_zero_is_a_refusal(robot: Robot, status: int, answer: bytes, why: str, wait: bool):
    robot.status, robot.answer = status, answer

    refused = refusal(robot)

    assert (refused.why, refused.wait) == (why, int(wait))


def test_a_robot_that_says_nothing_is_given_up_in_time(robot: Robot):
    robot.silent = True

    assert refusal(robot, timeout=0.1).why == "ReadTimeoutError"


def test_a_robot_that_is_not_there_is_a_refusal(robot: Robot):
    origin = robot.origin
    robot.stop()

    with pytest.raises(Refused, match="NewConnectionError"):
        send(origin, ADDRESS, "x", timeout=1.0)


def test_a_redirect_is_not_followed_since_the_key_would_travel_with_it(robot: Robot):
    robot.status, robot.headers = 307, {"Location": f"{robot.origin}/elsewhere"}

    assert refusal(robot).why == "http 307"
    assert len(robot.got) == 1


def test_an_endless_answer_is_refused_and_does_not_spoil_the_next_message(robot: Robot):
    robot.answer = b'{"errcode":0,"pad":"' + b"x" * (1 << 20) + b'"}'
    assert refusal(robot).why == "too long an answer"

    robot.answer = b'{"errcode":0}'
    send(robot.origin, ADDRESS, "the next")

    assert len(robot.got) == 2


def test_a_text_of_the_largest_size_passes_whole(robot: Robot):
    (piece,) = pieces("安" * (LIMITS.size // 3), LIMITS)

    send(robot.origin, ADDRESS, piece)

    assert json.loads(robot.got[0].body)["text"]["content"] == piece


@pytest.mark.parametrize("address", ["", "wecombot://", "wecombot://a b", "https://qyapi.weixin.qq.com", f"{ADDRESS}?x=1", f"{ADDRESS}\n"])
def test_what_is_no_robots_address_is_never_called(robot: Robot, address: str):
    assert channels.of(address) is None

    with pytest.raises(Refused, match="not a robot address"):
        send(robot.origin, address, "x")

    assert robot.got == []


@pytest.mark.parametrize("fault", ["silent", "errcode", "garbage", "redirect", "gone"])
def test_the_key_stands_in_no_exception_and_in_no_log(robot: Robot, fault: str, caplog: pytest.LogCaptureFixture):
    caplog.set_level(logging.DEBUG)
    origin = robot.origin
    match fault:
        case "silent":
            robot.silent = True
        case "errcode":
            robot.answer = b'{"errcode":93000}'
        case "garbage":
            robot.answer = b"\x00"
        case "redirect":
            robot.status, robot.headers = 302, {"Location": f"/?key={KEY}"}
        case "gone":
            robot.stop()
    with pytest.raises(Refused) as caught:
        send(origin, ADDRESS, "x", timeout=0.1)

    shown = "".join(traceback.format_exception(caught.value)) + repr(caught.value) + caught.value.why + caplog.text
    assert KEY not in shown
