"""The one origin: what the CDN does on AWS, done here."""

import gzip
import http.client
import json
import socket

import pytest

from tests.stack import LocalStack

CSP = "default-src 'none'"


@pytest.mark.parametrize("path", ["/", "/h/", "/duty/", "/en/", "/received/"])
def test_a_folder_is_its_index_page(local_stack: LocalStack, path: str) -> None:
    page = local_stack.ask("GET", path)
    assert page.status == 200
    assert page.headers["content-type"] == "text/html; charset=utf-8"
    assert page.headers["content-security-policy"].startswith(CSP)
    assert page.headers["referrer-policy"] == "no-referrer"


def test_what_is_not_there_is_404_with_the_same_headers(local_stack: LocalStack) -> None:
    page = local_stack.ask("GET", "/nothing/here")
    assert page.status == 404
    assert page.headers["content-security-policy"].startswith(CSP)


def test_a_page_goes_compressed_and_comes_again_as_not_modified(local_stack: LocalStack) -> None:
    page = local_stack.ask("GET", "/h/", Accept_Encoding="gzip")
    assert page.headers["content-encoding"] == "gzip"
    assert gzip.decompress(page.body).startswith(b"<!doctype html>")
    assert local_stack.ask("GET", "/h/", If_None_Match=page.headers["etag"]).status == 304


def test_nothing_is_written_to_the_site_from_outside(local_stack: LocalStack) -> None:
    assert local_stack.ask("PUT", "/h/", b"mine").status == 405


def test_a_page_above_its_folder_is_not_read(local_stack: LocalStack) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", local_stack.port)
    connection.request("GET", "/../../run.json")
    assert connection.getresponse().status == 404
    connection.close()


@pytest.mark.parametrize("token", ["", "nonsense", "a.b.c"])
def test_the_gateways_own_refusal_is_a_problem_too(local_stack: LocalStack, token: str) -> None:
    refused = local_stack.ask("GET", "/api/duty", **({"Authorization": token} if token else {}))
    assert refused.status == 401
    assert refused.headers["content-type"] == "application/problem+json"
    assert refused.headers["cache-control"] == "no-store"
    assert {"title", "detail", "detail_en"} <= refused.json.keys()


def test_an_unknown_route_is_a_problem(local_stack: LocalStack) -> None:
    assert local_stack.ask("GET", "/api/nothing").headers["content-type"] == "application/problem+json"


def test_a_body_that_is_too_large_for_the_gateway_is_413(local_stack: LocalStack) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", local_stack.port)
    connection.putrequest("POST", "/api/check-ins")
    connection.putheader("Content-Length", str(11 * 1024 * 1024))
    connection.endheaders()
    assert connection.getresponse().status == 413
    connection.close()


@pytest.mark.parametrize("body", [{}, {"now": "10:00"}, {"now": "2026-11-22T10:00:00"}, {"now": 1}, []])
def test_a_clock_that_cannot_be_read_is_a_problem(local_stack: LocalStack, body: object) -> None:
    assert local_stack.ask("POST", "/local/clock", body).status == 400


def test_the_clock_moves(local_stack: LocalStack) -> None:
    assert local_stack.ask("POST", "/local/clock", {"now": "2026-11-22T10:00:00+08:00"}).json["now"].startswith("2026-11-22T10:00:0")
    assert local_stack.duty(local_stack.token())["day"] == "2026-11-22"
    local_stack.set_clock(None)


def test_another_name_for_this_machine_opens_no_local_door(local_stack: LocalStack) -> None:
    """A page elsewhere may give this machine a name of its own and then call it as its own origin."""
    assert local_stack.ask("POST", "/local/clock", {"now": None}, Host="rebound.example:80").status == 403
    assert local_stack.ask("GET", "/outbox", Host="rebound.example:80").status == 403


def test_the_robot_answers_as_the_real_one_does(local_stack: LocalStack) -> None:
    def send(text: str) -> int:
        message = {"msgtype": "text", "text": {"content": text}}
        return int(local_stack.ask("POST", "/local/wecom/cgi-bin/webhook/send?key=gateway-test", message).json["errcode"])

    assert send("字" * 683) == 40058
    assert [send(f"{number}") for number in range(21)] == [0] * 20 + [45009]
    assert local_stack.ask("POST", "/local/wecom/cgi-bin/webhook/send?key=x", b"no json").json["errcode"] == 40008


def test_the_outbox_is_a_page_and_a_list(local_stack: LocalStack) -> None:
    local_stack.ask("POST", "/local/wecom/cgi-bin/webhook/send?key=page", {"msgtype": "text", "text": {"content": "<b>粗体</b>"}})
    page = local_stack.ask("GET", "/outbox").body.decode()
    assert "&lt;b&gt;粗体&lt;/b&gt;" in page
    assert local_stack.outbox()[0]["text"] == "<b>粗体</b>"


def test_run_json_is_private_and_whole(local_stack: LocalStack) -> None:
    path = local_stack.state / "run.json"
    assert path.stat().st_mode & 0o777 == 0o600
    run = json.loads(path.read_text())
    assert run.keys() == {"site", "api", "mqtt", "devices", "staff", "homes", "outbox"}
    assert {"host", "port", "ca"} == run["mqtt"].keys()
    assert {"thing", "cert", "key", "topic", "home", "kind"} <= run["devices"][0].keys()
    assert {"username", "password", "roles", "compound"} <= run["staff"][0].keys()
    assert {"id", "compound", "tier", "isolated", "link"} <= run["homes"][0].keys()


def test_nothing_listens_beyond_this_computer(local_stack: LocalStack) -> None:
    """127.0.0.2 is this computer too, and answers only for what listens on every address."""
    ports = {local_stack.port, *local_stack.place.ports.values()}
    for port in ports:
        with socket.socket() as here, socket.socket() as elsewhere:
            assert here.connect_ex(("127.0.0.1", port)) == 0
            assert elsewhere.connect_ex(("127.0.0.2", port)) != 0, port
