"""The WeCom group robot 企业微信群机器人 (developer.work.weixin.qq.com, document 91770), spoken to over urllib3."""

import logging
import re
from functools import cache
from typing import Any

import msgspec

TIMEOUT_SECONDS = 4.0
LARGEST_ANSWER = 64 * 1024
RATE_LIMITED = 45009
_ADDRESS = re.compile(r"wecombot://([A-Za-z0-9_-]{1,64})/?")


class Refused(Exception):
    """The robot did not take the message; its words say why, without the key. ``wait`` is true where the minute is used up."""

    def __init__(self, why: str, wait: bool = False) -> None:
        super().__init__(why)
        self.why, self.wait = why, wait


class _Answer(msgspec.Struct):
    errcode: int


def is_address(text: str) -> bool:
    """``wecombot://KEY``, the form Apprise gives it."""
    return _ADDRESS.fullmatch(text) is not None


def send(origin: str, address: str, text: str, timeout: float = TIMEOUT_SECONDS) -> None:
    """Hand one text of at most 2,048 bytes over, or raise Refused. HTTP 200 with ``errcode`` ≠ 0 is a refusal too.

    ``timeout`` is in seconds, for connecting and for every read.
    """
    import urllib3

    match = _ADDRESS.fullmatch(address)
    if match is None:
        raise Refused("not a robot address")
    url = f"{origin}/cgi-bin/webhook/send?key={match[1]}"
    body = msgspec.json.encode({"msgtype": "text", "text": {"content": text}})
    patience = urllib3.Timeout(total=timeout)
    headers = {"Content-Type": "application/json"}
    try:
        answer = _pool().request("POST", url, body=body, headers=headers, redirect=False, preload_content=False, timeout=patience)
        raw = answer.read(LARGEST_ANSWER + 1)
    except urllib3.exceptions.HTTPError as error:
        raise Refused(type(error).__name__) from None
    if len(raw) > LARGEST_ANSWER:
        answer.close()  # what is left unread must not meet the next message
        raise Refused("too long an answer")
    answer.release_conn()
    _require_taken(answer.status, raw)


def _require_taken(status: int, raw: bytes) -> None:
    if status != 200:
        raise Refused(f"http {status}", wait=status == 429)
    try:
        code = msgspec.json.decode(raw, type=_Answer).errcode
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        raise Refused("an answer without errcode") from None
    if code != 0:
        raise Refused(f"errcode {code}", wait=code == RATE_LIMITED)


@cache
def _pool() -> Any:
    import urllib3

    logging.getLogger("urllib3").setLevel(logging.INFO)  # its debug lines carry whole addresses, and the address is the key
    return urllib3.PoolManager(retries=False)
