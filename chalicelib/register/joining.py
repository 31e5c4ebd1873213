"""Somebody becomes a volunteer between two imports; a volunteer says what she can do and when she is free."""

from collections.abc import Callable
from datetime import datetime

from msgspec.structs import replace

from chalicelib.register.changes import Changes
from chalicelib.register.recruits import Profile, Recruit
from chalicelib.register.rules import Register
from chalicelib.register.saving import Past, Step, save
from chalicelib.shared.problems import key_reused, off_the_list
from chalicelib.store.contract import Change, Store

JOINED, DESCRIBED = "volunteer.joined", "volunteer.described"


def join(store: Store, now: datetime, compound: str, recruit: Recruit, decided: Callable[[], Change | None]) -> Recruit:
    """In one transaction with what ``decided`` says, which is asked before every try; where it says nothing, nothing is written."""

    def decide(changes: Changes) -> tuple[Recruit, Step | None]:
        also = decided()
        if also is None:
            return next((each for each in changes.recruits if each.id == recruit.id), recruit), None
        past = Past(recruit.volunteer.id, recruit.id, JOINED, recruit.by, {"grid": recruit.volunteer.grid})
        return recruit, Step(replace(changes, recruits=(*changes.recruits, recruit)), past, (also,))

    return save(store, now, compound, decide)


def describe(store: Store, now: datetime, imported: Register, wanted: Profile) -> Profile:
    """Under the id of the request: the same again changes nothing. Problem 422 for other words under the same id, 403 for no volunteer."""

    def decide(changes: Changes) -> tuple[Profile, Step | None]:
        same = next((each for each in changes.profiles if each.id == wanted.id), None)
        if same is not None:
            if (same.volunteer, same.skills, same.times) != (wanted.volunteer, wanted.skills, wanted.times):
                raise key_reused()
            return same, None
        recruits = [each.volunteer for each in changes.recruits]
        listed = next((each for each in (*imported.volunteers, *recruits) if each.id == wanted.volunteer), None)
        if listed is None:
            raise off_the_list()
        new = replace(wanted, was=(listed.skills, listed.times))
        others = (each for each in changes.profiles if each.volunteer != wanted.volunteer)
        past = Past(wanted.volunteer, wanted.id, DESCRIBED, wanted.volunteer, {"skills": wanted.skills, "times": wanted.times})
        return new, Step(replace(changes, profiles=(*others, new)), past)

    return save(store, now, imported.compound, decide)
