"""Batches of queue and stream: nothing is lost, and one bad record does not hold up the rest."""

import pytest

from chalicelib import subscriptions, wiring
from chalicelib.batches import BatchFailed, take_messages, take_news
from chalicelib.wire import ServiceError
from tests.actions.stream import Record, record


def messages(*names: str) -> dict:
    return {"Records": [{"messageId": name, "body": "{}"} for name in names]}


class Handler:
    """Fails on the messages it is told to; remembers what it was handed."""

    def __init__(self, *bad: str) -> None:
        self.bad, self.handed = bad, []

    def __call__(self, each: Record) -> None:
        self.handed.append(each["messageId"])
        if each["messageId"] in self.bad:
            raise RuntimeError("no")


def test_a_batch_without_failures_answers_with_an_empty_list():
    assert take_messages(messages("a", "b"), Handler(), False) == {"batchItemFailures": []}
    assert take_messages(messages(), Handler(), True) == {"batchItemFailures": []}


def test_where_the_list_is_read_only_the_failures_come_again():
    handler = Handler("b", "d")

    answer = take_messages(messages("a", "b", "c", "d"), handler, True)

    assert answer == {"batchItemFailures": [{"itemIdentifier": "b"}, {"itemIdentifier": "d"}]}
    assert handler.handed == ["a", "b", "c", "d"]


def test_where_nobody_would_read_the_list_the_batch_fails_after_the_rest_is_done():
    handler = Handler("a")

    with pytest.raises(BatchFailed, match="1 of 3 messages failed"):
        take_messages(messages("a", "b", "c"), handler, False)

    assert handler.handed == ["a", "b", "c"]


class Queue:
    def __init__(self, fault: Exception | None = None) -> None:
        self.kept, self.fault = [], fault

    def call(self, operation: str, request: dict) -> dict:
        if self.fault:
            raise self.fault
        self.kept.append((operation, request))
        return {}


def batch(*numbers: int) -> dict:
    return {"Records": [record(number, {"NewImage": {"pk": {"S": str(number)}}}) for number in numbers]}


def test_a_failing_record_is_kept_whole_and_the_rest_is_done(monkeypatch: pytest.MonkeyPatch):
    queue, done = Queue(), []
    monkeypatch.setattr(wiring, "service", lambda name, target: queue)

    def react(each: Record) -> None:
        if each["eventID"] == "event-2":
            raise RuntimeError("安娜")
        done.append(each["eventID"])

    take_news(batch(1, 2, 3), react, subscriptions.keep)

    assert done == ["event-1", "event-3"]
    ((operation, request),) = queue.kept
    assert operation == "SendMessage" and request["QueueUrl"] == "http://127.0.0.1:9/queue"
    assert '"event-2"' in request["MessageBody"] and '"NewImage"' in request["MessageBody"]


def test_if_a_record_cannot_even_be_kept_the_batch_comes_again(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(wiring, "service", lambda name, target: Queue(ServiceError("ServiceUnavailable", 503, {})))

    with pytest.raises(ServiceError):
        take_news(batch(1), lambda each: 1 / 0, subscriptions.keep)
