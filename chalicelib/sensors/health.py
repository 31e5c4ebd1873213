"""What a reading tells of the sensor itself: that it is there, its battery, its link, whether it sits where it was put. Pure."""

from datetime import timedelta

from chalicelib.register.policy import Policy
from chalicelib.sensors.kinds import Kind
from chalicelib.sensors.payloads import Reading
from chalicelib.sensors.rules import Sensor
from chalicelib.sensors.troubles import Limits, Signs, heard, running

STEP = timedelta(hours=1)


def step_ms(kind: Kind) -> int:
    """By how much ``heard_ms`` must move to be written: an hour, or a quarter of a shorter limit. So a sensor that speaks often costs
    little, and one that keeps to its limit less this step is never called silent."""
    return 0 if kind.limit is None else int(min(STEP, kind.limit / 4).total_seconds() * 1000)


def signs(reading: Reading) -> Signs:
    return Signs(reading.battery, reading.battery_low, reading.link, reading.tamper)


def limits(policy: Policy) -> Limits:
    return Limits(policy.watch.battery_least, policy.watch.link_least)


def learn(row: Sensor, reading: Reading, kind: Kind, bounds: Limits, at_ms: int) -> Sensor:
    """The row after a word of the sensor at ``at_ms`` on the stage's clock; the same row where nothing is worth a write.

    Its battery and link are noted as they were when something else made it worth one.
    """
    ill = heard(row.ill, signs(reading), bounds, at_ms)
    late = step_ms(kind) and at_ms > row.heard_ms + step_ms(kind)
    if ill == row.ill and not late:
        return row
    said = {name: value for name in ("battery", "battery_low", "link") if (value := getattr(reading, name)) is not None}
    return row._replace(ill=ill, heard_ms=max(at_ms, row.heard_ms), **said)


def ails(before: Sensor, after: Sensor) -> bool:
    """Has a trouble begun or ended?"""
    return running(before.ill) != running(after.ill)
