"""One origin for everything, as the CDN is on AWS: ``/api/*`` and ``/open311/*`` go to the deployed API, the rest comes from the site bucket.

Besides, and only here: ``/outbox``, and ``/local/*`` to move the clock and to be the group robots.
"""

import gzip
import http.client
import json
import mimetypes
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import unquote, urlsplit

from infra.gateway_responses import ANSWERS, problem
from local import clock, outbox
from local.place import HERE, Place
from local.robots import Robots
from local.upstream import Upstream

CSP = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'; manifest-src 'self'; worker-src 'self'"
)
SECURITY = {"Content-Security-Policy": CSP, "Referrer-Policy": "no-referrer", "X-Content-Type-Options": "nosniff"}
LARGEST_BODY = 10 * 1024 * 1024  # API Gateway's own limit.
SMALLEST_TO_COMPRESS = 1400
OWN = {"connection", "keep-alive", "transfer-encoding", "te", "upgrade", "proxy-connection", "content-length", "date", "server"}
JSON, HTML = "application/json", "text/html; charset=utf-8"


class Gateway(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 128

    def __init__(self, place: Place) -> None:
        super().__init__((HERE, place.port), Handler)
        self.place = place
        self.outbox = outbox.Outbox(place.root / "outbox.jsonl")
        self.robots = Robots(self.outbox, lambda: clock.read(place.clock_file))
        self.apis: dict[str, str] = {}
        self.bucket = self.photos = ""
        self.s3: Any = None
        self.sweep: Any = None
        self.upstream = Upstream(place)

    def open(self, session: Any, apis: dict[str, str], buckets: tuple[str, str], sweep: Any, addresses: Any) -> None:
        """From now on requests are answered; before, the port is only held. ``sweep`` runs the schedule once.

        ``apis`` names for the first part of a path the API that has it, as ``<id>/<stage>``; ``addresses`` gives those of every robot.
        ``buckets`` are the site's and the photos'.
        """
        self.apis, self.s3, self.sweep = apis, session.client("s3"), sweep
        self.bucket, self.photos = buckets
        self.robots.addresses = addresses
        threading.Thread(target=self.serve_forever, daemon=True).start()

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A browser that went away is no error of ours."""


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: Gateway
    timeout = 60

    def do_GET(self) -> None:
        self._serve()

    do_HEAD = do_POST = do_PUT = do_PATCH = do_DELETE = do_OPTIONS = do_GET  # noqa: N815 names that http.server asks for

    def log_message(self, *_: Any) -> None:
        """Silent: links and codes belong in no log."""

    def _serve(self) -> None:
        if self.path.startswith("/api/api/"):
            # Whoever takes ``api`` of run.json for the origin of paths that begin with /api is understood too.
            self.path = self.path.removeprefix("/api")
        path = urlsplit(self.path).path
        length = int(self.headers.get("Content-Length") or 0)
        if length > LARGEST_BODY:
            self.close_connection = True
            return self._refuse("REQUEST_TOO_LARGE")
        body = self.rfile.read(length)
        if path.startswith(("/api/", "/mailbox/", "/open311/")):
            return self._api(body)
        if path.startswith("/photos/"):
            return self._photos(body)
        if path == "/outbox" or path.startswith("/local/"):
            return self._local(path, body)
        if self.command not in ("GET", "HEAD"):
            return self._answer(405, b"", {"Allow": "GET, HEAD"})
        return self._page(path)

    def _api(self, body: bytes) -> None:
        headers = {name: value for name, value in self.headers.items() if name.lower() not in OWN and name.lower() != "accept-encoding"}
        try:
            api = self.server.apis[self.path.split("/", 2)[1]]
            status, answered, payload = self.server.upstream.ask(self.command, f"/restapis/{api}/_user_request_{self.path}", body, headers)
        except (OSError, http.client.HTTPException):
            return self._refuse("DEFAULT_5XX", 503)
        if status in (401, 403, 413, 415, 429) and answered.get("content-type", "").startswith(JSON) and b'"message"' in payload:
            return self._refuse(next(kind for kind, (code, *_) in ANSWERS.items() if code == status))
        kept = {name.title(): value for name, value in answered.items() if name not in OWN and not name.startswith("x-amz")}
        return self._answer(status, payload, kept)

    def _photos(self, body: bytes) -> None:
        """As the CDN does: a form goes to the bucket's root, an address to where it says."""
        headers = {name: value for name, value in self.headers.items() if name.lower() not in {*OWN, "host"}}
        target = f"/{self.server.photos}" + ("" if self.command == "POST" else self.path)
        try:
            status, answered, payload = self.server.upstream.ask(self.command, target, body, headers)
        except (OSError, http.client.HTTPException):
            return self._refuse("DEFAULT_5XX", 503)
        return self._answer(status, payload, {"Content-Type": answered.get("content-type", "application/xml")})

    def _page(self, path: str) -> None:
        key = unquote(path).lstrip("/")
        key = f"{key}index.html" if not key or key.endswith("/") else key
        found = self._object(key)
        status = 200
        if found is None:
            status, found = 404, self._object("404.html") or (b"404", {"Content-Type": "text/plain"})
        payload, headers = found
        if self.headers.get("If-None-Match") == headers.get("ETag") and status == 200:
            return self._answer(304, b"", headers)
        return self._answer(status, payload, headers)

    def _object(self, key: str) -> tuple[bytes, dict[str, str]] | None:
        try:
            found = self.server.s3.get_object(Bucket=self.server.bucket, Key=key)
        except self.server.s3.exceptions.ClientError:
            return None
        guessed = mimetypes.guess_type(key)[0] or "application/octet-stream"
        said = found.get("ContentType", "")
        headers = {"Content-Type": said if said and said != "binary/octet-stream" else guessed, "ETag": found["ETag"]}
        headers |= {
            name: found[field]
            for name, field in (("Cache-Control", "CacheControl"), ("Content-Encoding", "ContentEncoding"))
            if found.get(field)
        }
        return found["Body"].read(), headers

    def _local(self, path: str, body: bytes) -> None:
        if (self.headers.get("Host") or "").rpartition(":")[0] not in (HERE, "localhost"):
            return self._refuse("ACCESS_DENIED")  # Another site's script, under a name of its own for this machine.
        if self.command == "POST" and (said := self.server.robots.take(path, urlsplit(self.path).query, body)):
            return self._json(200, said)
        if self.command == "POST" and path == "/local/clock":
            return self._clock(body)
        if self.command == "POST" and path == "/local/robot":
            self.server.robots.tell([int(code) for code in json.loads(body)["errcodes"]])
            return self._json(200, {})
        if path == "/outbox":
            messages = self.server.outbox.messages()
            if JSON in (self.headers.get("Accept") or ""):
                return self._json(200, {"messages": messages})
            return self._answer(200, outbox.page(messages).encode(), {"Content-Type": HTML, "Cache-Control": "no-store"})
        if path == "/local/outbox.css":
            return self._answer(200, outbox.STYLE.encode(), {"Content-Type": "text/css"})
        return self._refuse("RESOURCE_NOT_FOUND")

    def _clock(self, body: bytes) -> None:
        place = self.server.place
        try:
            said = json.loads(body)["now"]
            wanted = None if said is None else clock.parse(said)
        except (ValueError, KeyError, TypeError):
            return self._problem(400, "now 要写成带时区的时间。", 'Send {"now": "2026-11-22T10:00:00+08:00"}, or null for real time.')
        clock.set_to(place.clock_file, wanted)
        self.server.sweep()
        return self._json(200, {"now": clock.read(place.clock_file).astimezone(wanted.tzinfo if wanted else None).isoformat()})

    def _refuse(self, kind: str, status: int | None = None) -> None:
        code, chinese, english = ANSWERS[kind]
        return self._problem(status or code or 400, chinese, english)

    def _problem(self, status: int, chinese: str, english: str) -> None:
        body = json.dumps(problem(status, chinese, english), ensure_ascii=False).encode()
        return self._answer(status, body, {"Content-Type": "application/problem+json", "Cache-Control": "no-store"})

    def _json(self, status: int, value: Any) -> None:
        return self._answer(status, json.dumps(value, ensure_ascii=False).encode(), {"Content-Type": JSON, "Cache-Control": "no-store"})

    def _answer(self, status: int, payload: bytes, headers: dict[str, str]) -> None:
        if self._compressible(payload, headers):
            payload, headers = gzip.compress(payload, 6), {**headers, "Content-Encoding": "gzip", "Vary": "Accept-Encoding"}
        self.send_response(status)
        for name, value in {**headers, **SECURITY}.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(payload)))
        self.end_headers()
        if self.command != "HEAD" and status not in (204, 304):
            self.wfile.write(payload)

    def _compressible(self, payload: bytes, headers: dict[str, str]) -> bool:
        kind = headers.get("Content-Type", "")
        textual = kind.startswith("text/") or any(word in kind for word in ("json", "javascript", "xml", "svg"))
        wanted = "gzip" in (self.headers.get("Accept-Encoding") or "")
        return textual and wanted and len(payload) >= SMALLEST_TO_COMPRESS and "Content-Encoding" not in headers
