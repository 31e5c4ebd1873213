"""What a ticket's whole way costs in DynamoDB requests and capacity, through the switchboard: reported, solved, returned, judged."""

import json
import os
from datetime import timedelta
from typing import Any

from bench.event import check_in
from bench.ground import COMPOUND, TABLE, Counting, compound, environment, figures, now, say, settle
from chalicelib.store.bucket import Form
from chalicelib.store.dynamo import DynamoStore
from tests.pictures import picture

REPORT = {"kind": "repair", "subkind": "leak", "text": "厨房水管一直滴水"}
MANY = 40


class Bucket:
    """Counts what is asked of the real one. A form is only a signature, which costs nothing."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    def form(self, key: str, largest: int, lasting: timedelta) -> Form:
        return Form("/photos/", {"key": key})

    def address(self, key: str, lasting: timedelta) -> str:
        return f"/{key}"

    def read(self, key: str, largest: int) -> bytes:
        self.asked.append("GET")
        return picture()

    def keep(self, key: str, raw: bytes) -> None:
        self.asked.append("PUT")

    def drop(self, key: str) -> None:
        self.asked.append("DELETE")


class Desk:
    """The API on the bench's table, for one family and a manager."""

    def __init__(self, endpoint: str) -> None:
        os.environ.update(environment(endpoint))
        import app
        from chalicelib import wiring

        self.app, self.counting, self.bucket, self.asked = app.app, Counting(endpoint), Bucket(), 0
        store = DynamoStore(self.counting, TABLE)
        wiring.store = lambda: store  # type: ignore[assignment]
        wiring.photos = lambda: self.bucket  # type: ignore[assignment]
        self.links = settle(store, compound(1000, now()))

    def ask(self, route: str, path: str, body: Any = None, link: str = "") -> Any:
        """``route`` as the access table has it, ``path`` with its parameters filled in."""
        self.asked += 1
        self.counting.calls.clear()
        method, resource = route.split(" ")
        event = check_in(link, f"bench-ticket-{self.asked}")
        names = [part[1:-1] for part in resource.split("/") if part.startswith("{")]
        values = [got for part, got in zip(resource.split("/"), path.split("/"), strict=True) if part.startswith("{")]
        claims = {} if link else {"cognito:username": f"{COMPOUND}.chen", "cognito:groups": "manager"}
        about = {"resource": resource, "path": path, "httpMethod": method, "pathParameters": dict(zip(names, values, strict=True))}
        context = {"resourcePath": resource, "httpMethod": method, "path": path, "authorizer": {"claims": claims}}
        answer = self.app({**event, **about, "requestContext": context, "body": None if body is None else json.dumps(body)}, None)
        if answer["statusCode"] >= 300:
            raise SystemExit(answer["body"])
        return json.loads(answer["body"])

    def say(self, what: str, **more: Any) -> None:
        say(what, **more, **figures(self.counting.calls))


def measure(endpoint: str) -> None:
    desk = Desk(endpoint)
    link = desk.links[0]
    number = desk.ask("POST /api/home/tickets", "/api/home/tickets", REPORT, link)["id"]
    desk.say("a ticket is reported, at 1,000 homes", target="<= 5 reads + 1 write")
    _photo(desk, number, link)
    acts, own = f"/api/tasks/ticket:{number}/acts", f"/api/home/tickets/{number}/answer"
    for act, verdict in ((("claim", "done"), "returned"), (("claim", "done"), "good")):
        for each in act:
            desk.ask("POST /api/tasks/{task}/acts", acts, {"act": each, "note": "换了垫圈"})
            desk.say(f"… {each}", target="<= 4 reads + 1 write")
        desk.ask("POST /api/home/tickets/{ticket}/answer", own, {"verdict": verdict, "rating": 5}, link)
        desk.say(f"… {verdict}")
    desk.ask("GET /api/home/tickets", "/api/home/tickets", None, link)
    desk.say("the family's page of tickets", target="<= 5 reads")
    _incident(desk)


def _photo(desk: Desk, number: str, link: str) -> None:
    own = "/api/home/tickets/{ticket}/photos"
    form = desk.ask(f"POST {own}", f"/api/home/tickets/{number}/photos", {}, link)
    desk.say("… a photo is asked for", target="<= 4 reads + 1 write")
    desk.ask(f"POST {own}/{{photo}}", f"/api/home/tickets/{number}/photos/{form['photo']}", {}, link)
    desk.say("… sent, looked at and kept", target="<= 4 reads + 1 write", bucket=desk.bucket.asked)


def _incident(desk: Desk) -> None:
    numbers = [desk.ask("POST /api/home/tickets", "/api/home/tickets", REPORT, link)["id"] for link in desk.links[1 : MANY + 1]]
    desk.ask("GET /api/tickets", "/api/tickets")
    desk.say(f"the desk with {MANY} open tickets", target="<= 5 reads")
    answer = desk.ask("POST /api/incidents", "/api/incidents", {"tickets": numbers, "text": "九点到十二点停水", "cause": "water"})
    desk.say(f"an incident of {MANY} tickets, told", target="1 write")
    path = f"/api/incidents/{answer['incidents'][0]['id']}/close"
    desk.ask("POST /api/incidents/{incident}/close", path, {"text": "来水了"})
    desk.say("… solved together", target="1 write a ticket + 1")
