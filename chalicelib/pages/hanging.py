"""What everybody may read of a compound's notices and activities, as files of the site: for the board and the lifts, and as feeds.

Written when something is published or taken back, so that nobody who reads costs more than a file. Which of it counts at this hour, the
pages see by themselves.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple

import msgspec

from chalicelib.activities import records as activities
from chalicelib.activities.rules import Activity
from chalicelib.notices import records
from chalicelib.notices.answers import NoticeAnswer
from chalicelib.notices.reading import read
from chalicelib.notices.rules import Notice
from chalicelib.notices.saying import KINDS, told
from chalicelib.pages.feeds import ATOM, CALENDAR, JSON, Entry, Feed, atom, calendar
from chalicelib.register.answers import Named, named
from chalicelib.register.audience import places_of
from chalicelib.register.rules import Register
from chalicelib.shared.calendar import stamp
from chalicelib.store.contract import Store

FOLDER = "feeds/"
KEPT = "public, max-age=60"


class Hung(NamedTuple):
    """A file of the site."""

    path: str
    kind: str
    body: bytes


class BoardFile(msgspec.Struct):
    """What the board and the lifts show; ``made`` says as of when."""

    compound: Named
    made: str
    notices: list[NoticeAnswer]


def hung(store: Store, now: datetime, register: Register, site: str) -> list[Hung]:
    """Every file of a compound, from what stands in the table. Two queries."""
    public = [each for each in records.current(store, register.compound, consistent=True) if each.words.open and each.published]
    board = BoardFile(named(register), stamp(now), read(register, [each for each in public if each.says], now))
    path, told_of, coming = (
        f"{FOLDER}{register.compound}",
        [each for each in public if not each.over(now)],
        activities.public(store, register.compound, now),
    )
    entries = [*(_entry(register, each) for each in told_of), *map(_activity, coming)]
    zh = Feed(register.compound, register.name, f"{register.name} · 通知", "zh-CN", site, f"/notices/#{register.compound}")
    en = zh._replace(title=f"{register.name} · Notices", lang="en", page=f"/en/notices/#{register.compound}")
    in_english = [*(_entry(register, each, True) for each in told_of), *(_activity(each, True) for each in coming)]
    return [
        Hung(f"{path}.json", JSON, msgspec.json.encode(board)),
        Hung(f"{path}.atom", ATOM, atom(zh, entries, f"/{path}.atom", now).encode()),
        Hung(f"{path}.en.atom", ATOM, atom(en, in_english, f"/{path}.en.atom", now).encode()),
        Hung(f"{path}.ics", CALENDAR, calendar(zh, entries).encode()),
        Hung(f"{path}.en.ics", CALENDAR, calendar(en, in_english).encode()),
    ]


def hang(s3: Any, bucket: str, files: Sequence[Hung]) -> None:
    """Put them where the site lives."""
    for file in files:
        s3.put_object(Bucket=bucket, Key=file.path, Body=file.body, ContentType=file.kind, CacheControl=KEPT)


def _entry(register: Register, notice: Notice, english: bool = False) -> Entry:
    """Of one that was taken back no word is left: it may be the very word for which it was."""
    words = notice.words
    title, text = told(notice, english) if notice.says else ("Withdrawn" if english else "已撤回", "")
    return Entry(
        notice.id,
        title,
        text,
        words.kind.value if english else KINDS[words.kind],
        notice.published or notice.updated,
        notice.updated,
        words.starts,
        words.ends,
        "、".join(places_of(register, words.audience)),
        notice.version,
        not notice.says,
        notice.corrected_by or words.corrects,
    )


def _activity(activity: Activity, english: bool = False) -> Entry:
    """How one comes to have a place stands in it, and not who has one."""
    how = "Sign up by the code on your home card." if english else "报名请扫门后的明白卡。"
    return Entry(
        f"activity:{activity.id}",
        activity.title,
        "\n".join(part for part in (activity.text, how) if part),
        "activity" if english else "活动",
        activity.made,
        activity.called_off or activity.made,
        activity.starts,
        activity.ends,
        activity.where,
        1 if activity.called_off else 0,
        activity.called_off is not None,
    )
