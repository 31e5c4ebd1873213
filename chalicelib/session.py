"""Staff sign in with the user pool; API Gateway checks the token on every later request."""

import re
from typing import Annotated

import msgspec
from chalice.app import Blueprint
from msgspec import Meta

from chalicelib import wiring
from chalicelib.register import records as registers
from chalicelib.register.answers import Named, named
from chalicelib.shared.ids import CompoundId
from chalicelib.shared.log import log
from chalicelib.shared.problems import Problem, bad, busy
from chalicelib.web import Ask, opens

rooms = Blueprint(__name__)
USERNAME = re.compile(r"([a-z][a-z0-9]{2,19})\.[a-z0-9][a-z0-9._-]{0,60}")


class SessionBody(msgspec.Struct, forbid_unknown_fields=True):
    """``new_password`` is needed once, when the first password was given by an administrator: then the answer to it is 403 ``new-password``."""

    username: Annotated[str, Meta(max_length=100)]
    password: Annotated[str, Meta(max_length=200)]
    new_password: Annotated[str, Meta(max_length=200)] = ""


class SessionAnswer(msgspec.Struct):
    """``token`` goes into the ``Authorization`` header; it lives for twelve hours."""

    token: str
    username: str
    name: str
    roles: list[str]
    compound: Named


@opens(rooms, "POST", "/api/session", SessionBody, SessionAnswer)
def sign_in(ask: Ask) -> tuple[int, SessionAnswer]:
    username = ask.body.username.strip().lower()
    match = USERNAME.fullmatch(username)
    register = registers.load(wiring.store(), CompoundId(match[1])) if match else None
    staff = register.staff_by_username.get(username) if register else None
    if register is None or staff is None:
        raise _refused()
    token = _token(username, ask.body)
    return 200, SessionAnswer(token, username, staff.name, list(staff.roles), named(register))


def _token(username: str, body: SessionBody) -> str:
    pool = wiring.client("cognito-idp")
    try:
        answer = pool.initiate_auth(
            ClientId=wiring.settings().pool_client_id,
            AuthFlow="USER_PASSWORD_AUTH",
            AuthParameters={"USERNAME": username, "PASSWORD": body.password},
        )
        if answer.get("ChallengeName") == "NEW_PASSWORD_REQUIRED" and body.new_password:
            answer = pool.respond_to_auth_challenge(
                ClientId=wiring.settings().pool_client_id,
                ChallengeName="NEW_PASSWORD_REQUIRED",
                Session=answer["Session"],
                ChallengeResponses={"USERNAME": username, "NEW_PASSWORD": body.new_password},
            )
    except pool.exceptions.ClientError as error:
        raise _told(str(error.response["Error"]["Code"])) from None
    if "AuthenticationResult" not in answer:
        raise _new_password()
    return str(answer["AuthenticationResult"]["IdToken"])


def _told(code: str) -> Problem:
    """What the pool's error means to the person at the keyboard. Which of name and password was wrong is not told."""
    match code:
        case "NotAuthorizedException" | "UserNotFoundException" | "InvalidParameterException":
            return _refused()
        case "InvalidPasswordException":
            return bad(
                "weak-password",
                "新密码太简单：至少 12 个字符，要有字母和数字。",
                "The new password is too weak: 12 characters or more, with letters and digits.",
            )
        case "PasswordResetRequiredException" | "UserNotConfirmedException":
            return _new_password()
        case "TooManyRequestsException" | "LimitExceededException":
            return Problem(429, "too-many-tries", "试得太快了，请过一会儿再试。", "Too many tries. Please wait a while.", retry_after=60)
    log().warning("pool refused", extra={"kind": code})
    return busy()


def _new_password() -> Problem:
    return Problem(403, "new-password", "第一次登录，请同时填一个新密码。", "This is your first sign-in: please give a new password too.")


def _refused() -> Problem:
    return Problem(401, "wrong-password", "用户名或密码不对。", "The username or the password is not right.")
