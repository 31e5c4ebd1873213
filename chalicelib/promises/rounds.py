"""The round a volunteer walks today, with the visits that the homes in her care are owed."""

from datetime import datetime

from chalicelib.promises.answers import RoundAnswer, RoundStop, RoundVisit
from chalicelib.promises.lines import paused
from chalicelib.promises.today import Stop, stops_of
from chalicelib.register.answers import Named, household_contact, names
from chalicelib.register.rules import Home, Volunteer
from chalicelib.register.standing import Standing
from chalicelib.sensors.in_a_word import DoorWord, in_a_word
from chalicelib.shared.calendar import day_of, stamp
from chalicelib.store.contract import Store
from chalicelib.trips.answers import TripAnswer, trip_answer
from chalicelib.volunteers.rules import round_of


def round_answer(store: Store, now: datetime, standing: Standing, volunteer: Volunteer) -> RoundAnswer:
    """One query for the day's visits, none if no home is in her care; one more if one of them has a sensor."""
    register, today = standing.register, day_of(now)
    walked = round_of(register, volunteer, today)
    cared = [stop.home for stop in walked if stop.assigned]
    stops = stops_of(store, now, standing, cared) if cared else []
    doors = in_a_word(store, now, register, cared)
    homes = [_home(standing, volunteer, each.home, stops, today.year) if each.assigned else _neighbour(each.home) for each in walked]
    for home in homes:
        home.door = doors.get(home.home, DoorWord.NONE)
    grid = next((Named(grid.id, grid.name) for grid in register.grids if grid.id == volunteer.grid), Named(volunteer.grid, ""))
    return RoundAnswer(Named(volunteer.id, volunteer.name), grid, stamp(now), today, homes, _trips(standing, volunteer, now))


def _trips(standing: Standing, volunteer: Volunteer, now: datetime) -> list[TripAnswer]:
    """The trips she goes along on that are not over, the next one first."""
    hers = (trip for home in standing.register.homes for trip in standing.changes.trips_of(home) if trip.companion == volunteer.id)
    return [trip_answer(standing, trip, now) for trip in sorted(hers, key=lambda trip: trip.starts) if not trip.over]


def _neighbour(home: Home) -> RoundStop:
    return RoundStop(home.id, home.label, False)


def _home(standing: Standing, volunteer: Volunteer, home: Home, stops: list[Stop], year: int) -> RoundStop:
    visits = [_visit(standing, stop) for stop in stops if stop.due.home.id == home.id]
    own = volunteer.home == home.id
    return RoundStop(home.id, home.label, True, home.tier, home.tags(year), household_contact(home), own, visits)


def _visit(standing: Standing, stop: Stop) -> RoundVisit:
    due, slot = stop.due, stop.due.slot
    window = (stamp(slot.opens), stamp(slot.closes))
    line = RoundVisit(due.key, slot.kind, *window, stop.state, goods=list(due.goods), **paused(standing, due))
    if stop.visit is not None:
        line.by, line.at = "".join(names(standing.register, [stop.visit.last.by])), stamp(stop.visit.last.at)
    return line
