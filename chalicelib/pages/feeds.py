"""What the compound tells everybody, as feeds: Atom (RFC 4287) and iCalendar (RFC 5545). Pure; the same entries give the same bytes."""

import uuid
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import NamedTuple
from xml.sax.saxutils import escape, quoteattr

from chalicelib.shared.calendar import stamp

FOLD = 75
"""Octets of a line of a calendar, without its end (RFC 5545, 3.1)."""
ATOM, CALENDAR, JSON = "application/atom+xml; charset=utf-8", "text/calendar; charset=utf-8", "application/json"
_TEXT = str.maketrans({"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n"})


class Feed(NamedTuple):
    """``name`` is the compound's, ``lang`` the feed's language, ``site`` our own address, ``page`` the page that shows the same."""

    compound: str
    name: str
    title: str
    lang: str
    site: str
    page: str


class Entry(NamedTuple):
    """Something that is told: a notice, an activity. ``identity`` is unique in the compound for good.

    ``cancelled`` entries stay in the calendar, so that calendars drop them, and are no longer in the feed. ``related`` is another entry.
    """

    identity: str
    title: str
    text: str
    category: str
    published: datetime
    updated: datetime
    starts: datetime
    ends: datetime
    place: str = ""
    revision: int = 0
    cancelled: bool = False
    related: str = ""


def name_of(feed: Feed, identity: str) -> str:
    """For good and everywhere the same, whatever the site's address becomes."""
    return str(uuid.uuid5(uuid.NAMESPACE_URL, f"nuanlin:{feed.compound}:{identity}"))


def atom(feed: Feed, entries: Sequence[Entry], path: str, now: datetime) -> str:
    """The feed under ``path``, the newest first; ``now`` stands for its date while it is empty."""
    shown = sorted((each for each in entries if not each.cancelled), key=lambda each: each.updated, reverse=True)
    updated = shown[0].updated if shown else now
    head = [
        '<?xml version="1.0" encoding="utf-8"?>',
        f'<feed xmlns="http://www.w3.org/2005/Atom" xml:lang={quoteattr(feed.lang)}>',
        f"<id>urn:uuid:{name_of(feed, f'feed:{feed.lang}')}</id>",
        f"<title>{escape(feed.title)}</title>",
        f"<updated>{stamp(updated)}</updated>",
        f"<author><name>{escape(feed.name)}</name></author>",
        f'<link rel="self" type="application/atom+xml" href={quoteattr(feed.site + path)}/>',
        f'<link rel="alternate" type="text/html" href={quoteattr(feed.site + feed.page)}/>',
    ]
    return "\n".join([*head, *(_entry(feed, each) for each in shown), "</feed>"]) + "\n"


def _entry(feed: Feed, entry: Entry) -> str:
    lines = [
        "<entry>",
        f"<id>urn:uuid:{name_of(feed, entry.identity)}</id>",
        f"<title>{escape(entry.title)}</title>",
        f"<published>{stamp(entry.published)}</published>",
        f"<updated>{stamp(entry.updated)}</updated>",
        f"<category term={quoteattr(entry.category)}/>",
        f'<link rel="alternate" type="text/html" href={quoteattr(feed.site + feed.page)}/>',
        *([f'<link rel="related" href="urn:uuid:{name_of(feed, entry.related)}"/>'] if entry.related else []),
        f'<content type="text">{escape(entry.text)}</content>',
        "</entry>",
    ]
    return "\n".join(lines)


def calendar(feed: Feed, entries: Iterable[Entry]) -> str:
    """From when until when each entry counts, as events that block nobody's time."""
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Nuanlin//Notices//ZH",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        f"NAME:{_text(feed.title)}",
        f"X-WR-CALNAME:{_text(feed.title)}",
        "REFRESH-INTERVAL;VALUE=DURATION:PT1H",
        *(line for entry in entries for line in _event(feed, entry)),
        "END:VCALENDAR",
    ]
    return "".join(f"{part}\r\n" for line in lines for part in folded(line))


def _event(feed: Feed, entry: Entry) -> list[str]:
    return [
        "BEGIN:VEVENT",
        f"UID:{name_of(feed, entry.identity)}",
        f"DTSTAMP:{_utc(entry.updated)}",
        f"CREATED:{_utc(entry.published)}",
        f"LAST-MODIFIED:{_utc(entry.updated)}",
        f"SEQUENCE:{entry.revision}",
        f"DTSTART:{_utc(entry.starts)}",
        f"DTEND:{_utc(entry.ends)}",
        f"SUMMARY:{_text(entry.title)}",
        f"DESCRIPTION:{_text(entry.text)}",
        *([f"LOCATION:{_text(entry.place)}"] if entry.place else []),
        f"CATEGORIES:{_text(entry.category)}",
        f"STATUS:{'CANCELLED' if entry.cancelled else 'CONFIRMED'}",
        "TRANSP:TRANSPARENT",
        *([f"RELATED-TO:{name_of(feed, entry.related)}"] if entry.related else []),
        "END:VEVENT",
    ]


def folded(line: str) -> list[str]:
    """A line in parts of at most 75 octets, each after the first begun with a blank; no character is torn."""
    parts, current = [], ""
    for letter in line:
        if len((current + letter).encode()) > FOLD:
            parts.append(current)
            current = " "
        current += letter
    return [*parts, current]


def _text(value: str) -> str:
    return value.replace("\r\n", "\n").replace("\r", "\n").translate(_TEXT)


def _utc(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")
