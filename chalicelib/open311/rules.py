"""What another system may ask for, and which service of the standard each kind of ticket is. Pure.

GeoReport v2 (wiki.open311.org/GeoReport_v2); required fields as mySociety's open311-adapter checks them (Open311::Endpoint::Schema).
"""

import hashlib
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from chalicelib.register.policy import Policy
from chalicelib.register.ticketing import Subkind, TicketKind
from chalicelib.shared.calendar import local, parse
from chalicelib.shared.problems import Problem, bad
from chalicelib.tickets.numbers import read_number

LONGEST_SPAN = timedelta(days=90)
PAGE, LARGEST_PAGE, MOST_NAMED = 50, 500, 50
LONGEST_NAME = 20
WHAT = "what"
"""The one attribute: what is broken."""

_SERVICES = {
    TicketKind.REPAIR: ("报修", "东西坏了，要修", "报修,维修,repair"),
    TicketKind.COMPLAINT: ("投诉", "对服务或邻里不满意", "投诉,complaint"),
    TicketKind.SUGGESTION: ("建议", "想让小区更好", "建议,suggestion"),
    TicketKind.QUESTION: ("咨询", "问管家一句", "咨询,question"),
    TicketKind.NEED: ("求助", "请人帮忙", "求助,need"),
}
_BROKEN = {
    Subkind.LEAK: "漏水",
    Subkind.POWER: "停电",
    Subkind.HEATING: "暖气不热",
    Subkind.GAS: "燃气",
    Subkind.LIFT: "电梯",
    Subkind.OTHER: "别的",
}


def services() -> list[dict[str, Any]]:
    """Every service; each is ``realtime``: its number comes at once."""
    return [_service(kind) for kind in _SERVICES]


def _service(kind: TicketKind) -> dict[str, Any]:
    name, description, keywords = _SERVICES[kind]
    metadata = "true" if kind is TicketKind.REPAIR else "false"
    said = {"service_code": kind.value, "service_name": name, "description": description, "metadata": metadata}
    return {**said, "type": "realtime", "keywords": keywords, "group": "小区服务"}


def service_name(kind: TicketKind) -> str:
    return _SERVICES[kind][0]


def kind_of(code: str) -> TicketKind:
    """Problem 404 for a service that there is not."""
    if code not in set(TicketKind):
        raise Problem(404, "no-service", "没有这种服务，先读 services。", "There is no such service_code. Read services first.")
    return TicketKind(code)


def definition(kind: TicketKind) -> dict[str, Any]:
    """What a service asks for beyond the address: of a repair what is broken."""
    values = [{"key": subkind.value, "name": word} for subkind, word in _BROKEN.items()]
    attribute = {"variable": "true", "code": WHAT, "datatype": "singlevaluelist", "required": "true", "order": 1, "values": values}
    words = {"datatype_description": "选一样 choose one", "description": "坏的是什么 what is broken"}
    return {"service_code": kind.value, "attributes": [{**attribute, **words}] if kind is TicketKind.REPAIR else []}


def promised(policy: Policy, kind: TicketKind, urgent: bool) -> str:
    """What is promised for a new ticket, in words."""
    limits = policy.tickets.limits(kind, urgent)
    minutes, hours = int(limits.respond.total_seconds()) // 60, getattr(policy.tickets, f"{'urgent' if urgent else kind.value}_solve")
    clock = "全天" if urgent else "服务时间"
    return f"{clock} {minutes} 分钟内答复，{hours} 小时内办好"


class Asked(NamedTuple):
    """Which requests somebody asks for: those named, or of a span, some services and one status or both; and which page of them."""

    named: tuple[str, ...]
    start: datetime
    end: datetime
    kinds: frozenset[TicketKind]
    open: bool
    closed: bool
    page: int
    size: int

    def months(self) -> list[str]:
        """The months, as in ``2026-11``, that the span touches: five at most."""
        first, last = local(self.start), local(self.end)
        count = 12 * (last.year - first.year) + last.month - first.month + 1
        return [f"{first.year + (first.month - 1 + n) // 12}-{(first.month - 1 + n) % 12 + 1:02d}" for n in range(count)]


def asked(query: Mapping[str, str], now: datetime) -> Asked:
    """Problem 400 for what cannot be read, and for a span of more than 90 days; 404 for a service that there is not."""
    listed = _listed(query, "service_request_id")
    if len(listed) > MOST_NAMED:
        raise _wrong("service_request_id", f"一次最多问 {MOST_NAMED} 张。", f"ask for {MOST_NAMED} at most")
    named = tuple(dict.fromkeys(read_number(each) or each[:LONGEST_NAME] for each in listed))
    status = set(_listed(query, "status")) or {"open", "closed"}
    if not status <= {"open", "closed"}:
        raise _wrong("status", "只有 open 和 closed。", "is open or closed")
    start, end = _span(query, now)
    kinds = frozenset(kind_of(code) for code in _listed(query, "service_code")) or frozenset(TicketKind)
    page, size = _number(query, "page", 1, 10_000), _number(query, "page_size", PAGE, LARGEST_PAGE)
    return Asked(named, start, end, kinds, "open" in status, "closed" in status, page, size)


def _listed(query: Mapping[str, str], name: str) -> list[str]:
    return [word.strip() for word in query.get(name, "").split(",") if word.strip()]


def _span(query: Mapping[str, str], now: datetime) -> tuple[datetime, datetime]:
    start, end = _moment(query, "start_date"), _moment(query, "end_date")
    try:
        until = end or (start + LONGEST_SPAN if start else now)
        since = start or until - LONGEST_SPAN
    except OverflowError:
        raise _wrong("start_date", "日期不对。", "is out of range") from None
    if not timedelta() <= until - since <= LONGEST_SPAN:
        raise _wrong("start_date", "起止最多相隔 90 天，先起后止。", "and end_date span 90 days at most, the earlier first")
    return since, until


def _moment(query: Mapping[str, str], name: str) -> datetime | None:
    """A plus sign that nobody encoded arrives as a blank. Years in which days can be added and taken off."""
    said = query.get(name, "").strip().replace(" ", "+")
    if not said:
        return None
    try:
        found = parse(said)
    except ValueError:
        raise _wrong(name, "时间要写成 2026-11-22T08:00:00+08:00。", "is written 2026-11-22T08:00:00+08:00") from None
    if not 1970 < found.year < 2200:
        raise _wrong(name, "日期不对。", "is out of range")
    return found


def _number(query: Mapping[str, str], name: str, otherwise: int, most: int) -> int:
    said = query.get(name, "")
    if said and not (said.isascii() and said.isdigit() and len(said) < 7 and 1 <= int(said) <= most):
        raise _wrong(name, f"是 1 到 {most} 的整数。", f"is a whole number from 1 to {most}")
    return int(said or otherwise)


def _wrong(name: str, zh: str, en: str) -> Problem:
    return bad("argument", f"{name}：{zh}", f"{name} {en}.")


def repeated_key(client: str, form: Mapping[str, list[str]], header: str, hour: datetime) -> str:
    """``<request>:<digest>``: the same for the same form of the same system in the same hour, or under the same ``Idempotency-Key``."""
    said = repr(sorted(form.items()))
    about = header or f"{hour.strftime('%Y-%m-%dT%H')}:{said}"
    return f"{_digest(f'{client}:{about}')}:{_digest(said)}"


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:24]
