"""Who is asking, and how each kind of caller proves it: a home's link, a volunteer's link and phone, the staff's user pool."""

import re
from collections.abc import Callable
from datetime import datetime
from typing import NamedTuple

from chalice.app import Request

from chalicelib import wiring
from chalicelib.access import Access, Door
from chalicelib.register import records as registers
from chalicelib.register.answers import name_of
from chalicelib.register.places import Place
from chalicelib.register.rules import Home, Register, Role, Staff, Volunteer
from chalicelib.register.signs import bare, place_of
from chalicelib.register.standing import Standing
from chalicelib.shared.ids import CompoundId, HomeId, TenancyId, is_compound_id
from chalicelib.shared.problems import Problem, absent, dead_link, off_the_list


class HomeVisitor(NamedTuple):
    """Whoever holds a home's link."""

    compound: CompoundId
    home: HomeId
    tenancy: TenancyId


class VolunteerVisitor(NamedTuple):
    """Whoever holds a volunteer's personal link."""

    compound: CompoundId
    volunteer: str
    token: str


class StaffMember(NamedTuple):
    """A signed-in member of staff, with the register she works on as it stands now."""

    standing: Standing
    staff: Staff
    roles: frozenset[Role]

    @property
    def register(self) -> Register:
        return self.standing.register

    def home(self, home: str) -> Home:
        """A home within this person's scope; Problem 404 for any other, whether it exists or not."""
        found = self.register.home_by_id.get(home)
        if found is None or not self.staff.covers(found):
            raise absent()
        return found


def family_of(who: HomeVisitor, now: datetime) -> tuple[Standing, Home]:
    """The compound as it stands, and the home whose link this is; Problem 401 if its family lives there no longer."""
    standing = registers.standing(wiring.store(), now, who.compound)
    home = standing.register.home_by_id.get(who.home) if standing else None
    if standing is None or home is None or home.tenancy != who.tenancy:
        raise dead_link()
    return standing, home


def volunteer_of(who: VolunteerVisitor, now: datetime) -> tuple[Standing, Volunteer]:
    """The compound as it stands, and the volunteer whose link it is; Problem 403 if she is no longer on the list."""
    standing = registers.standing(wiring.store(), now, who.compound)
    volunteer = next((each for each in standing.register.volunteers if each.id == who.volunteer), None) if standing else None
    if standing is None or volunteer is None:
        raise off_the_list()
    return standing, volunteer


def at_sign(code: str) -> tuple[Register, Place]:
    """The place whose sign says ``anheli.S3``, for somebody nobody knows; Problem 404 for none."""
    compound = bare(code).rpartition(".")[0]
    register = registers.load(wiring.store(), CompoundId(compound)) if is_compound_id(compound) else None
    place = place_of(register, code) if register else None
    if register is None or place is None:
        raise absent()
    return register, place


Who = HomeVisitor | VolunteerVisitor | StaffMember | None


class Links(NamedTuple):
    """How links are checked; the switchboard hands it over, since rooms stand above this floor."""

    home: Callable[[str], HomeVisitor]
    code: Callable[[CompoundId, HomeId, str], HomeVisitor]
    volunteer: Callable[[str], VolunteerVisitor]
    device: Callable[[str, str], VolunteerVisitor]


_links: list[Links] = []


def use_links(links: Links) -> None:
    _links[:] = [links]


def home_by_code(compound: CompoundId, home: HomeId, code: str) -> HomeVisitor:
    """Who may report in by the code on a card; Problem 401 or 429 if nobody."""
    return _links[0].code(compound, home, code)


def home_by_link(token: str) -> HomeVisitor:
    """Whose card this is, as its QR says it, whole address or not; Problem 401 if nobody's."""
    return _links[0].home(_token(token))


def who(request: Request, access: Access) -> Who:
    match access.door:
        case Door.HOME:
            return _links[0].home(_header(request, "x-home-link"))
        case Door.VOLUNTEER:
            return _links[0].volunteer(_header(request, "x-volunteer-link"))
        case Door.DEVICE:
            return _links[0].device(_header(request, "x-volunteer-link"), _header(request, "x-device"))
        case Door.STAFF:
            return _staff(request, access)
    return None


def _staff(request: Request, access: Access) -> StaffMember:
    """Role from the user pool's groups, scope from the register of the compound the username begins with.

    A token tells its roles for twelve hours; one that the register has taken back meanwhile does not count.
    """
    claims = request.context.get("authorizer", {}).get("claims", {})
    username = str(claims.get("cognito:username", ""))
    compound = username.partition(".")[0]
    refused = Problem(403, "not-allowed", "您的账号不能做这件事，请找管理员。", "Your account may not do this. Please ask your manager.")
    if not is_compound_id(compound):
        raise refused
    standing = registers.standing(wiring.store(), wiring.clock().now(), CompoundId(compound))
    staff = standing.register.staff_by_username.get(username) if standing else None
    if standing is None or staff is None:
        raise refused
    told = set(re.findall(r"[a-z]+", str(claims.get("cognito:groups", ""))))
    roles = frozenset(role for role in staff.roles if role in told)
    if not roles & access.roles:
        raise refused
    return StaffMember(standing, staff, roles)


def with_name(error: Problem, who: Who) -> Problem:
    """A refusal that tells by whose act, tells the staff her name as well: ``by_name`` beside ``by``."""
    if isinstance(who, StaffMember) and error.more.get("by"):
        error.more["by_name"] = name_of(who.register, error.more["by"])
    return error


def _header(request: Request, name: str) -> str:
    """A link as the page sends it; a whole address is understood too, since people paste those. A link of ours is plain ASCII."""
    return _token(str(request.headers.get(name, "")))


def _token(said: str) -> str:
    found = said.rpartition("#")[2].strip()
    return found if found.isascii() else ""
