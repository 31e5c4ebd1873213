"""Text messages and mail: what SNS and SES are asked, and what their refusals mean. The SDK's own stubs check the requests."""

from collections.abc import Iterator
from typing import Any

import boto3
import pytest
from botocore import exceptions
from botocore.stub import Stubber

from chalicelib.post import mail, sms
from chalicelib.post.packing import pieces
from chalicelib.post.rules import Refused

PHONE, MAILBOX = "sms:+8613800000012", "mailto:chen.manager@example.org"


def stubbed(name: str) -> Iterator[tuple[Any, Stubber]]:
    client = boto3.client(name, region_name="us-east-1")
    with Stubber(client) as stub:
        yield client, stub
        stub.assert_no_pending_responses()


@pytest.fixture
def sns() -> Iterator[tuple[Any, Stubber]]:
    yield from stubbed("sns")


@pytest.fixture
def ses() -> Iterator[tuple[Any, Stubber]]:
    yield from stubbed("sesv2")


def test_a_text_message_goes_to_the_number_and_never_as_advertising(sns: tuple[Any, Stubber]):
    client, stub = sns
    kind = {"AWS.SNS.SMS.SMSType": {"DataType": "String", "StringValue": "Transactional"}}
    stub.add_response("publish", {"MessageId": "1"}, {"PhoneNumber": "+8613800000012", "Message": "门开了", "MessageAttributes": kind})

    sms.send(client, PHONE, "门开了")


@pytest.mark.parametrize(("code", "wait"), [("InvalidParameter", 0), ("AuthorizationError", 0), ("Throttled", 0), ("ThrottledException", 1), ("Throttling", 1)])  # fmt: skip
def test_what_sns_refuses_is_a_refusal_by_name_alone(sns: tuple[Any, Stubber], code: str, wait: int):
    client, stub = sns
    stub.add_client_error("publish", code, "the number +8613800000012 is none")

    with pytest.raises(Refused) as caught:
        sms.send(client, PHONE, "x")

    assert (caught.value.why, caught.value.wait, caught.value.lost) == (code, wait, False)
    assert "138" not in str(caught.value)


@pytest.mark.parametrize(
    ("error", "lost"),
    [
        (exceptions.ReadTimeoutError(endpoint_url="x"), True),
        (exceptions.ConnectionClosedError(endpoint_url="x"), True),
        (exceptions.ConnectTimeoutError(endpoint_url="x"), False),
        (exceptions.EndpointConnectionError(endpoint_url="x"), False),
        (exceptions.NoCredentialsError(), False),
    ],
)
def test_only_an_answer_that_never_came_may_have_been_a_yes(error: Exception, lost: bool):
    class Client:
        def publish(self, **_: object) -> None:
            raise error

    with pytest.raises(Refused) as caught:
        sms.send(Client(), PHONE, "x")

    assert (caught.value.why, caught.value.lost, caught.value.down) == (type(error).__name__, lost, True)


def test_a_long_text_message_is_cut_at_four_parts_and_the_cut_is_seen():
    (short,) = pieces("安" * 268, sms.LIMITS)
    (cut,) = pieces("安" * 269, sms.LIMITS)
    (wide,) = pieces("🚪" * 140, sms.LIMITS)

    assert short == "安" * 268 and cut == "安" * 267 + "…"
    assert len(wide.encode("utf-16-le")) // 2 <= 4 * 67 and wide.endswith("🚪…")


def test_a_mail_has_the_first_line_as_its_subject(ses: tuple[Any, Stubber]):
    client, stub = ses
    text = "【没人上门】3 栋 502\n请看 https://x.example/duty/"
    parts = {
        "Subject": {"Data": "【没人上门】3 栋 502", "Charset": "UTF-8"},
        "Body": {"Text": {"Data": text, "Charset": "UTF-8"}},
    }
    wanted = {
        "FromEmailAddress": "care@example.org",
        "Destination": {"ToAddresses": ["chen.manager@example.org"]},
        "Content": {"Simple": parts},
    }
    stub.add_response("send_email", {"MessageId": "1"}, wanted)

    mail.send(client, "care@example.org", MAILBOX, text)


@pytest.mark.parametrize(
    ("text", "subject"),
    [("", ""), ("\n\n 看 \n", "看"), ("a\rBcc: x@y.z", "a"), ("a\x00\tb", "ab"), ("安" * 61, "安" * 59 + "…"), ("安" * 60, "安" * 60)],
)
def test_a_subject_is_one_short_line(text: str, subject: str):
    assert mail.subject(text) == subject


def test_without_a_sender_no_mail_leaves():
    with pytest.raises(Refused, match="MAIL_FROM"):
        mail.send(None, "", MAILBOX, "x")


def test_what_ses_refuses_is_a_refusal(ses: tuple[Any, Stubber]):
    client, stub = ses
    stub.add_client_error("send_email", "MessageRejected", "chen.manager@example.org is not verified")

    with pytest.raises(Refused, match="MessageRejected"):
        mail.send(client, "care@example.org", MAILBOX, "x")
