"""DynamoDB requests and capacity per act, counted through the switchboard."""

import base64
import json
import os
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4

from bench import giving, notices, patrols
from bench.event import check_in
from bench.ground import COMPOUND, TABLE, Counting, compound, environment, figures, now, say, settle
from chalicelib.activities.actions import arrange, sign_up
from chalicelib.activities.rules import Activity, id_of
from chalicelib.register.rules import Register
from chalicelib.residents.copies import Copies, Kind, lines_of, printed, version_of
from chalicelib.residents.copy_records import changed as copies_changed
from chalicelib.store.dynamo import DynamoStore

GATEWAY, SENSOR = "anheli-gw1", "door"


def measure(endpoint: str) -> None:
    os.environ.update(environment(endpoint))
    import app
    from chalicelib import wiring
    from chalicelib.sensors.actions import bind

    counting = Counting(endpoint)
    store = DynamoStore(counting, TABLE)
    wiring.store = lambda: store  # type: ignore[assignment]
    register = compound(240, now())
    tokens = settle(store, register)
    bind(store, COMPOUND, GATEWAY, SENSOR, register.homes[0].id, "zigbee2mqtt", tenancy="t1")

    answers: list[dict[str, Any]] = []

    def act(event: dict[str, Any]) -> dict[str, Any]:
        counting.calls.clear()
        answer = app.app(event, None)
        answers[:] = [answer]
        if answer["statusCode"] >= 300:
            raise SystemExit(answer["body"])
        return figures(counting.calls)

    def publish(contact: bool, at_ms: int) -> dict[str, Any]:
        counting.calls.clear()
        app.receive_sensor_messages(_message(contact, at_ms), None)
        return figures(counting.calls)

    cold = act(check_in(tokens[0], "bench-acts-0"))
    say("check-in requests, warm", target="<= 1 read + 1 write of 1 unit, outside every index", **act(check_in(tokens[1], "bench-acts-1")))
    say("check-in requests, once in ten minutes per worker (policy read)", **cold)
    start = int(now().timestamp() * 1000)
    say("door edge that raises an alert", target="<= 2 reads + 1 write", **publish(False, start))
    say("the same message again", target="1 read", **publish(False, start))
    say("door repeat", target="1 read + 1 write", **publish(False, start + 1))
    say("door edge that raises none", **publish(True, start + 2))
    _lists(act, store, register, tokens)
    _parcels(act, answers)
    giving.measure(counting, store, register)
    patrols.measure(counting, store, register)
    notices.measure(lambda event: app.app(event, None), counting, store, register, _staff)
    for homes in (240, 1200):
        tokens = settle(store, compound(homes, now()))
        for number, token in enumerate(tokens[: homes * 9 // 10]):
            app.app(check_in(token, f"bench-duty-{homes}-{number}"), None)
        say(f"GET /api/duty at {homes} homes", target="<= 3 requests", **act(_staff("GET", "/api/duty", None, {})))


def _lists(act: Callable[[dict[str, Any]], dict[str, Any]], store: DynamoStore, register: Register, tokens: list[str]) -> None:
    """A family on an activity's list, which grows; a door ticked off, and the list of all doors."""
    here, start = register.compound, now() + timedelta(days=7)
    made = Activity(id_of("bench", start), "写春联", "", "大厅", start, start + timedelta(hours=2), 500, (), True, "x", now(), "k")
    arrange(store, now(), here, made)
    known = 0
    for number, families in enumerate((1, 40, 200)):
        for home in register.homes[known : families - 1]:
            sign_up(store, now(), here, made.id, home, 1, f"{home.id}:d")
        known = families - 1
        event = _post(tokens[-1 - number], "/api/home/activities/{activity}", {"persons": 2}, {"activity": made.id})
        say(f"sign-up on a list of {families}", target="<= 3 reads + 1 write", **act(event))
    for home in register.homes:
        old = printed(None, {"duty": "0571-8800 0000"}, now(), "x", "k")
        store.write(copies_changed(here, Copies(home.id, home.tenancy, {Kind.CARD: old})))
    first = register.homes[0]
    body = {"kind": "card", "mark": "done", "version": version_of(lines_of(register, first, Kind.CARD))}
    say("a door ticked off", target="<= 2 reads + 1 write", **act(_staff("POST", "/api/homes/{home}/copies", body, {"home": first.id})))
    say(f"the list of {len(register.homes)} doors", target="<= 2 requests", **act(_staff("GET", "/api/outdated", None, {})))


def _post(token: str, path: str, body: Any, params: dict[str, str]) -> dict[str, Any]:
    event, resource = check_in(token, f"bench-{uuid4()}"), path
    context = {"resourcePath": resource, "httpMethod": "POST", "path": path.format(**params), "identity": {}}
    about = {"resource": resource, "path": path.format(**params), "pathParameters": params, "requestContext": context}
    return {**event, **about, "body": json.dumps(body)}


def _staff(method: str, path: str, body: Any, params: dict[str, str]) -> dict[str, Any]:
    event = {**_post("", path, body, params), "httpMethod": method}
    claims = {"cognito:username": "anheli.chen", "cognito:groups": "manager"}
    context = {**event["requestContext"], "httpMethod": method, "authorizer": {"claims": claims}}
    return {**event, "requestContext": context, "body": None if body is None else json.dumps(body)}


def _parcels(act: Callable[[dict[str, Any]], dict[str, Any]], answers: list[dict[str, Any]]) -> None:
    """One parcel from the gate to its home by the shelf, and one to a door that is not opened at first; the last scan of each is taken back."""

    def post(what: str, path: str, body: dict[str, Any]) -> None:
        say(f"parcel: {what}", target="<= 2 writes", **act(_staff("POST", path, body, {})))

    for home, way in (
        ("1-102", ("carry", "shelve", "pick_up")),
        ("1-101", ("carry", "nobody_home", "deliver")),
    ):  # the first home is isolated
        door = "deliver" in way
        post(f"taken in for {'the door' if door else 'the shelf'}", "/api/parcels", {"goods": "fresh", "home": home})
        number = json.loads(answers[-1]["body"])["id"]
        for each in (*way, "undo"):
            body = {"act": each, "parcels": [number], "code": "S1" if each == "shelve" else ""}
            post(each.replace("_", " ") + (", to a door" if door else ""), "/api/parcels/hand-overs", body)


def _message(contact: bool, at_ms: int) -> dict[str, Any]:
    data = base64.b64encode(json.dumps({"contact": contact, "battery": 97}).encode()).decode()
    body = {"data": data, "topic": f"care/{GATEWAY}/zigbee2mqtt/{SENSOR}", "cid": GATEWAY, "received_at": at_ms}
    return {"Records": [{"messageId": "m1", "body": json.dumps(body)}]}
