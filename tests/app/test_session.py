"""Staff sign in: the user pool says yes or no, and the page says what to do."""

from collections.abc import Iterator

import boto3
import pytest
from botocore.stub import ANY, Stubber

from chalicelib import wiring
from tests.app.client import Answer, Client

TOKEN = "header.payload.signature"
ASKED = {"ClientId": "client", "AuthFlow": "USER_PASSWORD_AUTH", "AuthParameters": ANY}


@pytest.fixture(scope="module")
def client():
    return boto3.client("cognito-idp", region_name="us-east-1")


@pytest.fixture
def pool(client, monkeypatch: pytest.MonkeyPatch) -> Iterator[Stubber]:
    monkeypatch.setattr(wiring, "client", lambda name: client)
    with Stubber(client) as stubber:
        yield stubber


def sign_in(caller: Client, username: str = "anheli.wang", password: str = "correct horse") -> Answer:
    return caller.post("/api/session", {"username": username, "password": password}, key=None)


def says_yes(pool: Stubber, username: str = "anheli.wang") -> None:
    given = {"USERNAME": username, "PASSWORD": "correct horse"}
    pool.add_response("initiate_auth", {"AuthenticationResult": {"IdToken": TOKEN}}, {**ASKED, "AuthParameters": given})


def test_who_signs_in_gets_a_token_and_learns_where_she_works(caller: Client, pool: Stubber):
    says_yes(pool)

    answer = sign_in(caller)

    assert answer.status == 200 and answer.headers["Cache-Control"] == "no-store"
    assert answer.json == {
        "token": TOKEN,
        "username": "anheli.wang",
        "name": "王管家",
        "roles": ["steward"],
        "compound": {"id": "anheli", "name": "安和里小区"},
    }


def test_a_username_is_taken_as_people_type_it(caller: Client, pool: Stubber):
    says_yes(pool)

    assert sign_in(caller, " Anheli.Wang ").json["username"] == "anheli.wang"


@pytest.mark.parametrize("code", ["NotAuthorizedException", "UserNotFoundException", "InvalidParameterException"])
def test_a_wrong_password_and_an_unknown_name_get_the_same_answer(caller: Client, pool: Stubber, code: str):
    pool.add_client_error("initiate_auth", code, "the pool's own words")

    wrong, unknown = sign_in(caller), sign_in(caller, "anheli.nobody")

    assert (wrong.status, wrong.json["type"]) == (401, "/problems/wrong-password")
    assert wrong.text == unknown.text and "pool" not in wrong.text


@pytest.mark.parametrize(
    ("code", "status", "kind"),
    [
        ("TooManyRequestsException", 429, "too-many-tries"),
        ("LimitExceededException", 429, "too-many-tries"),
        ("PasswordResetRequiredException", 403, "new-password"),
        ("UserNotConfirmedException", 403, "new-password"),
        ("InternalErrorException", 503, "busy"),
        ("ResourceNotFoundException", 503, "busy"),
    ],
)
def test_whatever_else_the_pool_says_becomes_a_sentence_to_act_on(caller: Client, pool: Stubber, code: str, status: int, kind: str):
    pool.add_client_error("initiate_auth", code)

    answer = sign_in(caller)

    assert (answer.status, answer.json["type"]) == (status, f"/problems/{kind}")
    assert answer.headers["Content-Type"].startswith("application/problem+json")


def test_a_first_password_that_must_be_changed_is_said_so(caller: Client, pool: Stubber):
    pool.add_response("initiate_auth", {"ChallengeName": "NEW_PASSWORD_REQUIRED", "Session": "x" * 20}, ASKED)

    answer = sign_in(caller)

    assert (answer.status, answer.json["type"]) == (403, "/problems/new-password")


@pytest.mark.parametrize(
    "username", ["", "wang", "anheli.", ".wang", "anheli", "nowhere.wang", "anheli.wang\n.x", "an#heli.wang", "安和里.王", "x" * 100]
)
def test_a_name_that_cannot_be_one_is_never_asked_for(caller: Client, pool: Stubber, username: str):
    assert sign_in(caller, username).status == 401
    pool.assert_no_pending_responses()


@pytest.mark.parametrize(
    "body",
    [
        {"username": "anheli.wang"},
        {"password": "x"},
        {"username": "anheli.wang", "password": None},
        {"username": "anheli.wang", "password": ["x"]},
        {"username": "x" * 101, "password": "x"},
        {"username": "anheli.wang", "password": "x" * 201},
        {"username": "anheli.wang", "password": "x", "roles": ["manager"]},
    ],
)
def test_a_body_that_does_not_fit_is_refused_before_anybody_is_asked(caller: Client, pool: Stubber, body: dict):
    assert caller.post("/api/session", body, key=None).status == 400


def test_a_first_password_is_exchanged_for_ones_own(caller: Client, pool: Stubber):
    challenge = {"ChallengeName": "NEW_PASSWORD_REQUIRED", "Session": "s" * 20}
    pool.add_response("initiate_auth", challenge, ASKED)
    given = {"USERNAME": "anheli.wang", "NEW_PASSWORD": "my own words 7"}
    pool.add_response(
        "respond_to_auth_challenge",
        {"AuthenticationResult": {"IdToken": TOKEN}},
        {"ClientId": "client", "ChallengeName": "NEW_PASSWORD_REQUIRED", "Session": "s" * 20, "ChallengeResponses": given},
    )
    body = {"username": "anheli.wang", "password": "from the manager", "new_password": "my own words 7"}

    assert caller.post("/api/session", body, key=None).json["token"] == TOKEN


def test_a_new_password_that_is_too_weak_is_told(caller: Client, pool: Stubber):
    pool.add_response("initiate_auth", {"ChallengeName": "NEW_PASSWORD_REQUIRED", "Session": "s" * 20}, ASKED)
    pool.add_client_error("respond_to_auth_challenge", "InvalidPasswordException", "the pool's own words")
    body = {"username": "anheli.wang", "password": "from the manager", "new_password": "weak"}

    answer = caller.post("/api/session", body, key=None)
    assert answer.status == 400 and answer.json["type"] == "/problems/weak-password"
