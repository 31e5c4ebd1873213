"""Notices over HTTP: what a home is told; what the staff writes, publishes and takes back. What is open hangs on the site itself."""

from chalice.app import Blueprint

from chalicelib import wiring
from chalicelib.notices import actions, records
from chalicelib.notices.answers import (
    ChangeBody,
    HomeNoticesAnswer,
    NoticeFile,
    NoticesAnswer,
    PublicationBody,
    StaffNotice,
    WithdrawalBody,
)
from chalicelib.notices.reading import file_of, of_home, of_staff, staff_notice
from chalicelib.notices.rules import Notice, Words
from chalicelib.register import records as registers
from chalicelib.shared.problems import absent, dead_link
from chalicelib.shared.text import clean
from chalicelib.web import Ask, opens

rooms = Blueprint(__name__)


@opens(rooms, "GET", "/api/home/notices", answer=HomeNoticesAnswer)
def show_home_notices(ask: Ask) -> tuple[int, HomeNoticesAnswer]:
    """What is for everybody, and what is for this home alone."""
    store, now, who = wiring.store(), wiring.clock().now(), ask.who
    standing = registers.standing(store, now, who.compound)
    home = standing.register.home_by_id.get(who.home) if standing else None
    if standing is None or home is None or home.tenancy != who.tenancy:
        raise dead_link()
    return 200, of_home(standing.register, home, records.current(store, who.compound), now)


@opens(rooms, "GET", "/api/notices", answer=NoticesAnswer)
def show_notices(ask: Ask) -> tuple[int, NoticesAnswer]:
    store, register = wiring.store(), ask.who.register
    notices = records.current(store, register.compound)
    return 200, of_staff(store, register, ask.who.staff, notices, wiring.clock().now(), _site())


@opens(rooms, "GET", "/api/notices/{notice}", answer=NoticeFile)
def show_notice(ask: Ask) -> tuple[int, NoticeFile]:
    """With the floor groups that have not got it, and whom to phone."""
    store, register = wiring.store(), ask.who.register
    notice = records.find(store, register.compound, ask.params["notice"])
    if notice is None:
        raise absent()
    return 200, file_of(store, register, ask.who.staff, notice, wiring.clock().now(), _site())


@opens(rooms, "POST", "/api/notices", Words, StaffNotice)
def write_notice(ask: Ask) -> tuple[int, StaffNotice]:
    """A draft; nobody is told yet. Problem 400 names what is missing as ``field``, 403 says that a place is not hers."""
    notice = actions.draft(wiring.store(), wiring.clock().now(), ask.who.register, ask.who.staff, ask.body, _key(ask))
    return 201, _answer(ask, notice)


@opens(rooms, "POST", "/api/notices/{notice}/words", ChangeBody, StaffNotice)
def change_notice(ask: Ask) -> tuple[int, StaffNotice]:
    """Of a draft; 409 once it is published, and where somebody else has changed it since."""
    who, body = ask.who, ask.body
    now, identity = wiring.clock().now(), ask.params["notice"]
    return 200, _answer(ask, actions.change(wiring.store(), now, who.register, who.staff, identity, body.version, body.words, _key(ask)))


@opens(rooms, "POST", "/api/notices/{notice}/publication", PublicationBody, StaffNotice)
def publish_notice(ask: Ask) -> tuple[int, StaffNotice]:
    """The board at once, the floor groups with the next sweep: common ones after two minutes in which it can be taken back unheard."""
    who, now = ask.who, wiring.clock().now()
    notice = actions.publish(wiring.store(), now, who.register, who.staff, ask.params["notice"], ask.body.version, _key(ask))
    return 200, _answer(ask, notice)


@opens(rooms, "POST", "/api/notices/{notice}/withdrawal", WithdrawalBody, StaffNotice)
def withdraw_notice(ask: Ask) -> tuple[int, StaffNotice]:
    """Whoever was told hears that it counts no more; what still waits is not sent. A draft is thrown away."""
    who, now = ask.who, wiring.clock().now()
    notice = actions.withdraw(wiring.store(), now, who.register, who.staff, ask.params["notice"], clean(ask.body.reason), _key(ask))
    return 200, _answer(ask, notice)


def _answer(ask: Ask, notice: Notice) -> StaffNotice:
    return staff_notice(ask.who.register, ask.who.staff, notice, {}, None, _site())


def _key(ask: Ask) -> str:
    return f"{ask.key}:{ask.digest}"


def _site() -> str:
    return wiring.settings().site_url
