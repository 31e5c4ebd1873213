"""Past-tense facts that ride on the item that was written and reach the rest through the table's stream."""

from enum import StrEnum
from typing import Any


class News(StrEnum):
    """Every fact another room may react to."""

    CHECK_IN_RECORDED = "check-in.recorded"
    ALERT_RAISED = "alert.raised"
    ALERT_ACKNOWLEDGED = "alert.acknowledged"
    ALERT_SETTLED = "alert.settled"
    DOOR_SHUT = "door.shut"
    MESSAGE_FAILED = "message.failed"
    VISIT_RECORDED = "visit.recorded"
    TASK_OPENED = "task.opened"
    TASK_TOLD = "task.told"
    TASK_CHANGED = "task.changed"
    TASK_CLOSED = "task.closed"
    LEAVE_TAKEN = "leave.taken"
    SENSOR_AILS = "sensor.ails"
    INCIDENT_CHANGED = "incident.changed"
    ACTIVITY_ARRANGED = "activity.arranged"
    ACTIVITY_MOVED_UP = "activity.moved-up"
    ACTIVITY_CALLED_OFF = "activity.called-off"
    CASES_CHANGED = "cases.changed"
    PARCEL_DUE = "parcel.due"
    PARCEL_TROUBLED = "parcel.troubled"
    PARCEL_HANDED = "parcel.handed"
    PARCEL_CLOSED = "parcel.closed"
    PARCEL_UNDONE = "parcel.undone"
    PLACE_DISINFECTED = "place.disinfected"
    DISINFECTION_UNDONE = "disinfection.undone"
    PATROL_WALKED = "patrol.walked"
    APPLICATION_RECEIVED = "application.received"
    NOTICE_PUBLISHED = "notice.published"
    NOTICE_WITHDRAWN = "notice.withdrawn"
    NOTICE_PUT_AWAY = "notice.put-away"


def told(identity: str, name: News) -> dict[str, Any]:
    """The ``news`` attribute of an item. ``identity`` is unique to the event: a reaction happens once for it."""
    return {"id": identity, "name": name.value}
