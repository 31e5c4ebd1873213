"""An accompanied trip: when it may be, who may go along, whom it tells when, and what people do with it. Pure.

coming → out → back        coming → called off        whoever goes along may change; nobody is the loudest state
"""

from datetime import datetime, timedelta

from msgspec.structs import replace

from chalicelib.register.changes import Changes
from chalicelib.register.dues import HOSPITAL_TRIP, own_home
from chalicelib.register.plans import TripPolicy
from chalicelib.register.rules import Home, Register
from chalicelib.register.trips import Late, Trip, TripState
from chalicelib.shared.calendar import at, day_of
from chalicelib.shared.problems import Problem, bad, own_household
from chalicelib.tasks.ladders import Ladder, Rung, Step, begin
from chalicelib.tasks.tasks import Act, Allowance, Task, TaskKind, opened

LONGEST = timedelta(hours=24)
AHEAD = timedelta(days=60)
LATEST_ENTRY = timedelta(hours=1)
"""A trip that has just begun may still be entered."""
SOON = timedelta(days=1)
MOST = 12
LADDER = "trip"
"""The name of every trip's ladder; its steps are worked out."""


def check(now: datetime, trip: Trip) -> None:
    """Problem 400 for a window that is none, too long, past or too far ahead, or agreed on a day to come; ``field`` says where."""
    if not timedelta() < trip.ends - trip.starts <= LONGEST:
        raise _field("until", "回来的时间要晚于出发，最多一天。", "The return must come after the departure, within a day.")
    if trip.starts < now - LATEST_ENTRY or trip.ends <= now:
        raise _field("from", "出发的时间已经过了。", "The departure is already past.")
    if trip.starts > now + AHEAD:
        raise _field("from", f"最多提前 {AHEAD.days} 天登记。", f"Please enter it at most {AHEAD.days} days ahead.")
    if trip.agreed_on > day_of(now):
        raise _field("agreed_on", "和医院说好的日子不能在今天以后。", "The day it was agreed on cannot be after today.")


def check_room(changes: Changes, home: Home, trip: Trip, but: str = "") -> None:
    """Problem 409 if the home is out already in this window, or has too many trips to come; ``but`` is the one that is moved."""
    others = [each for each in changes.trips_of(home) if not each.over and each.id != but]
    if any(_meet(each, trip) for each in others):
        raise Problem(
            409,
            "trip-overlaps",
            "这一户这段时间已经登记了一次陪诊。",
            "This home has a trip in that time already.",
            field="from",
        )
    if len(others) >= MOST:
        raise Problem(409, "too-many-trips", "这一户登记的陪诊太多了。", "This home has too many trips already.")


def check_companion(register: Register, changes: Changes, trip: Trip, but: str = "") -> None:
    """Problem 400 for somebody unknown or on leave that day; 409 for her own household, or if she is out with others then."""
    person = trip.companion
    if not person:
        return
    if person not in register.staff_by_username and all(each.id != person for each in register.volunteers):
        raise _field("companion", "请选一位在名单里的同事或志愿者。", "Please name somebody who is on the list.")
    if own_home(register, person) == trip.home:
        raise own_household()
    if any(changes.on_leave(person, day) for day in {day_of(trip.starts), day_of(trip.ends)}):
        raise _field("companion", "这位那天请假了，请另选一位。", "She is on leave that day. Please choose somebody else.")
    others = (each for each in changes.trips if each.companion == person and not each.over and each.id not in (but, trip.id))
    if any(_meet(each, trip) for each in others):
        raise Problem(
            409,
            "companion-busy",
            "这位那段时间已经陪别的住户去医院了，请另选一位。",
            "She goes along with others in that time. Please choose somebody else.",
            field="companion",
        )


def ladder(policy: TripPolicy, trip: Trip, now: datetime) -> Ladder:
    """Whom a trip tells, at which moments: before it begins its companion; if she does not set out, or is not back, those above her.

    A trip nobody goes along with tells the coordinator at once, and again less often while it is more than a day ahead.
    """
    if trip.set_out:
        late = trip.ends + timedelta(minutes=policy.coming_back)
        return Ladder((Step(Rung.ASSIGNEE, 0, trip.ends), Step(Rung.COORDINATOR, 0, late), Step(Rung.MANAGER, policy.manager)))
    if not trip.companion:
        if trip.starts - now > SOON:
            return Ladder((Step(Rung.COORDINATOR, 0), Step(Rung.MANAGER, 240)), (240, 480), 480)
        return Ladder((Step(Rung.COORDINATOR, 0), Step(Rung.MANAGER, policy.manager)))
    eve = at(day_of(trip.starts) - timedelta(days=1), policy.eve)
    lead = trip.starts - timedelta(minutes=policy.lead)
    reminders = (Step(Rung.ASSIGNEE, 0, moment) for moment in (eve, lead) if moment > (trip.since or trip.made))
    late = trip.starts + timedelta(minutes=policy.setting_out)
    return Ladder((Step(Rung.ASSIGNEE, 0), *reminders, Step(Rung.COORDINATOR, 0, late), Step(Rung.MANAGER, policy.manager)))


def late(policy: TripPolicy, trip: Trip, now: datetime) -> Late | None:
    """What should have happened by now."""
    if trip.state is TripState.COMING and now >= trip.starts + timedelta(minutes=policy.setting_out):
        return Late.SETTING_OUT
    if trip.state is TripState.OUT and now >= trip.ends + timedelta(minutes=policy.coming_back):
        return Late.COMING_BACK
    return None


def task_of(policy: TripPolicy, home: Home, trip: Trip, now: datetime) -> Task:
    """The task that follows a trip: its first response is to set out, its solution to be back."""
    setting_out = trip.starts + timedelta(minutes=policy.setting_out) - now
    coming_back = trip.ends + timedelta(minutes=policy.coming_back) - now
    said = {"home": home.id, "tenancy": home.tenancy, "tier": home.tier, "category": HOSPITAL_TRIP, "about": trip.id}
    steps = (LADDER, ladder(policy, trip, now))
    owners = (trip.companion,) if trip.companion else ()
    times = Allowance(max(timedelta(), setting_out), coming_back)
    task = opened(f"{TaskKind.TRIP}:{trip.id}", TaskKind.TRIP, steps, now, times, owners, **said)
    return task._replace(lines=(task.lines[0]._replace(to=trip.companion),))


def again(policy: TripPolicy, task: Task, trip: Trip, now: datetime) -> Task:
    """The task at the foot of the ladder that the trip has now; tellings are counted on."""
    progress = begin(ladder(policy, trip, now), now)._replace(told=task.progress.told, told_at=task.progress.told_at)
    return task._replace(owners=(trip.companion,) if trip.companion else (), progress=progress)


def relieved(task: Task) -> str:
    """Who went along until the last line gave that to somebody else; "" if nobody did, or if the last line did no such thing."""
    *before, last = task.lines
    person = ""
    for line in before if last.act == Act.ASSIGN else ():
        match line.act:
            case Act.ASSIGN | "opened":
                person = line.to
            case Act.RETURN:
                person = ""
            case Act.CLAIM:
                person = person or line.by
    return person if person != last.to else ""


def with_companion(trip: Trip, person: str, now: datetime) -> Trip:
    return replace(trip, companion=person, since=now)


def _meet(one: Trip, other: Trip) -> bool:
    return one.begins() < other.ends and other.starts < one.ends


def _field(name: str, zh: str, en: str) -> Problem:
    return bad("trip", zh, en, field=name)
