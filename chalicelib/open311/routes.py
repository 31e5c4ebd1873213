"""Open311 GeoReport v2 over HTTP: discovery, services, requests, tokens; in XML and JSON, with errors as the standard has them.

``jurisdiction_id`` is the compound. One that does not take part is as unknown as one that there is not.
"""

from typing import Any

from chalice.app import Blueprint, Request, Response

from chalicelib import wiring
from chalicelib.open311 import reading
from chalicelib.open311.actions import client_of, one, report
from chalicelib.open311.formats import KINDS, XML, split, written
from chalicelib.open311.rules import Asked, asked, definition, kind_of, promised, services
from chalicelib.register import records as registers
from chalicelib.register.standing import Standing
from chalicelib.shared.ids import CompoundId, is_compound_id
from chalicelib.shared.problems import Problem, absent, bad
from chalicelib.tickets.numbers import read_number
from chalicelib.web import NO_STORE, Ask, form_fields, opens

rooms = Blueprint(__name__)
CHANGESET = "2026-11-01T00:00:00+08:00"
"""When what is offered here last changed."""
NO_FORM = (
    "请用 application/x-www-form-urlencoded 的表单报事，照片先不要附上。",
    "POST a form as application/x-www-form-urlencoded, without media: multipart is not read.",
)
FOR_ALL = {**NO_STORE, "Cache-Control": "public, max-age=60"}
"""What everybody may read, the CDN reads for everybody: once a minute for each question."""


def refused(request: Request, error: Problem) -> Response:
    """The standard's own list of errors, in the format that was asked for."""
    named = request.uri_params or {}
    _, suffix = split(named.get("name") or named.get("what", ""))
    zh, en = NO_FORM if error.status == 415 else (error.zh, error.en)
    what = [{"code": error.status, "description": f"{zh} {en}"}]
    return _answer(error.status, suffix or "json", "errors", what)


@opens(rooms, "GET", "/open311/v2/{what}", refuse=refused)
def show_open311(ask: Ask) -> Response:
    what, suffix = _asked_format(ask.params["what"])
    if what == "discovery":
        return _answer(200, suffix, "discovery", _discovery())
    query = _query()
    standing = _standing(query.get("jurisdiction_id", ""))
    if what == "services":
        return _answer(200, suffix, "services", services())
    if what != "requests":
        raise absent()
    return _requests(standing, suffix, asked(query, wiring.clock().now()), query.get("api_key", ""))


@opens(rooms, "GET", "/open311/v2/{what}/{name}", refuse=refused)
def show_one_open311(ask: Ask) -> Response:
    """A service's definition, one request, or the number behind a token: every service is realtime, so a token is the number."""
    name, suffix = _asked_format(ask.params["name"])
    query = _query()
    standing = _standing(query.get("jurisdiction_id", ""))
    if ask.params["what"] == "services":
        return _answer(200, suffix, "service_definition", definition(kind_of(name)))
    number = read_number(name)
    if not number or ask.params["what"] not in ("requests", "tokens"):
        raise absent()
    wanted = asked({"service_request_id": number}, wiring.clock().now())
    if ask.params["what"] == "requests":
        return _requests(standing, suffix, wanted, query.get("api_key", ""))
    if not reading.requests(wiring.store(), standing.register, wanted, False):
        raise absent()
    return _answer(200, suffix, "service_requests", [{"service_request_id": number, "token": number}])


@opens(rooms, "POST", "/open311/v2/{what}", form=True, refuse=refused)
def report_by_open311(ask: Ask) -> Response:
    """A form, as the standard has it, so that an ``Idempotency-Key`` is welcome and not asked for."""
    what, suffix = _asked_format(ask.params["what"])
    if what != "requests":
        raise absent()
    form, now = form_fields(ask.raw), wiring.clock().now()
    standing = _standing(one(form, "jurisdiction_id"))
    client = client_of(wiring.store(), standing.register.compound, one(form, "api_key"))
    header = str(rooms.current_request.headers.get("idempotency-key", "")).strip()[:200]
    ticket = report(wiring.store(), now, standing, client, form, header)
    notice = promised(standing.register.policy, ticket.kind, ticket.wall)
    return _answer(200, suffix, "service_requests", [{"service_request_id": ticket.id, "service_notice": notice}])


def _requests(standing: Standing, suffix: str, wanted: Asked, key: str) -> Response:
    known = bool(key) and bool(client_of(wiring.store(), standing.register.compound, key))
    found = reading.requests(wiring.store(), standing.register, wanted, known)
    if len(wanted.named) == 1 and not found:
        raise absent()
    return _answer(200, suffix, "service_requests", found)


def _standing(jurisdiction: str) -> Standing:
    if not jurisdiction:
        raise bad("jurisdiction", "缺 jurisdiction_id，就是小区编号。", "jurisdiction_id was not provided: it is the compound's id.")
    found = registers.standing(wiring.store(), wiring.clock().now(), CompoundId(jurisdiction)) if is_compound_id(jurisdiction) else None
    if found is None or found.register.policy.open311 is None:
        raise Problem(404, "no-jurisdiction", "没有这个小区。", "jurisdiction_id was not found.")
    return found


def _discovery() -> dict[str, Any]:
    site = wiring.settings().site_url
    about = {"specification": "http://wiki.open311.org/GeoReport_v2", "url": f"{site}/open311/v2", "changeset": CHANGESET}
    endpoint = {**about, "type": "production", "formats": list(KINDS.values())}
    return {"changeset": CHANGESET, "contact": site, "key_service": site, "endpoints": [endpoint]}


def _query() -> dict[str, str]:
    return dict[str, str](rooms.current_request.query_params or {})


def _asked_format(name: str) -> tuple[str, str]:
    stem, suffix = split(name)
    if not suffix:
        raise Problem(404, "no-format", "地址要以 .xml 或 .json 结尾。", "The address ends in .xml or .json.")
    return stem, suffix


def _answer(status: int, suffix: str, name: str, value: Any) -> Response:
    asked = rooms.current_request
    for_all = status == 200 and asked.method == "GET" and not _query().get("api_key")
    return Response(written(suffix, name, value), {"Content-Type": KINDS.get(suffix, XML), **(FOR_ALL if for_all else NO_STORE)}, status)
