"""The API described by itself: valid, whole, and true."""

import re

import pytest
from openapi_spec_validator import OpenAPIV31SpecValidator

from chalicelib.access import ROUTES, Door
from tests.app.client import Client


@pytest.fixture
def document(caller: Client) -> dict:
    return caller.get("/api/openapi.json").json


def test_the_description_is_valid_openapi(document: dict):
    assert document["openapi"] == "3.1.0"
    assert [error.message for error in OpenAPIV31SpecValidator(document).iter_errors()] == []


def test_it_covers_every_route_and_no_other(document: dict):
    described = {(method.upper(), path) for path, methods in document["paths"].items() for method in methods}

    assert described == set(ROUTES)


@pytest.mark.parametrize("route", ROUTES, ids=" ".join)
def test_a_route_is_described_as_the_access_table_has_it(route: tuple[str, str], document: dict):
    method, path = route
    operation, access = document["paths"][path][method.lower()], ROUTES[route]

    parameters = {(parameter["in"], parameter["name"]) for parameter in operation["parameters"]}
    assert ("header", "Idempotency-Key") in parameters if access.keyed else ("header", "Idempotency-Key") not in parameters
    assert {name for where, name in parameters if where == "path"} == set(re.findall(r"{(\w+)}", path))
    assert ("security" in operation) == (access.door is not Door.PUBLIC)
    assert ("requestBody" in operation) == (method == "POST")
    refusals = {"application/json", "text/xml"} if path.startswith("/open311/") else {"application/problem+json"}
    assert operation["responses"]["4XX"]["content"].keys() == refusals


def test_every_schema_that_is_named_is_there(document: dict):
    named = set(re.findall(r"#/components/schemas/([\w.\-]+)", str(document)))

    assert named and named <= set(document["components"]["schemas"])


def test_bodies_take_no_unknown_member(document: dict):
    for path, methods in document["paths"].items():
        schema = methods.get("post", {}).get("requestBody", {}).get("content", {}).get("application/json", {}).get("schema")
        if schema:
            body = document["components"]["schemas"][schema["$ref"].rpartition("/")[2]]
            assert body["additionalProperties"] is False, path


def test_an_example_of_every_reading_answer_has_the_members_described(document: dict, manager: Client, anna: Client):
    for path, caller in (("/api/duty", manager), ("/api/home", anna), ("/api/health", anna)):
        content = document["paths"][path]["get"]["responses"]["200"]["content"]["application/json"]["schema"]
        described = document["components"]["schemas"][content["$ref"].rpartition("/")[2]]

        assert set(caller.get(path).json) == set(described["properties"]), path
