"""The site and canned answers on one origin, for looking at the pages before and without the real system."""

import json
import re
import threading
from collections.abc import Callable, Mapping
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

import segno

from chalicelib.pages import policy
from chalicelib.pages.publish import TYPES, cached
from tests.browser import (
    stub_activities,
    stub_cases,
    stub_copies,
    stub_errands,
    stub_figures,
    stub_giving,
    stub_notices,
    stub_parcels,
    stub_patrols,
    stub_promises,
    stub_standards,
    stub_tickets,
    stub_trips,
    world,
)
from tests.mailbox.desk import Box
from tests.pictures import picture

Answer = tuple[int, Any]
DEAD = {"type": "/problems/dead-link", "status": 401, "detail": "这张卡换过新的了。", "detail_en": "This card has been replaced."}


class Stub(ThreadingHTTPServer):
    """Holds the site and the little that changes: the hour, what was reported, what breaks."""

    daemon_threads = True

    def __init__(self, pages: Mapping[str, str | bytes]) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.pages = {path: page.encode() if isinstance(page, str) else page for path, page in pages.items()}
        self.reset()
        threading.Thread(target=self.serve_forever, daemon=True).start()

    def reset(self) -> None:
        """Back to 9:12 in the morning, nothing said yet, nothing broken."""
        self.now, self.state, self.owed, self.broken = "09:12", "waiting", True, 0
        self.report: dict[str, Any] = {}
        self.keys: list[str] = []
        self.acts: list[tuple[str, Any]] = []
        self.photos: list[bytes] = []
        self.promises, self.links = world.PROMISES, {world.LINK}
        self.desk = world.duty("10:24")
        self.door: Answer = (200, world.door_days())
        self.door_word = ""
        self.roles = ["steward"]
        self.warmth_at_home: dict[str, Any] | None = None
        self.mailbox = Box()
        self.trips: list[dict[str, Any]] = []
        self.figures = stub_figures.figures()
        self.twist: Callable[[Any], Any] = lambda data: data
        stub_promises.begin(self)
        stub_notices.begin(self)
        stub_tickets.begin(self)
        stub_cases.begin(self)
        stub_copies.begin(self)
        stub_activities.begin(self)
        stub_parcels.begin(self)
        stub_patrols.begin(self)
        stub_giving.begin(self)
        stub_errands.begin(self)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"


class Handler(BaseHTTPRequestHandler):
    server: Stub
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        path = urlsplit(self.path).path
        if path.startswith("/api/"):
            return self.answer(*self.ask("GET", path, b""))
        if path.startswith("/mailbox/"):
            return self.answer(*self.letters("GET", b""))
        if path.startswith("/feeds/"):
            return self.answer(*((200, self.server.hanging) if self.server.hanging and not self.server.broken else (404, {})))
        if path.startswith("/photos/"):
            return self.send(200, picture(size=(640, 480), data=bytes(600)), {"Content-Type": "image/jpeg"})
        key = path[1:] + "index.html" if path.endswith("/") else path[1:]
        status, key = (200, key) if key in self.server.pages else (404, "404.html")
        kind = TYPES["." + key.rpartition(".")[2]]
        return self.send(status, self.server.pages[key], {"Content-Type": kind, "Cache-Control": cached(key)})

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        if self.path.startswith("/mailbox/"):
            return self.answer(*self.letters("POST", body))
        if self.path == "/photos/":
            self.server.photos.append(body)
            return self.send(204, b"", {})
        if self.path == "/api/check-ins/paper":
            return self.paper(parse_qs(body.decode()))
        return self.answer(*self.ask("POST", self.path, body))

    def ask(self, method: str, path: str, body: bytes) -> Answer:
        if self.server.broken:
            return self.server.broken, {"detail": "出错了", "detail_en": "Something broke."}
        for verb, pattern, act in ROUTES:
            found = re.fullmatch(pattern, unquote(path))
            if verb == method and found:
                if method == "POST":
                    self.server.acts.append((path, json.loads(body)))
                status, data = act(self, *found.groups(), *([json.loads(body)] if method == "POST" else []))
                return status, self.server.twist(data)
        return 404, {"detail": "没有找到。", "detail_en": "Nothing here."}

    def letters(self, method: str, body: bytes) -> Answer:
        """The mailbox itself, in memory."""
        if self.server.broken:
            return self.server.broken, {"detail": "出错了", "detail_en": "Something broke."}
        by = "anheli.liu" if self.headers.get("Authorization") else ""
        return self.server.mailbox.ask(method, urlsplit(self.path).path.removeprefix("/mailbox"), body.decode() or None, by)

    def paper(self, fields: dict[str, list[str]]) -> None:
        self.server.acts.append(("paper", fields))
        prefix = "/en" if fields["lang"] == ["en"] else ""
        page = "received" if fields["code"][0].upper() == world.CARD["code"] else "not-received"
        self.send(303, b"", {"Location": f"{prefix}/{page}/"})

    def answer(self, status: int, data: Any) -> None:
        self.send(status, json.dumps(data).encode(), {"Content-Type": "application/json", "Cache-Control": "no-store"})

    def send(self, status: int, body: bytes, headers: dict[str, str]) -> None:
        self.send_response(status)
        safe = {"Content-Security-Policy": f"{policy.CONTENT}; frame-ancestors 'none'", "Referrer-Policy": "no-referrer"}
        for name, value in {**safe, **headers, "Content-Length": str(len(body))}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: Any) -> None:
        pass


def session(ask: Handler, body: dict[str, str]) -> Answer:
    if body["password"] == "first" and not body.get("new_password"):
        return 403, {
            "type": "/problems/new-password",
            "detail": "第一次登录，请同时填一个新密码。",
            "detail_en": "Please give a new password too.",
        }
    if body["password"] not in ("right", "first"):
        return 401, {"detail": "账号或密码不对。", "detail_en": "Wrong username or password."}
    return 200, {"token": "t", "username": "wang", "name": "王建国", "roles": ask.server.roles, "compound": world.COMPOUND}


def read_home(ask: Handler) -> Answer:
    stub = ask.server
    if ask.headers["X-Home-Link"] not in stub.links:
        return 401, DEAD
    said = {"owed": stub.owed, "closes": world.CLOSES, "state": stub.state, "at": None, "feeling": None, "needs": [], "note": ""}
    about = {"compound": world.COMPOUND, **world.home("3-502"), "now": world.moment(stub.now), "day": world.DAY}
    return 200, {
        **about,
        "self_report": {**said, **stub.report},
        "promises": stub.promises,
        "door": stub.door_word,
        "phones": world.PHONES,
        "steward": world.STEWARD,
        "warmth": stub.warmth_at_home,
        "parcels": stub_parcels.of_family(stub),
    }


def check_in(ask: Handler, body: dict[str, Any]) -> Answer:
    stub = ask.server
    if ask.headers["X-Home-Link"] not in stub.links:
        return 401, DEAD
    if not ask.headers["Idempotency-Key"]:
        return 400, {"detail": "少了钥匙", "detail_en": "No key"}
    stub.keys.append(ask.headers["Idempotency-Key"])
    old = stub.report
    first = not old
    late = stub.now > "10:00"
    stub.state = "late" if late else "on_time" if stub.owed else "extra"
    feeling = "unwell" if "unwell" in (body.get("feeling"), old.get("feeling")) else "well"
    needs = sorted({*old.get("needs", []), *body.get("needs", [])})
    stub.report = {"at": old.get("at") or world.moment(stub.now), "feeling": feeling, "needs": needs, "note": body.get("note", "")}
    return (201 if first else 200), {"id": "1", "home": "3-502", "day": world.DAY, "late": late, "source": "link", **stub.report}


def explain(ask: Handler, name: str, body: dict[str, str]) -> Answer:
    found = next(one for one in ask.server.desk["alerts"] if one["id"] == name)
    found.update(state="expected", by="wang", by_name="王建国", reason=body["reason"])
    return 200, found


def door_days(ask: Handler, home: str) -> Answer:
    return ask.server.door


def acknowledge(ask: Handler, name: str, body: dict[str, str]) -> Answer:
    found = next(one for one in ask.server.desk["alerts"] if one["id"] == name)
    if found["state"] == "acknowledged":
        return 409, {"detail": "陈敏已经接手了。", "detail_en": "Chen Min is on it already.", "by": "陈敏"}
    found.update(state="acknowledged", by="wang", by_name="王建国", note=body["note"])
    return 200, found


def report_for(ask: Handler, number: str, body: dict[str, Any]) -> Answer:
    desk = ask.server.desk
    desk["missed"] = [row for row in desk["missed"] if row["home"] != number]
    desk["reported"].append(world.heard(number, "10:24", state="late", source="phone", feeling=body["feeling"], note=body["note"]))
    return 201, {}


def expect(ask: Handler, number: str, body: dict[str, str]) -> Answer:
    return 201, {"id": "e1", "home": number, "from": world.moment("10:24"), "until": world.moment("10:54"), "reason": body["reason"]}


def cards(ask: Handler, body: dict[str, Any]) -> Answer:
    made = [card(ask.server.url, number) for number in body["homes"]]
    return 201, {"cards": made, "compound": world.COMPOUND, "phones": world.PHONES, "test_site": "东门广场 7:00–9:00"}


def card(site: str, number: str) -> dict[str, Any]:
    link = f"{site}/h/#anheli.{number}{'q' * 20}"
    qr = segno.make(link, error="m").svg_data_uri(border=4, scale=4)
    return {**world.home(number), "link": link, "qr": qr, "steward": world.STEWARD, **world.CARD}


def confirm(ask: Handler, body: dict[str, str]) -> Answer:
    wrong = {"type": "/problems/wrong-code", "detail": "数字不对，请再看一遍。", "detail_en": "These are not the right digits."}
    return (201, {"device": "d"}) if body["code"] == "246810" else (401, wrong)


ROUTES: list[tuple[str, str, Callable[..., Answer]]] = [
    ("POST", "/api/session", session),
    ("GET", "/api/home", read_home),
    ("POST", "/api/check-ins", check_in),
    ("GET", "/api/tickets/figures", lambda ask: (200, ask.server.figures)),
    ("GET", "/api/standards", lambda ask: (200, stub_standards.answer())),
    ("GET", "/api/duty", lambda ask: (200, ask.server.desk)),
    ("POST", "/api/alerts/(.+)/acknowledgement", acknowledge),
    ("POST", "/api/alerts/(.+)/explanation", explain),
    ("GET", "/api/homes/(.+)/door-days", door_days),
    ("POST", "/api/homes/(.+)/check-ins", report_for),
    ("POST", "/api/homes/(.+)/expected-openings", expect),
    ("GET", "/api/homes", lambda ask: (200, {"homes": world.homes()})),
    ("POST", "/api/cards", cards),
    ("POST", "/api/homes/(.+)/link-revocation", lambda ask, number, body: (200, {"home": number, "revoked": 1})),
    ("POST", "/api/devices", confirm),
    ("GET", "/api/round", lambda ask: (200, {**world.round_of_today(ask.server.door_word), "trips": ask.server.trips})),
    *stub_patrols.ROUTES,
    *stub_errands.ROUTES,
    *stub_parcels.ROUTES,
    *stub_tickets.ROUTES,
    *stub_cases.ROUTES,
    *stub_copies.ROUTES,
    *stub_activities.ROUTES,
    *stub_giving.ROUTES,
    *stub_promises.ROUTES,
    *stub_notices.ROUTES,
    *stub_trips.ROUTES,
]
