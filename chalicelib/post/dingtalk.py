"""The DingTalk group robot 钉钉群机器人, signed (open.dingtalk.com, "Custom robot access"): ``dingtalk://SECRET@TOKEN/``."""

import base64
import hashlib
import hmac
import re
from urllib.parse import quote_plus

from chalicelib.post.limits import Limits, Rate, json_bytes
from chalicelib.post.robots import TIMEOUT_SECONDS, ask, require_taken
from chalicelib.post.rules import Refused
from chalicelib.shared.clock import RealClock

ADDRESS = re.compile(r"dingtalk://([A-Za-z0-9_-]{1,128})@([A-Za-z0-9_-]{1,128})/?")
ENVELOPE = 100

# Twenty a minute, and whoever exceeds that is shut out for ten. A text leaves up to a minute after it was granted (the sender's
# longest run), so twenty in any two minutes of grants are what keeps any one minute of sendings within the limit.
LIMITS = Limits(20_000 - ENVELOPE, json_bytes, rates=(Rate(20, 120),))
TOO_OFTEN = {130101: 11, 410100: 11}
"""Ten whole minutes, in whichever second they began."""


def send(origin: str, address: str, text: str, timeout: float = TIMEOUT_SECONDS) -> None:
    """Hand one text over, or raise Refused. HTTP 200 with ``errcode`` ≠ 0 is a refusal too."""
    match = ADDRESS.fullmatch(address)
    if match is None:
        raise Refused("not a robot address")
    stamp = int(RealClock().now().timestamp() * 1000)  # the robot compares with its own clock, so the real one counts here
    url = f"{origin}/robot/send?access_token={match[2]}&timestamp={stamp}&sign={signature(match[1], stamp)}"
    require_taken(ask(url, {"msgtype": "text", "text": {"content": text}}, timeout), "errcode", TOO_OFTEN)


def signature(secret: str, stamp: int) -> str:
    """``stamp`` in milliseconds since 1970; ready to stand in a query."""
    digest = hmac.new(secret.encode(), f"{stamp}\n{secret}".encode(), hashlib.sha256).digest()
    return quote_plus(base64.b64encode(digest))
