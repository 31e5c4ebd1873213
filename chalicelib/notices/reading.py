"""Notices as people read them: at home, on the public board, at the staff's desk."""

from collections.abc import Iterable, Sequence, Set
from datetime import datetime, timedelta
from typing import Any

from chalicelib.notices.answers import (
    Delivery,
    HomeNoticesAnswer,
    Linked,
    MissedGroup,
    NoticeAnswer,
    NoticeFile,
    NoticesAnswer,
    StaffNotice,
)
from chalicelib.notices.groups import missing, told
from chalicelib.notices.places import places
from chalicelib.notices.rules import Notice, State
from chalicelib.notices.telling import robot_text
from chalicelib.post.records import KEEP_DAYS
from chalicelib.post.rules import Message, MessageState
from chalicelib.register.answers import Contact, name_of, named
from chalicelib.register.audience import buildings_of, groups_in, homes_in, places_of
from chalicelib.register.rules import Home, Register, Staff
from chalicelib.shared.calendar import day_of, stamp
from chalicelib.store.contract import Store

LATELY = timedelta(days=1)
THERE = {MessageState.HANDED_OVER, MessageState.DELIVERED}
MOST_CONTACTS = 4


def of_home(register: Register, home: Home, notices: Sequence[Notice], now: datetime) -> HomeNoticesAnswer:
    """Everybody's and the home's own."""
    mine = [notice for notice in notices if notice.words.audience.has(home)]
    return HomeNoticesAnswer(named(register), stamp(now), read(register, mine, now))


def read(register: Register, notices: Sequence[Notice], now: datetime) -> list[NoticeAnswer]:
    """Those that count and are not long over, the newest first."""
    found = [each for each in notices if each.says and not each.over(now)]
    titles = {each.id: each for each in found}
    newest = sorted(found, key=lambda each: each.published or now, reverse=True)
    return [NoticeAnswer(**_shown(register, each, titles)) for each in newest]


def _shown(register: Register, notice: Notice, known: dict[str, Notice]) -> dict[str, Any]:
    words = notice.words
    return {
        **{name: getattr(words, name) for name in ("kind", "title", "text", "title_en", "text_en", "urgent", "rumour", "progress")},
        "id": notice.id,
        "starts": stamp(words.starts),
        "ends": stamp(words.ends),
        "published": stamp(notice.published) if notice.published else "",
        "places": places_of(register, words.audience),
        "buildings": buildings_of(register, words.audience),
        "corrects": _linked(words.corrects, known),
        "corrected_by": _linked(notice.corrected_by, known),
    }


def _linked(identity: str, known: dict[str, Notice]) -> Linked | None:
    found = known.get(identity)
    if found is None:
        return Linked(identity, "", "") if identity else None
    return Linked(identity, found.words.title, found.words.title_en)


def of_staff(store: Store, register: Register, staff: Staff, notices: Sequence[Notice], now: datetime, site: str) -> NoticesAnswer:
    """A query more for each of today and yesterday on which something was published."""
    fresh = [each for each in notices if each.published and day_of(each.published) >= day_of(now - LATELY)]
    entries = told(store, register.compound, fresh)
    known = {each.id: each for each in notices}
    shown = [staff_notice(register, staff, each, known, entries if each in fresh else None, site) for each in notices]
    return NoticesAnswer(
        stamp(now), sorted(shown, key=lambda each: (each.state is not State.DRAFT, each.at), reverse=True), *places(register, staff)
    )


def staff_notice(
    register: Register, staff: Staff, notice: Notice, known: dict[str, Notice], entries: Iterable[Message] | None, site: str
) -> StaffNotice:
    words, last = notice.words, notice.lines[-1]
    homes = homes_in(register, words.audience)
    return StaffNotice(
        state=notice.state,
        version=notice.version,
        open=words.open,
        audience=words.audience,
        groups=len(groups_in(register, words.audience)),
        homes=len(homes),
        robot=robot_text(register, words, site),
        by=name_of(register, last.by),
        at=stamp(last.at),
        reason=last.note,
        mine=all(staff.covers(home) for home in homes),
        delivery=None if entries is None else _delivery(each for each in entries if each.event.split(":")[1] == notice.id),
        **_shown(register, notice, known),
    )


def _delivery(entries: Iterable[Message]) -> Delivery:
    found = Delivery()
    for each in entries:
        if each.state in THERE:
            found.arrived += 1
        elif each.unreached:
            found.failed += 1
        elif missing(each):
            found.trying += 1
        elif each.state is not MessageState.SUPPRESSED:
            found.waiting += 1
    return found


def file_of(store: Store, register: Register, staff: Staff, notice: Notice, now: datetime, site: str) -> NoticeFile:
    """One notice with every floor group that has not got it. One query."""
    entries = told(store, register.compound, [notice])
    missed = [_missed(register, each) for each in entries if missing(each)]
    kept = not notice.published or (day_of(now) - day_of(notice.published)).days < KEEP_DAYS
    return NoticeFile(stamp(now), staff_notice(register, staff, notice, {notice.id: notice}, entries, site), missed, kept)


def _missed(register: Register, message: Message) -> MissedGroup:
    floors = [floor for floor in register.floors if floor.group == message.person]
    places = {(floor.building, floor.floor) for floor in floors}
    homes = [home for home in register.homes if home.lived_in and (home.building, home.floor) in places]
    contacts = _contacts(register, {floor.grid for floor in floors}, homes)
    return MissedGroup(message.person, message.state, message.why, stamp(message.due), len(homes), contacts)


def _contacts(register: Register, grids: Set[str], homes: Sequence[Home]) -> list[Contact]:
    """Who looks after a floor: its homes' stewards, its grid's coordinator and volunteers, its homes' volunteers."""
    carers = [person for grid in register.grids if grid.id in grids for person in (grid.coordinator, *grid.volunteers)]
    who = [*(home.steward for home in homes), *carers, *(home.volunteer for home in homes)]
    people = {each.username: each for each in register.staff} | {each.id: each for each in register.volunteers}
    found = [people[each] for each in dict.fromkeys(who) if each in people]
    return [Contact(each.name, each.phone) for each in found[:MOST_CONTACTS]]
