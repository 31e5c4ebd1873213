"""How a sensor is: silent, its battery low, its link weak, taken off its place. Pure.

Each trouble comes in episodes: one has a beginning, lasts until the values have recovered by a margin, and is told once. Moments are
milliseconds on the stage's clock.
"""

from collections.abc import Mapping
from datetime import timedelta
from enum import StrEnum
from types import MappingProxyType
from typing import NamedTuple


class Trouble(StrEnum):
    """The most urgent first: of several that a sensor has at once, the first is the one people are told."""

    SILENT = "silent"
    TAMPERED = "tampered"
    BATTERY = "battery"
    LINK = "link"


class Episode(NamedTuple):
    """The last time a sensor had a trouble: from when, until when (before ``since`` while it lasts), and since when a change announces itself."""

    since: int = 0
    until: int = 0
    crossing: int = 0

    @property
    def running(self) -> bool:
        return self.since > self.until


Health = Mapping[Trouble, Episode]
WELL = Episode()
SOUND: Health = MappingProxyType({})

BATTERY_MARGIN = 20
"""A battery that recovers by less was only warmed up."""
LINK_MARGIN = 20
LINK_HOLD = int(timedelta(hours=6).total_seconds() * 1000)
"""Links waver from minute to minute; a lift or a door does that. One that was weak for so long stays weak."""


class Limits(NamedTuple):
    """From the compound's policy: battery in per cent, link quality from 0 to 255."""

    battery: int = 15
    link: int = 30


class Signs(NamedTuple):
    """What a message says of the sensor itself; None for what it does not speak of."""

    battery: int | None = None
    battery_low: bool | None = None
    link: int | None = None
    tamper: bool | None = None


def running(health: Health) -> list[Trouble]:
    """What the sensor suffers from now, the most urgent first."""
    return [trouble for trouble in Trouble if health.get(trouble, WELL).running]


def quiet(health: Health, signs: Signs) -> bool:
    """Is this message far from every limit, and nothing to recover from? Then the policy need not be asked."""
    fine = (signs.battery is None or signs.battery > 50) and (signs.link is None or signs.link > 120)
    known = any(episode.running or episode.crossing for trouble, episode in health.items() if trouble is not Trouble.SILENT)
    return fine and not signs.battery_low and not signs.tamper and not known


def heard(health: Health, signs: Signs, limits: Limits, at: int) -> dict[Trouble, Episode]:
    """The sensor's health after a message: it is not silent any more, and each sign is judged by its limit and margin."""
    judged = {
        Trouble.SILENT: ended(health.get(Trouble.SILENT, WELL), at),
        Trouble.TAMPERED: _flag(health.get(Trouble.TAMPERED, WELL), signs.tamper, at),
        Trouble.BATTERY: _battery(health.get(Trouble.BATTERY, WELL), signs, limits, at),
        Trouble.LINK: _link(health.get(Trouble.LINK, WELL), signs.link, limits, at),
    }
    return {trouble: episode for trouble, episode in judged.items() if episode != WELL}


def fell_silent(health: Health, at: int) -> dict[Trouble, Episode]:
    return {**health, Trouble.SILENT: begun(health.get(Trouble.SILENT, WELL), at)}


def excused(health: Health, at: int) -> dict[Trouble, Episode]:
    """Not silent of its own: its gateway is."""
    return {**health, Trouble.SILENT: ended(health.get(Trouble.SILENT, WELL), at)}


def cured(health: Health, at: int) -> dict[Trouble, Episode]:
    """Taken away: whatever ailed it is over."""
    return {trouble: ended(episode, at) for trouble, episode in health.items()}


def begun(episode: Episode, at: int) -> Episode:
    return episode if episode.running else Episode(max(at, episode.until + 1), episode.until)


def ended(episode: Episode, at: int) -> Episode:
    return Episode(episode.since, max(at, episode.since)) if episode.running else episode


def _flag(episode: Episode, said: bool | None, at: int) -> Episode:
    return episode if said is None else begun(episode, at) if said else ended(episode, at)


def _battery(episode: Episode, signs: Signs, limits: Limits, at: int) -> Episode:
    """Low by its own word or by the limit; well again by a new battery's figure, or by its own word where it gives no figure."""
    if signs.battery_low or (signs.battery is not None and signs.battery <= limits.battery):
        return begun(episode, at)
    if signs.battery is not None and signs.battery >= limits.battery + BATTERY_MARGIN:
        return ended(episode, at)
    return ended(episode, at) if signs.battery is None and signs.battery_low is False else episode


def _link(episode: Episode, link: int | None, limits: Limits, at: int) -> Episode:
    """Weak once it was weak for hours and not well in between; well again the same way."""
    if link is None:
        return episode
    weak, well = link < limits.link, link >= limits.link + LINK_MARGIN
    beyond, back = (well, weak) if episode.running else (weak, well)
    if back:
        return episode._replace(crossing=0)
    if not beyond:
        return episode
    if not episode.crossing:
        return episode._replace(crossing=at)
    if at - episode.crossing < LINK_HOLD:
        return episode
    return ended(episode, at) if episode.running else begun(episode._replace(crossing=0), at)
