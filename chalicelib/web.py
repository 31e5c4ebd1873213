"""HTTP and nothing else: body → record, answer → JSON, error → problem+json, or as a standard has it."""

import hashlib
import re
from collections.abc import Callable
from http.client import HTTPException
from typing import Any, NamedTuple
from urllib.parse import parse_qs, unquote

import msgspec
from chalice.app import Blueprint, CognitoUserPoolAuthorizer, Request, Response

from chalicelib import callers, wiring
from chalicelib.access import ROUTES, Access, Door
from chalicelib.shared.bodies import BODY_LIMIT, decoded, unreadable
from chalicelib.shared.log import log, trail
from chalicelib.shared.problems import Problem, absent, bad, busy
from chalicelib.wire import ServiceError

JSON = "application/json"
FORM = "application/x-www-form-urlencoded"
NO_STORE = {"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff", "Referrer-Policy": "no-referrer"}


class Ask(NamedTuple):
    """What a route gets: who asks, the decoded and the raw body, path parameters, and the idempotency key with the payload's digest."""

    who: Any
    body: Any
    raw: bytes
    params: dict[str, str]
    key: str
    digest: str


_bodies: dict[tuple[str, str], Any] = {}
_answers: dict[tuple[str, str], Any] = {}


def bodies() -> dict[tuple[str, str], Any]:
    """Body type of each open route, for the API description."""
    return dict(_bodies)


def answers() -> dict[tuple[str, str], Any]:
    """Answer type of each open route, for the API description."""
    return dict(_answers)


Handler = Callable[[Ask], Response | tuple[int, Any]]
Refuse = Callable[[Request, Problem], Response]
_refusals: dict[str, Refuse] = {}
"""Paths of a standard that says in its own way what went wrong."""


def opens(
    rooms: Blueprint, method: str, path: str, body: Any = None, answer: Any = None, form: bool = False, refuse: Refuse | None = None
) -> Callable[[Handler], Handler]:
    """Open a route that stands in the access table. The handler returns ``(status, value)`` or raises Problem, which leaves as problem+json.

    ``refuse`` answers it instead, for a standard that has errors of its own.
    """
    access = ROUTES[method, path]
    _bodies[method, path], _answers[method, path] = body, answer
    _refusals[path] = refuse or _refuse

    def register(handler: Handler) -> Handler:
        def enter(**params: str) -> Response:
            return _guarded(rooms.current_request, access, body, handler, params)

        options: dict[str, Any] = {"methods": [method], "name": handler.__name__}
        if access.door is Door.STAFF:
            options["authorizer"] = staff_authorizer()
        if method == "POST":
            options["content_types"] = [FORM if form else JSON]
        rooms.route(path, **options)(enter)
        return handler

    return register


def staff_authorizer() -> CognitoUserPoolAuthorizer:
    """API Gateway itself checks the token; a request that reaches us carries verified claims."""
    return CognitoUserPoolAuthorizer("staff", provider_arns=[wiring.settings().pool_arn])


def finish(event: Request, get_response: Callable[[Request], Response]) -> Response:
    """Middleware: what Chalice itself refuses (an unknown content type, a wrong method) leaves as problem+json too."""
    response = get_response(event)
    if response.status_code < 400 or "Cache-Control" in response.headers:  # ours has one
        return response
    refuse = _refusals.get(str(event.context.get("resourcePath")), _refuse)
    return refuse(event, Problem(response.status_code, "refused", "这个请求不对，请刷新页面再试。", "This request is not understood here."))


def reply(status: int, value: Any, headers: dict[str, str] | None = None) -> Response:
    """JSON, never stored by anybody on the way."""
    kind = "application/problem+json; charset=utf-8" if status >= 400 else JSON
    return Response(msgspec.json.encode(value).decode(), {"Content-Type": kind, **NO_STORE, **(headers or {})}, status)


def see_other(path: str) -> Response:
    """303 to a page of the site: what a form sent without script gets."""
    return Response("", {"Location": f"{wiring.settings().site_url}{path}", **NO_STORE}, 303)


def problem(error: Problem) -> Response:
    headers = {"Retry-After": str(error.more["retry_after"])} if "retry_after" in error.more else {}
    return reply(error.status, error.body(), headers)


def _guarded(request: Request, access: Access, body: Any, handler: Handler, params: dict[str, str]) -> Response:
    """Nothing but an answer leaves: no exception, no stack trace, no datum of the asker."""
    who: callers.Who = None
    try:
        who = callers.who(request, access)
        raw = _raw(request)
        ask = Ask(who, decoded(raw, body), raw, _params(params), _key(request, access), hashlib.sha256(raw).hexdigest()[:24])
        answer = handler(ask)
        return answer if isinstance(answer, Response) else reply(*answer)
    except Problem as error:
        failed = callers.with_name(error, who)
    except (ServiceError, OSError, HTTPException) as error:
        log().warning("service refused", extra={"kind": getattr(error, "kind", type(error).__name__), "route": request.path})
        failed = busy()
    except Exception as error:
        log().error("unexpected", extra={"kind": type(error).__name__, "route": request.path, "trail": trail(error)})
        failed = Problem(
            500,
            "our-fault",
            "系统出了错，我们会查。急事请打值班电话。",
            "Something broke on our side. If it is urgent, call the duty phone.",
        )
    return _refusals.get(str(request.context.get("resourcePath")), _refuse)(request, failed)


def _refuse(request: Request, error: Problem) -> Response:
    return problem(error)


def _raw(request: Request) -> bytes:
    try:
        found = request.raw_body or b""
        raw = found.encode() if isinstance(found, str) else bytes(found)
    except ValueError:  # base64 or characters that are none
        raise unreadable() from None
    if len(raw) > BODY_LIMIT:
        raise Problem(413, "too-large", "内容太长了，请分开说。", "That is too long. Please send less at once.")
    return raw


def _params(params: dict[str, str]) -> dict[str, str]:
    """Path parameters arrive percent-encoded. One that holds a key separator names nothing of ours."""
    decoded = {name: unquote(value) for name, value in params.items()}
    if any("#" in value or len(value) > 200 for value in decoded.values()):
        raise absent()
    return decoded


def _key(request: Request, access: Access) -> str:
    """The caller's idempotency key as a short digest (draft-ietf-httpapi-idempotency-key-header: a string, quoted or not)."""
    if not access.keyed:
        return ""
    key = str(request.headers.get("idempotency-key", "")).strip().strip('"')
    if not re.fullmatch(r"[\x21-\x7e]{8,200}", key):
        raise bad(
            "idempotency-key",
            "请求缺少 Idempotency-Key（8 到 200 个可见字符）。",
            "Send an Idempotency-Key header of 8 to 200 visible characters.",
        )
    return hashlib.sha256(key.encode()).hexdigest()[:24]


def form_fields(raw: bytes) -> dict[str, list[str]]:
    """The fields of an urlencoded form; what cannot be read is a 400."""
    try:
        return parse_qs(raw.decode("utf-8"), keep_blank_values=True, strict_parsing=True, max_num_fields=40)
    except ValueError:
        raise bad("form", "表单读不懂，请重新填写。", "That form cannot be read. Please fill it in again.") from None
