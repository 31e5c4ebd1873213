"""What becomes of what sensors lack, of gateways that are out and of cold homes: tasks that settle themselves when the cause is gone.

A sensor has one task at a time, for the most urgent of its troubles; gateways out at once have one together, and so have the cold homes
of a riser. The news only says where to look: what is so by now decides.
"""

import hashlib
from datetime import datetime

from chalicelib.promises import arising
from chalicelib.promises.people import empty_rungs
from chalicelib.register.dues import owners_of
from chalicelib.register.plans import OwnerRule
from chalicelib.register.rules import Home
from chalicelib.register.standing import Standing
from chalicelib.sensors import gateways, records
from chalicelib.sensors.incidents import Incident, IncidentKind
from chalicelib.sensors.rules import Sensor
from chalicelib.sensors.troubles import SOUND, Trouble, running
from chalicelib.shared.calendar import day_of, moment_of
from chalicelib.shared.tiers import worst
from chalicelib.store.contract import Item, Store
from chalicelib.tasks.ladders import begin
from chalicelib.tasks.tasks import Task, TaskKind
from chalicelib.tasks.waiting import reprioritise
from chalicelib.tasks.work import arise, revise, settle

KINDS = {
    Trouble.SILENT: TaskKind.SENSOR_SILENT,
    Trouble.BATTERY: TaskKind.BATTERY_LOW,
    Trouble.LINK: TaskKind.WEAK_LINK,
}
"""A sensor that somebody is at is an alert of its own, and so is told already."""
RECOVERED = "recovered"


def sensor_ails(store: Store, now: datetime, standing: Standing, item: Item) -> None:
    """A trouble of a sensor has begun or ended, or the sensor was taken away."""
    told = records.from_sensor_item(item)
    sensor = records.sensor(store, standing.register.compound, told.thing, told.name) or told._replace(ill=SOUND)
    home = standing.register.home_by_id.get(sensor.home)
    ailing = [trouble for trouble in running(sensor.ill) if trouble in KINDS] if home and home.tenancy == sensor.tenancy else []
    wanted = _identity(sensor, ailing[0]) if ailing else ""
    for each in (told, sensor):
        for trouble in each.ill:
            if trouble in KINDS and _identity(each, trouble) != wanted:
                settle(store, now, standing.register.compound, f"{KINDS[trouble]}:{_identity(each, trouble)}", RECOVERED)
    if ailing and home:
        _ails(store, now, standing, sensor, home, ailing)


def _identity(sensor: Sensor, trouble: Trouble) -> str:
    """Of this trouble's last episode. A sensor's name may hold what no address may, so it stands there as a digest."""
    digest = hashlib.sha256(f"{sensor.thing}/{sensor.name}".encode()).hexdigest()[:10]
    return f"{digest}:{sensor.ill[trouble].since}"


def _ails(store: Store, now: datetime, standing: Standing, sensor: Sensor, home: Home, ailing: list[Trouble]) -> None:
    """What was put back behind something more urgent comes forward again once that is over."""
    kind, why = KINDS[ailing[0]], ailing[1].value if ailing[1:] else ""
    identity, name = _identity(sensor, ailing[0]), f"{sensor.thing}/{sensor.name}"
    task = arising.ailing(standing.register.policy, home, _keeper(standing, home, now), kind, identity, name, why, now)
    ended = [episode.until for episode in sensor.ill.values() if not episode.running]
    _arise(store, now, standing, task, max(ended, default=0))


def incident_changed(store: Store, now: datetime, standing: Standing, item: Item) -> None:
    """Somebody has joined an incident or left it."""
    told = gateways.incident_of(item)
    incident = gateways.incident(store, standing.register.compound, told.kind, told.group)
    for identity in {told.id, incident.id} - ({incident.id} if incident.members else set()):
        settle(store, now, standing.register.compound, identity, RECOVERED)
    task = _of(standing, incident, now) if incident.members else None
    if task is not None:
        _arise(store, now, standing, task, incident.latest)
        revise(store, standing.register.compound, task.id, lambda known: _revised(standing, known, task, now))


def _of(standing: Standing, incident: Incident, now: datetime) -> Task | None:
    policy = standing.register.policy
    if incident.kind is IncidentKind.OUTAGE:
        return arising.outage(policy, incident.id, sorted(incident.members), now)
    homes = [home for each in incident.homes if (home := standing.register.home_by_id.get(each))]
    if not homes:
        return None
    return arising.cold(policy, incident.id, incident.group, homes, _keeper(standing, homes[0], now), now)


def _revised(standing: Standing, known: Task, task: Task, now: datetime) -> Task:
    """It is about those who are in it by now. Gateways it did not name before, and a more urgent home, are told anew."""
    policy, news = standing.register.policy, set(task.about.split(",")) - set(known.about.split(","))
    tier = worst((known.tier, task.tier))
    revised = known._replace(about=task.about)
    if tier is not known.tier:
        revised = reprioritise(revised, arising.allowance(policy, tier), tier)
    louder = tier is not known.tier or (task.kind is TaskKind.GATEWAYS_SILENT and bool(news))
    if not louder or not known.progress.told:
        return revised
    anew = begin(arising.ladder_of(policy, known), now)
    return revised._replace(progress=anew._replace(told=known.progress.told, told_at=known.progress.told_at))


def _keeper(standing: Standing, home: Home, now: datetime) -> tuple[str, ...]:
    """The home's steward; its coordinator where there is none, or she is on leave."""
    gone = standing.absent(day_of(now))
    leads = tuple(grid.coordinator for grid in standing.register.grids if grid.id == home.grid and grid.coordinator not in gone)
    return owners_of(OwnerRule.STEWARD, home, gone) or tuple(each for each in leads[:1] if each)


def _arise(store: Store, now: datetime, standing: Standing, task: Task, said_ms: int) -> None:
    register = standing.register
    empty, said = empty_rungs(standing, task, now), moment_of(said_ms) if said_ms else None
    arise(store, now, register.compound, task, arising.ladder_of(register.policy, task), empty, said)
