"""Trips as those who follow them see them: which trip a task is about, its ladder, its words, and who is told that she need not come. Pure."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from chalicelib import reach
from chalicelib.post import wording
from chalicelib.post.rules import Telling
from chalicelib.promises.arising import ladder_of
from chalicelib.promises.people import way_of
from chalicelib.register.answers import name_of
from chalicelib.register.standing import Standing
from chalicelib.register.trips import Late, Trip
from chalicelib.shared.calendar import day_of, local
from chalicelib.tasks.ladders import Ladder
from chalicelib.tasks.tasks import Task, TaskKind
from chalicelib.trips.actions import MOVED
from chalicelib.trips.rules import LADDER, ladder, late, relieved

PREFIX = f"{TaskKind.TRIP}:"


def trip_of(standing: Standing, task: Task) -> Trip | None:
    """The trip that a task follows."""
    return standing.changes.trip(task.about) if task.kind is TaskKind.TRIP else None


def steps_of(standing: Standing, task: Task, now: datetime) -> Ladder:
    """The steps a task climbs: a trip has its own, by its own hours."""
    trip = trip_of(standing, task)
    return ladder(standing.register.policy.trips, trip, now) if trip else ladder_of(standing.register.policy, task)


def ladders(standing: Standing, task: str, now: datetime) -> Mapping[str, Ladder]:
    """Every ladder by its name, that of the trip among them which a task of this id follows."""
    policy, trip = standing.register.policy, standing.changes.trip(task.removeprefix(PREFIX))
    return {**policy.every_ladder, LADDER: ladder(policy.trips, trip, now)} if trip else policy.every_ladder


def near(standing: Standing, task: Task, now: datetime) -> bool:
    """Does it belong on today's list? A trip that somebody goes along with, not before the day it is prepared."""
    trip = trip_of(standing, task)
    return trip is None or not trip.companion or day_of(trip.starts) <= day_of(now) + timedelta(days=1)


def urgent(trip: Trip, now: datetime) -> bool:
    """From its day on, a trip is told through quiet hours too."""
    return day_of(now) >= day_of(trip.starts)


def words(standing: Standing, trip: Trip, person: str, now: datetime, alone: bool) -> tuple[str, str]:
    """What has happened and what to do, for somebody on a step; ``alone``: nobody else reads it. The hospital is named on pages only."""
    lates, errand = late(standing.register.policy.trips, trip, now), "陪去医院" if alone else "陪同外出"
    who = name_of(standing.register, trip.companion)
    if not trip.companion:
        return f"{errand}，还没有人陪：{_window(trip)}", "请派一位陪同的人"
    if person == trip.companion:
        return _to_companion(trip, errand)
    if lates is Late.SETTING_OUT:
        return f"{errand}，还没出发：{_window(trip)}", f"请打电话问{who}"
    if lates is Late.COMING_BACK:
        return f"{errand}，还没回来：该 {local(trip.ends):%H:%M} 到家", f"请打电话问{who}"
    return f"{errand}：{_window(trip)}", f"消息可能没有送到{who}，请打电话说一声"


def _to_companion(trip: Trip, errand: str) -> tuple[str, str]:
    if trip.set_out:
        return f"{errand}：该 {local(trip.ends):%H:%M} 到家", "到家了请点一下“到家了”；还在路上就给网格长打个电话"
    return f"请您{errand}：{_window(trip)}", "出发的时候请点“出发了”；去不了请点“交回”"


def spared(standing: Standing, task: Task, site: str) -> list[Telling]:
    """Whoever was to go along is told that she need not: the trip is called off, or somebody else goes. One telling at most; none to
    her who did that herself, and none if the trip is only moved, and stays hers."""
    trip, last = trip_of(standing, task), task.lines[-1]
    after = standing.changes.trip(trip.moved_to) if trip and last.act == MOVED else None
    person = relieved(task) if task.running else "".join(task.owners[:1])
    if trip is None or trip.back or person in ("", last.by) or (after and after.companion == person):
        return []
    home, own = standing.register.home_by_id.get(task.home), reach.addresses(standing.register, person)
    why = f"改由{name_of(standing.register, last.to)}陪" if last.to else "这一次取消了"
    text = wording.text(
        "task",
        what=f"不用{'陪去医院' if own else '陪同外出'}了：{_window(trip)}",
        where=home.label if home else standing.register.name,
        who=name_of(standing.register, person),
        ask=last.note or why,
        again="",
        way=way_of(standing, person, site),
    )
    return [Telling(f"{task.id}:{task.version}:spared", last.at, person, own or reach.addresses(standing.register, reach.DUTY), text)]


def _window(trip: Trip) -> str:
    """11 月 23 日 09:00–12:00"""
    starts, ends = local(trip.starts), local(trip.ends)
    return f"{starts.month} 月 {starts.day} 日 {starts:%H:%M}–{ends:%H:%M}"
