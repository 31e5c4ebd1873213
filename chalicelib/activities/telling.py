"""Whom an activity has to tell: who got a place that became free, and everybody when it is called off. Pure."""

from datetime import datetime

from chalicelib import reach
from chalicelib.activities.rules import Activity
from chalicelib.post import wording
from chalicelib.post.rules import Telling
from chalicelib.register.rules import Home, Register
from chalicelib.shared.calendar import local, quiet_ends


def tellings(register: Register, activity: Activity, now: datetime) -> list[Telling]:
    """One for each family that ``told`` names and that can be reached; the others read it on their page. Quiet hours hold it back."""
    ends = quiet_ends(register.policy.quiet, now)
    found = []
    for identity in activity.told:
        home = register.home_by_id.get(identity)
        row = activity.row(home.id, home.tenancy) if home else None
        addresses = reach.family(register, home) if home and row else ()
        if home and row and addresses:
            event = f"activity:{activity.id}:{activity.version}"
            text = _text(activity, home, row.persons)
            found.append(Telling(event, now, home.id, addresses, text, ends if ends > now else None))
    return found


def _text(activity: Activity, home: Home, persons: int) -> str:
    starts = local(activity.starts)
    when = f"{starts.month} 月 {starts.day} 日 {starts:%H:%M}"
    name = "activity_off" if activity.called_off else "activity"
    said = {"title": activity.title, "when": when, "where": activity.where, "home": home.label}
    return wording.text(name, **said, why=activity.why) if activity.called_off else wording.text(name, **said, persons=persons)
