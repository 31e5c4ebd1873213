"""The WeCom group robot 企业微信群机器人 (developer.work.weixin.qq.com, document 91770): ``wecombot://KEY``."""

import re

from chalicelib.post.limits import Limits, Rate
from chalicelib.post.robots import TIMEOUT_SECONDS, ask, require_taken
from chalicelib.post.rules import Refused

ADDRESS = re.compile(r"wecombot://([A-Za-z0-9_-]{1,80})/?")
LIMITS = Limits(2048, rates=(Rate(20, 60),))
TOO_OFTEN = {45009: 1}


def send(origin: str, address: str, text: str, timeout: float = TIMEOUT_SECONDS) -> None:
    """Hand one text of at most 2,048 bytes over, or raise Refused. HTTP 200 with ``errcode`` ≠ 0 is a refusal too."""
    match = ADDRESS.fullmatch(address)
    if match is None:
        raise Refused("not a robot address")
    url = f"{origin}/cgi-bin/webhook/send?key={match[1]}"
    require_taken(ask(url, {"msgtype": "text", "text": {"content": text}}, timeout), "errcode", TOO_OFTEN)
