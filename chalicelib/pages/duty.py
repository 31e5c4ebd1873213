"""The duty desk: who is missing, which doors opened. Three reads, and one more now and then, however many homes there are."""

from datetime import datetime
from typing import Any

from chalicelib.care import records as care
from chalicelib.care.rules import CheckIn, Line, State, board, slot_of
from chalicelib.pages.answers import AlertLine, DutyAnswer, Handover, Owing, Reported, SelfReportFigures, StaffAnswer
from chalicelib.pages.troubles import on_foot
from chalicelib.register.answers import away_lines, household_contact, name_of, named, names
from chalicelib.register.rules import Home, Register, Role, Staff
from chalicelib.register.standing import Standing
from chalicelib.sensors import records as sensors
from chalicelib.sensors.rules import Alert
from chalicelib.shared.calendar import day_of, stamp
from chalicelib.store.contract import Store
from chalicelib.tasks.rules import Slot
from chalicelib.tasks.shifts import handover

PENDING = {State.MISSED, State.WAITING}


def duty(store: Store, now: datetime, standing: Standing, staff: Staff, roles: frozenset[Role], full: bool = False) -> DutyAnswer:
    """Everything on the desk of this member of staff. The register was read at the door; check-ins and alerts are one query each, and
    so are tasks, asked for where it is to be ``full``."""
    register, today = standing.register, day_of(now)
    slot = slot_of(register.policy, today)
    homes = standing.homes_at([home for home in register.homes if staff.covers(home)], slot.opens)
    away = {home.id for home in homes if standing.away(home, slot, now)}
    lines = board(register.policy, homes, care.of_day(store, register.compound, today), today, now, away)
    owing = {state: [_owing(slot, line) for line in lines if line.state is state] for state in PENDING}
    reported = [_reported(slot, line, line.check_in) for line in lines if line.check_in]
    owed = [line for line in lines if line.owed]
    troubles, tickets = on_foot(store, register, homes) if full else (None, None)
    return DutyAnswer(
        compound=named(register),
        staff=StaffAnswer(staff.username, staff.name, sorted(roles)),
        now=stamp(now),
        day=today,
        self_report=SelfReportFigures(stamp(slot.closes), len(owed), sum(line.check_in is not None for line in owed)),
        missed=owing[State.MISSED],
        waiting=owing[State.WAITING],
        reported=sorted(reported, key=lambda line: line.since, reverse=True),
        troubles=troubles,
        tickets=tickets,
        alerts=_alerts(sensors.board(store, register.compound, today), {home.id: home for home in homes}, register),
        away=away_lines(standing, homes, now),
        on_duty=names(register, standing.changes.on_duty(now)),
        handover=_handover(standing, now),
    )


def _handover(standing: Standing, now: datetime) -> Handover | None:
    coming = handover(standing.changes.duty(), now)
    return Handover(stamp(coming.at), names(standing.register, coming.staff)) if coming else None


def _owing(slot: Slot, line: Line) -> Owing:
    since = slot.closes if line.state is State.MISSED else slot.opens
    return Owing(**_line(slot, line, since), tags=line.home.tags(slot.day.year))


def _reported(slot: Slot, line: Line, said: CheckIn) -> Reported:
    told: dict[str, Any] = {"feeling": said.feeling, "needs": list(said.needs), "note": said.note, "source": said.entries[0].source}
    return Reported(**_line(slot, line, said.at), **told)


def _line(slot: Slot, line: Line, since: datetime) -> dict[str, Any]:
    home = line.home
    place = {"home": home.id, "label": home.label, "tier": home.tier, "grid": home.grid, "contact": household_contact(home)}
    return {"id": slot.key(home.id), "kind": slot.kind, "since": stamp(since), "state": line.state, **place}


def _alerts(alerts: list[Alert], homes: dict[str, Home], register: Register) -> list[AlertLine]:
    return [_alert(alert, homes[alert.home], name_of(register, alert.by)) for alert in alerts if alert.home in homes]


def _alert(alert: Alert, home: Home, by_name: str) -> AlertLine:
    opened = day_of(alert.since)
    day = (opened - home.isolation.first).days + 1 if home.isolation and home.isolated_on(opened) else None
    said = (alert.state, home.label, alert.reason, alert.by, by_name, alert.note)
    return AlertLine(alert.id, alert.home, alert.kind, stamp(alert.since), *said, day, household_contact(home))
