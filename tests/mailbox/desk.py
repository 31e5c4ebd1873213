"""The mailbox in memory, asked as its REST API asks it."""

import json
from datetime import datetime
from typing import Any, NamedTuple

from chalicelib.mailbox import doorway
from chalicelib.mailbox.actions import Desk
from chalicelib.store import letter_keys as keys
from chalicelib.store.memory import MemoryStore
from tests.builders import moment

SECRET = "7KQ2M9XWTB4C6D8E0F1G"
TEXT = "孩子的奶粉快没有了，不好意思在群里说。"


class Answer(NamedTuple):
    status: int
    body: Any


class Box:
    """``told`` is what the rest of the system hears."""

    def __init__(self, store: MemoryStore | None = None) -> None:
        self.store = store or MemoryStore()
        self.told: list[dict[str, Any]] = []
        self.now: datetime = moment("09:40")
        self.store.fill([{**keys.mailbox(each).as_item(), "v": 1, "name": each, "phones": {}} for each in ("anheli", "qinghe")])

    def desk(self, compound: str = "anheli") -> Desk:
        return Desk(self.store, self.now, compound, lambda word: self.told.append(word["letter"]))

    def ask(self, method: str, path: str, body: Any = None, by: str = "", groups: str = "coordinator", **event: Any) -> Answer:
        claims = {"authorizer": {"claims": {"cognito:username": by, "cognito:groups": groups}}} if by else {}
        sent = body if isinstance(body, str) else None if body is None else json.dumps(body)
        asked = {"httpMethod": method, "path": f"/mailbox{path}", "body": sent, "isBase64Encoded": False, "requestContext": claims, **event}
        answer = doorway.answer(asked, self.desk)
        return Answer(answer["statusCode"], json.loads(answer["body"]))

    def write(self, text: str = TEXT, secret: str = SECRET, kind: str = "problem", compound: str = "anheli") -> Answer:
        return self.ask("POST", "/letters", {"compound": compound, "secret": secret, "kind": kind, "text": text})

    def post(self, path: str, by: str = "anheli.liu", **body: Any) -> Answer:
        return self.ask("POST", f"/staff{path}", body, by)
