"""Open311 on the whole stack: a client that others wrote reads it in both formats, and what is posted by form is on the desk."""

import os
import subprocess
import sys
from urllib.parse import urlencode

import pytest
from georeport import GeoReport

from local.reach import environment
from tests.stack import ROOT, LocalStack


def issue(stack: LocalStack) -> str:
    """A key, as an administrator makes one."""
    command = [sys.executable, "-m", "infra.tool", "--stage", "local", "infra.clients", "issue", "anheli", "区热线"]
    surroundings = {**os.environ, **environment(stack.place), "STATE_DIR": str(stack.state), "PORT": str(stack.port)}
    done = subprocess.run(command, cwd=ROOT, env=surroundings, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout.split()[1]


def test_georeport_reads_what_was_posted_by_form_and_it_is_on_the_desk(local_stack: LocalStack, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    form = {"jurisdiction_id": "anheli", "api_key": issue(local_stack), "service_code": "repair", "attribute[what]": "lift"}
    raw = urlencode({**form, "address_id": "3", "description": "停在七楼"}).encode()
    posted = local_stack.ask("POST", "/open311/v2/requests.xml", raw, Content_Type="application/x-www-form-urlencoded")
    assert posted.status == 200, posted.body
    assert posted.headers["content-type"] == "text/xml"
    number = posted.body.decode().partition("<service_request_id>")[2].partition("<")[0]

    for suffix in ("json", "xml"):
        client = GeoReport(f"http://127.0.0.1:{local_stack.port}/open311/v2", "anheli", output_format=suffix)
        codes = [service["service_code"] for service in client.get_service_list()]
        assert codes == ["repair", "complaint", "suggestion", "question", "need"]
        assert client.get_service_definition("repair")["service_code"] == "repair"
        listed = client.get_service_requests(service_code="repair", status="open")
        seen = next(each for each in (listed if isinstance(listed, list) else [listed]) if each["service_request_id"] == number)
        assert seen == client.get_service_request(number)
        assert seen["address"] == "3 号楼" and "停在七楼" not in str(listed)

    steward = local_stack.ask("GET", "/api/tickets", Authorization=local_stack.token())
    assert [(each["origin"], each["text"]) for each in steward.json["open"] if each["id"] == number] == [("open311", "停在七楼")]
    desk = local_stack.ask("GET", "/api/duty?troubles=1", Authorization=local_stack.token()).json
    assert [(each["category"], each["home"]) for each in desk["tickets"] if each["id"] == number] == [("lift", "")]
    refused = local_stack.ask("POST", "/open311/v2/requests.json", b"<x/>", Content_Type="text/xml")
    assert (refused.status, refused.json[0]["code"]) == (415, 415)
