"""A WeCom group robot that never leaves the laptop, and the outbox that shows what it was sent.

It answers as the real one does: HTTP 200 with ``errcode``, at most 20 messages a minute per key, at most 2,048 bytes of text.
"""

import html
import json
import threading
from collections import deque
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

PER_MINUTE, MOST_BYTES, SHOWN = 20, 2048, 500
OK, TOO_LONG, TOO_OFTEN, NOT_JSON = 0, 40058, 45009, 40008
WORDS = {OK: "ok", TOO_LONG: "content exceed max length", TOO_OFTEN: "api freq out of limit", NOT_JSON: "invalid message type"}


class Robot:
    def __init__(self, outbox: Path, now: Callable[[], datetime]) -> None:
        self._outbox, self._now = outbox, now
        self._lock = threading.Lock()
        self._recent: dict[str, deque[datetime]] = {}
        self._told: deque[int] = deque()

    def tell(self, codes: list[int]) -> None:
        """For tests: the next answers carry these errcodes, whatever is sent."""
        with self._lock:
            self._told.extend(codes)

    def take(self, key: str, body: bytes) -> dict[str, Any]:
        """The robot's answer. Every message is kept, with the answer it got."""
        text, code = _text(body)
        with self._lock:
            code = self._told.popleft() if self._told else code or self._rate(key)
            entry = {"at": self._now().isoformat(timespec="milliseconds"), "key": key, "text": text, "errcode": code}
            with self._outbox.open("a", encoding="utf-8") as file:
                file.write(json.dumps(entry, ensure_ascii=False) + "\n")
        return {"errcode": code, "errmsg": WORDS.get(code, "told to fail")}

    def messages(self) -> list[dict[str, Any]]:
        """Newest first. A line that a kill cut short is left out."""
        try:
            lines = self._outbox.read_text(encoding="utf-8").splitlines()[-SHOWN:]
        except FileNotFoundError:
            return []
        return [entry for line in reversed(lines) if (entry := _parsed(line))]

    def _rate(self, key: str) -> int:
        now, recent = self._now(), self._recent.setdefault(key, deque())
        # A clock that was set back leaves times in the future; they count no more than the past does.
        while recent and not timedelta(0) <= now - recent[0] < timedelta(minutes=1):
            recent.popleft()
        if len(recent) >= PER_MINUTE:
            return TOO_OFTEN
        recent.append(now)
        return OK


def page(messages: list[dict[str, Any]]) -> str:
    """The outbox for people, without a script or style of its own."""
    rows = "\n".join(_row(message) for message in messages) or "<p>还没有消息。 Nothing has been sent yet.</p>"
    return (
        '<!doctype html><html lang="zh-CN"><meta charset="utf-8"><meta name="viewport" content="width=device-width">'
        '<meta http-equiv="refresh" content="5"><title>发件箱 · Outbox</title>'
        '<link rel="stylesheet" href="/local/outbox.css"><main><h1>发件箱 <small lang="en">Outbox</small></h1>'
        '<p>这台电脑上的群机器人收到的消息，新的在上。<span lang="en">What the group robot on this computer was sent, newest first.</span></p>'
        f"{rows}</main></html>"
    )


STYLE = (
    "body{font:1.125rem/1.6 sans-serif;margin:0;background:#f6f4ef;color:#1d1d1b}main{max-width:44rem;margin:2rem auto;padding:0 1rem}"
    "article{background:#fff;border:1px solid #d8d4ca;border-radius:.5rem;padding:.75rem 1rem;margin:0 0 1rem}"
    "pre{font:inherit;white-space:pre-wrap;margin:.25rem 0 0}header,small,[lang=en]{color:#55524a}"
)


def _row(message: dict[str, Any]) -> str:
    verdict = "已收下 taken" if message["errcode"] == OK else f"拒收 refused, errcode {message['errcode']}"
    head = f"{message['at']} · {message['key']} · {verdict}"
    return f"<article><header>{html.escape(head)}</header><pre>{html.escape(message['text'])}</pre></article>"


def _text(body: bytes) -> tuple[str, int]:
    try:
        text = json.loads(body)["text"]["content"]
    except (ValueError, KeyError, TypeError):
        return body.decode(errors="replace"), NOT_JSON
    if not isinstance(text, str):
        return body.decode(errors="replace"), NOT_JSON
    return text, TOO_LONG if len(text.encode()) > MOST_BYTES else OK


def _parsed(line: str) -> dict[str, Any] | None:
    try:
        return json.loads(line)
    except ValueError:
        return None
