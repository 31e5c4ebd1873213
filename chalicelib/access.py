"""Who may use which route: roles × routes as one table. Scope (which homes are shown) is the staff record's.

A route that is not in this table cannot be opened: ``web.opens`` refuses to register it.
"""

from enum import StrEnum
from typing import NamedTuple

from chalicelib.register.rules import Role


class Door(StrEnum):
    """How a caller proves who is asking."""

    PUBLIC = "public"
    HOME = "home link"
    VOLUNTEER = "volunteer link"
    DEVICE = "volunteer link and confirmed device"
    STAFF = "user pool"
    CLIENT = "api key, in the form itself"


class Access(NamedTuple):
    door: Door
    roles: frozenset[Role] = frozenset()
    keyed: bool = False
    """Does the route need an ``Idempotency-Key``?"""


ANY = frozenset(Role)
LEADS = frozenset({Role.COORDINATOR, Role.MANAGER})

ROUTES: dict[tuple[str, str], Access] = {
    ("GET", "/api/health"): Access(Door.PUBLIC),
    ("GET", "/api/openapi.json"): Access(Door.PUBLIC),
    ("GET", "/api/standards"): Access(Door.PUBLIC),
    ("POST", "/api/session"): Access(Door.PUBLIC),
    ("POST", "/api/check-ins/paper"): Access(Door.PUBLIC),
    ("GET", "/api/home"): Access(Door.HOME),
    ("POST", "/api/check-ins"): Access(Door.HOME, keyed=True),
    ("POST", "/api/devices"): Access(Door.VOLUNTEER, keyed=True),
    ("GET", "/api/round"): Access(Door.DEVICE),
    ("GET", "/api/duty"): Access(Door.STAFF, ANY),
    ("GET", "/api/today"): Access(Door.STAFF, ANY),
    ("GET", "/api/board"): Access(Door.STAFF, LEADS),
    ("GET", "/api/homes/{home}"): Access(Door.STAFF, ANY),
    ("GET", "/api/homes/{home}/door-days"): Access(Door.STAFF, ANY),
    ("GET", "/api/home/tickets"): Access(Door.HOME),
    ("POST", "/api/home/tickets"): Access(Door.HOME, keyed=True),
    ("POST", "/api/home/tickets/{ticket}/answer"): Access(Door.HOME, keyed=True),
    ("GET", "/api/home/tickets/{ticket}/photos"): Access(Door.HOME),
    ("POST", "/api/home/tickets/{ticket}/photos"): Access(Door.HOME, keyed=True),
    ("POST", "/api/home/tickets/{ticket}/photos/{photo}"): Access(Door.HOME, keyed=True),
    ("POST", "/api/home/tickets/{ticket}/photos/{photo}/removal"): Access(Door.HOME, keyed=True),
    ("GET", "/api/tickets"): Access(Door.STAFF, ANY),
    ("GET", "/api/tickets/figures"): Access(Door.STAFF, LEADS),
    ("POST", "/api/tickets"): Access(Door.STAFF, ANY, keyed=True),
    ("POST", "/api/tickets/{ticket}/answer"): Access(Door.STAFF, ANY, keyed=True),
    ("GET", "/api/tickets/{ticket}/photos"): Access(Door.STAFF, ANY),
    ("POST", "/api/tickets/{ticket}/photos"): Access(Door.STAFF, ANY, keyed=True),
    ("POST", "/api/tickets/{ticket}/photos/{photo}"): Access(Door.STAFF, ANY, keyed=True),
    ("POST", "/api/tickets/{ticket}/photos/{photo}/removal"): Access(Door.STAFF, ANY, keyed=True),
    ("POST", "/api/incidents"): Access(Door.STAFF, ANY, keyed=True),
    ("POST", "/api/incidents/{incident}/notice"): Access(Door.STAFF, ANY, keyed=True),
    ("POST", "/api/incidents/{incident}/close"): Access(Door.STAFF, ANY, keyed=True),
    ("GET", "/api/cases"): Access(Door.STAFF, LEADS),
    ("POST", "/api/cases"): Access(Door.STAFF, LEADS, keyed=True),
    ("POST", "/api/cases/{case}/approval"): Access(Door.STAFF, LEADS, keyed=True),
    ("POST", "/api/cases/{case}/withdrawal"): Access(Door.STAFF, LEADS, keyed=True),
    ("GET", "/api/home/notices"): Access(Door.HOME),
    ("GET", "/api/notices"): Access(Door.STAFF, ANY),
    ("GET", "/api/notices/{notice}"): Access(Door.STAFF, ANY),
    ("POST", "/api/notices"): Access(Door.STAFF, ANY, keyed=True),
    ("POST", "/api/notices/{notice}/words"): Access(Door.STAFF, ANY, keyed=True),
    ("POST", "/api/notices/{notice}/publication"): Access(Door.STAFF, ANY, keyed=True),
    ("POST", "/api/notices/{notice}/withdrawal"): Access(Door.STAFF, ANY, keyed=True),
    ("POST", "/api/visits"): Access(Door.STAFF, ANY, keyed=True),
    ("POST", "/api/tasks/{task}/acts"): Access(Door.STAFF, ANY, keyed=True),
    ("POST", "/api/round/visits"): Access(Door.DEVICE, keyed=True),
    ("POST", "/api/round/trips/{trip}/acts"): Access(Door.DEVICE, keyed=True),
    ("POST", "/api/homes/{home}/trips"): Access(Door.STAFF, ANY, keyed=True),
    ("POST", "/api/homes/{home}/trips/{trip}/move"): Access(Door.STAFF, ANY, keyed=True),
    ("GET", "/api/parcels"): Access(Door.STAFF, ANY),
    ("POST", "/api/parcels"): Access(Door.STAFF, ANY, keyed=True),
    ("POST", "/api/parcels/hand-overs"): Access(Door.STAFF, ANY, keyed=True),
    ("POST", "/api/parcels/{parcel}/home"): Access(Door.STAFF, ANY, keyed=True),
    ("GET", "/api/round/parcels"): Access(Door.DEVICE),
    ("POST", "/api/round/parcels/hand-overs"): Access(Door.DEVICE, keyed=True),
    ("POST", "/api/home/parcels/pick-up"): Access(Door.HOME, keyed=True),
    ("GET", "/api/shelves"): Access(Door.STAFF, LEADS),
    ("GET", "/api/places/{place}/disinfections"): Access(Door.PUBLIC),
    ("POST", "/api/places/{place}/disinfections"): Access(Door.STAFF, ANY, keyed=True),
    ("POST", "/api/places/{place}/disinfections/undo"): Access(Door.STAFF, ANY, keyed=True),
    ("POST", "/api/round/places/{place}/disinfections"): Access(Door.DEVICE, keyed=True),
    ("POST", "/api/round/places/{place}/disinfections/undo"): Access(Door.DEVICE, keyed=True),
    ("GET", "/api/signs"): Access(Door.STAFF, ANY),
    ("GET", "/api/places/{place}"): Access(Door.PUBLIC),
    ("GET", "/api/messages"): Access(Door.STAFF, LEADS),
    ("GET", "/api/homes"): Access(Door.STAFF, ANY),
    ("GET", "/api/warmth"): Access(Door.STAFF, ANY),
    ("GET", "/api/homes/{home}/warmth"): Access(Door.STAFF, ANY),
    ("POST", "/api/alerts/{alert}/acknowledgement"): Access(Door.STAFF, ANY, keyed=True),
    ("POST", "/api/alerts/{alert}/explanation"): Access(Door.STAFF, ANY, keyed=True),
    ("POST", "/api/homes/{home}/check-ins"): Access(Door.STAFF, ANY, keyed=True),
    ("POST", "/api/homes/{home}/expected-openings"): Access(Door.STAFF, ANY, keyed=True),
    ("POST", "/api/homes/{home}/link-revocation"): Access(Door.STAFF, ANY, keyed=True),
    ("POST", "/api/cards"): Access(Door.STAFF, ANY, keyed=True),
    ("GET", "/api/home/activities"): Access(Door.HOME),
    ("POST", "/api/home/activities/{activity}"): Access(Door.HOME, keyed=True),
    ("GET", "/api/activities"): Access(Door.STAFF, ANY),
    ("POST", "/api/activities"): Access(Door.STAFF, ANY, keyed=True),
    ("POST", "/api/activities/{activity}/sign-ups"): Access(Door.STAFF, ANY, keyed=True),
    ("POST", "/api/activities/{activity}/places"): Access(Door.STAFF, ANY, keyed=True),
    ("POST", "/api/activities/{activity}/calling-off"): Access(Door.STAFF, ANY, keyed=True),
    ("GET", "/api/contents"): Access(Door.STAFF, ANY),
    ("POST", "/api/contents"): Access(Door.STAFF, LEADS, keyed=True),
    ("POST", "/api/door-sheets"): Access(Door.STAFF, ANY, keyed=True),
    ("GET", "/api/outdated"): Access(Door.STAFF, ANY),
    ("POST", "/api/homes/{home}/copies"): Access(Door.STAFF, ANY, keyed=True),
    ("GET", "/api/round/outdated"): Access(Door.DEVICE),
    ("POST", "/api/round/copies"): Access(Door.DEVICE, keyed=True),
    ("GET", "/api/round/points"): Access(Door.DEVICE),
    ("POST", "/api/round/reservations"): Access(Door.DEVICE, keyed=True),
    ("POST", "/api/round/reservations/{reservation}/release"): Access(Door.DEVICE, keyed=True),
    ("GET", "/api/points"): Access(Door.STAFF, LEADS),
    ("GET", "/api/volunteers/{volunteer}/points"): Access(Door.STAFF, LEADS),
    ("POST", "/api/volunteers/{volunteer}/corrections"): Access(Door.STAFF, LEADS, keyed=True),
    ("POST", "/api/reservations/{reservation}/acts"): Access(Door.STAFF, LEADS, keyed=True),
    ("POST", "/api/rewards/{reward}/hours"): Access(Door.STAFF, LEADS, keyed=True),
    ("GET", "/api/place-signs"): Access(Door.STAFF, ANY),
    ("GET", "/api/patrols"): Access(Door.STAFF, ANY),
    ("POST", "/api/patrols/{grid}/acts"): Access(Door.STAFF, ANY, keyed=True),
    ("POST", "/api/patrols/{grid}/points"): Access(Door.STAFF, ANY, keyed=True),
    ("GET", "/api/round/patrol"): Access(Door.DEVICE),
    ("POST", "/api/round/patrol/acts"): Access(Door.DEVICE, keyed=True),
    ("POST", "/api/round/patrol/points"): Access(Door.DEVICE, keyed=True),
    ("GET", "/api/supplies"): Access(Door.STAFF, ANY),
    ("GET", "/api/supplies/request"): Access(Door.STAFF, ANY),
    ("GET", "/api/supplies/{good}/lines"): Access(Door.STAFF, ANY),
    ("POST", "/api/supplies/{good}/acts"): Access(Door.STAFF, ANY, keyed=True),
    ("GET", "/api/hand-outs"): Access(Door.STAFF, ANY),
    ("POST", "/api/hand-outs"): Access(Door.STAFF, LEADS, keyed=True),
    ("POST", "/api/hand-outs/{round}/close"): Access(Door.STAFF, LEADS, keyed=True),
    ("POST", "/api/hand-outs/{round}/signatures"): Access(Door.STAFF, ANY, keyed=True),
    ("GET", "/api/round/hand-outs"): Access(Door.DEVICE),
    ("POST", "/api/round/hand-outs/{round}/signatures"): Access(Door.DEVICE, keyed=True),
    ("GET", "/api/errands"): Access(Door.STAFF, ANY),
    ("POST", "/api/errands"): Access(Door.STAFF, ANY, keyed=True),
    ("GET", "/api/round/errands"): Access(Door.DEVICE),
    ("POST", "/api/round/errands/{errand}/acts"): Access(Door.DEVICE, keyed=True),
    ("POST", "/api/applications"): Access(Door.PUBLIC, keyed=True),
    ("GET", "/api/applications"): Access(Door.STAFF, LEADS),
    ("POST", "/api/applications/{application}/decision"): Access(Door.STAFF, LEADS, keyed=True),
    ("POST", "/api/round/profile"): Access(Door.DEVICE, keyed=True),
    ("GET", "/api/volunteers"): Access(Door.STAFF, LEADS),
    ("POST", "/api/volunteers/{volunteer}/link"): Access(Door.STAFF, LEADS, keyed=True),
    ("POST", "/api/homes/{home}/tier"): Access(Door.STAFF, ANY, keyed=True),
    ("POST", "/api/tier-changes/{change}/approval"): Access(Door.STAFF, frozenset({Role.MANAGER}), keyed=True),
    ("POST", "/api/homes/{home}/pauses"): Access(Door.STAFF, ANY, keyed=True),
    ("POST", "/api/homes/{home}/pauses/{pause}/end"): Access(Door.STAFF, ANY, keyed=True),
    ("POST", "/api/leaves"): Access(Door.STAFF, ANY, keyed=True),
    ("POST", "/api/leaves/{leave}/end"): Access(Door.STAFF, ANY, keyed=True),
    ("POST", "/api/roster"): Access(Door.STAFF, LEADS, keyed=True),
    ("GET", "/api/roster"): Access(Door.STAFF, ANY),
    ("POST", "/api/volunteers/{volunteer}/device-code"): Access(Door.STAFF, LEADS, keyed=True),
    ("GET", "/open311/v2/{what}"): Access(Door.PUBLIC),
    ("GET", "/open311/v2/{what}/{name}"): Access(Door.PUBLIC),
    ("POST", "/open311/v2/{what}"): Access(Door.CLIENT),
}
