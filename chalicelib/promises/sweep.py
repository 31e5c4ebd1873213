"""One sweep for everything whose next moment to look has come. Its cost follows what is due, never what exists."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import TypeVar

from chalicelib.care.rules import slot_of
from chalicelib.delivery import looking as parcels
from chalicelib.post import actions as post
from chalicelib.post import records as messages
from chalicelib.post.channels import giving_up
from chalicelib.post.rules import Message
from chalicelib.promises import following, looking
from chalicelib.promises.doing import close
from chalicelib.promises.outdated import still_true
from chalicelib.promises.people import empty_rungs, home_of
from chalicelib.promises.reports import reports_missing
from chalicelib.register import records as registers
from chalicelib.register.standing import Standing
from chalicelib.rewards import actions as rewards
from chalicelib.sensors import alerts, watching
from chalicelib.shared.calendar import parse, utc_stamp
from chalicelib.shared.ids import CompoundId, discreet
from chalicelib.shared.log import log
from chalicelib.store import keys
from chalicelib.store.contract import Conflict, Item, Replace, Store
from chalicelib.tasks import board, work
from chalicelib.tasks.looks import from_item as look_of
from chalicelib.tasks.tasks import Act, Task, TaskKind

PER_SHARD = 400
PUT_OFF = timedelta(hours=1)
MOVED_OUT, ALL_WELL = "住户已搬走", "都报过平安了"
T = TypeVar("T")


def sweep(store: Store, now: datetime, send: post.Send) -> int:
    """Look at everything due, of every compound; returns how many items were looked at.

    Looks come first, since they make tasks; messages last, since looks and tasks make messages. An item that fails is pushed an
    hour forward and reported; it never blocks the rest.
    """
    found = (item for shard in range(keys.DUE_SHARDS) for item in store.due(str(shard), utc_stamp(now), PER_SHARD))
    items = [item for item in found if not messages.leased(item, now)]
    of_compound = _Standings(store, now)
    for item in sorted((each for each in items if each["pk"].endswith("#LOOK")), key=lambda each: str(each["due_at"])):
        _safely(store, now, item, lambda each: looking.take(store, now, look_of(each), of_compound(each)))
    for item in (each for each in items if each["sk"] == keys.GATEWAY):
        _safely(store, now, item, lambda each: _gateway(store, now, each, of_compound(each)))
    for item in (each for each in items if each["pk"].endswith("#TASK")):
        _safely(store, now, item, lambda each: _task(store, now, each, of_compound(each)))
    for item in (each for each in items if "#THING#" in each["pk"] and each["sk"].startswith("SENSOR#")):
        _safely(store, now, item, lambda each: alerts.look(store, now, of_compound(each).register.compound, each))
    for item in (each for each in items if each["pk"].endswith("#REWARD")):
        _safely(store, now, item, lambda each: rewards.run_out(store, now, *_reservation(each)))
    for item in (each for each in items if each["pk"].endswith("#PARCEL")):
        _safely(store, now, item, lambda each: _parcel(store, now, each, of_compound(each)))
    waiting = [_safely(store, now, each, messages.from_item) for each in items if "#POST#" in each["pk"]]
    _send(store, now, [message for message in waiting if message], giving_up(send))
    return len(items)


def _send(store: Store, now: datetime, waiting: list[Message], send: post.Send) -> None:
    """Notices to residents come after all that somebody has to do something about."""
    post.send_messages(store, now, still_true(store, now, [message for message in waiting if not message.noticed]), send)
    post.send_messages(store, now, [message for message in waiting if message.noticed], send)


class _Standings:
    """Each compound's standing, read at most once a sweep."""

    def __init__(self, store: Store, now: datetime) -> None:
        self._store, self._now = store, now
        self._read: dict[str, Standing] = {}

    def __call__(self, item: Item) -> Standing:
        compound = CompoundId(item["pk"].partition("#")[0])
        if compound not in self._read:
            found = registers.standing(self._store, self._now, compound)
            if found is None:
                raise LookupError(compound)
            self._read[compound] = found
        return self._read[compound]


def _task(store: Store, now: datetime, item: Item, standing: Standing) -> bool:
    task, register = board.from_item(item), standing.register
    over = _over(store, now, standing, task)
    if over:
        return close(store, now, standing, task, *over)
    ladder, empty = following.steps_of(standing, task, now), empty_rungs(standing, task, now)
    return work.look(store, now, register.compound, task, ladder, empty)


def _over(store: Store, now: datetime, standing: Standing, task: Task) -> tuple[str, Act] | None:
    """Why a task has nothing left to climb for. One whose family has moved out nobody could close any more, and it would be told for good."""
    if task.home and home_of(standing, task) is None:
        return MOVED_OUT, Act.CANCEL
    if task.kind is TaskKind.MISSED_REPORTS:
        slot = slot_of(standing.register.policy, date.fromisoformat(task.about.rpartition(":")[2]))
        return None if reports_missing(store, standing, slot, now) else (ALL_WELL, Act.DONE)
    return None


def _gateway(store: Store, now: datetime, item: Item, standing: Standing) -> bool:
    register = standing.register
    return watching.take(store, now, register.compound, item["pk"].partition("#THING#")[2], register.policy)


def _reservation(item: Item) -> tuple[str, str]:
    return item["pk"].partition("#")[0], item["sk"].rpartition("#")[2]


def _parcel(store: Store, now: datetime, item: Item, standing: Standing) -> bool:
    return parcels.take(store, now, standing.register.compound, standing.register.policy, item)


def _safely(store: Store, now: datetime, item: Item, look: Callable[[Item], T]) -> T | None:
    """What the look says, None if it failed."""
    try:
        return look(item)
    except Exception as error:
        log().error("look failed", extra={"item": discreet(item["sk"]), "kind": type(error).__name__})
        _put_off(store, now, item)
        return None


def _put_off(store: Store, now: datetime, item: Item) -> None:
    later = utc_stamp(max(now, parse(item["due_at"])) + PUT_OFF)
    try:
        store.write(Replace({**item, "v": item["v"] + 1, "due_at": later}, item["v"]))
    except Conflict:
        return
