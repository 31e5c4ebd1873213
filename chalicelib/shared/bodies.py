"""A request's body as text people's browsers send it → the value that is expected of it. Pure; the same at every door."""

from typing import Any

import msgspec

from chalicelib.shared.problems import Problem, bad

BODY_LIMIT = 16 * 1024


def decoded(raw: bytes, body: Any) -> Any:
    """A value of the type ``body``, None where none is expected. Problem 400 says what does not fit."""
    if body is None:
        return None
    try:
        return msgspec.json.decode(raw, type=body)
    except msgspec.ValidationError as error:
        raise bad("body", "内容不对，请检查后再试。", f"The body does not fit: {error}") from None
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        raise unreadable() from None


def unreadable() -> Problem:
    return bad("body", "内容读不懂，请刷新页面再试。", "The body is not JSON that we can read.")
