"""What becomes of a difference: one log line with its metric, one message for good, the lost look put back, and the heartbeat."""

import io
import json
import threading
from collections.abc import Iterator
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer

import msgspec
import pytest

from chalicelib import audits, wiring
from chalicelib.register.actions import pause_home
from chalicelib.register.changes import Absence, HomePause
from chalicelib.register.plans import OwnerRule, PlanPolicy
from chalicelib.register.rules import Device
from chalicelib.sensors.actions import bind
from chalicelib.sensors.watching import watch
from chalicelib.shared.calendar import ms_of, utc_stamp
from chalicelib.shared.ids import HomeId
from chalicelib.shared.log import log
from chalicelib.shared.tiers import Tier
from chalicelib.store import keys
from tests.builders import DAY, home, moment, policy, register
from tests.promises.world import World

SETTINGS = msgspec.structs.replace(wiring.environment.read(), heartbeat_url="")
LOOK = keys.look("anheli", "home_visit", 0)


@pytest.fixture
def world(monkeypatch: pytest.MonkeyPatch) -> World:
    red = home("1-302", tier=Tier.RED, steward="anheli.wang", volunteer="v1")
    built = World(monkeypatch, register(homes=(red,)), moment("07:00"))
    built.until(moment("07:30"))
    return built


@pytest.fixture
def lines() -> Iterator[io.StringIO]:
    written, handler = io.StringIO(), log().handlers[0]
    kept = handler.setStream(written)
    yield written
    handler.setStream(kept)


@pytest.fixture
def beats() -> Iterator[list[str]]:
    """A watchman who answers with a redirect, which must not be followed."""
    heard: list[str] = []

    class Watchman(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            heard.append(self.path)
            self.send_response(302)
            self.send_header("Location", "/elsewhere")
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_: object) -> None: ...

    server = HTTPServer(("127.0.0.1", 0), Watchman)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield _At(heard, f"http://127.0.0.1:{server.server_port}/ping/secret")
    server.shutdown()
    server.server_close()


class _At(list):
    def __init__(self, heard: list[str], url: str) -> None:
        self.heard, self.url = heard, url


def run(world: World, url: str = "") -> int:
    return audits.run(world.store, world.clock.moment, msgspec.structs.replace(SETTINGS, heartbeat_url=url), world.send)


def test_a_day_without_a_difference_says_nothing(world: World, lines: io.StringIO):
    assert run(world) == 0 and world.sent == [] and lines.getvalue() == ""


def test_a_lost_look_is_logged_with_its_metric_told_and_put_back(world: World, lines: io.StringIO):
    world.store._forget(LOOK)

    assert run(world) == 1
    line = json.loads(lines.getvalue())
    assert line["findings"] == ["look-missing:home_visit#0:2026-11-22"]
    assert line["AuditFindings"] == 1 and line["stage"] == "test"
    assert line["_aws"]["CloudWatchMetrics"] == [
        {"Namespace": "Nuanlin", "Dimensions": [["stage"]], "Metrics": [{"Name": "AuditFindings", "Unit": "Count"}]}
    ]
    assert [text.count("look-missing:home_visit#0") for text in world.texts()] == [1]
    assert world.store.get(LOOK) is not None and run(world) == 0


def test_the_same_difference_is_told_once_however_often_it_is_found(world: World):
    world.until(moment("10:10"))
    world.store._forget(keys.open_task("anheli", "missed:home_visit:1-302:2026-11-22"))
    before = len(world.sent)
    for _ in range(3):
        assert run(world) == 1
        world.clock.moment += timedelta(hours=1)
        world.sweep()

    told = [text for text in world.texts()[before:] if "系统自查" in text]
    assert len(told) == 1 and "task-missing:missed:home_visit:1-302:2026-11-22" in told[0]


def test_hundreds_of_differences_do_not_flood_the_duty_desk(monkeypatch: pytest.MonkeyPatch):
    homes = tuple(home(f"1-{number}01", tier=Tier.RED, steward="anheli.wang") for number in range(1, 60))
    world = World(monkeypatch, register(homes=homes), moment("07:00"))
    world.clock.moment = moment("11:00")

    assert run(world) > 59
    assert sum(text.count("系统自查") for text in world.texts()) <= audits.MOST_TOLD


def test_the_heartbeat_is_sent_after_an_audit_and_follows_no_redirect(world: World, beats):
    world.store._forget(LOOK)
    run(world, beats.url)

    assert beats.heard == ["/ping/secret"]


def test_an_audit_that_breaks_off_is_reported_and_sends_no_heartbeat(world: World, beats, lines: io.StringIO):
    world.store._keep(*_broken(world))

    run(world, beats.url)

    assert beats.heard == [] and "audit failed" in lines.getvalue()


def _broken(world: World):
    key = keys.register("anheli")
    return key, {**world.store.get(key), "blob": b"not a register"}


def test_a_watchman_who_does_not_answer_breaks_nothing(world: World, lines: io.StringIO):
    assert run(world, "http://127.0.0.1:9/ping/secret") == 0
    assert "heartbeat not sent" in lines.getvalue() and "secret" not in lines.getvalue()


def test_what_was_due_before_the_import_is_not_judged(monkeypatch: pytest.MonkeyPatch):
    red = home("1-302", tier=Tier.RED)
    world = World(monkeypatch, register(homes=(red,)), moment("10:30"))
    world.clock.moment = moment("11:00")

    assert run(world) == 0


def test_a_home_away_until_midnight_missed_nothing_that_closed_at_midnight(monkeypatch: pytest.MonkeyPatch):
    plan = PlanPolicy("home_visit", (Tier.RED,), (("20:00", "24:00"),), OwnerRule.PAIR)
    red = home("1-302", tier=Tier.RED, steward="anheli.wang", volunteer="v1")
    world = World(monkeypatch, register(homes=(red,), policy=policy(plans=(plan,))), moment("07:00"))
    away = HomePause("p1", "1-302", "t1", Absence.AWAY, DAY, DAY, "anheli.wang", moment("07:00"))
    pause_home(world.store, moment("07:00"), world.register, away)
    world.until(moment("01:00", DAY + timedelta(days=1)), timedelta(minutes=10))

    assert audits.run(world.store, world.clock.moment, SETTINGS, world.send) == 0


DOOR, SWITCH = Device("anheli-gw1", "door", HomeId("1-302"), "zigbee2mqtt"), Device("anheli-gw2", "door", HomeId("1-302"), "esphome")


@pytest.fixture
def night(monkeypatch: pytest.MonkeyPatch) -> World:
    """Between three and four, with a gateway that has to be heard of and one that speaks only when a door moves."""
    world = World(monkeypatch, register(homes=(home("1-302"),), devices=(DOOR, SWITCH)), moment("02:00"))
    for each in (DOOR, SWITCH):
        bind(world.store, "anheli", each.thing, each.sensor, each.home, each.kind, tenancy="t1", bound_ms=ms_of(moment("02:00")))
    watch(world.store, "anheli", ["anheli-gw1"], moment("02:00"))
    world.until(moment("03:10"))
    return world


GATEWAY = keys.gateway("anheli", "anheli-gw1")


def gone(world: World) -> None:
    world.store._forget(GATEWAY)


def unlisted(world: World) -> None:
    row = world.store._items[GATEWAY]
    world.store.fill([{name: row[name] for name in row if not name.startswith("due")}])


def too_far_ahead(world: World) -> None:
    world.store.fill([{**world.store._items[GATEWAY], "due_at": utc_stamp(moment("05:10", DAY + timedelta(days=1)))}])


@pytest.mark.parametrize("lose", [gone, unlisted, too_far_ahead])
def test_a_gateway_that_nobody_looks_at_is_found_at_night(night: World, lines: io.StringIO, lose):
    assert run(night) == 0
    lose(night)

    assert run(night) == 1
    assert json.loads(lines.getvalue())["findings"] == ["look-missing:THING#anheli-gw1:2026-11-22"]
    assert night.store.get(GATEWAY)["due_at"] == utc_stamp(night.clock.moment) and run(night) == 0
    night.until(moment("04:10"))
    lose(night)
    assert run(night) == 0  # once a night is enough
