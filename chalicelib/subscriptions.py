"""Who reacts to which news: one table. What the table's stream says arrives here at least once."""

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any

import msgspec

from chalicelib import announcing, wiring
from chalicelib.activities import telling as activities
from chalicelib.activities.records import from_item as activity_of
from chalicelib.post import actions as post
from chalicelib.post import channels, records
from chalicelib.post.entries import delivered, queue
from chalicelib.post.rules import Send, Telling
from chalicelib.promises import crediting, parcel_words, parcels, patrols, reactions, sensing
from chalicelib.promises.following import spared
from chalicelib.promises.lapses import lapse_told
from chalicelib.promises.outdated import still_true
from chalicelib.promises.telling import tellings
from chalicelib.register import records as registers
from chalicelib.register.standing import Standing
from chalicelib.sensors.rules import AlertState
from chalicelib.sensors.telling import telling as alarm
from chalicelib.shared.calendar import day_of
from chalicelib.shared.ids import CompoundId
from chalicelib.shared.news import News
from chalicelib.store.contract import Item, Store
from chalicelib.store.values import from_typed
from chalicelib.tasks.board import from_item
from chalicelib.tasks.errands import just_lapsed
from chalicelib.tasks.ladders import Rung
from chalicelib.tasks.tasks import TaskKind

Reaction = Callable[[str, Item], None]


def tell_duty(identity: str, item: Item) -> None:
    """What nothing explains goes to the duty team's group robot."""
    if item["state"] == AlertState.EXPECTED:
        return
    store, now, compound = wiring.store(), wiring.clock().now(), CompoundId(item["pk"].partition("#")[0])
    register = registers.load(store, compound)
    if register is not None:
        _tell(store, now, compound, [alarm(register, identity, item, now, _site())])


def keep(record: dict[str, Any]) -> None:
    """Put a stream record that could not be worked off into the failed-news queue, whole."""
    body = msgspec.json.encode(record).decode()
    queue = wiring.service("sqs", "AmazonSQS")
    queue.call("SendMessage", {"QueueUrl": wiring.settings().failed_news_queue_url, "MessageBody": body})


def send() -> Send:
    """What hands a text to any address."""
    return channels.sender(wiring.settings(), wiring.one_shot)


def tell_step(identity: str, item: Item) -> None:
    """Whoever stands on the step that a task has just climbed is told."""
    store, now, standing = _standing(item)
    task = from_item(item)
    at = task.progress.told_at or now
    _tell(store, now, standing.register.compound, tellings(standing, task, Rung(item["rung"]), at, now, _site()))


def hear_back(identity: str, item: Item) -> None:
    """Whoever does something with a task has had what it had told her that day."""
    task, compound = from_item(item), item["pk"].partition("#")[0]
    line, told_at = task.lines[-1], task.progress.told_at
    if not line.by or told_at is None:
        return
    store, now = wiring.store(), wiring.clock().now()
    for message in records.tellings(store, compound, day_of(told_at), task.id):
        if message.person == line.by and message.at <= line.at:
            delivered(store, now, compound, message.day, message.id)


def tell_spared(identity: str, item: Item) -> None:
    """Whoever was to go along on a trip hears that she need not."""
    if item["kind"] != TaskKind.TRIP:
        return
    store, now, standing = _standing(item)
    _tell(store, now, standing.register.compound, spared(standing, from_item(item), _site()))


def tell_lapsed(identity: str, item: Item) -> None:
    """Whoever let a claim run out hears that it is anybody's again. Of everything else nothing is read."""
    if just_lapsed(from_item(item)):
        store, now, standing = _standing(item)
        _tell(store, now, standing.register.compound, lapse_told(standing, from_item(item), now, _site()))


def credit_work(identity: str, item: Item) -> None:
    """A volunteer's work brings points. Of everybody else's nothing is read."""
    deed = crediting.deed_of(from_item(item), item["pk"].partition("#")[0])
    if deed is not None:
        crediting.hear_of_work(*_standing(item), deed)


def remind_family(store: Store, now: datetime, standing: Standing, item: Item) -> None:
    """A family, and its floor group, of what waits on the shelf; a family that somebody stood at its door in vain."""
    _tell(store, now, standing.register.compound, parcel_words.tellings(store, standing, item))


def tell_families(store: Store, now: datetime, standing: Standing, item: Item) -> None:
    """Families hear what has changed about an activity without their doing."""
    _tell(store, now, standing.register.compound, activities.tellings(standing.register, activity_of(item), now))


def _tell(store: Store, now: datetime, compound: CompoundId, tellings: Iterable[Telling]) -> None:
    """Everybody is entered before anything is sent. Nothing is sent of a task that has been settled or taken on in the meantime."""
    messages = [queue(store, now, compound, telling) for telling in tellings]
    post.send_messages(store, now, still_true(store, now, [message for message in messages if message]), send())


def _site() -> str:
    return wiring.settings().site_url


def _with_standing(react: Callable[[Store, datetime, Standing, Item], None]) -> Reaction:
    """A reaction that needs the compound as it stands now."""

    def reaction(identity: str, item: Item) -> None:
        store, now, standing = _standing(item)
        react(store, now, standing, item)

    return reaction


def _standing(item: Item) -> tuple[Store, datetime, Standing]:
    store, now, compound = wiring.store(), wiring.clock().now(), CompoundId(item["pk"].partition("#")[0])
    standing = registers.standing(store, now, compound)
    if standing is None:
        raise LookupError(compound)
    return store, now, standing


REACTIONS: dict[str, tuple[Reaction, ...]] = {
    News.ALERT_RAISED: (tell_duty, _with_standing(reactions.alert_raised)),
    News.ALERT_ACKNOWLEDGED: (_with_standing(reactions.alert_taken),),
    News.ALERT_SETTLED: (_with_standing(reactions.alert_settled),),
    News.DOOR_SHUT: (_with_standing(reactions.door_shut),),
    News.CHECK_IN_RECORDED: (_with_standing(reactions.check_in_said),),
    News.VISIT_RECORDED: (_with_standing(reactions.visit_recorded),),
    News.TASK_TOLD: (tell_step, tell_lapsed),
    News.TASK_CHANGED: (hear_back, tell_spared, tell_lapsed, credit_work),
    News.TASK_CLOSED: (hear_back, tell_spared, credit_work),
    News.MESSAGE_FAILED: (_with_standing(reactions.message_failed),),
    News.LEAVE_TAKEN: (_with_standing(reactions.leave_taken),),
    News.SENSOR_AILS: (_with_standing(sensing.sensor_ails), _with_standing(reactions.door_shut)),
    News.CASES_CHANGED: (announcing.show_cases,),
    News.ACTIVITY_MOVED_UP: (_with_standing(tell_families),),
    News.ACTIVITY_CALLED_OFF: (_with_standing(tell_families), _with_standing(announcing.hang_notices)),
    News.ACTIVITY_ARRANGED: (_with_standing(announcing.hang_notices),),
    News.INCIDENT_CHANGED: (_with_standing(sensing.incident_changed),),
    News.PARCEL_DUE: (_with_standing(remind_family), _with_standing(parcels.parcel_due)),
    News.PARCEL_TROUBLED: (_with_standing(remind_family), _with_standing(parcels.parcel_troubled)),
    News.PARCEL_HANDED: (_with_standing(parcels.parcel_handed),),
    News.PARCEL_CLOSED: (_with_standing(parcels.parcel_closed),),
    News.PARCEL_UNDONE: (_with_standing(parcels.parcel_undone),),
    News.PLACE_DISINFECTED: (lambda identity, item: patrols.place_disinfected(wiring.store(), wiring.clock().now(), item),),
    News.DISINFECTION_UNDONE: (_with_standing(patrols.disinfection_undone),),
    News.PATROL_WALKED: (_with_standing(patrols.point_looked_at),),
    News.APPLICATION_RECEIVED: (_with_standing(announcing.tell_leads),),
    News.NOTICE_PUBLISHED: (_with_standing(announcing.hang_notices), _with_standing(announcing.tell_groups)),
    News.NOTICE_WITHDRAWN: (_with_standing(announcing.hang_notices), _with_standing(announcing.call_off)),
    News.NOTICE_PUT_AWAY: (_with_standing(announcing.hang_notices),),
}


def react(record: dict[str, Any]) -> None:
    """One record of the stream → the reactions to its news. Only a news id that was not there before is news.

    A reaction that fails does not keep the others from theirs; the first error is raised when all have had their turn.
    """
    images = record["dynamodb"]
    new = from_typed(images.get("NewImage", {}))
    news = new.get("news")
    if news is None or news["id"] == from_typed(images.get("OldImage", {})).get("news", {}).get("id"):
        return
    failed: Exception | None = None
    for reaction in REACTIONS.get(news["name"], ()):
        try:
            reaction(news["id"], new)
        except Exception as error:
            failed = failed or error
    if failed:
        raise failed
