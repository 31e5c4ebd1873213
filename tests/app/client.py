"""Calls through the switchboard as API Gateway makes them, on a store in memory."""

import itertools
import json
from datetime import datetime
from typing import Any
from urllib.parse import parse_qs

import app
from chalicelib import wiring
from chalicelib.shared.clock import RealClock
from chalicelib.store.contract import Store
from tests.pictures import MemoryBucket

COUNT = itertools.count()


class FixedClock(RealClock):
    """Stands still until it is set."""

    def __init__(self, now: datetime) -> None:
        self.moment = now

    def now(self) -> datetime:
        return self.moment


class Answer:
    def __init__(self, raw: dict[str, Any]) -> None:
        self.status: int = raw["statusCode"]
        self.headers: dict[str, str] = raw["headers"]
        self.text: str = raw["body"]

    @property
    def json(self) -> Any:
        return json.loads(self.text)


class Client:
    """One caller of the API. ``as_staff`` and ``as_home`` return callers who have proved who they are."""

    def __init__(self, headers: dict[str, str] | None = None, claims: dict[str, str] | None = None) -> None:
        self.headers, self.claims = headers or {}, claims or {}

    def as_staff(self, username: str, roles: str = "steward") -> "Client":
        return Client(claims={"cognito:username": username, "cognito:groups": roles})

    def as_home(self, token: str) -> "Client":
        return Client({"X-Home-Link": token})

    def get(self, path: str, **headers: str) -> Answer:
        return self.call("GET", path, b"", headers)

    def post(self, path: str, body: Any = None, key: str | None = "fresh", **headers: str) -> Answer:
        if key is not None:
            headers = {"Idempotency-Key": f"fresh-key-{next(COUNT)}" if key == "fresh" else key, **headers}
        raw = body if isinstance(body, bytes) else json.dumps({} if body is None else body).encode()
        return self.call("POST", path, raw, {"Content-Type": "application/json", **headers})

    def call(self, method: str, path: str, raw: bytes, headers: dict[str, str]) -> Answer:
        path, _, query = path.partition("?")
        resource, params = _resource(method, path)
        event = {
            "resource": resource,
            "path": path,
            "httpMethod": method,
            "headers": {**self.headers, **headers},
            "multiValueHeaders": {},
            "queryStringParameters": None,
            "multiValueQueryStringParameters": parse_qs(query) or None,
            "pathParameters": params,
            "stageVariables": None,
            "requestContext": {"resourcePath": resource, "httpMethod": method, "path": path, "authorizer": {"claims": self.claims}},
            "body": raw.decode("utf-8", "surrogateescape"),
            "isBase64Encoded": False,
        }
        return Answer(app.app(event, None))


def _resource(method: str, path: str) -> tuple[str, dict[str, str]]:
    given = path.split("/")
    for route in app.app.routes:
        parts = route.split("/")
        fits = len(parts) == len(given) and all(part == got or part.startswith("{") for part, got in zip(parts, given, strict=True))
        if fits and method in app.app.routes[route]:
            return route, {part[1:-1]: got for part, got in zip(parts, given, strict=True) if part.startswith("{")}
    raise LookupError(f"{method} {path}")


def stand_on(monkeypatch: Any, store: Store, clock: FixedClock) -> None:
    """Let the switchboard work on this store and this clock, and an empty bucket."""
    monkeypatch.setattr(wiring, "store", lambda: store)
    monkeypatch.setattr(wiring, "clock", lambda: clock)
    bucket = MemoryBucket()
    monkeypatch.setattr(wiring, "photos", lambda: bucket)
