"""Address → channel, by URL form as Apprise writes it.

An address brings a key, a number or a mailbox, never a host: where a request goes is the settings' to say, so no address can lead
anywhere else, and redirects are not followed.
"""

import re
from collections import Counter
from collections.abc import Callable
from functools import partial
from typing import Any, NamedTuple

from chalicelib.post import dingtalk, feishu, mail, sms, wecom
from chalicelib.post.limits import Limits
from chalicelib.post.robots import TIMEOUT_SECONDS
from chalicelib.post.rules import Refused, Send
from chalicelib.settings import Settings

MOST_DOWN = 3


class Channel(NamedTuple):
    name: str
    address: re.Pattern[str]
    limits: Limits


CHANNELS = (
    Channel("wecom", wecom.ADDRESS, wecom.LIMITS),
    Channel("dingtalk", dingtalk.ADDRESS, dingtalk.LIMITS),
    Channel("feishu", feishu.ADDRESS, feishu.LIMITS),
    Channel("sms", sms.ADDRESS, sms.LIMITS),
    Channel("mail", mail.ADDRESS, mail.LIMITS),
)


def of(address: str) -> Channel | None:
    """The channel whose address this is, or None."""
    return next((channel for channel in CHANNELS if channel.address.fullmatch(address)), None)


def known(addresses: tuple[str, ...]) -> tuple[str, ...]:
    """Those that are some channel's addresses, each once, in order."""
    return tuple(dict.fromkeys(address for address in addresses if of(address)))


def giving_up(send: Send) -> Send:
    """The same, which no longer asks a channel that was down ``MOST_DOWN`` times: a sweep has other things to do than to wait for it."""
    down: Counter[str] = Counter()

    def sent(address: str, text: str) -> None:
        channel = of(address)
        name = channel.name if channel else ""
        if down[name] >= MOST_DOWN:
            raise Refused("the channel is down", down=True)
        try:
            send(address, text)
        except Refused as refusal:
            down[name] += refusal.down and not refusal.wait
            raise

    return sent


def sender(settings: Settings, client: Callable[[str], Any], timeout: float = TIMEOUT_SECONDS) -> Send:
    """What hands a text to any address. ``client`` makes an SDK's client by its name, when first needed."""
    ways: dict[str, Send] = {
        "wecom": partial(wecom.send, settings.wecom_origin, timeout=timeout),
        "dingtalk": partial(dingtalk.send, settings.dingtalk_origin, timeout=timeout),
        "feishu": partial(feishu.send, settings.feishu_origin, timeout=timeout),
        "sms": lambda address, text: sms.send(client("sns"), address, text),
        "mail": lambda address, text: mail.send(client("sesv2"), settings.mail_from, address, text),
    }

    def send(address: str, text: str) -> None:
        channel = of(address)
        if channel is None:
            raise Refused("not an address")
        ways[channel.name](address, text)

    return send
