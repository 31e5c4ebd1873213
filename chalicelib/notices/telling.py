"""What floor groups are told of a notice, and when. Pure.

A group is reached by the policy's robots of its name, ``robot.3 栋 5 层群``. Common notices can be taken back for two minutes, wait for the
end of the quiet hours and leave at most once an hour, which ``post`` sees to; urgent ones leave at once.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta

from chalicelib import reach
from chalicelib.notices.rules import Notice, Words
from chalicelib.notices.saying import KINDS, body
from chalicelib.post import wording
from chalicelib.post.rules import NOTICE, TOGETHER, URGENT, Telling
from chalicelib.register.audience import groups_in
from chalicelib.register.rules import Register
from chalicelib.shared.calendar import quiet_ends
from chalicelib.shared.text import harmless

UNDO = timedelta(minutes=2)
LONGEST = 1950
"""Bytes in UTF-8: a WeCom robot takes 2,048 in one text."""
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
    text = wording.text("notice_withdrawn", title=words.title, reason=last.note, way=way(register, site))
    return [_telling(register, event_of(notice, "withdrawn"), last.at, group, text, muted) for group in groups]


def _telling(register: Register, event: str, at: datetime, group: str, text: str, muted: datetime | None) -> Telling:
    return Telling(event, at, group, reach.addresses(register, group), text, muted, waits=TOGETHER)


def way(register: Register, site: str) -> str:
    """Where it can be read again: our own address, the only one that a robot ever says."""
    return f"通知页：{site}/notices/#{register.compound}"


def robot_text(register: Register, words: Words, site: str) -> str:
    """What a group reads, in one text; whatever somebody typed calls nobody and opens nothing."""
    kind = ("更正 · " if words.corrects else "紧急 · " if words.urgent else "") + KINDS[words.kind]
    whole = {"kind": kind, "title": words.title, "way": way(register, site)}
    room = LONGEST - len(wording.text("notice", **whole, body="").encode())
    return wording.text("notice", **whole, body=_fitting(harmless("\n".join(body(words))), room))


def _fitting(text: str, room: int) -> str:
    raw = text.encode()
    if len(raw) <= room:
        return text
    return raw[: room - len(CUT.encode())].decode(errors="ignore") + CUT
