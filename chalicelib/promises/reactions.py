"""What becomes of saved facts: needs and visits make tasks or settle them, and whoever stands on a step is told.

Each is idempotent by the event's identity: a task's id comes from its fact, a message's from the telling.
"""

from collections.abc import Callable, Sequence
from datetime import date, datetime

from chalicelib.care.records import from_item as check_in_of
from chalicelib.care.rules import Feeling
from chalicelib.promises import arising
from chalicelib.promises.crediting import hear_of_visit
from chalicelib.promises.following import ladders
from chalicelib.promises.leaves import hand_back
from chalicelib.promises.load import full
from chalicelib.promises.people import empty_rungs
from chalicelib.promises.today import stops_of
from chalicelib.register.dues import owners_of
from chalicelib.register.plans import OwnerRule
from chalicelib.register.rules import Home
from chalicelib.register.standing import Standing
from chalicelib.sensors.alerts import end
from chalicelib.sensors.records import open_alert
from chalicelib.sensors.rules import AlertKind, AlertState
from chalicelib.shared.calendar import day_of, parse
from chalicelib.shared.problems import Problem
from chalicelib.store.contract import Item, Store
from chalicelib.tasks.acting import act
from chalicelib.tasks.passing import passed_over
from chalicelib.tasks.tasks import Act, Line, Task
from chalicelib.tasks.work import arise, hasten, settle
from chalicelib.visits.records import from_item as visit_of
from chalicelib.visits.records import of_slot
from chalicelib.visits.rules import State

SHUT, EXPLAINED = "shut", "explained"


def check_in_said(store: Store, now: datetime, standing: Standing, item: Item) -> None:
    """What a household said it needs becomes a task each; feeling unwell is one too."""
    said = check_in_of(item)
    home = standing.register.home_by_id.get(said.home)
    if home is None or home.tenancy != said.tenancy:
        return
    newest = said.entries[-1]
    categories = [need.value for need in newest.needs] + ([arising.UNWELL] if newest.feeling is Feeling.UNWELL else [])
    ask_for(store, now, standing, home, said.day, categories, newest.at)


def visit_recorded(store: Store, now: datetime, standing: Standing, item: Item) -> None:
    """Nobody home starts a short ladder of its own; a visit made settles what was said about its slot, and brings its volunteer a point. Needs
    become tasks."""
    visit = visit_of(item)
    home = standing.register.home_by_id.get(visit.home)
    if home is None or home.tenancy != visit.tenancy:
        return
    policy, compound, last = standing.register.policy, standing.register.compound, visit.last
    if not visit.kept:
        latest = of_slot(store, compound, visit)  # this news may come late, after somebody was let in
        if latest is None or not latest.kept:
            arise_now(store, now, standing, arising.nobody_home(policy, home, _carers(standing, home, now), visit.slot, now), last.at)
    else:
        for prefix in ("missed", "nobody-home", "unassigned"):
            settle(store, now, compound, f"{prefix}:{visit.slot}", last.outcome.value)
    ask_for(store, now, standing, home, visit.day, last.needs, last.at)
    hear_of_visit(store, now, standing, visit)


def alert_raised(store: Store, now: datetime, standing: Standing, item: Item) -> None:
    """What nothing explains climbs from the duty desk upwards until somebody takes it on."""
    home = standing.register.home_by_id.get(item["home"])
    if item["state"] == AlertState.EXPECTED or home is None:
        return
    alert = open_alert(store, standing.register.compound, _alert_of(item))
    if alert:  # this news may come late, after somebody has taken it on
        arise_now(store, now, standing, arising.alarm(standing.register.policy, home, alert.kind, alert.id, parse(item["since"])))


def alert_taken(store: Store, now: datetime, standing: Standing, item: Item) -> None:
    """Whoever takes the alert on at the desk has taken its task on."""
    line = Line(now, item["by"], Act.CLAIM, item["note"], f"alert:{_alert_of(item)}")
    task = arising.task_of(AlertKind(item["kind"]), _alert_of(item))
    _tried(lambda: act(store, now, standing.register.compound, task, line, standing.register.policy.every_ladder))


def door_shut(store: Store, now: datetime, standing: Standing, item: Item) -> None:
    """A door that had been left open is shut: nobody need go there for that."""
    compound, alert = standing.register.compound, item.get("shut")
    if not alert:
        return
    end(store, now, compound, alert, SHUT)
    settle(store, now, compound, arising.task_of(AlertKind.LEFT_OPEN, alert), SHUT)


def alert_settled(store: Store, now: datetime, standing: Standing, item: Item) -> None:
    """What had been expected after all, or is over, needs nobody any more."""
    settle(store, now, standing.register.compound, arising.task_of(AlertKind(item["kind"]), _alert_of(item)), EXPLAINED)


def _alert_of(item: Item) -> str:
    return str(item["sk"].rpartition("#")[2])


def leave_taken(store: Store, now: datetime, standing: Standing, item: Item) -> None:
    """Who is on leave from today gives her work back at once: what is then nobody's goes to the coordinator, visits under way too.

    A trip is given back at once by whoever is on leave on its day.
    """
    person = item["pk"].rpartition("#")[2]
    hand_back(store, now, standing)
    if person not in standing.absent(day_of(now)):
        return
    hers = [home for home in standing.register.homes if person in (home.steward, home.volunteer)]
    for stop in stops_of(store, now, standing, hers) if hers else ():
        if stop.state is State.NOW and not stop.due.owners:
            arise_now(store, now, standing, arising.unassigned_visit(standing.register.policy, stop.due, now))


def _tried(act: Callable[[], object]) -> None:
    """What cannot be done any more with a task need not be done."""
    try:
        act()
    except Problem:
        return


def message_failed(store: Store, now: datetime, standing: Standing, item: Item) -> None:
    """Somebody could not be reached by any channel: the task's next step is taken at the next sweep."""
    task, _, told = item["event"].rpartition(":told:")
    if task and told.isdigit():
        hasten(store, now, standing.register.compound, task, int(told), ladders(standing, task, now))


def ask_for(store: Store, now: datetime, standing: Standing, home: Home, day: date, categories: Sequence[str], said: datetime) -> None:
    """A task for each need, of those who look after the home and have not enough to do already."""
    carers = _carers(standing, home, now) if categories else ()
    over = full(store, now, standing, carers)
    owners = tuple(person for person in carers if person not in over)
    for category in categories:
        task = arising.need(standing.register.policy, home, owners, day, category, now)
        arise_now(store, now, standing, passed_over(task, (person for person in carers if person in over), now), said)


def _carers(standing: Standing, home: Home, now: datetime) -> tuple[str, ...]:
    """Who looks after a home today: its steward and its volunteer, without those on leave."""
    return owners_of(OwnerRule.PAIR, home, standing.absent(day_of(now)))


def arise_now(store: Store, now: datetime, standing: Standing, task: Task, said: datetime | None = None) -> None:
    """Store a task that a fact makes, once."""
    register, empty = standing.register, empty_rungs(standing, task, now)
    arise(store, now, register.compound, task, arising.ladder_of(register.policy, task), empty, said)
