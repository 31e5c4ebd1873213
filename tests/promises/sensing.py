"""A compound with gateways, door magnets and thermometers on the virtual clock, and what they say."""

import base64
import json
from datetime import datetime, timedelta
from typing import Any

from chalicelib.register.rules import Device, Grid, Home, Register, Role, Staff
from chalicelib.sensors.actions import bind, receive_record
from chalicelib.sensors.watching import watch
from chalicelib.shared.calendar import ms_of
from chalicelib.shared.ids import HomeId
from chalicelib.tasks.board import of_day
from chalicelib.tasks.tasks import Task
from tests.builders import DAY, home, moment, register
from tests.promises.world import World

FLOORS, EIGHT = range(3, 8), moment("08:00")


def homes() -> tuple[Home, ...]:
    """Four buildings, five floors, doors 01 and 02."""
    return tuple(
        home(f"{building}-{floor}{door:02}", grid=f"g{building}", steward="anheli.wang")
        for building in range(1, 5)
        for floor in FLOORS
        for door in (1, 2)
    )


def devices() -> tuple[Device, ...]:
    """A gateway a building, with a magnet and a thermometer in every home of it."""
    return tuple(
        Device(f"anheli-gw{each.building}", f"{what}-{each.id}", HomeId(each.id), kind)
        for each in homes()
        for what, kind in (("door", "zigbee2mqtt"), ("warm", "zigbee2mqtt-temperature"))
    )


def compound(**members: Any) -> Register:
    return register(
        **{
            "homes": homes(),
            "devices": devices(),
            "grids": tuple(Grid(f"g{number}", f"{number} 网格", "anheli.liu") for number in range(1, 5)),
            "staff": (
                Staff("anheli.wang", "王管家", "13800000010", (Role.STEWARD,)),
                Staff("anheli.liu", "刘组长", "13800000011", (Role.COORDINATOR,)),
                Staff("anheli.chen", "陈经理", "13800000012", (Role.MANAGER,)),
            ),
            **members,
        }
    )


class Sensing(World):
    """Everything is bound and watched; ``say`` is a message through the queue, stamped with the clock."""

    def __init__(self, monkeypatch: Any, now: datetime = EIGHT, found: Register | None = None) -> None:
        super().__init__(monkeypatch, found or compound(), now)
        for each in self.register.devices:
            tenancy = self.register.home_by_id[each.home].tenancy
            bind(self.store, "anheli", each.thing, each.sensor, each.home, each.kind, tenancy=tenancy, bound_ms=ms_of(now))
        watch(self.store, "anheli", [each.thing for each in self.register.devices], now)
        self.numbers = 0
        self.sweep()

    def say(self, thing: str, path: str, said: Any, at: datetime | None = None) -> None:
        data = said if isinstance(said, bytes) else json.dumps(said).encode()
        self.hand_over(f"care/{thing}/{path}", thing, data, at)

    def tell(self, sensor: str, at: datetime | None = None, **said: Any) -> None:
        """A word of a sensor, by its name: the gateway is its building's."""
        self.say(f"anheli-gw{sensor.split('-')[1]}", f"zigbee2mqtt/{sensor}", said, at)

    def presence(self, thing: str, there: bool, session: str = "", at: datetime | None = None) -> None:
        kind, self.numbers = "connected" if there else "disconnected", self.numbers + there
        when = at or self.clock.moment
        said = {"clientId": thing, "timestamp": ms_of(when), "eventType": kind, "versionNumber": self.numbers}
        event = {**said, "sessionIdentifier": session or f"{thing}-{self.numbers}"}
        self.hand_over(f"$aws/events/presence/{kind}/{thing}", "n/a", json.dumps(event).encode(), at)

    def hand_over(self, topic: str, client: str, data: bytes, at: datetime | None = None) -> None:
        stamp = ms_of(at or self.clock.moment)
        body = {"data": base64.b64encode(data).decode(), "topic": topic, "cid": client, "received_at": stamp}
        receive_record(self.store, self.clock, {"body": json.dumps(body)})
        self.pump()

    def alive(self, *but: str) -> None:
        """Every sensor says that it is there, but for these."""
        for each in self.register.devices:
            if each.sensor not in but:
                self.tell(each.sensor, battery=90, linkquality=120)

    def days(self, hours: int, *but: str) -> None:
        """Let time pass while every sensor but these speaks twice a day."""
        for _ in range(hours // 12):
            self.until(self.clock.moment + timedelta(hours=12), timedelta(minutes=30))
            self.alive(*but)

    def tasks(self, prefix: str = "", running: bool = True) -> list[Task]:
        found = of_day(self.store, "anheli", DAY)
        return [task for task in found if task.id.startswith(prefix) and task.running is running]

    def alarms(self) -> list[str]:
        """The kinds of the running tasks that sensors made."""
        kinds = ("sensor-silent", "gateways-silent", "battery-low", "weak-link", "cold")
        return sorted(task.kind for task in self.tasks() if task.kind in kinds)
