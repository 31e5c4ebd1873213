"""No personal word in the logs: a whole story is told, with everything going wrong that can, and every line is read."""

import base64
import io
import json
import logging
from collections.abc import Iterator

import pytest

import app
from chalicelib import audits, subscriptions, wiring
from chalicelib.batches import BatchFailed
from chalicelib.care.records import to_item
from chalicelib.care.rules import CheckIn, Feeling, Need
from chalicelib.post.entries import queue
from chalicelib.post.rules import Telling
from chalicelib.post.wecom import Refused
from chalicelib.promises.sweep import sweep
from chalicelib.register.records import listed
from chalicelib.sensors.actions import bind
from chalicelib.shared.calendar import utc_stamp
from chalicelib.shared.log import log
from chalicelib.store import keys
from chalicelib.store.contract import Item, Remove, Store
from chalicelib.wire import ServiceError
from tests.actions.stream import Record, StreamingStore
from tests.app.cast import API_KEY, CODE, NEED, THEIR_CODE, World, world
from tests.app.client import FixedClock, stand_on
from tests.app.test_access import CALLERS, REQUESTS, Pool
from tests.builders import DAY, entry, moment

NOTE, PASSWORD, REASON, KEY = "妈妈今天头晕吃不下", "correct-horse-battery", "表姐来送鸡汤", "the-key-that-was-sent"
FORM = {"Content-Type": "application/x-www-form-urlencoded"}


@pytest.fixture
def lines() -> Iterator[io.StringIO]:
    """Everything that is logged by anybody at any level, as it would be written."""
    written, loggers = io.StringIO(), [logging.getLogger(), app.app.log, logging.getLogger(log().name)]
    handlers = [logging.StreamHandler(written) for _ in loggers]
    handlers[-1].setFormatter(log().handlers[0].formatter)
    levels = [logger.level for logger in loggers]
    for logger, handler in zip(loggers, handlers, strict=True):
        logger.addHandler(handler)
        logger.setLevel(logging.DEBUG)
    yield written
    for logger, handler, level in zip(loggers, handlers, levels, strict=True):
        logger.removeHandler(handler)
        logger.setLevel(level)


@pytest.fixture
def everybody(monkeypatch: pytest.MonkeyPatch) -> World:
    built = world()
    store = StreamingStore()
    store.fill(list(built.store._items.values()))
    stand_on(monkeypatch, store, FixedClock(moment("09:00")))
    monkeypatch.setattr(wiring, "client", lambda name: Pool())
    return built._replace(store=store)


def secrets_of(everybody: World) -> list[str]:
    """Names, phones, words people wrote, and everything that opens a door. Ids may be logged; these never."""
    ids = {everybody.alert, "3-1104", "1-302", "1104", "anheli.wang"}
    doors = [token.partition(".")[2] for token in everybody.links.values()] + [*everybody.devices.values(), API_KEY]
    return [*(set(everybody.planted()) - ids), *doors, CODE, THEIR_CODE, NOTE, PASSWORD, REASON, KEY, "wecombot://anheli", "克拉", "小克"]


def assert_silent(written: io.StringIO, captured: str, everybody: World, more: list[str]) -> None:
    said = written.getvalue() + captured
    plain = said + said.encode().decode("unicode_escape", "ignore")  # JSON lines may escape what is not ASCII

    assert [word for word in [*secrets_of(everybody), *more] if word and word in plain] == []


def everybody_asks_everything(everybody: World) -> list[str]:
    """Every route by every caller, right and wrong; returns the secrets that came back."""
    shown: list[str] = []
    for caller in CALLERS:
        client = everybody.callers()[caller]
        for (method, _), request in REQUESTS.items():
            asked = request(everybody)
            if method == "GET":
                client.get(asked.path)
                continue
            kind = FORM if isinstance(asked.body, bytes) else {}
            answer = client.post(asked.path, asked.body, asked.key, **kind)
            shown += secrets_in(answer.json) if answer.text.startswith("{") else []
            for wrong in (b'{"note":"' + NOTE.encode(), json.dumps({"note": NOTE, "password": PASSWORD, "feeling": NOTE}).encode()):
                client.post(asked.path, wrong, KEY, **kind)
    return shown


def secrets_in(answer: dict) -> list[str]:
    """Links, codes and tokens that an answer shows once."""
    cards = answer.get("cards", [])
    found = [answer.get("device", ""), answer.get("link", ""), *(card[name] for card in cards for name in ("link", "code"))]
    return [each.rpartition("#")[2] for each in found]


def test_a_day_on_which_everything_is_asked_by_everybody_names_nobody(everybody: World, lines: io.StringIO, capfd):
    shown = everybody_asks_everything(everybody)

    assert_silent(lines, "".join(capfd.readouterr()), everybody, shown)


class Broken:
    """A store in which everything fails, with words in the error that were never meant for a log."""

    def __init__(self, fault: Exception) -> None:
        self.fault = fault

    def __getattr__(self, name: str):
        def fail(*_: object, **__: object) -> None:
            raise self.fault

        return fail


FAULTS = [
    RuntimeError(f"安娜 13800000001 {NOTE}"),
    KeyError(NOTE),
    UnicodeEncodeError("utf-8", f"安娜{NOTE}", 0, 1, "surrogates not allowed"),
    ServiceError("ValidationException", 400, {"Item": {"note": {"S": NOTE}}, "message": f"安娜 {NOTE}"}),
    ConnectionError(f"安娜 {NOTE}"),
]


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: type(fault).__name__)
def test_a_store_that_fails_in_any_way_is_reported_without_its_words(
    fault: Exception, everybody: World, lines: io.StringIO, capfd, monkeypatch: pytest.MonkeyPatch
):
    callers, broken = everybody.callers(), Broken(fault)
    monkeypatch.setattr(wiring, "store", lambda: broken)

    answers = [
        callers["home"].get("/api/home"),
        callers["manager"].get("/api/duty"),
        callers["home"].post("/api/check-ins", {"note": NOTE}),
    ]

    assert {answer.status for answer in answers} <= {500, 503}
    assert not any(NOTE in answer.text or "安娜" in answer.text for answer in answers)
    assert type(fault).__name__ in lines.getvalue() or "ValidationException" in lines.getvalue()
    assert_silent(lines, "".join(capfd.readouterr()), everybody, [])


def sensor_record(payload: bytes, number: int, sensor: str = "door") -> Record:
    topic = {
        "topic": f"care/anheli-gw1/zigbee2mqtt/{sensor}",
        "cid": "anheli-gw1",
        "received_at": int(moment("09:00").timestamp() * 1000) + number,
    }
    return {"messageId": f"m{number}", "body": json.dumps({"data": base64.b64encode(payload).decode(), **topic})}


def test_doors_messages_and_sweeps_that_go_wrong_name_nobody(everybody: World, lines: io.StringIO, capfd, monkeypatch: pytest.MonkeyPatch):
    store: Store = everybody.store
    bind(store, "anheli", "anheli-gw1", "other door", "2-801", "zigbee2mqtt", tenancy="t1")
    app.receive_sensor_messages({"Records": [sensor_record(b'{"contact":false}', 0, "other door")]}, None)
    bad = [
        sensor_record(f'{{"contact":"{NOTE}"}}'.encode(), 1),
        sensor_record(f"安娜 {NOTE}".encode(), 2),
        {"messageId": "m3", "body": NOTE},
    ]
    with pytest.raises(BatchFailed):
        app.receive_sensor_messages({"Records": bad}, None)

    def refuse(to: str, text: str) -> None:
        raise tripped.pop() if tripped else RuntimeError(f"{to} {text} {NOTE}")

    tripped: list[Exception] = [Refused("errcode 93000")]

    monkeypatch.setattr(subscriptions, "send", lambda: refuse)
    kept: list[Record] = []
    monkeypatch.setattr(subscriptions, "keep", kept.append)
    app.react_to_news(
        {"Records": [*store.told, {"eventID": "e1", "dynamodb": {"NewImage": {"note": {"S": NOTE}}}}, {"eventID": "e2"}]}, None
    )
    app.sweep(
        {"version": "0", "account": "", "region": "", "detail": {}, "detail-type": "", "source": "", "time": "", "id": "", "resources": []},
        None,
    )

    assert kept and "record failed" in lines.getvalue() and "message refused" in lines.getvalue()
    assert_silent(lines, "".join(capfd.readouterr()), everybody, [])


def test_what_is_logged_is_one_json_line_with_ids(everybody: World, lines: io.StringIO, monkeypatch: pytest.MonkeyPatch):
    callers = everybody.callers()
    monkeypatch.setattr(wiring, "store", lambda: Broken(RuntimeError(NOTE)))

    callers["home"].get("/api/home")

    (line,) = [json.loads(each) for each in lines.getvalue().splitlines() if each.startswith("{")]
    assert (line["level"], line["kind"], line["route"], line["service"]) == ("ERROR", "RuntimeError", "/api/home", "nuanlin-care")
    assert any(step.startswith("web.py:") for step in line["trail"])


def test_what_a_household_needs_stands_in_no_log_and_in_no_group_chat(everybody: World, lines: io.StringIO):
    """A task that cannot be read, messages that are refused, and an audit that finds a need without its task."""
    store, said = everybody.store, list[str]()

    def refuse(to: str, text: str) -> None:
        said.append(text)
        raise Refused("errcode 93000")

    store.write(Remove(keys.open_task("anheli", NEED), 1))
    store.fill([{**keys.open_task("anheli", NEED).as_item(), "v": 1, "due_pk": "0", "due_at": utc_stamp(moment("08:00"))}, *needs()])
    store.fill([listed("anheli", moment("07:00"))])
    queue(store, moment("09:00"), "anheli", Telling(f"{NEED}:told:1", moment("09:00"), "duty", ("wecombot://anheli",), "住户要帮忙"))
    sweep(store, moment("09:00"), refuse)
    store.write(Remove(keys.open_task("anheli", NEED), 2))
    audits.run(store, moment("09:10"), wiring.settings(), refuse)

    written = lines.getvalue() + "".join(said)
    assert "look failed" in written and "message refused" in written and "task-missing:need:3-502:t1:2026-11-22" in written
    assert not any(word in written for word in ("11-22:medicine", "unwell"))


def needs() -> list[Item]:
    said = entry(clock="08:30", needs=(Need.MEDICINE,), feeling=Feeling.UNWELL)
    return [to_item("anheli", CheckIn("3-502", "t1", DAY, (said,)), 1)]
