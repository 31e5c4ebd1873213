"""How a person is reached: the addresses to try, in order, and who has none. Pure."""

import re
from collections.abc import Set

from chalicelib.post import channels
from chalicelib.register.rules import Home, Register

DUTY = "duty"
"""The duty team, which is reached by its group robot and is on no list of people."""

_MOBILE = re.compile(r"(?:\+?86)?(1[3-9]\d{9})")


def addresses(register: Register, person: str) -> tuple[str, ...]:
    """Addresses of one's own first (the policy's robots of that name), then a text message to the mobile phone, if the policy has them.

    ``person`` is a staff username, a volunteer's id or ``duty``; nobody else is reached, and a landline takes no text messages.
    """
    return _addresses(register, person, _phones(register).get(person, ""))


def family(register: Register, home: Home) -> tuple[str, ...]:
    """Whoever is called first in a home, by a text message."""
    return _addresses(register, "", home.people[0].phone) if home.people else ()


def floor_group(register: Register, home: Home) -> tuple[str, tuple[str, ...]]:
    """The name of a home's floor group, and its robots, if the policy names any."""
    floor = next((each for each in register.floors if (each.building, each.floor) == (home.building, home.floor)), None)
    return (floor.group, _addresses(register, floor.group, "")) if floor else ("", ())


def _addresses(register: Register, person: str, phone: str) -> tuple[str, ...]:
    policy = register.policy
    mobile = _MOBILE.fullmatch(re.sub(r"[\s-]", "", phone)) if policy.sms else None
    return channels.known((*policy.robots.get(person, "").split(), *([f"sms:+86{mobile[1]}"] if mobile else [])))


def who_has_no_channel(register: Register, broken: Set[str] = frozenset()) -> list[str]:
    """Everybody who may have to be told something and has no address that works; ``broken`` addresses are known not to."""
    phones = {DUTY: "", **_phones(register)}
    return [person for person, phone in phones.items() if not set(_addresses(register, person, phone)) - broken]


def _phones(register: Register) -> dict[str, str]:
    staff = {each.username: each.phone for each in register.staff}
    return staff | {each.id: each.phone for each in register.volunteers}
