"""What text messages and mail share: an SDK's error as a refusal."""

from collections.abc import Iterator
from contextlib import contextmanager

from chalicelib.post.rules import Refused

THROTTLED = {"Throttling", "ThrottlingException", "ThrottledException", "TooManyRequestsException", "LimitExceededException"}
UNANSWERED = {"ReadTimeoutError", "ConnectionClosedError"}


@contextmanager
def refusals() -> Iterator[None]:
    """Whatever the SDK raises leaves as Refused, by its name alone: its words may carry number or address.

    An error with a ``response`` is the service's own answer; any other says that nothing was reached, or that no answer came.
    """
    try:
        yield
    except Exception as error:
        answer, name = getattr(error, "response", None), type(error).__name__
        if answer is None:
            raise Refused(name, lost=name in UNANSWERED, down=True) from None
        code = str(answer.get("Error", {}).get("Code", name))
        raise Refused(code, wait=int(code in THROTTLED)) from None
