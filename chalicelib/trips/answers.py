"""What the routes of trips take and give; also how lists and files show a trip."""

import hashlib
from datetime import date, datetime
from enum import StrEnum
from typing import Annotated

import msgspec
from msgspec import Meta

from chalicelib.register.answers import Contact, Named, household_contact, name_of
from chalicelib.register.standing import Standing
from chalicelib.register.trips import Trip, TripState
from chalicelib.shared.calendar import stamp
from chalicelib.shared.text import clean
from chalicelib.tasks.tasks import Act
from chalicelib.trips.rules import late

FROM = {"starts": "from", "ends": "until"}
Words = Annotated[str, Meta(min_length=1, max_length=40)]
Instant = Annotated[datetime, Meta(tz=True)]


class TripBody(msgspec.Struct, forbid_unknown_fields=True, rename=FROM):
    """The outing window agreed with the hospital, with whom there and on which day. ``companion`` is a username or a volunteer's id, "" for nobody yet."""

    hospital: Words
    starts: Instant
    ends: Instant
    agreed_by: Words
    agreed_on: date
    companion: Annotated[str, Meta(max_length=100)] = ""


class CompanionAct(StrEnum):
    """What a volunteer who goes along may say; ``done`` is home again."""

    SET_OUT = Act.SET_OUT.value
    DONE = Act.DONE.value
    RETURN = Act.RETURN.value


class CompanionBody(msgspec.Struct, forbid_unknown_fields=True):
    act: CompanionAct
    note: Annotated[str, Meta(max_length=200)] = ""


class TripAnswer(msgspec.Struct, rename=FROM):
    """One trip. ``leaves``–``returns`` is when the home's door is expected to open; ``late`` what should have happened by now, "" if nothing."""

    id: str
    home: str
    label: str
    hospital: str
    starts: str
    ends: str
    leaves: str
    returns: str
    agreed_by: str
    agreed_on: date
    companion: Named | None
    state: TripState
    late: str
    set_out: str
    back: str
    contact: Contact | None


def asked(home: str, body: TripBody) -> str:
    """The digest of what was asked for: the same instant in another offset is the same."""
    window = (int(body.starts.timestamp()), int(body.ends.timestamp()))
    said = (home, clean(body.hospital), *window, clean(body.agreed_by), body.agreed_on, body.companion)
    return hashlib.sha256("\n".join(map(str, said)).encode()).hexdigest()[:16]


def trip_answer(standing: Standing, trip: Trip, now: datetime) -> TripAnswer:
    """A family that has moved out is not named by the next one's label and number."""
    register = standing.register
    home = register.home_by_id.get(trip.home)
    home = home if home and trip.of(home) else None
    leaves, returns = trip.door(register.policy.trips.margin_time, now)
    return TripAnswer(
        id=trip.id,
        home=trip.home,
        label=home.label if home else "",
        hospital=trip.hospital,
        starts=stamp(trip.starts),
        ends=stamp(trip.ends),
        leaves=stamp(leaves),
        returns=stamp(returns),
        agreed_by=trip.agreed_by,
        agreed_on=trip.agreed_on,
        companion=Named(trip.companion, name_of(register, trip.companion)) if trip.companion else None,
        state=trip.state,
        late=late(register.policy.trips, trip, now) or "",
        set_out=stamp(trip.set_out) if trip.set_out else "",
        back=stamp(trip.back) if trip.back else "",
        contact=household_contact(home) if home else None,
    )
