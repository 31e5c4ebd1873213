"""What a letter's whole way costs in DynamoDB requests and capacity, from the writer to the public page."""

import json
from datetime import datetime, timedelta
from typing import Any

from msgspec.structs import replace

from bench.ground import COMPOUND, TABLE, Counting, compound, figures, now, say
from chalicelib.cases import actions as cases
from chalicelib.cases import records
from chalicelib.cases.cards import Draft, Origin
from chalicelib.cases.rules import CaseKind
from chalicelib.mailbox import doorway
from chalicelib.mailbox.actions import Desk
from chalicelib.mailbox.receipts import secret_from
from chalicelib.promises.letters import LetterSaid, letter_told
from chalicelib.register.records import to_item
from chalicelib.register.rules import Register, Role, Staff
from chalicelib.shared.half_days import half_day
from chalicelib.store import letter_keys as keys
from chalicelib.store.dynamo import DynamoStore
from tests.tables import make_table

LETTERS = keys.letters_table(TABLE)


class Desks:
    """The mailbox's door on a table of its own, and the words it sent."""

    def __init__(self, endpoint: str, counting: Counting) -> None:
        make_table(endpoint, LETTERS)
        self.store, self.counting, self.told = DynamoStore(counting, LETTERS), counting, list[dict[str, Any]]()
        self.store.fill([{**keys.mailbox(COMPOUND).as_item(), "v": 1, "name": "安和里小区", "phones": {}}])

    def ask(self, path: str, body: Any, staff: bool = False) -> Any:
        self.counting.calls.clear()
        claims = {"cognito:username": "anheli.chen", "cognito:groups": "manager"} if staff else {}
        event = {"httpMethod": "POST" if body else "GET", "path": f"/mailbox{path}", "body": json.dumps(body) if body else None}
        answer = doorway.answer({**event, "requestContext": {"authorizer": {"claims": claims}}}, self._desk)
        if answer["statusCode"] >= 300:
            raise SystemExit(answer["body"])
        return json.loads(answer["body"])

    def _desk(self, where: str) -> Desk:
        return Desk(self.store, now(), where, lambda word: self.told.append(word["letter"]))

    def letter(self, number: int) -> Any:
        text = {"compound": COMPOUND, "kind": "problem", "text": "奶粉快没有了，不好意思在群里说。"}
        return self.ask("/letters", {**text, "secret": secret_from(number.to_bytes(13, "big"))})


def measure(endpoint: str) -> None:
    counting = Counting(endpoint)
    desks, store = Desks(endpoint, counting), DynamoStore(counting, TABLE)
    receipt = desks.letter(0)["receipt"]
    say("a letter is written and told of", target="1 word sent", **figures(counting.calls), words=len(desks.told))
    for many in (1, 60):
        for number in range(1, many):
            desks.letter(number)
        desks.ask("/staff/letters", None, staff=True)
        say(f"the desk of letters with {many} that wait", target="<= 6 requests", **figures(counting.calls))
    desks.ask("/staff/judgements", {"receipt": receipt, "urgency": "soon"}, staff=True)
    say("a letter is judged", **figures(counting.calls))
    desks.ask("/staff/replies", {"receipt": receipt, "text": "送到了。", "key": "bench-reply", "result": True}, staff=True)
    say("the result", **figures(counting.calls))
    desks.ask("/state", {"compound": COMPOUND, "receipt": receipt})
    say("a receipt is looked up", **figures(counting.calls))
    desks.ask("/thread", {"compound": COMPOUND, "secret": secret_from((0).to_bytes(13, "big"))})
    say("a letter is read with its secret", **figures(counting.calls))
    _told_of(store, desks.told[0], counting)
    _published(store, receipt, counting)


def _told_of(store: DynamoStore, word: dict[str, Any], counting: Counting) -> None:
    register = compound(1000, now())
    store.fill([to_item(register, 1)])
    for state in ("waiting", "answered"):
        counting.calls.clear()
        letter_told(store, now(), LetterSaid(**{**word, "state": state}))
        say(f"the word of a letter that is {state}, at 1,000 homes", **figures(counting.calls))


def _published(store: DynamoStore, receipt: str, counting: Counting) -> None:
    register, moment = _with_two(compound(1000, now())), now()
    for number in range(40):
        counting.calls.clear()
        said = (CaseKind.FOOD, "1", "奶粉快没有了。", "第二天上午送到门口。", half_day(moment), Origin.LETTER, "anheli.liu", ())
        card = cases.write(store, moment, register, Draft(*said, f"bench-case-{number:04}:x"), receipt)
        written = figures(counting.calls)
        counting.calls.clear()
        cases.approve(store, moment + timedelta(days=3), register, card.id, "anheli.chen", False)
        approved = figures(counting.calls)
    say("a case is written", **written)
    say("… and let go", **approved)
    counting.calls.clear()
    done = cases.release_waiting(store, _next_month(moment), COMPOUND)
    say(f"a release of {done} cases", target="1 transaction a part of 40", **figures(counting.calls))
    counting.calls.clear()
    shown = records.published(store, COMPOUND, _next_month(moment).date())
    say(f"the public page of {len(shown)} cases is read", target="1 read", **figures(counting.calls))


def _with_two(register: Register) -> Register:
    return replace(register, staff=(*register.staff, Staff("anheli.liu", "组长", "13900000001", (Role.COORDINATOR,))))


def _next_month(moment: datetime) -> datetime:
    return (moment.replace(day=1) + timedelta(days=65)).replace(day=2)
