"""What the bucket signs, against what Amazon's own SDK signs of the same."""

import base64
import json
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from botocore.auth import S3SigV4PostAuth, S3SigV4QueryAuth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials as BotoCredentials

from chalicelib.store import bucket as module
from chalicelib.store.bucket import S3Bucket
from chalicelib.wire import Credentials

NOW = datetime(2026, 11, 22, 1, 2, 3, tzinfo=UTC)
WHO = Credentials("AKIDEXAMPLE", "secret/key+", "token/+=")
KEY = "photos/kept/anheli/2611-K7Q3M/0123.jpg"
PLACES = {
    "virtual host": ("us-east-1", "", "https://nuanlin-x-photos.s3.us-east-1.amazonaws.com"),
    "China": ("cn-north-1", "", "https://nuanlin-x-photos.s3.cn-north-1.amazonaws.com.cn"),
    "laptop": ("us-east-1", "http://127.0.0.1:4566", "http://127.0.0.1:4566/nuanlin-x-photos"),
}


class Still(datetime):
    @classmethod
    def now(cls, tz: Any = None) -> datetime:  # type: ignore[override]
        return NOW


@pytest.fixture(autouse=True)
def still(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "datetime", Still)
    monkeypatch.setattr("botocore.auth.get_current_datetime", lambda remove_tzinfo=True: NOW.replace(tzinfo=None) if remove_tzinfo else NOW)


@pytest.mark.parametrize("token", ["", WHO.token], ids=["without a session", "with a session"])
@pytest.mark.parametrize(("region", "endpoint", "base"), PLACES.values(), ids=PLACES)
def test_an_address_is_signed_as_the_sdk_signs_it(region: str, endpoint: str, base: str, token: str):
    who = WHO._replace(token=token)
    bucket = S3Bucket("nuanlin-x-photos", region, lambda: who, endpoint)
    request = AWSRequest("GET", f"{base}/{KEY}")
    S3SigV4QueryAuth(BotoCredentials(who.access_key, who.secret_key, token or None), "s3", region, expires=300).add_auth(request)

    ours, theirs = urlsplit(bucket.address(KEY, timedelta(minutes=5))), urlsplit(request.url)

    assert ours.path == f"/{KEY}" and theirs.path.endswith(ours.path)
    assert parse_qs(ours.query) == parse_qs(theirs.query)


def test_a_form_is_signed_as_the_sdk_signs_it_and_names_key_size_and_kind():
    bucket = S3Bucket("nuanlin-x-photos", "us-east-1", lambda: WHO)
    form = bucket.form(KEY, 2_097_152, timedelta(minutes=10))
    said = json.loads(base64.b64decode(form.fields["policy"]))
    request = AWSRequest("POST", "https://x")
    request.context["s3-presign-post-fields"] = {}
    request.context["s3-presign-post-policy"] = {}
    auth = S3SigV4PostAuth(BotoCredentials(*WHO), "s3", "us-east-1")
    auth.add_auth(request)

    assert form.to == "/photos/" and said["expiration"] == "2026-11-22T01:12:03Z"
    named = {name: value for each in said["conditions"] if isinstance(each, dict) for name, value in each.items()}
    assert named == {
        **{name: each for name, each in form.fields.items() if name not in ("policy", "x-amz-signature")},
        "bucket": bucket.name,
    }
    assert ["content-length-range", 1, 2_097_152] in said["conditions"]
    assert (named["key"], named["Content-Type"], named["x-amz-security-token"]) == (KEY, "image/jpeg", WHO.token)
    theirs = request.context["s3-presign-post-fields"]
    assert {name: form.fields[name] for name in ("x-amz-algorithm", "x-amz-credential", "x-amz-date")} == {
        name: theirs[name] for name in ("x-amz-algorithm", "x-amz-credential", "x-amz-date")
    }
    request.context["timestamp"] = form.fields["x-amz-date"]
    assert form.fields["x-amz-signature"] == auth.signature(form.fields["policy"], request)
