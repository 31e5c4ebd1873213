"""What the group robots on this computer were sent, and what each was answered: a file, and a page that shows it."""

import html
import json
import threading
from pathlib import Path
from typing import Any

SHOWN = 500
CHANNELS = {"wecom": "企业微信 WeCom", "dingtalk": "钉钉 DingTalk", "feishu": "飞书 Feishu"}


class Outbox:
    def __init__(self, file: Path) -> None:
        self._file, self._lock = file, threading.Lock()

    def keep(self, entry: dict[str, Any]) -> None:
        with self._lock, self._file.open("a", encoding="utf-8") as file:
            file.write(json.dumps(entry, ensure_ascii=False) + "\n")

    def messages(self) -> list[dict[str, Any]]:
        """Newest first. A line that a kill cut short is left out."""
        try:
            lines = self._file.read_text(encoding="utf-8").splitlines()[-SHOWN:]
        except FileNotFoundError:
            return []
        return [entry for line in reversed(lines) if (entry := _parsed(line))]


def page(messages: list[dict[str, Any]]) -> str:
    """The outbox for people, without a script or style of its own."""
    rows = "\n".join(_row(message) for message in messages) or "<p>还没有消息。 Nothing has been sent yet.</p>"
    return (
        '<!doctype html><html lang="zh-CN"><meta charset="utf-8"><meta name="viewport" content="width=device-width">'
        '<meta http-equiv="refresh" content="5"><title>发件箱 · Outbox</title>'
        '<link rel="stylesheet" href="/local/outbox.css"><main><h1>发件箱 <small lang="en">Outbox</small></h1>'
        '<p>这台电脑上的群机器人收到的消息，新的在上。<span lang="en">What the group robots on this computer were sent, newest first.</span></p>'
        f"{rows}</main></html>"
    )


STYLE = (
    "body{font:1.125rem/1.6 sans-serif;margin:0;background:#f6f4ef;color:#1d1d1b}main{max-width:44rem;margin:2rem auto;padding:0 1rem}"
    "article{background:#fff;border:1px solid #d8d4ca;border-radius:.5rem;padding:.75rem 1rem;margin:0 0 1rem}"
    "pre{font:inherit;white-space:pre-wrap;overflow-wrap:anywhere;margin:.25rem 0 0}header{overflow-wrap:anywhere}"
    "header,small,[lang=en]{color:#55524a}"
)


def _row(message: dict[str, Any]) -> str:
    verdict = f"拒收 refused, errcode {message['errcode']}" if message["errcode"] else "已收下 taken"
    channel = CHANNELS[message.get("channel", "wecom")]
    head = f"{message['at']} · {channel} · {message['key']} · {verdict}"
    return f"<article><header>{html.escape(head)}</header><pre>{html.escape(message['text'])}</pre></article>"


def _parsed(line: str) -> dict[str, Any] | None:
    try:
        return json.loads(line)
    except ValueError:
        return None
