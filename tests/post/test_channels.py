"""An address leads to its own channel or to none, and never to another host."""

from typing import Any
from urllib.parse import urlsplit

import pytest

from chalicelib import settings
from chalicelib.post import channels
from chalicelib.post.rules import Refused
from tests.post.robot import Robot

ADDRESSES = {
    "wecombot://693a91f6-7xxx-4bc4-97a0-0ec2sifa5aaa": "wecom",
    "wecombot://key/": "wecom",
    "dingtalk://SECabc@token/": "dingtalk",
    "dingtalk://SECabc@token": "dingtalk",
    "feishu://token": "feishu",
    "feishu://secret@token": "feishu",
    "sms:+8613800000012": "sms",
    "sms:+85291234567": "sms",
    "mailto:chen.manager@example.org": "mail",
    "mailto:a+b_c%d@mail.example.com.cn": "mail",
}
NONE = [
    "", " ", "https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=x", "http://169.254.169.254/", "wecombot://", "wecombot://a/b",
    "wecombot://a@b", "wecombot://key?x=1", "wecombot://key#x", "wecombot://../x", "wecombot://key\n", "WECOMBOT://key", "wecombot://密",
    "dingtalk://token", "dingtalk://@token", "dingtalk://s@", "dingtalk://s@t@u", "dingtalk://s@evil.example/x", "dingtalk://s@10.0.0.1",
    "feishu://", "feishu://evil.example", "feishu://a@b@c", "feishu://s@t/../u", "feishu://127.0.0.1:80",
    "sms:13800000012", "sms:+0138", "sms:+86138000000120000", "sms:+86 138", "sms:+8613800000012,+8613800000013", "sms:arn:aws:sns:x",
    "mailto:", "mailto:a", "mailto:a@b", "mailto:a@b.c,d@e.fg", "mailto:a@b.cn?bcc=x@y.zz", "mailto:a b@c.de", "mailto:<a@b.cn>",
    "mailto:a@b.cn\nBcc: x@y.zz", "mailto:" + "a" * 65 + "@b.cn", "wecombot://" + "a" * 81,
]  # fmt: skip


@pytest.mark.parametrize(("address", "name"), ADDRESSES.items())
def test_an_address_belongs_to_one_channel(address: str, name: str):
    assert [channel.name for channel in channels.CHANNELS if channel.address.fullmatch(address)] == [name]
    assert (channels.of(address) or channels.CHANNELS[0]).name == name


@pytest.mark.parametrize("address", NONE)
def test_what_is_no_address_has_no_channel_and_nothing_is_sent(address: str, robot: Robot):
    assert channels.of(address) is None

    with pytest.raises(Refused, match="not an address"):
        sender(robot, {})(address, "x")
    assert robot.got == []


def test_known_addresses_stand_once_and_in_order():
    assert channels.known(("sms:+8613800000012", "", "wecombot://k", "sms:+8613800000012", "nonsense")) == (
        "sms:+8613800000012",
        "wecombot://k",
    )


class Client:
    def __init__(self) -> None:
        self.asked: list[dict] = []

    def publish(self, **request: object) -> None:
        self.asked.append(request)

    send_email = publish


def sender(robot: Robot, clients: dict[str, Any]) -> channels.Send:
    env = dict.fromkeys(settings.REQUIRED, "x") | {f"{name}_ORIGIN": f"{robot.origin}/{name}/" for name in ("WECOM", "DINGTALK", "FEISHU")}
    return channels.sender(settings.read({**env, "MAIL_FROM": "care@example.org"}), clients.__getitem__)


def test_every_address_is_sent_to_by_its_own_channel(robot: Robot):
    robot.answer = b'{"errcode":0,"code":0}'
    clients = {"sns": Client(), "sesv2": Client()}
    for address in ADDRESSES:
        sender(robot, clients)(address, "x")

    assert [urlsplit(got.path).path for got in robot.got] == [
        *["/WECOM/cgi-bin/webhook/send"] * 2,
        *["/DINGTALK/robot/send"] * 2,
        *["/FEISHU/open-apis/bot/v2/hook/token"] * 2,
    ]
    assert [asked["PhoneNumber"] for asked in clients["sns"].asked] == ["+8613800000012", "+85291234567"]
    assert [asked["FromEmailAddress"] for asked in clients["sesv2"].asked] == ["care@example.org"] * 2


def test_without_a_word_from_the_settings_robots_are_the_real_ones():
    found = settings.read(dict.fromkeys(settings.REQUIRED, "x"))

    assert found.wecom_origin == "https://qyapi.weixin.qq.com"
    assert found.dingtalk_origin == "https://oapi.dingtalk.com"
    assert found.feishu_origin == "https://open.feishu.cn"
