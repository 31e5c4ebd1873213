"""The Feishu group robot 飞书群机器人 (open.feishu.cn, "Custom bot usage guide"): ``feishu://TOKEN``, signed ``feishu://SECRET@TOKEN``."""

import base64
import hashlib
import hmac
import re
from typing import Any

from chalicelib.post.limits import Limits, Rate, json_bytes
from chalicelib.post.robots import TIMEOUT_SECONDS, ask, require_taken
from chalicelib.post.rules import Refused
from chalicelib.shared.clock import RealClock

ADDRESS = re.compile(r"feishu://(?:([A-Za-z0-9_-]{1,128})@)?([A-Za-z0-9_-]{1,128})/?")
ENVELOPE = 200
LIMITS = Limits(20 * 1024 - ENVELOPE, json_bytes, rates=(Rate(100, 60), Rate(5, 1)))
TOO_OFTEN = {9499: 1, 11232: 1}


def send(origin: str, address: str, text: str, timeout: float = TIMEOUT_SECONDS) -> None:
    """Hand one text over, or raise Refused. HTTP 200 with ``code`` ≠ 0 is a refusal too."""
    match = ADDRESS.fullmatch(address)
    if match is None:
        raise Refused("not a robot address")
    body: dict[str, Any] = {"msg_type": "text", "content": {"text": text}}
    if match[1]:
        stamp = int(RealClock().now().timestamp())  # the robot compares with its own clock, so the real one counts here
        body |= {"timestamp": str(stamp), "sign": signature(match[1], stamp)}
    require_taken(ask(f"{origin}/open-apis/bot/v2/hook/{match[2]}", body, timeout), "code", TOO_OFTEN)


def signature(secret: str, stamp: int) -> str:
    """``stamp`` in seconds since 1970. Stamp and secret are the key here, and what is signed is empty."""
    return base64.b64encode(hmac.new(f"{stamp}\n{secret}".encode(), b"", hashlib.sha256).digest()).decode()
