"""How each kind of link is checked: the rooms' own checks, in the shape that ``callers`` asks for."""

from chalicelib import wiring
from chalicelib.callers import HomeVisitor, Links, VolunteerVisitor
from chalicelib.residents import actions as residents
from chalicelib.shared.ids import CompoundId, HomeId
from chalicelib.volunteers import actions as volunteers


def links() -> Links:
    """For the switchboard to hand to ``callers``."""
    return Links(home=_home, code=_code, volunteer=_volunteer, device=_device)


def _home(token: str) -> HomeVisitor:
    return HomeVisitor(*residents.open_home(wiring.store(), token))


def _code(compound: CompoundId, home: HomeId, code: str) -> HomeVisitor:
    tenancy = residents.open_by_code(wiring.store(), wiring.clock().now(), compound, home, code)
    return HomeVisitor(compound, home, tenancy)


def _volunteer(token: str) -> VolunteerVisitor:
    compound, link = volunteers.open_link(wiring.store(), token)
    return VolunteerVisitor(CompoundId(compound), link.volunteer, token)


def _device(token: str, device: str) -> VolunteerVisitor:
    compound, link = volunteers.open_device(wiring.store(), token, device)
    return VolunteerVisitor(CompoundId(compound), link.volunteer, token)
