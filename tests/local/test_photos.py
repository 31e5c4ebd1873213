"""Photos on the whole stack: what the signed form lets through, and who can see what was kept."""

import http.client
import json
from typing import Any
from urllib.parse import urlsplit

import boto3
import pytest
from botocore.exceptions import ClientError

from tests.pictures import picture
from tests.stack import LocalStack, link_token

BUCKET = "nuanlin-local-photos"
LARGEST = 2 * 1024 * 1024


def multipart(fields: dict[str, str], raw: bytes) -> tuple[bytes, str]:
    mark = "----a-boundary-of-our-own"
    parts = [f'--{mark}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode() for name, value in fields.items()]
    file = f'--{mark}\r\nContent-Disposition: form-data; name="file"; filename="a.jpg"\r\nContent-Type: image/jpeg\r\n\r\n'.encode()
    return b"".join([*parts, file, raw, f"\r\n--{mark}--\r\n".encode()]), f"multipart/form-data; boundary={mark}"


def ask(stack: LocalStack, method: str, path: str, body: bytes = b"", kind: str = "") -> tuple[int, bytes, str]:
    """Through the one origin, as a browser does."""
    connection = http.client.HTTPConnection(urlsplit(stack.run["site"]).netloc, timeout=30)
    try:
        connection.request(method, path, body, {"Content-Type": kind} if kind else {})
        answer = connection.getresponse()
        return answer.status, answer.read(), answer.getheader("Content-Type", "")
    finally:
        connection.close()


def send(stack: LocalStack, form: dict[str, Any], raw: bytes, **other: str) -> int:
    return ask(stack, "POST", form["to"], *multipart({**form["fields"], **other}, raw))[0]


@pytest.fixture(scope="module")
def ticket(local_stack: LocalStack) -> tuple[str, dict[str, str]]:
    """One of a home's own, and how its family says who it is."""
    link = {"X_Home_Link": link_token(local_stack.greens()[-40])}
    made = local_stack.write("/api/home/tickets", {"kind": "repair", "subkind": "leak"}, **link)
    assert made.status == 201, made.body
    return f"/api/home/tickets/{made.json['id']}/photos", link


def place(stack: LocalStack, ticket: tuple[str, dict[str, str]]) -> dict[str, Any]:
    answer = stack.write(ticket[0], {}, **ticket[1])
    assert answer.status == 201, answer.body
    return json.loads(answer.body)


def test_a_form_lets_one_small_picture_through_and_nothing_else(local_stack: LocalStack, ticket: Any) -> None:
    form, key = place(local_stack, ticket), "key"

    assert send(local_stack, form, picture(data=bytes(LARGEST))) == 400  # over 2 MB
    assert send(local_stack, form, b"") == 400
    assert send(local_stack, form, picture(), **{key: form["fields"][key].replace("new", "kept")}) == 403
    assert send(local_stack, form, picture(), **{key: form["fields"][key].replace("anheli", "qinghe")}) == 403
    assert send(local_stack, form, picture(), **{"Content-Type": "text/html"}) == 403
    assert send(local_stack, form, picture(), **{"x-amz-meta-x": "y"}) == 403
    assert send(local_stack, form, picture(), **{"x-amz-signature": "0" * 64}) == 403
    assert local_stack.write(f"{ticket[0]}/{form['photo']}", {}, **ticket[1]).status == 409  # nothing of all that arrived
    assert send(local_stack, form, picture()) == 204
    assert local_stack.write(f"{ticket[0]}/{form['photo']}", {}, **ticket[1]).status == 200

    shown = local_stack.ask("GET", ticket[0], **ticket[1]).json["photos"][0]["url"]
    assert ask(local_stack, "GET", shown) == (200, picture(), "image/jpeg")
    assert ask(local_stack, "GET", shown.replace("X-Amz-Expires=300", "X-Amz-Expires=86400"))[0] == 403
    assert ask(local_stack, "GET", shown.partition("?")[0])[0] == 403
    assert ask(local_stack, "GET", "/photos/")[0] == 403


def test_what_was_kept_is_gone_once_it_is_taken_back(local_stack: LocalStack, ticket: Any) -> None:
    form = place(local_stack, ticket)
    assert send(local_stack, form, picture()) == 204
    shown = local_stack.write(f"{ticket[0]}/{form['photo']}", {}, **ticket[1]).json["photos"][-1]["url"]
    assert ask(local_stack, "GET", shown)[0] == 200
    assert local_stack.write(f"{ticket[0]}/{form['photo']}/removal", {}, **ticket[1]).status == 200
    assert ask(local_stack, "GET", shown)[0] in (403, 404)
    assert not [each for each in objects(local_stack) if form["photo"] in each]


def test_what_is_no_picture_is_gone_from_the_bucket(local_stack: LocalStack, ticket: Any) -> None:
    form = place(local_stack, ticket)
    assert send(local_stack, form, b"<svg onload=alert(1)>") == 204  # the form believes whoever says image/jpeg
    refused = local_stack.write(f"{ticket[0]}/{form['photo']}", {}, **ticket[1])

    assert (refused.status, refused.json["type"]) == (422, "/problems/photo-refused")
    assert not [each for each in objects(local_stack) if form["photo"] in each]


def objects(stack: LocalStack) -> list[str]:
    return [each["Key"] for each in stack.client("s3").list_objects_v2(Bucket=BUCKET).get("Contents", [])]


def test_the_bucket_is_shut_and_no_other_function_reads_it(local_stack: LocalStack) -> None:
    s3, lambdas = local_stack.client("s3"), local_stack.client("lambda")
    assert all(s3.get_public_access_block(Bucket=BUCKET)["PublicAccessBlockConfiguration"].values())
    for function in ("-mailbox", "-react_to_news", "-sweep"):
        role = lambdas.get_function_configuration(FunctionName="nuanlin-local" + function)["Role"]
        with pytest.raises(ClientError, match=r"AccessDenied|403"):
            as_role(local_stack, role).get_object(Bucket=BUCKET, Key="photos/kept/x")
    role = lambdas.get_function_configuration(FunctionName="nuanlin-local")["Role"]
    api = as_role(local_stack, role)
    for forbidden in (lambda: api.list_objects_v2(Bucket=BUCKET), lambda: api.get_object(Bucket="nuanlin-local-site", Key="index.html")):
        with pytest.raises(ClientError, match=r"AccessDenied|403"):
            forbidden()


def as_role(stack: LocalStack, role: str) -> Any:
    found = stack.client("sts").assume_role(RoleArn=role, RoleSessionName="test")["Credentials"]
    keys = {"aws_access_key_id": found["AccessKeyId"], "aws_secret_access_key": found["SecretAccessKey"]}
    return boto3.client("s3", endpoint_url=stack.place.endpoint, region_name="us-east-1", aws_session_token=found["SessionToken"], **keys)
