"""Eighty hostile texts through every member of every body that takes words: kept as typed, or refused with nothing written."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlencode
from xml.etree import ElementTree

import msgspec
import pytest

from chalicelib import web, wiring
from chalicelib.access import ROUTES
from chalicelib.post import wording
from chalicelib.store.memory import MemoryStore
from tests.app.cast import API_KEY, World
from tests.app.client import Answer, Client
from tests.app.test_access import CALLERS, FORM, REQUESTS, Pool
from tests.app.test_malformed import JSON_POSTS, WHO
from tests.mailbox.desk import Box
from tests.payloads import LONGEST, PAYLOADS

TASTE = "<b>x</b>"
"""Short enough for every member that takes words at all."""
SESSION = ("POST", "/api/session")


@pytest.fixture
def everybody(everybody: World, monkeypatch: pytest.MonkeyPatch) -> World:
    monkeypatch.setattr(wiring, "client", lambda name: Pool())
    return everybody


def members(route: tuple[str, str]) -> list[str]:
    return [field.name for field in msgspec.structs.fields(web.bodies()[route])]


def say(everybody: World, route: tuple[str, str], member: str, text: str) -> Answer:
    asked = REQUESTS[route](everybody)
    return everybody.callers()[WHO[ROUTES[route].door]].post(asked.path, {**asked.body, member: text})


def put_back(everybody: World, before: dict[Any, Any]) -> None:
    fresh = MemoryStore()
    fresh.fill(list(before.values()))
    vars(everybody.store).update(vars(fresh))


def words(value: Any) -> Iterator[str]:
    """Every text in an answer."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for each in value.values() if isinstance(value, dict) else value:
            yield from words(each)


def assert_plain(answer: Answer) -> None:
    """Nothing that a browser would take for a page."""
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Content-Type"].split(";")[0] in ("application/json", "application/problem+json", "text/xml")


@pytest.mark.parametrize("route", [route for route in JSON_POSTS if route != SESSION], ids=" ".join)
def test_every_word_of_every_body_is_kept_as_typed_or_refused_with_nothing_written(route: tuple[str, str], everybody: World):
    before = dict(everybody.store._items)
    for member in members(route):
        taken = say(everybody, route, member, TASTE).status < 300
        put_back(everybody, before)
        for text in PAYLOADS if taken else PAYLOADS[:: len(PAYLOADS) // 4]:
            answer = say(everybody, route, member, text)
            assert_plain(answer)
            assert answer.status < 300 or 400 <= answer.status < 500, (member, text, answer.text)
            if answer.status >= 400:
                assert everybody.store._items == before and answer.json["detail"], (member, text)
            put_back(everybody, before)


def test_whoever_reads_afterwards_reads_it_as_it_was_typed(everybody: World):
    """Every member that takes words is given another text; then everybody reads everything."""
    given: set[str] = set()
    texts = iter(PAYLOADS * 8)
    for route in JSON_POSTS:
        for member in members(route) if route != SESSION else []:
            text = next(each for each in texts if len(each) <= 40)
            given |= {text} if say(everybody, route, member, text).status < 300 else set()
    seen: set[str] = set()
    for caller in CALLERS:
        for (method, path), request in REQUESTS.items():
            if method == "GET" and not path.startswith("/open311/"):
                answer = everybody.callers()[caller].get(request(everybody).path)
                assert_plain(answer)
                seen |= set(words(answer.json))

    assert len(given) > 15 and len(given & seen) > 10
    assert not [text for text in seen if "&lt;script" in text and text not in PAYLOADS]


@pytest.mark.parametrize("place", ["description", "address_string"])
def test_open311_says_it_in_both_formats_as_it_was_typed(place: str, everybody: World):
    before = dict(everybody.store._items)
    for text in PAYLOADS:
        about = {"service_code": "complaint", "address_string": "东门", "description": "吵", place: text}
        form = urlencode({"jurisdiction_id": "anheli", "api_key": API_KEY, **about}).encode()
        answer = Client().call("POST", "/open311/v2/requests.json", form, FORM)
        assert answer.status == 200, answer.text
        path, key = f"/open311/v2/requests/{answer.json[0]['service_request_id']}", f"jurisdiction_id=anheli&api_key={API_KEY}"
        (said,) = Client().get(f"{path}.json?{key}").json
        xml = Client().get(f"{path}.xml?{key}")
        assert_plain(xml)
        assert text in said["description"] and ElementTree.fromstring(xml.text).findtext("request/description") == said["description"]
        assert text not in Client().get(f"{path}.xml?jurisdiction_id=anheli").text
        put_back(everybody, before)


def test_a_letter_and_its_answer_are_kept_as_typed():
    box = Box()
    for number, text in enumerate(PAYLOADS):
        secret = f"{number:02d}00000000000000000A"
        receipt = box.write(text, secret).body["receipt"]
        assert box.post("/judgements", receipt=receipt, urgency="soon").status == 200
        reply = box.post("/replies", receipt=receipt, text=text, key=f"reply-{number:04d}", result=True)
        again = box.ask("POST", "/thread/lines", {"compound": "anheli", "secret": secret, "text": text, "key": f"again-{number:04d}"})
        assert reply.status == 200 and again.status < 300, (text, reply, again)
        read = box.ask("POST", "/thread", {"compound": "anheli", "secret": secret})
        assert [line["text"] for line in read.body["lines"]] == [text] * 3


TEMPLATES = sorted(path.parent.name for path in Path(wording.FOLDER).glob("*/text.txt"))


@pytest.mark.parametrize("name", TEMPLATES)
def test_a_robot_calls_nobody_and_offers_nothing_to_open_but_our_own(name: str):
    template = (wording.FOLDER / name / "text.txt").read_text(encoding="utf-8")
    places = set(re.findall(r"{(\w+)}", template))
    own = dict.fromkeys(places & wording.OURS, "https://n.test")
    for text in PAYLOADS:
        said = wording.text(name, **dict.fromkeys(places - wording.OURS, text), **own).replace("https://n.test", "")
        assert not re.search(r"[@<>]|//|evil\.example", said), (text, said)


def test_payloads_are_eighty_and_short():
    assert len(set(PAYLOADS)) == len(PAYLOADS) == 80 and max(map(len, PAYLOADS)) <= LONGEST
    assert json.loads(json.dumps(PAYLOADS)) == list(PAYLOADS)
