"""A private bucket: forms that a browser may send a file with, addresses that show one for some minutes, and the files themselves.

Signature: AWS Signature Version 4 as in Amazon S3's "Authenticating Requests: Using Query Parameters" and "Browser-Based Uploads Using
POST". Browsers see paths of our own origin: the CDN, or the laptop's gateway, has the bucket behind ``/photos/``.
"""

import base64
import hashlib
import hmac
import http.client
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any, NamedTuple, Protocol
from urllib.parse import quote, urlencode, urlsplit

import msgspec

from chalicelib.wire import TIMEOUT_SECONDS, Credentials, ServiceError, signing_key

ALGORITHM = "AWS4-HMAC-SHA256"
POST_TO = "/photos/"
PICTURE = "image/jpeg"
MINUTE = timedelta(minutes=1)


class Form(NamedTuple):
    """Where a browser sends a file as ``file``, the last of these fields."""

    to: str
    fields: dict[str, str]


class Bucket(Protocol):
    def form(self, key: str, largest: int, lasting: timedelta) -> Form:
        """For one picture of at most ``largest`` bytes under exactly this key."""

    def address(self, key: str, lasting: timedelta) -> str:
        """A path of our origin that shows the file."""

    def read(self, key: str, largest: int) -> bytes | None:
        """The file, cut off one byte behind ``largest``; None if there is none."""

    def keep(self, key: str, raw: bytes) -> None:
        """Put a picture there."""

    def drop(self, key: str) -> None:
        """Delete the file, if there is one."""


class S3Bucket:
    """The real one. Signs with the real time, whatever a laptop's clock says, since the service checks it."""

    def __init__(self, name: str, region: str, credentials: Callable[[], Credentials], endpoint: str = "") -> None:
        suffix = "amazonaws.com.cn" if region.startswith("cn-") else "amazonaws.com"
        parts = urlsplit(endpoint or f"https://{name}.s3.{region}.{suffix}")
        self.name, self.region, self._credentials = name, region, credentials
        self._secure, self._host, self._prefix = parts.scheme == "https", parts.netloc, f"/{name}" if endpoint else ""

    def form(self, key: str, largest: int, lasting: timedelta) -> Form:
        who, now = self._credentials(), datetime.now(UTC)
        fixed = {"key": key, "Content-Type": PICTURE, **self._signer(who, now, "x-amz-")}
        conditions: list[Any] = [
            {"bucket": self.name},
            ["content-length-range", 1, largest],
            *({name: each} for name, each in fixed.items()),
        ]
        policy = {"expiration": f"{now + lasting:%Y-%m-%dT%H:%M:%SZ}", "conditions": conditions}
        text = base64.b64encode(msgspec.json.encode(policy)).decode()
        return Form(POST_TO, {**fixed, "policy": text, "x-amz-signature": self._signature(who, now, text)})

    def address(self, key: str, lasting: timedelta) -> str:
        return self._signed("GET", key, lasting)

    def read(self, key: str, largest: int) -> bytes | None:
        return self._ask("GET", key, most=largest + 1)

    def keep(self, key: str, raw: bytes) -> None:
        self._ask("PUT", key, raw, {"Content-Type": PICTURE, "Cache-Control": "private, max-age=300"})

    def drop(self, key: str) -> None:
        self._ask("DELETE", key)

    def _ask(self, method: str, key: str, raw: bytes = b"", headers: dict[str, str] | None = None, most: int = 1024) -> bytes | None:
        target = self._prefix + self._signed(method, key, MINUTE)
        connect = http.client.HTTPSConnection if self._secure else http.client.HTTPConnection
        connection = connect(self._host, timeout=TIMEOUT_SECONDS)
        try:
            connection.request(method, target, raw or None, headers or {})
            answer = connection.getresponse()
            body = answer.read(most)
        finally:
            connection.close()
        if answer.status in (403, 404) and method == "GET":
            return None  # Who may not list a bucket is told 403 of what is not there.
        if answer.status >= 300:
            raise ServiceError("Bucket", answer.status, {})
        return body

    def _signed(self, method: str, key: str, lasting: timedelta) -> str:
        """The key's path with a signature in its query."""
        who, now = self._credentials(), datetime.now(UTC)
        more = {"X-Amz-Expires": str(int(lasting.total_seconds())), "X-Amz-SignedHeaders": "host"}
        query = urlencode(sorted({**self._signer(who, now, "X-Amz-", str.title), **more}.items()), quote_via=quote, safe="-_.~")
        path = f"/{quote(key)}"
        canonical = f"{method}\n{self._prefix}{path}\n{query}\nhost:{self._host}\n\nhost\nUNSIGNED-PAYLOAD"
        digest = hashlib.sha256(canonical.encode()).hexdigest()
        text = f"{ALGORITHM}\n{now:%Y%m%dT%H%M%SZ}\n{self._scope(now)}\n{digest}"
        return f"{path}?{query}&X-Amz-Signature={self._signature(who, now, text)}"

    def _signer(self, who: Credentials, now: datetime, prefix: str, case: Callable[[str], str] = str) -> dict[str, str]:
        """Who signs and when, as a form or a query names it."""
        signed = {"algorithm": ALGORITHM, "credential": f"{who.access_key}/{self._scope(now)}", "date": f"{now:%Y%m%dT%H%M%SZ}"}
        token = {"security-token": who.token} if who.token else {}
        return {prefix + case(name): each for name, each in {**signed, **token}.items()}

    def _scope(self, now: datetime) -> str:
        return f"{now:%Y%m%d}/{self.region}/s3/aws4_request"

    def _signature(self, who: Credentials, now: datetime, text: str) -> str:
        return hmac.new(signing_key(who.secret_key, f"{now:%Y%m%d}", self.region, "s3"), text.encode(), hashlib.sha256).hexdigest()
