"""Whoever had claimed something from a grid's board, and let its time go by, is told that it is anybody's again. Pure."""

from datetime import datetime

from chalicelib import reach
from chalicelib.post import wording
from chalicelib.post.rules import Telling
from chalicelib.promises.people import way_of
from chalicelib.register.answers import name_of
from chalicelib.register.standing import Standing
from chalicelib.shared.calendar import ms_of, quiet_ends
from chalicelib.tasks.errands import grid_of, just_lapsed
from chalicelib.tasks.tasks import Act, Task


def lapse_told(standing: Standing, task: Task, now: datetime, site: str) -> list[Telling]:
    """One telling a lapse, after the quiet hours; none to her who has taken it on once more."""
    line, last = just_lapsed(task), task.lines[-1]
    if line is None or (last.act == Act.CLAIM and last.by == line.to):
        return []
    register = standing.register
    own = reach.addresses(register, line.to)
    text = wording.text(
        "task",
        what="您认领的事放回任务板了",
        where=next((grid.name for grid in register.grids if grid.id == grid_of(task)), register.name),
        who=name_of(register, line.to),
        ask="时间到了还没有做完，别人也可以认领了；您还想做，再认领一次就行",
        again="",
        way=way_of(standing, line.to, site),
    )
    event, ends = f"{task.id}:lapsed:{ms_of(line.at)}", quiet_ends(register.policy.quiet, now)
    return [Telling(event, line.at, line.to, own or reach.addresses(register, reach.DUTY), text, ends if ends > now else None)]
