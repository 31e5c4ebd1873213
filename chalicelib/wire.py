"""Signed JSON calls to AWS services, on the standard library's HTTP client: what the hot path pays for instead of an SDK.

Signature: AWS Signature Version 4 (docs.aws.amazon.com/IAM, "Create a signed AWS API request"). Retries: full jitter, as in the
AWS Architecture Blog's "Exponential Backoff And Jitter". The reasons are in docs/adr/0006-hot-path-client.md.
"""

import hashlib
import hmac
import http.client
import random
import ssl
import threading
import time
import zlib
from collections.abc import Callable
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any, NamedTuple
from urllib.parse import urlsplit

import msgspec

ATTEMPTS = 5
TIMEOUT_SECONDS = 5
PASSING = frozenset(
    {
        "InternalServerError",
        "InternalFailure",
        "LimitExceededException",
        "ProvisionedThroughputExceededException",
        "RequestLimitExceeded",
        "ServiceUnavailable",
        "ThrottlingException",
        "Throttling",
        "TransactionConflictException",
        "TransactionInProgressException",
        "ExpiredTokenException",
    }
)


class Credentials(NamedTuple):
    access_key: str
    secret_key: str
    token: str = ""


class ServiceError(Exception):
    """The service answered no. ``kind`` is its error name; ``body`` its whole answer."""

    def __init__(self, kind: str, status: int, body: dict[str, Any]) -> None:
        super().__init__(f"{kind} ({status})")
        self.kind, self.status, self.body = kind, status, body


class _Again(Exception):
    """An attempt that may well succeed when made again; the cause is chained."""


class _OneSend(http.client.HTTPConnection):
    """Sends headers and body in one go: ``http.client`` hands them over one after the other, which costs a packet and a system call."""

    _headers = b""

    def send(self, data: Any) -> None:
        if self._headers:
            data, self._headers = self._headers + data, b""
            super().send(data)
        else:
            self._headers = data


class _OneSendTls(_OneSend, http.client.HTTPSConnection):
    """The same over TLS."""


class Service:
    """One AWS service that speaks JSON over POST, e.g. DynamoDB (``DynamoDB_20120810``, json 1.0).

    ``credentials`` is asked at every call, so that what it refreshes is used at once. Thread-safe: a connection per thread.
    """

    def __init__(self, name: str, target: str, region: str, credentials: Callable[[], Credentials], endpoint: str = "") -> None:
        suffix = "amazonaws.com.cn" if region.startswith("cn-") else "amazonaws.com"
        parts = urlsplit(endpoint or f"https://{name}.{region}.{suffix}")
        self.name, self.target, self.region = name, target, region
        self._credentials, self._secure, self._host = credentials, parts.scheme == "https", parts.netloc
        self._local = threading.local()
        self.sleep: Callable[[float], None] = time.sleep

    def call(self, operation: str, request: dict[str, Any]) -> dict[str, Any]:
        """The answer of one operation. Passing faults are tried again with back-off; ServiceError for the rest."""
        body = msgspec.json.encode(request)
        for attempt in range(ATTEMPTS):
            try:
                return self._attempt(operation, body)
            except _Again as again:
                if attempt == ATTEMPTS - 1:
                    raise (again.__cause__ or again) from None
                self.sleep(random.uniform(0, min(1.0, 0.05 * 2**attempt)))  # noqa: S311 jitter, not a secret
        raise AssertionError("unreachable")

    def _attempt(self, operation: str, body: bytes) -> dict[str, Any]:
        try:
            status, checksum, raw = self._send(operation, body)
        except (OSError, http.client.HTTPException) as fault:
            self._drop()
            raise _Again from fault
        if checksum and int(checksum) != zlib.crc32(raw):
            raise _Again from ServiceError("ChecksumMismatch", status, {})
        answer = _decode(raw)
        if status == 200:
            return answer
        error = ServiceError(str(answer.get("__type", "")).rpartition("#")[2] or str(status), status, answer)
        if status >= 500 or error.kind in PASSING:
            raise _Again from error
        raise error

    def _send(self, operation: str, body: bytes) -> tuple[int, str | None, bytes]:
        headers = self._headers(f"{self.target}.{operation}", body)
        connection = self._connection()
        try:
            connection.request("POST", "/", body, headers)
            response = connection.getresponse()
        except (http.client.RemoteDisconnected, ConnectionResetError, BrokenPipeError):
            # A kept connection that the other side has closed meanwhile is no fault of the service: open a new one at once.
            self._drop()
            connection = self._connection()
            connection.request("POST", "/", body, headers)
            response = connection.getresponse()
        return response.status, response.getheader("x-amz-crc32"), response.read()

    def _connection(self) -> http.client.HTTPConnection:
        connection: http.client.HTTPConnection | None = getattr(self._local, "connection", None)
        if connection is None:
            if self._secure:
                connection = _OneSendTls(self._host, timeout=TIMEOUT_SECONDS, context=_tls())
            else:
                connection = _OneSend(self._host, timeout=TIMEOUT_SECONDS)
            self._local.connection = connection
        return connection

    def _drop(self) -> None:
        connection = getattr(self._local, "connection", None)
        if connection is not None:
            connection.close()
        self._local.connection = None

    def _headers(self, target: str, body: bytes) -> dict[str, str]:
        return sign(self._credentials(), self.name, self.region, self._host, target, body, datetime.now(UTC))


def sign(who: Credentials, service: str, region: str, host: str, target: str, body: bytes, now: datetime) -> dict[str, str]:
    """The headers of a signed ``POST /``: SigV4 over host, content type, date, target and, where there is one, the session token."""
    moment = now.strftime("%Y%m%dT%H%M%SZ")
    signed = {"content-type": "application/x-amz-json-1.0", "host": host, "x-amz-date": moment}
    if who.token:
        signed["x-amz-security-token"] = who.token
    signed["x-amz-target"] = target
    names = ";".join(signed)
    lines = "".join(f"{name}:{value}\n" for name, value in signed.items())
    canonical = f"POST\n/\n\n{lines}\n{names}\n{hashlib.sha256(body).hexdigest()}"
    scope = f"{moment[:8]}/{region}/{service}/aws4_request"
    text = f"AWS4-HMAC-SHA256\n{moment}\n{scope}\n{hashlib.sha256(canonical.encode()).hexdigest()}"
    signature = hmac.new(signing_key(who.secret_key, moment[:8], region, service), text.encode(), hashlib.sha256).hexdigest()
    credential = f"Credential={who.access_key}/{scope}, SignedHeaders={names}, Signature={signature}"
    return {**signed, "authorization": f"AWS4-HMAC-SHA256 {credential}"}


@lru_cache(maxsize=16)
def signing_key(secret: str, day: str, region: str, service: str) -> bytes:
    """The key of one day, region and service; kept, since deriving it takes four rounds."""
    key = f"AWS4{secret}".encode()
    for part in (day, region, service, "aws4_request"):
        key = hmac.new(key, part.encode(), hashlib.sha256).digest()
    return key


@lru_cache(maxsize=1)
def _tls() -> ssl.SSLContext:
    return ssl.create_default_context()


def _decode(raw: bytes) -> dict[str, Any]:
    try:
        answer = msgspec.json.decode(raw) if raw else {}
    except msgspec.DecodeError:
        answer = {}
    return answer if isinstance(answer, dict) else {}
