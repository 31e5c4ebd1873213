"""What a reading tells of the sensor itself: its battery, its link, that it is there. Pure."""

from chalicelib.sensors.kinds import Kind
from chalicelib.sensors.payloads import Reading
from chalicelib.sensors.rules import Sensor


def learn(row: Sensor, reading: Reading, kind: Kind, received_ms: int) -> Sensor:
    """The row with what the reading says of battery and link. ``heard_ms`` moves only by more than a quarter of the kind's limit, so
    that a sensor that speaks often costs nothing."""
    quarter = kind.limit.total_seconds() * 250 if kind.limit else 0
    if quarter and received_ms > row.heard_ms + quarter:
        row = row._replace(heard_ms=received_ms)
    return row
