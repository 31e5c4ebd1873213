"""A notice: what the compound tells its residents, for whom, from when until when. Pure.

draft → published → withdrawn        a correction is a notice of its own; each of the two names the other
"""

from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Annotated, NamedTuple

import msgspec
from msgspec import Meta

from chalicelib.register.audience import Audience
from chalicelib.shared.problems import bad, key_reused, not_now
from chalicelib.shared.text import clean, paragraphs

LONGEST = timedelta(days=92)
SHOWN_AFTER = timedelta(days=7)
"""So long what is over can still be read."""
DRAFT_KEPT = timedelta(days=30)


class Kind(StrEnum):
    POLICY = "policy"
    RUMOUR = "rumour"
    WEATHER = "weather"
    SAFETY = "safety"
    WORKS = "works"
    CAMPAIGN = "campaign"


class Verdict(StrEnum):
    """What was found about a rumour."""

    FALSE = "false"
    PARTLY = "partly"
    UNPROVEN = "unproven"


class State(StrEnum):
    DRAFT = "draft"
    PUBLISHED = "published"
    WITHDRAWN = "withdrawn"


class Rumour(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What is said, what is true of it, and who says so since when."""

    claim: Annotated[str, Meta(min_length=1, max_length=200)]
    verdict: Verdict
    source: Annotated[str, Meta(min_length=1, max_length=80)]
    day: date


class Progress(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How far a campaign is: ``done`` of ``goal``."""

    done: Annotated[int, Meta(ge=0, le=1_000_000)]
    goal: Annotated[int, Meta(ge=1, le=1_000_000)]
    unit: Annotated[str, Meta(max_length=8)] = ""


class Words(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """What a notice says, and to whom. ``open`` ones may be read by anybody: on the board, in the lifts, in the feeds.

    ``urgent`` ones reach the floor groups at once. English is optional. ``corrects`` is the notice that this one puts right.
    """

    kind: Kind
    title: Annotated[str, Meta(min_length=1, max_length=40)]
    starts: Annotated[datetime, Meta(tz=True)] = msgspec.field(name="from")
    ends: Annotated[datetime, Meta(tz=True)] = msgspec.field(name="until")
    text: Annotated[str, Meta(max_length=600)] = ""
    title_en: Annotated[str, Meta(max_length=90)] = ""
    text_en: Annotated[str, Meta(max_length=1500)] = ""
    urgent: bool = False
    open: bool = False
    audience: Audience = Audience()
    rumour: Rumour | None = None
    progress: Progress | None = None
    corrects: Annotated[str, Meta(max_length=40)] = ""


class Line(NamedTuple):
    """Something done with a notice; ``key`` is the request's with the digest of what it said, so that a repeat is known."""

    at: datetime
    what: str
    by: str
    key: str
    note: str = ""


class Notice(NamedTuple):
    """``corrected_by`` is the notice that puts this one right."""

    id: str
    words: Words
    state: State
    lines: tuple[Line, ...]
    corrected_by: str = ""
    version: int = 0

    @property
    def published(self) -> datetime | None:
        return next((line.at for line in self.lines if line.what == State.PUBLISHED), None)

    @property
    def updated(self) -> datetime:
        return self.lines[-1].at

    @property
    def says(self) -> bool:
        """Does it count: published, and not taken back?"""
        return self.state is State.PUBLISHED

    def over(self, now: datetime) -> bool:
        """Need nobody see it any more?"""
        if self.state is State.DRAFT:
            return self.updated + DRAFT_KEPT <= now
        return (self.updated if self.state is State.WITHDRAWN else self.words.ends) + SHOWN_AFTER <= now


def cleaned(words: Words) -> Words:
    """Without what cannot be seen."""
    rumour, progress = words.rumour, words.progress
    return msgspec.structs.replace(
        words,
        **{name: clean(getattr(words, name)) for name in ("title", "title_en", "corrects")},
        **{name: paragraphs(getattr(words, name)) for name in ("text", "text_en")},
        rumour=rumour and msgspec.structs.replace(rumour, claim=clean(rumour.claim), source=clean(rumour.source)),
        progress=progress and msgspec.structs.replace(progress, unit=clean(progress.unit)),
    )


def check(words: Words, now: datetime) -> None:
    """Problem 400, with the member as ``field``, for what makes no sense."""
    if not words.title:
        raise bad("title", "标题不能空着。", "Please give it a title.", field="title")
    if not (words.text or words.rumour):
        raise bad("text", "写几句话，说清楚是什么事。", "Please say in some words what it is about.", field="text")
    if not words.starts < words.ends <= words.starts + LONGEST or words.ends <= now:
        raise bad(
            "until",
            "结束要晚于开始，也要晚于现在，最长 92 天。",
            "It has to end after it begins, later than now, and within 92 days.",
            field="until",
        )
    if (words.kind is Kind.RUMOUR) != (words.rumour is not None):
        raise bad("rumour", "辟谣要写明传言、结论、来源和日期。", "A rumour needs its claim, verdict, source and date.", field="rumour")
    if words.rumour and not (words.rumour.claim and words.rumour.source):
        raise bad("rumour", "辟谣要写明传言、结论、来源和日期。", "A rumour needs its claim, verdict, source and date.", field="rumour")
    if words.progress and words.kind is not Kind.CAMPAIGN:
        raise bad("progress", "只有活动进展才写数字。", "Only a campaign has figures of progress.", field="progress")
    if words.open and words.audience.tiers:
        raise bad("open", "按分档发的通知不能公开。", "What is meant for some tiers only may not be read by everybody.", field="open")


def answered(notice: Notice, key: str) -> bool:
    """Was this request carried out before? Problem 422 if it said something else then."""
    request = key.partition(":")[0]
    known = [line.key for line in notice.lines if line.key.partition(":")[0] == request]
    if known and key not in known:
        raise key_reused()
    return bool(known)


def changed(notice: Notice, words: Words, line: Line) -> Notice:
    """A draft with other words."""
    if notice.state is not State.DRAFT:
        raise not_now()
    return notice._replace(words=words, lines=(notice.lines[0], line))


def published(notice: Notice, line: Line) -> Notice:
    if notice.state is not State.DRAFT:
        raise not_now()
    return notice._replace(state=State.PUBLISHED, lines=(*notice.lines, line))


def withdrawn(notice: Notice, line: Line) -> Notice:
    """A draft is thrown away; what was published is taken back."""
    if notice.state is State.WITHDRAWN:
        raise not_now()
    return notice._replace(state=State.WITHDRAWN, lines=(*notice.lines, line))


def corrected(notice: Notice, by: str, line: Line) -> Notice:
    """Put right by another; 409 if it does not count, or another has put it right before."""
    if not notice.says or notice.corrected_by:
        raise not_now()
    return notice._replace(corrected_by=by, lines=(*notice.lines, line))
