"""DynamoDB requests and capacity per act, counted through the switchboard."""

import base64
import json
import os
from typing import Any

from bench.event import check_in
from bench.ground import COMPOUND, TABLE, Counting, compound, environment, figures, now, say, settle
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

    def act(event: dict[str, Any]) -> dict[str, Any]:
        counting.calls.clear()
        answer = app.app(event, None)
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
    for homes in (240, 1200):
        tokens = settle(store, compound(homes, now()))
        for number, token in enumerate(tokens[: homes * 9 // 10]):
            app.app(check_in(token, f"bench-duty-{homes}-{number}"), None)
        say(f"GET /api/duty at {homes} homes", target="<= 3 requests", **act(_duty()))


def _message(contact: bool, at_ms: int) -> dict[str, Any]:
    data = base64.b64encode(json.dumps({"contact": contact, "battery": 97}).encode()).decode()
    body = {"data": data, "topic": f"care/{GATEWAY}/zigbee2mqtt/{SENSOR}", "cid": GATEWAY, "received_at": at_ms}
    return {"Records": [{"messageId": "m1", "body": json.dumps(body)}]}


def _duty() -> dict[str, Any]:
    event = check_in("", "x")
    claims = {"cognito:username": "anheli.chen", "cognito:groups": "manager"}
    context = {"resourcePath": "/api/duty", "httpMethod": "GET", "path": "/api/duty", "authorizer": {"claims": claims}}
    return {**event, "resource": "/api/duty", "path": "/api/duty", "httpMethod": "GET", "requestContext": context, "body": None}
