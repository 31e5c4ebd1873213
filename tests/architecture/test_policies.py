"""Least privilege, measured: what each function does to the table is what its policy lets it do, no less and no more."""

import base64
import json
from datetime import date, timedelta
from fnmatch import fnmatchcase as fnmatch
from typing import Any

import pytest

import app
from chalicelib import arrivals, subscriptions, wiring
from chalicelib.mailbox import doorway
from chalicelib.post.entries import queue
from chalicelib.post.rules import Refused
from chalicelib.promises import arising
from chalicelib.register import records as registers
from chalicelib.register.changes import Changes
from chalicelib.register.dues import due_on
from chalicelib.register.standing import stand
from chalicelib.sensors.actions import bind
from chalicelib.sensors.watching import watch
from chalicelib.store.contract import Absent, Change, Remove
from chalicelib.tasks.looks import Look, Phase, stored
from chalicelib.tasks.work import arise
from chalicelib.visits.actions import record
from chalicelib.visits.rules import Entry, Outcome
from tests.actions.mail import telling
from tests.actions.stream import StreamingStore
from tests.app.cast import CASE, PARCEL, World, world
from tests.app.client import FixedClock, stand_on
from tests.app.test_access import CALLERS, FORM, REQUESTS, Pool
from tests.architecture.tree import ROOT
from tests.builders import DAY, moment, register
from tests.mailbox.desk import Box
from tests.pictures import MemoryBucket

LETTERS = "arn:*:dynamodb:*:*:table/nuanlin-prod-letters"
TABLE, INDEX = "arn:*:dynamodb:*:*:table/nuanlin-prod", "arn:*:dynamodb:*:*:table/nuanlin-prod/index/due"
READS = {"get": "GetItem", "get_many": "BatchGetItem", "under": "Query"}


class WatchedStore(StreamingStore):
    """Notes which DynamoDB action every call takes, and on what. A transaction needs the right to each of its writes."""

    def __init__(self) -> None:
        super().__init__()
        self.done: set[tuple[str, str]] = set()

    def __getattribute__(self, name: str) -> Any:
        if name in READS:
            self.done.add((f"dynamodb:{READS[name]}", TABLE))
        if name == "due":
            self.done.add(("dynamodb:Query", INDEX))
        return super().__getattribute__(name)

    def write(self, *changes: Change) -> None:
        kinds = {
            "DeleteItem" if isinstance(change, Remove) else "ConditionCheckItem" if isinstance(change, Absent) else "PutItem"
            for change in changes
        }
        done = self.done | {(f"dynamodb:{kind}", TABLE) for kind in kinds}
        try:
            super().write(*changes)
        finally:
            self.done = done  # without the reads that the stream's images took


@pytest.fixture
def everybody(monkeypatch: pytest.MonkeyPatch) -> World:
    built = world()
    store = WatchedStore()
    store.fill(list(built.store._items.values()))
    stand_on(monkeypatch, store, FixedClock(moment("09:00")))
    monkeypatch.setattr(wiring, "client", lambda name: Pool())
    return built._replace(store=store)


def allowed(function: str) -> set[tuple[str, str]]:
    """The policy's rights to the table and its index."""
    return {right for right in rights_of(function) if right[1] in (TABLE, INDEX)}


def rights_of(function: str) -> set[tuple[str, str]]:
    """Every action a policy allows, and on what."""
    statements = json.loads((ROOT / f".chalice/policy-{function}.json").read_text())["Statement"]
    rights = [
        (action, statement.get("Resource"))
        for statement in statements
        for action in statement["Action"]
        if isinstance(statement["Action"], list)
    ]
    single = [(statement["Action"], statement.get("Resource")) for statement in statements if isinstance(statement["Action"], str)]
    return {*rights, *single}


def opening(contact: str, second: int) -> dict[str, Any]:
    told = {
        "topic": "care/anheli-gw1/zigbee2mqtt/door",
        "cid": "anheli-gw1",
        "received_at": int(moment("09:00").timestamp() + second) * 1000,
    }
    body = {"data": base64.b64encode(f'{{"contact":{contact}}}'.encode()).decode(), **told}
    return {"Records": [{"messageId": "m", "body": json.dumps(body)}]}


def said(topic: str, data: dict[str, Any], day: date = DAY, clock: str = "09:00") -> dict[str, Any]:
    """A batch of one: what a gateway published, or AWS of it."""
    return raw(topic, json.dumps(data).encode(), day, clock)


def raw(topic: str, data: bytes, day: date = DAY, clock: str = "09:00") -> dict[str, Any]:
    cid = "n/a" if topic.startswith("$") else topic.split("/")[1]
    told = {"topic": topic, "cid": cid, "received_at": int(moment(clock, day).timestamp() * 1000)}
    return {"Records": [{"messageId": "m", "body": json.dumps({"data": base64.b64encode(data).decode(), **told})}]}


def sensors_of_every_kind(everybody: World) -> None:
    """A gateway that goes and comes, a battery that runs low, a room that grows cold and is measured on the next day too."""
    bind(everybody.store, "anheli", "anheli-gw1", "warm", "2-801", "zigbee2mqtt-temperature", tenancy="t1")
    watch(everybody.store, "anheli", ["anheli-gw1"], moment("08:00"))
    everybody.store.done.clear()
    event = {"clientId": "anheli-gw1", "timestamp": int(moment("09:00").timestamp() * 1000), "sessionIdentifier": "s1", "versionNumber": 1}
    for kind in ("disconnected", "connected"):
        session = {**event, "eventType": kind, "sessionIdentifier": kind}
        app.receive_sensor_messages(said(f"$aws/events/presence/{kind}/anheli-gw1", session), None)
    app.receive_sensor_messages(said("care/anheli-gw1/zigbee2mqtt/bridge/state", {"state": "online"}), None)
    app.receive_sensor_messages(said("care/anheli-gw1/zigbee2mqtt/door", {"battery": 3}), None)
    for clock in ("09:00", "09:40"):
        app.receive_sensor_messages(said("care/anheli-gw1/zigbee2mqtt/warm", {"temperature": 15}, clock=clock), None)
    app.receive_sensor_messages(raw("care/anheli-gw1/esphome/esp1/status", b"offline"), None)
    tomorrow = DAY + timedelta(days=1)
    app.receive_sensor_messages(said("care/anheli-gw1/zigbee2mqtt/warm", {"temperature": 15}, tomorrow), None)


def test_the_api_does_what_its_policy_allows(everybody: World):
    for caller in CALLERS:
        for (method, _), request in REQUESTS.items():
            asked, client = request(everybody), everybody.callers()[caller]
            kind = FORM if isinstance(asked.body, bytes) else {}
            client.get(asked.path) if method == "GET" else client.post(asked.path, asked.body, asked.key, **kind)

    assert everybody.store.done == allowed("api")


def test_photos_are_put_read_and_deleted_by_the_api_alone(everybody: World):
    bucket = wiring.photos()
    assert isinstance(bucket, MemoryBucket)
    for caller in ("home", "manager"):
        for (method, route), request in REQUESTS.items():
            if "photos" in route:
                asked, client = request(everybody), everybody.callers()[caller]
                client.get(asked.path) if method == "GET" else client.post(asked.path, asked.body, asked.key)

    rights = {(action, place) for action, place in rights_of("api") if action.startswith("s3:")}
    assert {(action, "arn:*:s3:::nuanlin-prod-photos*/photos/*") for action, _ in bucket.done} == rights
    assert {folder for _, folder in bucket.done} == {"photos/new", "photos/kept"}
    others = {path.stem.removeprefix("policy-") for path in (ROOT / ".chalice").glob("policy-*.json")} - {"api"}
    assert [other for other in others for action, place in rights_of(other) if action.startswith("s3:") and "photos" in str(place)] == []


def test_the_sensors_function_does_what_its_policy_allows(everybody: World):
    sensors_of_every_kind(everybody)
    app.receive_sensor_messages(opening("true", 1), None)
    app.receive_sensor_messages(opening("false", 2), None)
    for event in ("in", "out"):
        word = {"compound": "anheli", "place": "S3", "event": event, "parcel": PARCEL, "id": event}
        app.receive_sensor_messages({"Records": [{"messageId": "m", "body": json.dumps({"shelf": word}, separators=(",", ":"))}]}, None)
    letter = {"compound": "anheli", "receipt": "482917356", "turn": 0, "urgency": "soon", "due": "2026-11-23T00:00:00+08:00", "version": 1}
    for state in ("waiting", "answered"):
        word = json.dumps({"letter": {**letter, "state": state}}, separators=(",", ":"))
        assert app.receive_sensor_messages({"Records": [{"messageId": "m", "body": word}]}, None) == {"batchItemFailures": []}

    assert everybody.store.done == allowed("receive-sensor-messages")


def visit_a_missed_home(everybody: World) -> None:
    """A visit that settles a task: that one leaves the open ones."""
    store, now, plan = everybody.store, moment("10:30"), register()
    red = plan.home_by_id["1-302"]
    slot = next(due for due in due_on(stand(plan, Changes(), now), [red], DAY, now))
    task = arising.missed_visit(plan.policy, slot, now)
    arise(store, now, "anheli", task, plan.policy.every_ladder[task.ladder])
    record(store, now, "anheli", plan.policy, red, slot.key, Entry("k" * 12, "d", now, "anheli.wang", Outcome.DONE))


def test_the_news_function_does_what_its_policy_allows(everybody: World, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(subscriptions, "send", lambda: lambda to, text: None)
    sensors_of_every_kind(everybody)
    app.receive_sensor_messages(opening("true", 1), None)
    app.receive_sensor_messages(opening("false", 2), None)
    visit_a_missed_home(everybody)
    leave = {"person": "anheli.wang", "first": "2026-11-22", "last": "2026-11-22"}
    assert everybody.callers()["manager"].post("/api/leaves", leave).status == 201
    everybody.store.done.clear()
    app.react_to_news({"Records": everybody.store.told}, None)

    assert everybody.store.done == allowed("react-to-news")


def test_the_sweep_does_what_its_policy_allows(everybody: World, monkeypatch: pytest.MonkeyPatch):
    def refuse(to: str, text: str) -> None:
        raise Refused("http 500")

    monkeypatch.setattr(subscriptions, "send", lambda: refuse)
    queue(everybody.store, moment("08:00"), "anheli", telling())
    wiring.clock().moment = moment("10:30")
    watch(everybody.store, "anheli", ["anheli-gw1", "anheli-gw2"], moment("08:00"))
    for number in (0, 7):  # a window that has closed, and one that the policy does not have
        everybody.store.write(stored(Look("anheli", "home_visit", number, DAY, Phase.CLOSES, moment("10:00"))))
    everybody.store.done.clear()
    app.sweep(dict.fromkeys(("version", "account", "region", "detail", "detail-type", "source", "time", "id", "resources"), ""), None)

    assert everybody.store.done == allowed("sweep")


def test_the_daily_function_does_what_its_policy_allows(everybody: World):
    app.receive_sensor_messages(opening("true", 1), None)
    app.receive_sensor_messages(opening("false", 2), None)
    alert = everybody.callers()["manager"].get("/api/duty").json["alerts"][0]["id"]
    assert everybody.callers()["manager"].post(f"/api/alerts/{alert}/acknowledgement", {}).status == 200
    assert everybody.callers()["manager"].post(f"/api/cases/{CASE.id}/approval", {}).status == 200
    everybody.store.fill([registers.listed("anheli", moment("06:00"))])
    everybody.store.done.clear()
    wiring.clock().moment = moment("03:00", DAY + timedelta(days=31))
    app.daily(dict.fromkeys(("version", "account", "region", "detail", "detail-type", "source", "time", "id", "resources"), ""), None)

    assert everybody.store.done == allowed("daily")


def test_the_audit_does_what_its_policy_allows(everybody: World, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(subscriptions, "send", lambda: lambda to, text: None)
    everybody.store.fill([registers.listed("anheli", moment("06:00"))])
    everybody.store.done.clear()
    app.audit(dict.fromkeys(("version", "account", "region", "detail", "detail-type", "source", "time", "id", "resources"), ""), None)

    assert everybody.store.done == allowed("audit")


def test_the_mailbox_does_what_its_policy_allows_and_nobody_else_reads_letters(everybody: World, monkeypatch: pytest.MonkeyPatch):
    letters = WatchedStore()
    box = Box(letters)
    monkeypatch.setattr(wiring, "letters", lambda: letters)
    monkeypatch.setattr(arrivals, "letters", lambda event: doorway.answer(event, box.desk))
    everybody.store.done.clear()
    letters.done.clear()
    receipt = box.write().body["receipt"]
    box.ask("POST", "/state", {"compound": "anheli", "receipt": "1"})
    box.post("/judgements", receipt=receipt, urgency="soon")
    box.post("/replies", receipt=receipt, text="x", key="key-00001", result=True)
    box.ask("GET", "/staff/letters", by="anheli.liu")

    rights = rights_of("mailbox")
    assert {(action, LETTERS) for action, _ in letters.done} == {right for right in rights if right[0].startswith("dynamodb:")}
    assert everybody.store.done == set()


FUNCTIONS = sorted(path.stem.removeprefix("policy-") for path in (ROOT / ".chalice").glob("policy-*.json"))


STREAM = {f"dynamodb:{name}" for name in ("DescribeStream", "GetRecords", "GetShardIterator", "ListStreams")}
"""Rights to streams; the letters' table has none."""


def reached(statements: list[dict[str, Any]]) -> set[str]:
    """The tables of which a policy allows anything at all, its wildcards and lists spelled out; what says "all but" reaches everything."""
    found = set()
    for each in statements:
        actions, places = (value if isinstance(value, list) else [value] for value in (each.get("Action", "*"), each.get("Resource", "*")))
        if each["Effect"] == "Allow" and any(
            fnmatch("dynamodb:GetItem", one) or one.startswith("dynamodb:") for one in {*actions} - STREAM
        ):
            spelled = [str(place).replace("arn:*:dynamodb:*:*:", "arn:aws:dynamodb:us-east-1:1:") for place in places]
            known = {arn: arn.replace("arn:*:dynamodb:*:*:", "arn:aws:dynamodb:us-east-1:1:") for arn in (TABLE, LETTERS)}
            found |= {arn for arn, real in known.items() for place in spelled if fnmatch(real, place)}
    return found


@pytest.mark.parametrize("function", FUNCTIONS)
def test_no_role_reaches_both_the_letters_and_who_lives_here(function: str):
    statements = json.loads((ROOT / f".chalice/policy-{function}.json").read_text())["Statement"]
    assert reached(statements) == ({LETTERS} if function == "mailbox" else {TABLE})


@pytest.mark.parametrize(
    "gap",
    [
        {"Action": "*", "Resource": "*"},
        {"Action": "dynamodb:*", "Resource": "arn:*:dynamodb:*:*:table/nuanlin-*"},
        {"Action": ["logs:PutLogEvents", "dynamodb:Scan"], "Resource": [LETTERS, "arn:*:s3:::x"]},
        {"Action": "dynamodb:Query", "Resource": "arn:*:dynamodb:*:*:table/nuanlin-prod*"},
        {"NotAction": "iam:*", "Resource": "*"},
        {"Action": "dynamodb:GetItem", "NotResource": TABLE},
    ],
    ids=str,
)
def test_a_gap_in_that_fence_would_be_seen(gap: dict[str, Any]):
    assert LETTERS in reached([{"Effect": "Allow", **gap}])


def test_only_the_news_function_writes_into_the_site_and_only_cases_and_feeds():
    rights = {
        (path.stem.removeprefix("policy-"), action, place)
        for path in (ROOT / ".chalice").glob("policy-*.json")
        for action, place in rights_of(path.stem.removeprefix("policy-"))
        if action.startswith("s3:") and "-site" in str(place)
    }

    assert rights == {
        ("react-to-news", "s3:GetObject", "arn:*:s3:::nuanlin-prod-site*/site.json"),
        ("react-to-news", "s3:PutObject", "arn:*:s3:::nuanlin-prod-site*/cases/*"),
        ("react-to-news", "s3:PutObject", "arn:*:s3:::nuanlin-prod-site*/feeds/*"),
    }
