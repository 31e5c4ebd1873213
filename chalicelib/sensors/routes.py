"""Alerts and expected openings, for the staff on duty."""

from datetime import datetime
from typing import Annotated

import msgspec
from chalice.app import Blueprint
from msgspec import Meta

from chalicelib import wiring
from chalicelib.register.answers import name_of
from chalicelib.sensors import alerts
from chalicelib.sensors.readers import DoorDaysAnswer, door_days
from chalicelib.sensors.rules import Alert, AlertKind, AlertState
from chalicelib.shared.calendar import stamp
from chalicelib.shared.problems import absent
from chalicelib.shared.text import clean
from chalicelib.tasks.actions import expect_opening
from chalicelib.tasks.rules import Opening
from chalicelib.web import Ask, opens

rooms = Blueprint(__name__)


class AcknowledgementBody(msgspec.Struct, forbid_unknown_fields=True):
    note: Annotated[str, Meta(max_length=100)] = ""


class ExplanationBody(msgspec.Struct, forbid_unknown_fields=True):
    """Why the opening had been expected."""

    reason: Annotated[str, Meta(min_length=1, max_length=40)]


class AlertAnswer(msgspec.Struct):
    id: str
    home: str
    kind: AlertKind
    since: str
    state: AlertState
    reason: str
    by: str
    by_name: str
    note: str


class OpeningBody(msgspec.Struct, forbid_unknown_fields=True, rename={"starts": "from", "ends": "until"}):
    """When the door is expected to open, and why. Times carry an offset."""

    starts: Annotated[datetime, Meta(tz=True)]
    ends: Annotated[datetime, Meta(tz=True)]
    reason: Annotated[str, Meta(min_length=1, max_length=40)]


class OpeningAnswer(msgspec.Struct, rename={"starts": "from", "ends": "until"}):
    id: str
    home: str
    starts: str
    ends: str
    reason: str


@opens(rooms, "POST", "/api/alerts/{alert}/acknowledgement", AcknowledgementBody, AlertAnswer)
def acknowledge(ask: Ask) -> tuple[int, AlertAnswer]:
    now, compound = wiring.clock().now(), ask.who.register.compound
    found = alerts.find_alert(wiring.store(), now, compound, ask.params["alert"])
    ask.who.home(found.home)
    alert = alerts.acknowledge(wiring.store(), now, compound, found, ask.who.staff.username, ask.body.note, ask.key)
    return 200, _answer(ask, alert)


@opens(rooms, "POST", "/api/alerts/{alert}/explanation", ExplanationBody, AlertAnswer)
def explain(ask: Ask) -> tuple[int, AlertAnswer]:
    """Expected after all: settles the alert, and the task that came of it."""
    now, compound = wiring.clock().now(), ask.who.register.compound
    found = alerts.find_alert(wiring.store(), now, compound, ask.params["alert"])
    ask.who.home(found.home)
    alert = alerts.explain(wiring.store(), now, compound, found, ask.who.staff.username, clean(ask.body.reason), ask.key)
    return 200, _answer(ask, alert)


def _answer(ask: Ask, alert: Alert) -> AlertAnswer:
    said = (alert.state, alert.reason, alert.by, name_of(ask.who.register, alert.by), alert.note)
    return AlertAnswer(alert.id, alert.home, alert.kind, stamp(alert.since), *said)


@opens(rooms, "GET", "/api/homes/{home}/door-days", answer=DoorDaysAnswer)
def show_door_days(ask: Ask) -> tuple[int, DoorDaysAnswer]:
    """For the people on duty and the home's coordinator; who read it, and when, is kept with the home's history."""
    home = ask.who.home(ask.params["home"])
    return 200, door_days(wiring.store(), wiring.clock().now(), ask.who.standing, ask.who.staff, home)


@opens(rooms, "POST", "/api/homes/{home}/expected-openings", OpeningBody, OpeningAnswer)
def announce_opening(ask: Ask) -> tuple[int, OpeningAnswer]:
    now, home, body = wiring.clock().now(), ask.who.home(ask.params["home"]), ask.body
    if not home.lived_in:
        raise absent()
    wanted = Opening(ask.key, body.starts.replace(microsecond=0), body.ends.replace(microsecond=0), body.reason.strip())
    opening, _ = expect_opening(wiring.store(), now, ask.who.register.compound, home.id, wanted)
    return 201, OpeningAnswer(opening.id, home.id, stamp(opening.starts), stamp(opening.ends), opening.reason)
