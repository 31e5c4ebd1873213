"""Who hears that somebody would like to be a volunteer. Pure."""

from datetime import datetime

from chalicelib import reach
from chalicelib.post import wording
from chalicelib.post.rules import Telling
from chalicelib.recruiting.rules import Application, grids_of
from chalicelib.register.rules import Register, Role, Staff
from chalicelib.shared.calendar import day_of, quiet_ends


def tellings(register: Register, application: Application, now: datetime, site: str) -> list[Telling]:
    """Whoever leads the grid that she points to, or the managers where she points to none: once a day, however many apply."""
    ends = quiet_ends(register.policy.quiet, now)
    found = []
    for person in _leads(register, application):
        text = wording.text(
            "task",
            what="有人报名做志愿者",
            where=register.name,
            who=person.name,
            ask="请看一看报名，给本人打个电话",
            again="",
            way=f"{site}/volunteers/",
        )
        addresses = reach.addresses(register, person.username) or reach.addresses(register, reach.DUTY)
        event = f"applied:{day_of(application.made)}"
        found.append(Telling(event, application.made, person.username, addresses, text, ends if ends > now else None))
    return found


def _leads(register: Register, application: Application) -> list[Staff]:
    grids = grids_of(register, application.said.where)
    named = {grid.coordinator for grid in grids} if len(grids) < len(register.grids) else set()
    found = [person for person in register.staff if person.username in named]
    return found or [person for person in register.staff if Role.MANAGER in person.roles]
