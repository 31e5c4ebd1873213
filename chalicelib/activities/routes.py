"""Activities over HTTP: a family signs up and leaves; the staff arranges, enters who phoned, and reads who comes."""

from datetime import timedelta

from chalice.app import Blueprint

from chalicelib import wiring
from chalicelib.activities import actions, records
from chalicelib.activities.answers import (
    ActivitiesAnswer,
    ActivityBody,
    CallingOffBody,
    HomeActivitiesAnswer,
    HomeActivity,
    PersonsBody,
    PlacesBody,
    SignUpBody,
    StaffActivity,
    answer_for,
    covers,
    of_home,
    of_staff,
    staff_activity,
)
from chalicelib.activities.rules import Activity, id_of
from chalicelib.callers import HomeVisitor, StaffMember
from chalicelib.register import records as registers
from chalicelib.register.rules import Home, Register
from chalicelib.shared.problems import Problem, absent, bad, dead_link
from chalicelib.shared.text import clean
from chalicelib.web import Ask, opens

rooms = Blueprint(__name__)
A_DAY, A_WEEK = timedelta(days=1), timedelta(days=7)


@opens(rooms, "GET", "/api/home/activities", answer=HomeActivitiesAnswer)
def show_home_activities(ask: Ask) -> tuple[int, HomeActivitiesAnswer]:
    """What this family can come to, and how it stands there."""
    now = wiring.clock().now()
    register, home = _family(ask.who)
    return 200, of_home(register, records.since(wiring.store(), ask.who.compound, now - A_DAY, consistent=True), home, now)


@opens(rooms, "POST", "/api/home/activities/{activity}", PersonsBody, HomeActivity)
def sign_up(ask: Ask) -> tuple[int, HomeActivity]:
    """So many will come; 0 leaves. Whoever finds no place waits. Problem 409 once it has begun."""
    now, (_, home) = wiring.clock().now(), _family(ask.who)
    identity, persons = ask.params["activity"], ask.body.persons
    after = actions.sign_up(wiring.store(), now, ask.who.compound, identity, home, persons, f"{ask.key}:{ask.digest}")
    return 200, answer_for(after, home, now)


@opens(rooms, "GET", "/api/activities", answer=ActivitiesAnswer)
def show_activities(ask: Ask) -> tuple[int, ActivitiesAnswer]:
    """Those of the last week and all to come."""
    now, register = wiring.clock().now(), ask.who.register
    return 200, of_staff(register, ask.who.staff, records.since(wiring.store(), register.compound, now - A_WEEK), now)


@opens(rooms, "POST", "/api/activities", ActivityBody, StaffActivity)
def arrange(ask: Ask) -> tuple[int, StaffActivity]:
    """Problem 403 for people beyond her scope."""
    now, body, who = wiring.clock().now(), ask.body, ask.who
    if not set(body.buildings) <= {home.building for home in who.register.homes}:
        raise bad("buildings", "没有这一栋，请看一下楼号。", "There is no such building. Please check its number.", field="buildings")
    _require(who, body.buildings)
    wanted = Activity(
        id_of(f"{ask.key}:{who.register.compound}", body.starts),
        clean(body.title),
        clean(body.text),
        clean(body.where),
        body.starts,
        body.ends,
        body.places,
        tuple(dict.fromkeys(body.buildings)),
        body.open,
        who.staff.username,
        now,
        f"{ask.key}:{ask.digest}",
    )
    return 201, staff_activity(who.register, who.staff, actions.arrange(wiring.store(), now, who.register.compound, wanted), now)


@opens(rooms, "POST", "/api/activities/{activity}/sign-ups", SignUpBody, StaffActivity)
def sign_up_for(ask: Ask) -> tuple[int, StaffActivity]:
    """For a home that phones or comes to the desk."""
    _mine(ask)
    now, home = wiring.clock().now(), ask.who.home(ask.body.home)
    key = f"{ask.key}:{ask.digest}"
    return _changed(ask, actions.sign_up(wiring.store(), now, _compound(ask), ask.params["activity"], home, ask.body.persons, key))


@opens(rooms, "POST", "/api/activities/{activity}/places", PlacesBody, StaffActivity)
def resize(ask: Ask) -> tuple[int, StaffActivity]:
    """More places go to the first who wait. Problem 409 for fewer than are taken."""
    _mine(ask)
    now, key = wiring.clock().now(), f"{ask.key}:{ask.digest}"
    return _changed(ask, actions.resize(wiring.store(), now, _compound(ask), ask.params["activity"], ask.body.places, key))


@opens(rooms, "POST", "/api/activities/{activity}/calling-off", CallingOffBody, StaffActivity)
def call_off(ask: Ask) -> tuple[int, StaffActivity]:
    """Everybody who had signed up is told why."""
    _mine(ask)
    now, key = wiring.clock().now(), f"{ask.key}:{ask.digest}"
    return _changed(ask, actions.call_off(wiring.store(), now, _compound(ask), ask.params["activity"], clean(ask.body.why), key))


def _changed(ask: Ask, activity: Activity) -> tuple[int, StaffActivity]:
    return 200, staff_activity(ask.who.register, ask.who.staff, activity, wiring.clock().now())


def _compound(ask: Ask) -> str:
    return str(ask.who.register.compound)


def _mine(ask: Ask) -> None:
    """Problem 404 for an activity that is not there, 403 for one of people beyond her scope."""
    found = records.find(wiring.store(), _compound(ask), ask.params["activity"])
    if found is None:
        raise absent()
    _require(ask.who, found.buildings)


def _require(who: StaffMember, buildings: tuple[str, ...] | list[str]) -> None:
    if not covers(who.register, who.staff, buildings):
        raise Problem(
            403,
            "beyond-scope",
            "这个活动有不归您管的楼栋，请找网格长或经理。",
            "It is also for buildings that are not yours. Please ask your coordinator or manager.",
        )


def _family(who: HomeVisitor) -> tuple[Register, Home]:
    standing = registers.standing(wiring.store(), wiring.clock().now(), who.compound)
    home = standing.register.home_by_id.get(who.home) if standing else None
    if standing is None or home is None or home.tenancy != who.tenancy:
        raise dead_link()
    return standing.register, home
