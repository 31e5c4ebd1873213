"""Volunteers who joined between two imports, and what volunteers say of themselves. Pure, but for saving.

A recruit counts until the lists know her: a volunteer of the lists with her id, or one new there and alone with her phone, is she, and keeps
the recruit's id, so that her link and her points stay hers. From then on the lists say whether she is still one. Whoever was in the lists
before stays who she was: anybody can write her phone into an application.
"""

from collections import Counter
from collections.abc import Collection, Iterable
from datetime import datetime

import msgspec
from msgspec.structs import replace

from chalicelib.register.rules import Grid, Register, Volunteer


class Recruit(msgspec.Struct, frozen=True):
    """Approved ``by`` somebody; ``id`` is the application's."""

    id: str
    volunteer: Volunteer
    by: str
    made: datetime


class Profile(msgspec.Struct, frozen=True, omit_defaults=True):
    """What a volunteer can do and when she is free, in her own words; counts while the lists say what they said then, ``was``."""

    id: str
    volunteer: str
    skills: tuple[str, ...]
    times: tuple[str, ...]
    made: datetime
    was: tuple[tuple[str, ...], tuple[str, ...]] = ((), ())


def digits(phone: str) -> str:
    """A phone without what people put between its digits, and without the country's code."""
    found = "".join(letter for letter in phone if letter.isdigit())
    return found[2:] if len(found) == 13 and found.startswith("86") else found


def joined(register: Register, recruits: Iterable[Recruit]) -> Register:
    """The lists with the recruits they do not know yet."""
    known = {*register.adopted, *(each.id for each in register.volunteers)}
    new = tuple(each.volunteer for each in recruits if each.volunteer.id not in known)
    if not new:
        return register
    grids = tuple(_with(grid, [each.id for each in new if each.grid == grid.id]) for grid in register.grids)
    return replace(register, volunteers=(*register.volunteers, *new), grids=grids)


def _with(grid: Grid, more: list[str]) -> Grid:
    return replace(grid, volunteers=(*grid.volunteers, *more)) if more else grid


def described(register: Register, profiles: Iterable[Profile]) -> Register:
    """With what volunteers say of themselves, unless the lists have said something newer."""
    newest = {each.volunteer: each for each in sorted(profiles, key=lambda each: each.made)}
    if not newest:
        return register
    return replace(register, volunteers=tuple(_described(each, newest.get(each.id)) for each in register.volunteers))


def _described(volunteer: Volunteer, profile: Profile | None) -> Volunteer:
    if profile is None or profile.was != (volunteer.skills, volunteer.times):
        return volunteer
    return replace(volunteer, skills=profile.skills, times=profile.times)


def adopted(wanted: Register, previous: Register | None, recruits: Iterable[Recruit]) -> Register:
    """The lists of an import in which recruits keep their ids; ``adopted`` remembers whom the lists have ever known."""
    before, listed = (previous.adopted, previous.volunteers) if previous else ((), ())
    ids = _kept_ids(wanted, {each.id for each in listed}, recruits)
    known = {each.volunteer.id for each in recruits} & {*(ids.values()), *(each.id for each in wanted.volunteers)}
    return replace(
        wanted,
        volunteers=tuple(replace(each, id=ids.get(each.id, each.id)) for each in wanted.volunteers),
        homes=tuple(replace(home, volunteer=ids[home.volunteer]) if home.volunteer in ids else home for home in wanted.homes),
        grids=tuple(replace(grid, volunteers=tuple(ids.get(each, each) for each in grid.volunteers)) for grid in wanted.grids),
        policy=replace(wanted.policy, robots={ids.get(name, name): robot for name, robot in wanted.policy.robots.items()}),
        adopted=tuple(sorted({*before, *known})),
    )


def _kept_ids(wanted: Register, listed: Collection[str], recruits: Iterable[Recruit]) -> dict[str, str]:
    """The lists' id → the recruit's, where it is new to the lists, and nobody else has her phone, and nobody her id."""
    phones = Counter(digits(each.phone) for each in wanted.volunteers)
    taken = {each.id for each in wanted.volunteers}
    by_phone = {digits(each.volunteer.phone): each.volunteer.id for each in recruits if each.volunteer.id not in taken}
    alone = ((each.id, digits(each.phone)) for each in wanted.volunteers if phones[digits(each.phone)] == 1 and each.id not in listed)
    return {identity: by_phone[phone] for identity, phone in alone if phone in by_phone}
