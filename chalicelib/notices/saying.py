"""A notice in words: the lines that a floor group, a feed and a calendar share. Pure."""

from datetime import datetime

from chalicelib.notices.rules import Kind, Notice, Verdict, Words
from chalicelib.shared.calendar import day_of, local

KINDS = {
    Kind.POLICY: "政策",
    Kind.RUMOUR: "辟谣",
    Kind.WEATHER: "天气",
    Kind.SAFETY: "安全提示",
    Kind.WORKS: "施工维修",
    Kind.CAMPAIGN: "活动进展",
}
VERDICTS = {Verdict.FALSE: "不实", Verdict.PARTLY: "部分不实", Verdict.UNPROVEN: "没有根据"}
FOUND = {Verdict.FALSE: "false", Verdict.PARTLY: "partly false", Verdict.UNPROVEN: "unproven"}


def body(words: Words) -> list[str]:
    rumour, progress = words.rumour, words.progress
    lines = [
        f"传言：{rumour.claim}" if rumour else "",
        f"核实：{VERDICTS[rumour.verdict]}。来源：{rumour.source}，{rumour.day.month} 月 {rumour.day.day} 日" if rumour else "",
        f"进度：{progress.done} / {progress.goal} {progress.unit}".rstrip() if progress else "",
        words.text,
        f"时间：{span(words.starts, words.ends)}",
    ]
    return [line for line in lines if line]


def in_english(words: Words) -> list[str]:
    """The same for who reads English; what nobody has translated stays as it was written."""
    rumour, progress = words.rumour, words.progress
    lines = [
        f"What is said: {rumour.claim}" if rumour else "",
        f"What was found: {FOUND[rumour.verdict]}. Source: {rumour.source}, {rumour.day.isoformat()}" if rumour else "",
        f"So far: {progress.done} of {progress.goal} {progress.unit}".rstrip() if progress else "",
        words.text_en or words.text,
        f"When: {local(words.starts):%Y-%m-%d %H:%M} to {local(words.ends):%Y-%m-%d %H:%M}",
    ]
    return [line for line in lines if line]


def told(notice: Notice, english: bool) -> tuple[str, str]:
    """Title and text as feeds have them; whether it puts right or was put right stands in the title."""
    words = notice.words
    if english:
        sign = "Corrected: " if notice.corrected_by else "Correction: " if words.corrects else ""
        return sign + (words.title_en or words.title), "\n".join(in_english(words))
    sign = "（已更正）" if notice.corrected_by else "更正：" if words.corrects else ""
    return sign + words.title, "\n".join(body(words))


def span(starts: datetime, ends: datetime) -> str:
    """11 月 23 日 9:00 到 12:00"""
    first, last = local(starts), local(ends)
    until = f"{last.hour}:{last:%M}" if day_of(starts) == day_of(ends) else f"{last.month} 月 {last.day} 日 {last.hour}:{last:%M}"
    return f"{first.month} 月 {first.day} 日 {first.hour}:{first:%M} 到 {until}"
