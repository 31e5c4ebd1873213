"""What floor groups are told of a notice, and when. Pure.

A group is reached by the policy's robots of its name, ``robot.3 栋 5 层群``. Common notices can be taken back for two minutes, wait for the
end of the quiet hours and leave at most once an hour, which ``post`` sees to; urgent ones leave at once.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta

from chalicelib import reach
from chalicelib.notices.rules import Kind, Notice, Verdict, Words
from chalicelib.post import wording
from chalicelib.post.rules import NOTICE, TOGETHER, URGENT, Telling
from chalicelib.register.audience import groups_in
from chalicelib.register.rules import Register
from chalicelib.shared.calendar import day_of, local, quiet_ends
from chalicelib.shared.text import harmless

UNDO = timedelta(minutes=2)
LONGEST = 1950
"""Bytes in UTF-8: a WeCom robot takes 2,048 in one text."""
KINDS = {
    Kind.POLICY: "政策",
    Kind.RUMOUR: "辟谣",
    Kind.WEATHER: "天气",
    Kind.SAFETY: "安全提示",
    Kind.WORKS: "施工维修",
    Kind.CAMPAIGN: "活动进展",
}
VERDICTS = {Verdict.FALSE: "不实", Verdict.PARTLY: "部分不实", Verdict.UNPROVEN: "没有根据"}
CUT = "…（全文见通知页）"


def event_of(notice: Notice, what: str = "published") -> str:
    return f"{NOTICE}{notice.id}:{what}{URGENT if notice.words.urgent else ''}"


def tellings(register: Register, notice: Notice, site: str) -> list[Telling]:
    """One for each floor group it is for, also where nobody has said how that group is reached: it is then on the list of those missed."""
    at = notice.published or notice.updated
    muted = None if notice.words.urgent else quiet_ends(register.policy.quiet, at + UNDO)
    text = robot_text(register, notice.words, site)
    return [_telling(register, event_of(notice), at, group, text, muted) for group in groups_in(register, notice.words.audience)]


def taken_back(register: Register, notice: Notice, groups: Iterable[str], site: str) -> list[Telling]:
    """Whoever was told a notice hears that it counts no more."""
    words, last = notice.words, notice.lines[-1]
    muted = None if words.urgent else quiet_ends(register.policy.quiet, last.at)
    text = wording.text("notice_withdrawn", title=harmless(words.title), reason=harmless(last.note), way=way(register, site))
    return [_telling(register, event_of(notice, "withdrawn"), last.at, group, text, muted) for group in groups]


def _telling(register: Register, event: str, at: datetime, group: str, text: str, muted: datetime | None) -> Telling:
    return Telling(event, at, group, reach.addresses(register, group), text, muted, waits=TOGETHER)


def way(register: Register, site: str) -> str:
    """Where it can be read again: our own address, the only one that a robot ever says."""
    return f"通知页：{site}/notices/#{register.compound}"


def robot_text(register: Register, words: Words, site: str) -> str:
    """What a group reads, in one text; whatever somebody typed calls nobody and opens nothing."""
    kind = ("更正 · " if words.corrects else "紧急 · " if words.urgent else "") + KINDS[words.kind]
    body = "\n".join(line for line in _body(words) if line)
    whole = {"kind": kind, "title": harmless(words.title), "way": way(register, site)}
    room = LONGEST - len(wording.text("notice", **whole, body="").encode())
    return wording.text("notice", **whole, body=_fitting(harmless(body), room))


def _body(words: Words) -> list[str]:
    rumour, progress = words.rumour, words.progress
    return [
        f"传言：{rumour.claim}" if rumour else "",
        f"核实：{VERDICTS[rumour.verdict]}。来源：{rumour.source}，{rumour.day.month} 月 {rumour.day.day} 日" if rumour else "",
        f"进度：{progress.done} / {progress.goal} {progress.unit}".rstrip() if progress else "",
        words.text,
        f"时间：{span(words.starts, words.ends)}",
    ]


def span(starts: datetime, ends: datetime) -> str:
    """11 月 23 日 9:00 到 12:00"""
    first, last = local(starts), local(ends)
    until = f"{last.hour}:{last:%M}" if day_of(starts) == day_of(ends) else f"{last.month} 月 {last.day} 日 {last.hour}:{last:%M}"
    return f"{first.month} 月 {first.day} 日 {first.hour}:{first:%M} 到 {until}"


def _fitting(text: str, room: int) -> str:
    raw = text.encode()
    if len(raw) <= room:
        return text
    return raw[: room - len(CUT.encode())].decode(errors="ignore") + CUT
