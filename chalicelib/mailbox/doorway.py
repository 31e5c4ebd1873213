"""HTTP of the mailbox: an event of its own REST API in, an answer out. Of the event only method, path, body and staff claims are read:
no address, no browser, no time goes any further.
"""

import base64
from collections.abc import Callable
from http.client import HTTPException
from typing import Any, NamedTuple

import msgspec

from chalicelib.mailbox import asks, records
from chalicelib.mailbox.actions import Desk
from chalicelib.shared.bodies import BODY_LIMIT, decoded, unreadable
from chalicelib.shared.ids import is_compound_id
from chalicelib.shared.log import log, trail
from chalicelib.shared.problems import Problem, absent, busy
from chalicelib.wire import ServiceError

HEADERS = {"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff", "Referrer-Policy": "no-referrer"}
LEADS = {"coordinator", "manager"}


class Staff(NamedTuple):
    """Who reads letters: a coordinator or manager of the compound."""

    username: str


Open = Callable[[str], Desk]
"""What opens the desk of a compound."""


def answer(event: dict[str, Any], open_desk: Open) -> dict[str, Any]:
    """One request. Nothing but an answer leaves; what goes wrong is logged by its kind alone."""
    try:
        status, value = _answered(event, open_desk)
        return _reply(status, value)
    except Problem as problem:
        return _reply(problem.status, problem.body(), problem.more.get("retry_after"))
    except (ServiceError, OSError, HTTPException) as error:
        log().warning("service refused", extra={"kind": getattr(error, "kind", type(error).__name__)})
        return _reply(503, busy().body(), 1)
    except Exception as error:
        log().error("unexpected", extra={"kind": type(error).__name__, "trail": trail(error)})
        wrong = Problem(
            500, "our-fault", "系统出了错。急事请打值班电话。", "Something broke on our side. If it is urgent, call the duty phone."
        )
        return _reply(500, wrong.body())


def _answered(event: dict[str, Any], open_desk: Open) -> tuple[int, Any]:
    route = asks.ROUTES.get((str(event.get("httpMethod")), str(event.get("path", "")).removeprefix("/mailbox")))
    if route is None:
        raise absent()
    body = decoded(_raw(event), route.body)
    if not route.staff:
        return route.handle(_desk(open_desk, body.compound), None, body)
    compound, staff = _staff(event)
    return route.handle(_desk(open_desk, compound), staff.username, body)


def _desk(open_desk: Open, compound: str) -> Desk:
    desk = open_desk(compound) if is_compound_id(compound) else None
    if desk is None or records.known(desk.store, compound) is None:
        raise absent()
    return desk


def _staff(event: dict[str, Any]) -> tuple[str, Staff]:
    """API Gateway has checked the token; a path under /staff without its claims was not sent through it."""
    claims = ((event.get("requestContext") or {}).get("authorizer") or {}).get("claims") or {}
    username, groups = str(claims.get("cognito:username", "")), str(claims.get("cognito:groups", ""))
    compound = username.partition(".")[0]
    if not is_compound_id(compound):
        raise Problem(401, "sign-in", "请先登录。", "Please sign in.")
    if not LEADS & set(groups.replace("[", "").replace("]", "").replace(",", " ").split()):
        raise Problem(403, "not-yours", "信件由网格长和经理来看。", "Letters are read by coordinators and managers.")
    return compound, Staff(username)


def _raw(event: dict[str, Any]) -> bytes:
    text = event.get("body") or ""
    try:
        raw = base64.b64decode(text, validate=True) if event.get("isBase64Encoded") else text.encode()
    except ValueError:
        raise unreadable() from None
    if len(raw) > BODY_LIMIT:
        raise Problem(413, "too-large", "信太长了，请分成两封。", "The letter is too long. Please make two of it.")
    return raw


def _reply(status: int, value: Any, retry_after: int | None = None) -> dict[str, Any]:
    kind = "application/problem+json; charset=utf-8" if status >= 400 else "application/json"
    headers = {"Content-Type": kind, **HEADERS, **({"Retry-After": str(retry_after)} if retry_after else {})}
    return {"statusCode": status, "headers": headers, "body": msgspec.json.encode(value).decode(), "isBase64Encoded": False}
