"""The signed client: its signature, its retries, what it does with a connection that died."""

import json
import ssl
import threading
import zlib
from collections.abc import Iterator
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from botocore.auth import SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials as BotoCredentials
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from chalicelib import wire
from chalicelib.wire import ATTEMPTS, Credentials, Service, ServiceError, sign

THROTTLED = (400, {"__type": "com.amazonaws.dynamodb.v20120810#ProvisionedThroughputExceededException"})
REFUSED = (400, {"__type": "com.amazon.coral.validate#ValidationException"})


class Endpoint:
    """Answers what it is told to, in turn, then 200; remembers what it was asked."""

    def __init__(self, tls: ssl.SSLContext | None = None) -> None:
        self.answers: list[Any] = []
        self.asked: list[dict[str, str]] = []
        endpoint = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["content-length"]))
                endpoint.asked.append({**{name.lower(): value for name, value in self.headers.items()}, "body": body.decode()})
                answer = endpoint.answers.pop(0) if endpoint.answers else (200, {"ok": True})
                if answer == "hang up":
                    self.close_connection = True
                    return
                status, value = answer[:2]
                raw = json.dumps(value).encode()
                self.send_response(status)
                self.send_header("content-length", str(len(raw)))
                self.send_header("x-amz-crc32", str(zlib.crc32(raw) ^ (1 if "torn" in answer else 0)))
                self.end_headers()
                self.wfile.write(raw)

            def log_message(self, *_: Any) -> None:
                return

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        if tls:
            self.server.socket = tls.wrap_socket(self.server.socket, server_side=True)
        threading.Thread(target=self.server.serve_forever, args=(0.01,), daemon=True).start()
        self.port = self.server.server_address[1]


@pytest.fixture
def endpoint() -> Iterator[Endpoint]:
    made = Endpoint()
    yield made
    made.server.shutdown()


def service(endpoint: Endpoint, who: Any = lambda: Credentials("AKID", "SECRET"), scheme: str = "http") -> tuple[Service, list[float]]:
    made, waits = Service("dynamodb", "DynamoDB_20120810", "cn-north-1", who, f"{scheme}://127.0.0.1:{endpoint.port}"), []
    made.sleep = waits.append
    return made, waits


@pytest.mark.parametrize("token", ["", "SESSION/TOKEN+="])
def test_the_signature_is_botocores(token: str):
    now, body, host = datetime.now(UTC), b'{"TableName":"t"}', "dynamodb.cn-north-1.amazonaws.com.cn"
    ours = sign(Credentials("AKID", "SECRET", token), "dynamodb", "cn-north-1", host, "DynamoDB_20120810.GetItem", body, now)

    headers = {name: ours[name] for name in ("content-type", "host", "x-amz-target")}
    request = AWSRequest("POST", f"https://{host}/", headers=headers, data=body)
    signer = SigV4Auth(BotoCredentials("AKID", "SECRET", token or None), "dynamodb", "cn-north-1")
    request.context["timestamp"] = ours["x-amz-date"]
    request.headers["X-Amz-Date"] = ours["x-amz-date"]
    if token:
        request.headers["X-Amz-Security-Token"] = token
    text = signer.string_to_sign(request, signer.canonical_request(request))
    assert ours["authorization"].endswith(f"Signature={signer.signature(text, request)}")


@pytest.mark.parametrize("fault", [THROTTLED, (500, {}), (503, {}), (200, {"ok": True}, "torn"), "hang up"])
@pytest.mark.parametrize("times", [1, 3])
def test_a_passing_fault_is_tried_again(endpoint: Endpoint, fault: Any, times: int):
    endpoint.answers = [fault] * times
    made, _ = service(endpoint)

    assert made.call("GetItem", {}) == {"ok": True}


def test_a_lasting_fault_is_reported_after_a_bounded_number_of_tries_with_growing_waits(endpoint: Endpoint):
    endpoint.answers = [THROTTLED] * 50
    made, waits = service(endpoint)
    with pytest.raises(ServiceError) as error:
        made.call("PutItem", {})

    assert error.value.kind == "ProvisionedThroughputExceededException"
    assert len(endpoint.asked) == ATTEMPTS and len(waits) == ATTEMPTS - 1
    assert all(wait <= 0.05 * 2**number for number, wait in enumerate(waits))


def test_a_refusal_is_not_tried_again(endpoint: Endpoint):
    endpoint.answers = [REFUSED]
    made, waits = service(endpoint)
    with pytest.raises(ServiceError, match="ValidationException"):
        made.call("PutItem", {})

    assert len(endpoint.asked) == 1 and not waits


def test_credentials_are_asked_for_at_every_try_so_that_fresh_ones_are_used(endpoint: Endpoint):
    endpoint.answers = [(400, {"__type": "ExpiredTokenException"})]
    keys = iter(["OLD", "NEW"])
    made, _ = service(endpoint, lambda: Credentials(next(keys), "SECRET"))
    made.call("GetItem", {})

    assert ["OLD" in endpoint.asked[0]["authorization"], "NEW" in endpoint.asked[1]["authorization"]] == [True, True]


def test_an_endpoint_that_is_not_there_is_an_os_error(endpoint: Endpoint):
    endpoint.server.server_close()
    made, _ = service(endpoint)
    endpoint.server.shutdown()
    with pytest.raises(OSError):
        made.call("GetItem", {})


def test_headers_and_body_arrive_whole_over_tls(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    certificate = _certificate(tmp_path)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    secure = Endpoint(context)
    monkeypatch.setattr(wire, "_tls", lambda: ssl.create_default_context(cafile=str(certificate)))
    made, _ = service(secure, scheme="https")

    assert [made.call("GetItem", {"n": number}) for number in range(2)] == [{"ok": True}] * 2
    assert [asked["body"] for asked in secure.asked] == ['{"n":0}', '{"n":1}']
    secure.server.shutdown()


def _certificate(folder: Path) -> Path:
    """A self-signed certificate for 127.0.0.1, with its key, in one file."""
    import ipaddress
    from datetime import timedelta

    key, now = ec.generate_private_key(ec.SECP256R1()), datetime.now(UTC)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "test")])
    builder = x509.CertificateBuilder(
        name, name, key.public_key(), x509.random_serial_number(), now - timedelta(days=1), now + timedelta(days=1)
    )
    names = x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))])
    made = builder.add_extension(names, critical=False).sign(key, hashes.SHA256())
    private = key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    path = folder / "tls.pem"
    path.write_bytes(private + made.public_bytes(serialization.Encoding.PEM))
    return path
