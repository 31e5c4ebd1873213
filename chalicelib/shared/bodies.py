"""A request's body as text people's browsers send it → the value that is expected of it. Pure; the same at every door."""

from functools import cache
from typing import Any

import msgspec

from chalicelib.shared.problems import Problem, bad
from chalicelib.shared.text import clean

BODY_LIMIT = 16 * 1024


def decoded(raw: bytes, body: Any) -> Any:
    """A value of the type ``body``, None where none is expected. Problem 400 says what does not fit.

    A text with a least length has something in it that can be seen: blanks, zero widths and marks of direction are nothing said.
    """
    if body is None:
        return None
    try:
        value = msgspec.json.decode(raw, type=body)
    except msgspec.ValidationError as error:
        raise bad("body", "内容不对，请检查后再试。", f"The body does not fit: {error}") from None
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        raise unreadable() from None
    name = _unsaid(value)
    if name:
        raise bad("body", "还空着，写几个字再送。", f"The body does not fit: nothing is written in `$.{name}`.", field=name)
    return value


def _unsaid(value: Any) -> str:
    """A member in which something has to be said and is not; "" if there is none."""
    if not isinstance(value, msgspec.Struct):
        return ""
    empty = (said for name, said in needed(type(value)).items() if not clean(getattr(value, name)))
    inside = (_unsaid(getattr(value, name)) for name in value.__struct_fields__)
    return next(empty, "") or next(filter(None, inside), "")


@cache
def needed(kind: type[msgspec.Struct]) -> dict[str, str]:
    """The texts of a body that have a least length, and what each is called in JSON."""
    return {each.name: each.encode_name for each in msgspec.structs.fields(kind) if _has_least_length(each.type)}


def _has_least_length(kind: Any) -> bool:
    limits = getattr(kind, "__metadata__", ())
    return bool(limits) and kind.__origin__ is str and any(getattr(each, "min_length", None) for each in limits)


def unreadable() -> Problem:
    return bad("body", "内容读不懂，请刷新页面再试。", "The body is not JSON that we can read.")
