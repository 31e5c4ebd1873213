"""What can be asked of the mailbox: bodies, answers, and the table of routes. Numbers and secrets travel in bodies, never in addresses."""

from collections.abc import Callable
from typing import Annotated, Any, NamedTuple

import msgspec
from msgspec import Meta

from chalicelib.mailbox import actions, records
from chalicelib.mailbox.actions import Desk
from chalicelib.mailbox.receipts import read_receipt, read_secret
from chalicelib.mailbox.rules import Letter, LetterKind, Source, due
from chalicelib.mailbox.urgency import ORDER, Urgency
from chalicelib.shared.calendar import stamp
from chalicelib.shared.half_days import half_day, read_half_day
from chalicelib.shared.problems import bad

Text = Annotated[str, Meta(min_length=1, max_length=2000)]
Key = Annotated[str, Meta(min_length=8, max_length=64)]


class LetterBody(msgspec.Struct, forbid_unknown_fields=True):
    """``secret`` is made by the writer's own browser: twenty letters that nobody else has seen."""

    compound: str
    secret: str
    kind: LetterKind
    text: Text


class ReceiptBody(msgspec.Struct, forbid_unknown_fields=True):
    compound: str
    receipt: Annotated[str, Meta(max_length=40)]


class SecretBody(msgspec.Struct, forbid_unknown_fields=True):
    compound: str
    secret: Annotated[str, Meta(max_length=60)]


class MoreBody(msgspec.Struct, forbid_unknown_fields=True):
    compound: str
    secret: Annotated[str, Meta(max_length=60)]
    text: Text
    key: Key


class JudgementBody(msgspec.Struct, forbid_unknown_fields=True):
    receipt: Annotated[str, Meta(max_length=40)]
    urgency: Urgency


class ReplyBody(msgspec.Struct, forbid_unknown_fields=True):
    """With ``result`` the letter is done."""

    receipt: Annotated[str, Meta(max_length=40)]
    text: Text
    key: Key
    result: bool = False


class CopiedBody(msgspec.Struct, forbid_unknown_fields=True):
    """A letter from the box in the square; ``half_day`` is that of the box's opening."""

    secret: str
    kind: LetterKind
    text: Text
    half_day: Annotated[str, Meta(pattern=r"^\d{4}-\d\d-\d\d-(am|pm)$")]


class BoxBody(msgspec.Struct, forbid_unknown_fields=True):
    letters: Annotated[int, Meta(ge=0, le=500)]


def _status(letter: Letter) -> dict[str, Any]:
    """All a receipt shows."""
    named = {"receipt": letter.receipt, "state": letter.state, "half_day": str(letter.half_day), "result": letter.result}
    return named | {"due": stamp(due(letter.since))}


def _thread(letter: Letter) -> dict[str, Any]:
    lines = [{"half_day": line.half_day, "from": "staff" if line.by else "writer", "text": line.text} for line in letter.lines]
    return _status(letter) | {"kind": letter.kind, "lines": lines, "worry": letter.worry}


def _letter(letter: Letter) -> dict[str, Any]:
    lines = [{"half_day": line.half_day, "by": line.by, "text": line.text} for line in letter.lines]
    judged = {"worry": letter.worry, "urgency": letter.urgency, "source": letter.source}
    return _status(letter) | {"kind": letter.kind, "lines": lines, **judged}


def write(desk: Desk, by: str | None, body: LetterBody) -> tuple[int, Any]:
    return 201, _thread(actions.write(desk, _secret(body.secret), body.kind, Source.ONLINE, body.text.strip()))


def copy_in(desk: Desk, by: str | None, body: CopiedBody) -> tuple[int, Any]:
    wrong = bad("half_day", "开箱的日子要在一周之内。", "The box must have been opened within the last week.")
    try:
        half = read_half_day(body.half_day)
    except ValueError:
        raise wrong from None
    if not 0 <= (half_day(desk.now).day - half.day).days <= 7:
        raise wrong
    return 201, _status(actions.write(desk, _secret(body.secret), body.kind, Source.BOX, body.text.strip(), half))


def look(desk: Desk, by: str | None, body: ReceiptBody) -> tuple[int, Any]:
    return 200, _status(actions.state(desk, read_receipt(body.receipt)))


def read(desk: Desk, by: str | None, body: SecretBody) -> tuple[int, Any]:
    return 200, _thread(actions.thread(desk, read_secret(body.secret)))


def go_on(desk: Desk, by: str | None, body: MoreBody) -> tuple[int, Any]:
    return 200, _thread(actions.add(desk, read_secret(body.secret), body.text.strip(), body.key))


def desk_of_letters(desk: Desk, by: str | None, body: None) -> tuple[int, Any]:
    """What waits, the most urgent first; this month's box openings, and how many were answered in time."""
    month = half_day(desk.now).day.isoformat()[:7]
    letters = sorted(actions.open_letters(desk), key=lambda letter: -ORDER.index(letter.known_urgency))
    box = [opening._asdict() for opening in records.box_openings(desk.store, desk.compound, month)]
    ages = [_hours(sent, result) for sent, result in records.answered(desk.store, desk.compound, month)]
    figures = {"answered": len(ages), "in_time": sum(age <= 24 for age in ages), "worst_hours": max(ages, default=0)}
    return 200, {"now": stamp(desk.now), "letters": [_letter(letter) for letter in letters], "box": box, "month": month, **figures}


def judge(desk: Desk, by: str | None, body: JudgementBody) -> tuple[int, Any]:
    return 200, _letter(actions.judge(desk, read_receipt(body.receipt), body.urgency))


def reply(desk: Desk, by: str | None, body: ReplyBody) -> tuple[int, Any]:
    return 200, _letter(actions.reply(desk, read_receipt(body.receipt), by or "", body.text.strip(), body.key, body.result))


def open_box(desk: Desk, by: str | None, body: BoxBody) -> tuple[int, Any]:
    return 200, actions.open_box(desk, by or "", body.letters)._asdict()


def _secret(text: str) -> str:
    secret = read_secret(text)
    if not secret:
        raise bad("secret", "密钥要有二十个字母和数字。请刷新页面再试。", "A secret has twenty letters and digits. Please reload the page.")
    return secret


def _hours(sent: str, result: str) -> int:
    """From the beginning of one half-day to the end of another: the most it can have been."""
    return int((read_half_day(result).begins - read_half_day(sent).begins).total_seconds()) // 3600 + 12


class Route(NamedTuple):
    handle: Callable[[Desk, str | None, Any], tuple[int, Any]]
    body: Any
    staff: bool = False


ROUTES = {
    ("POST", "/letters"): Route(write, LetterBody),
    ("POST", "/state"): Route(look, ReceiptBody),
    ("POST", "/thread"): Route(read, SecretBody),
    ("POST", "/thread/lines"): Route(go_on, MoreBody),
    ("GET", "/staff/letters"): Route(desk_of_letters, None, staff=True),
    ("POST", "/staff/letters"): Route(copy_in, CopiedBody, staff=True),
    ("POST", "/staff/judgements"): Route(judge, JudgementBody, staff=True),
    ("POST", "/staff/replies"): Route(reply, ReplyBody, staff=True),
    ("POST", "/staff/box-openings"): Route(open_box, BoxBody, staff=True),
}
