"""What all group robots share: one JSON request over urllib3, no redirect followed, and an answer that is read to the end."""

import logging
from functools import cache
from typing import Any

import msgspec

from chalicelib.post.rules import Refused

TIMEOUT_SECONDS = 4.0
LARGEST_ANSWER = 64 * 1024


class _Answer(msgspec.Struct):
    errcode: int | msgspec.UnsetType = msgspec.UNSET
    code: int | msgspec.UnsetType = msgspec.UNSET


def ask(url: str, body: dict[str, Any], timeout: float) -> bytes:
    """The body of an answer with status 200; Refused for anything else. ``timeout`` in seconds, for connecting and for every read."""
    import urllib3
    from urllib3 import exceptions as faults

    raw, patience = msgspec.json.encode(body), urllib3.Timeout(total=timeout)
    headers = {"Content-Type": "application/json"}
    try:
        answer = _pool().request("POST", url, body=raw, headers=headers, redirect=False, preload_content=False, timeout=patience)
        said: bytes = answer.read(LARGEST_ANSWER + 1)
    except (faults.NewConnectionError, faults.ConnectTimeoutError, faults.SSLError) as error:
        raise Refused(type(error).__name__, down=True) from None
    except faults.HTTPError as error:
        raise Refused(type(error).__name__, lost=True, down=True) from None
    if len(said) > LARGEST_ANSWER:
        answer.close()  # what is left unread must not meet the next message
        raise Refused("too long an answer", lost=True)
    answer.release_conn()
    status = answer.status
    if status != 200:
        raise Refused(f"http {status}", wait=int(status == 429), lost=status == 504, down=status >= 500)
    return said


def require_taken(raw: bytes, member: str, rests: dict[int, int]) -> None:
    """Refused unless ``member`` of the answer is zero. ``rests``: the codes that say *too often*, and for how many minutes they hold."""
    try:
        code = getattr(msgspec.json.decode(raw, type=_Answer), member)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        code = msgspec.UNSET
    if code is msgspec.UNSET:
        raise Refused(f"an answer without {member}", lost=True)
    if code != 0:
        raise Refused(f"{member} {code}", wait=rests.get(code, 0))


@cache
def _pool() -> Any:
    import urllib3

    logging.getLogger("urllib3").setLevel(logging.INFO)  # its debug lines carry whole addresses, and the address is the key
    return urllib3.PoolManager(retries=False)
