"""What the fleet will say, message by message, and what is true of it: known before anything is sent. Pure, the same for the same seed."""

import json
import random
from datetime import UTC, datetime
from typing import NamedTuple

COMPOUND = "storm"
HOMES = 4
"""Homes behind one gateway, which share its sensors."""
HOUR_MS, DAY_MS = 3_600_000, 86_400_000
CLOCKS = {"right": 60, "none": 15, "a day ahead": 5, "a day behind": 5, "1970": 5, "2099": 5, "seconds": 5}
"""What a gateway's clock says, in shares of the fleet: wrong by a day, never set, or left out of the messages."""
GARBAGE = (b"", b"{", b"\xff\xfe\x00", b'{"contact":"maybe"}', b"[" * 5000, b'{"contact":NaN}', b"x" * 2000, "门开了".encode())


class Line(NamedTuple):
    """One message. ``at``: seconds after the fleet is let loose."""

    at: float
    thing: str
    sensor: str
    payload: bytes


class Truth(NamedTuple):
    """``openings`` by home, ``open`` by ``thing/sensor`` at the end."""

    openings: dict[str, int]
    open: dict[str, bool]
    garbage: int
    messages: int


class Known(NamedTuple):
    """A door as the system knew it before the cut, by the message that gateway will replay. ``timed``: has that a time one can believe?"""

    thing: str
    sensor: str
    home: str
    is_open: bool
    heard_ms: int
    timed: bool
    payload: bytes


class Fleet(NamedTuple):
    known: list[Known]
    lines: list[Line]
    truth: Truth


def things(gateways: int) -> list[str]:
    return [f"{COMPOUND}-gw{number:03}" for number in range(1, gateways + 1)]


def homes(gateways: int) -> list[str]:
    return [_home(number, door) for number in range(1, gateways + 1) for door in range(HOMES)]


def write(gateways: int, sensors: int, now_ms: int, seed: int = 1) -> Fleet:
    """Every gateway replays what it has cached; meanwhile doors open and close, and some of it comes twice, late, skewed or broken."""
    chance = random.Random(seed)
    known, lines, truth = list[Known](), list[Line](), Truth(dict.fromkeys(homes(gateways), 0), {}, 0, 0)
    for number, thing in enumerate(things(gateways), 1):
        clock = chance.choices(list(CLOCKS), list(CLOCKS.values()))[0]
        for place in range(sensors):
            door = _door(chance, thing, f"door-{place:02}", _home(number, place % HOMES), clock, now_ms)
            story, opened = _story(chance, door, clock, now_ms)
            known.append(door)
            lines += story
            truth.openings[door.home] += opened
            truth.open[f"{thing}/{door.sensor}"] = door.is_open
    lines.sort()
    garbage = sum(line.payload in GARBAGE for line in lines)
    return Fleet(known, lines, truth._replace(garbage=garbage, messages=len(lines)))


def _home(number: int, door: int) -> str:
    return f"{(number - 1) // 50 + 1}-{(number - 1) % 50 + 1}{door + 1:02}"


def _door(chance: random.Random, thing: str, sensor: str, home: str, clock: str, now_ms: int) -> Known:
    heard, is_open = now_ms - chance.randrange(HOUR_MS // 2, 20 * HOUR_MS), chance.random() < 0.1
    return Known(thing, sensor, home, is_open, heard, clock not in ("none", "1970", "2099"), _payload(chance, is_open, clock, heard))


def _story(chance: random.Random, door: Known, clock: str, now_ms: int) -> tuple[list[Line], int]:
    """The replay, and what else this door says; with how many openings there are in it."""

    def line(at: float, is_open: bool, said_ms: int) -> Line:
        return Line(at, door.thing, door.sensor, _payload(chance, is_open, clock, said_ms))

    replayed = Line(chance.random(), door.thing, door.sensor, door.payload)
    story, opened, roll = [replayed], 0, chance.random()
    if roll < 0.10 and not door.is_open:
        opens, lasts = 2 + 6 * chance.random(), 1 + 2 * chance.random()
        opening = line(opens, True, now_ms + int(opens * 1000))
        story += [opening, line(opens + lasts, False, now_ms + int((opens + lasts) * 1000))]
        story += [opening._replace(at=opens + 0.2)] * (chance.random() < 0.3)
        opened = 1
    elif roll < 0.15 and door.timed:
        story.append(line(3 + 4 * chance.random(), not door.is_open, door.heard_ms - HOUR_MS))  # a state from before the last one
    elif roll < 0.25:
        story.append(line(3 + 4 * chance.random(), door.is_open, now_ms + 3000))  # a battery report
    elif roll < 0.28:
        story.append(replayed._replace(at=replayed.at + 0.1))
    elif roll < 0.30:
        story.append(Line(8 * chance.random(), door.thing, door.sensor, chance.choice(GARBAGE)))
    return story, opened


def _payload(chance: random.Random, is_open: bool, clock: str, said_ms: int) -> bytes:
    said = {"contact": not is_open, "battery": chance.randrange(20, 101), "linkquality": chance.randrange(20, 256), "voltage": 2995}
    if clock == "none":
        return json.dumps(said).encode()
    shown = _clock(clock, said_ms)
    last_seen = shown if clock == "seconds" else datetime.fromtimestamp(shown / 1000, UTC).isoformat(timespec="milliseconds")
    return json.dumps({**said, "last_seen": last_seen}).encode()


def _clock(clock: str, moment_ms: int) -> int:
    """What the gateway's clock shows at this moment."""
    match clock:
        case "a day ahead":
            return moment_ms + DAY_MS
        case "a day behind":
            return moment_ms - DAY_MS
        case "1970":
            return moment_ms % DAY_MS
        case "2099":
            return 4_077_820_800_000 + moment_ms % DAY_MS
    return moment_ms
