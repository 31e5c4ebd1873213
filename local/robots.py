"""Group robots that never leave the laptop: WeCom, DingTalk and Feishu, each answering as the real one does.

HTTP 200 with a code that says no; at most so many texts a minute, and DingTalk is shut for ten minutes then; at most so many bytes;
a signature that is looked at. Which robots there are, and with which secret, the registers say: WeCom's alone may be anybody's.
"""

import base64
import hashlib
import hmac
import json
import re
import threading
import time
from collections import deque
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any, NamedTuple
from urllib.parse import parse_qs

from chalicelib.post import dingtalk, feishu
from local.outbox import Outbox

OK, HOUR = 0, 3600
Query = Mapping[str, list[str]]


class Robot(NamedTuple):
    """``text`` leads to the words in a body; ``member`` is where an answer has its code. Texts in ``seconds`` are at most ``most``, else
    it is shut for ``shut`` seconds more."""

    channel: str
    path: re.Pattern[str]
    text: tuple[str, ...]
    member: str
    size: int
    rates: tuple[tuple[int, int], ...]
    shut: int
    words: dict[str, tuple[int, str]]


TOO_LONG, TOO_OFTEN, NOT_JSON, UNKNOWN, UNSIGNED = "too long", "too often", "not json", "unknown", "unsigned"
ROBOTS = (
    Robot("wecom", re.compile(r"/cgi-bin/webhook/send()"), ("text", "content"), "errcode", 2048, ((20, 60),), 0, {
        TOO_LONG: (40058, "content exceed max length"), TOO_OFTEN: (45009, "api freq out of limit"), NOT_JSON: (40008, "invalid message type"),
    }),
    Robot("dingtalk", re.compile(r"/robot/send()"), ("text", "content"), "errcode", 20_000, ((20, 60),), 600, {
        TOO_LONG: (460101, "message too long, exceed 20000 bytes"), TOO_OFTEN: (130101, "send too fast, exceed 20 times per minute"),
        NOT_JSON: (400105, "unsupported message type"), UNKNOWN: (300001, "token is not exist"), UNSIGNED: (310000, "sign not match"),
    }),
    Robot("feishu", re.compile(r"/open-apis/bot/v2/hook/([^/]+)"), ("content", "text"), "code", 20 * 1024, ((100, 60), (5, 1)), 0, {
        TOO_LONG: (11246, "request body too large"), TOO_OFTEN: (11232, "frequency limited"), NOT_JSON: (19002, "params error"),
        UNKNOWN: (19001, "param invalid: incoming webhook access token invalid"),
        UNSIGNED: (19021, "sign match fail or timestamp is not within one hour from current time"),
    }),
)  # fmt: skip


class Robots:
    """``addresses`` gives every address of every register, whenever a robot that is not known yet is called."""

    def __init__(self, outbox: Outbox, now: Callable[[], datetime]) -> None:
        self._outbox, self._now = outbox, now
        self._lock = threading.Lock()
        self._recent: dict[tuple[str, str], deque[datetime]] = {}
        self._shut: dict[tuple[str, str], datetime] = {}
        self._told: deque[int] = deque()
        self._known: list[str] = []
        self.addresses: Callable[[], Iterable[str]] = lambda: ()

    def tell(self, codes: list[int]) -> None:
        """For tests: the next answers carry these codes, whatever is sent."""
        with self._lock:
            self._told.extend(codes)

    def take(self, path: str, query: str, body: bytes) -> dict[str, Any] | None:
        """The robot's answer; None where there is no robot. Every message is kept, with the answer it got."""
        for robot in ROBOTS:
            found = robot.path.fullmatch(path.removeprefix(f"/local/{robot.channel}"))
            if found and path.startswith(f"/local/{robot.channel}/"):
                return self._answer(robot, found[1], parse_qs(query), body)
        return None

    def _answer(self, robot: Robot, token: str, query: Query, body: bytes) -> dict[str, Any]:
        key = token or _first(query, "key") or _first(query, "access_token")
        text, wrong = _text(robot, body)
        with self._lock:
            wrong = wrong or self._stranger(robot, key, query, body) or self._rate(robot, key)
            code, words = robot.words[wrong] if wrong else (OK, "ok")
            code = self._told.popleft() if self._told else code
        at = self._now().isoformat(timespec="milliseconds")
        self._outbox.keep({"at": at, "channel": robot.channel, "key": key, "text": text, "errcode": code})
        return {robot.member: code, "errmsg" if robot.member == "errcode" else "msg": words}

    def _stranger(self, robot: Robot, key: str, query: Query, body: bytes) -> str:
        """Whoever is refused by what was known, may be let in by what has been imported since."""
        if UNKNOWN not in robot.words:
            return ""
        if _wrong(robot, self._known, key, query, body):
            self._known = list(self.addresses())
        return _wrong(robot, self._known, key, query, body)

    def _rate(self, robot: Robot, key: str) -> str:
        now, name = self._now(), (robot.channel, key)
        recent, longest = self._recent.setdefault(name, deque()), max(seconds for _, seconds in robot.rates)
        # A clock that was set back leaves times in the future; they count no more than the past does.
        while recent and not timedelta(0) <= now - recent[0] < timedelta(seconds=longest):
            recent.popleft()
        if timedelta(0) < self._shut.get(name, now) - now <= timedelta(seconds=robot.shut):
            return TOO_OFTEN
        for most, seconds in robot.rates:
            if sum(now - each < timedelta(seconds=seconds) for each in recent) >= most:
                self._shut[name] = now + timedelta(seconds=robot.shut)
                return TOO_OFTEN
        recent.append(now)
        return ""


def _wrong(robot: Robot, known: Iterable[str], key: str, query: Query, body: bytes) -> str:
    form = {"dingtalk": dingtalk.ADDRESS, "feishu": feishu.ADDRESS}[robot.channel]
    secrets = [found[1] for address in known if (found := form.fullmatch(address)) and found[2] == key]
    signed = _from_query if robot.channel == "dingtalk" else _from_body
    if not secrets:
        return UNKNOWN
    return "" if any(not secret or signed(secret, query, body) for secret in secrets) else UNSIGNED


def _text(robot: Robot, body: bytes) -> tuple[str, str]:
    try:
        text = json.loads(body)[robot.text[0]][robot.text[1]]
    except (ValueError, KeyError, TypeError):
        text = None
    if not isinstance(text, str):
        return body.decode(errors="replace"), NOT_JSON
    size = len(text.encode()) if robot.channel == "wecom" else len(body)
    return text, TOO_LONG if size > robot.size else ""


def _from_query(secret: str, query: Query, body: bytes) -> bool:
    """Milliseconds and signature stand in the address; what is signed is both, under the secret."""
    stamp, given = _first(query, "timestamp"), _first(query, "sign")
    wanted = hmac.new(secret.encode(), f"{stamp}\n{secret}".encode(), hashlib.sha256).digest()
    return _fresh(stamp, 1000) and hmac.compare_digest(given, base64.b64encode(wanted).decode())


def _from_body(secret: str, query: Query, body: bytes) -> bool:
    """Seconds and signature stand in the body; what is signed is nothing, under both."""
    said = json.loads(body)
    stamp, given = str(said.get("timestamp", "")), str(said.get("sign", ""))
    wanted = hmac.new(f"{stamp}\n{secret}".encode(), b"", hashlib.sha256).digest()
    return _fresh(stamp, 1) and hmac.compare_digest(given, base64.b64encode(wanted).decode())


def _fresh(stamp: str, unit: int) -> bool:
    """The real clock's hour, also while the local one is moved: senders stamp with it too."""
    return stamp.isdigit() and abs(int(stamp) / unit - time.time()) < HOUR


def _first(query: Query, name: str) -> str:
    return query.get(name, [""])[0]
