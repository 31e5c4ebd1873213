"""What must stay true of the switchboard: every door is in the tables, and every handler where Lambda finds it."""

import json

import pytest
from chalice.app import CognitoUserPoolAuthorizer, DynamoDBEventConfig, SQSEventConfig

import app
from chalicelib.access import ROUTES, Access, Door
from chalicelib.web import FORM, JSON, answers, bodies
from tests.architecture.tree import ROOT

OPENED = {(method, path) for path, methods in app.app.routes.items() for method in methods}
HANDLERS = [*app.app.event_sources, *app.app.pure_lambda_functions, *app.app.builtin_auth_handlers]


@pytest.mark.parametrize("handler", HANDLERS, ids=lambda handler: handler.name)
def test_every_event_handler_stands_in_the_switchboard(handler):
    place, _, name = handler.handler_string.partition(".")

    assert place == "app" and callable(getattr(app, name))


def test_every_function_has_a_policy_of_its_own_in_every_stage():
    config = json.loads((ROOT / ".chalice/config.json").read_text())
    functions = {"api_handler", *(handler.name for handler in HANDLERS)}

    assert config["autogen_policy"] is False
    assert set(config["lambda_functions"]) == functions
    for stage in config["stages"].values():
        policies = {name: settings["iam_policy_file"] for name, settings in stage["lambda_functions"].items()}
        assert set(policies) == functions and len(set(policies.values())) == len(functions)
        assert all((ROOT / ".chalice" / policy).is_file() for policy in policies.values())


def test_the_open_routes_are_the_ones_of_the_access_table():
    assert set(ROUTES) == OPENED == set(bodies()) == set(answers())


@pytest.mark.parametrize(("route", "access"), ROUTES.items(), ids=[" ".join(route) for route in ROUTES])
def test_every_route_has_an_authorizer_or_a_link_check_or_is_public(route: tuple[str, str], access: Access):
    entry = app.app.routes[route[1]][route[0]]

    if access.door is Door.STAFF:
        assert isinstance(entry.authorizer, CognitoUserPoolAuthorizer) and access.roles
    else:
        assert entry.authorizer is None and not access.roles


def test_the_public_list_is_exactly_this():
    public = {route for route, access in ROUTES.items() if access.door is Door.PUBLIC}

    own = {("GET", "/api/health"), ("GET", "/api/openapi.json"), ("POST", "/api/session"), ("POST", "/api/check-ins/paper")}
    own |= {("GET", "/api/standards"), ("POST", "/api/applications")}
    own |= {("GET", "/api/places/{place}"), ("GET", "/api/places/{place}/disinfections")}
    assert public == own | {("GET", "/open311/v2/{what}"), ("GET", "/open311/v2/{what}/{name}")}


@pytest.mark.parametrize(("route", "access"), ROUTES.items(), ids=[" ".join(route) for route in ROUTES])
def test_every_post_takes_one_kind_of_content_and_every_writing_one_a_key(route: tuple[str, str], access: Access):
    method, path = route
    entry = app.app.routes[path][method]

    assert path.startswith(("/api/", "/open311/"))
    if method == "POST":
        assert entry.content_types == [FORM if path.endswith("/paper") or path.startswith("/open311/") else JSON]
        assert access.keyed or access.door in (Door.PUBLIC, Door.CLIENT)
    else:
        assert method == "GET" and not access.keyed


def test_no_route_may_be_asked_from_another_site():
    assert not any(entry.cors for methods in app.app.routes.values() for entry in methods.values())


def test_the_stream_is_read_from_its_beginning():
    streams = [handler for handler in HANDLERS if isinstance(handler, DynamoDBEventConfig)]

    assert [stream.starting_position for stream in streams] == ["TRIM_HORIZON"]


def test_no_queue_can_take_more_than_its_share_of_workers():
    queues = [handler for handler in HANDLERS if isinstance(handler, SQSEventConfig)]

    assert queues and all(2 <= queue.maximum_concurrency <= 10 for queue in queues)


def test_errors_are_never_shown_with_their_stack():
    assert app.app.debug is False
