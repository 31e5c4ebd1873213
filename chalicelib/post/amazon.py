"""What text messages and mail share: an SDK's error as a refusal."""

from collections.abc import Iterator
from contextlib import contextmanager

from chalicelib.post.rules import Refused

THROTTLED = {"Throttling", "ThrottlingException", "ThrottledException", "TooManyRequestsException", "LimitExceededException"}


@contextmanager
def refusals() -> Iterator[None]:
    """Whatever the SDK raises leaves as Refused, by its name alone: its words may carry number or address."""
    from botocore import exceptions as faults

    try:
        yield
    except faults.ClientError as error:
        code = str(error.response.get("Error", {}).get("Code", "ClientError"))
        raise Refused(code, wait=int(code in THROTTLED)) from None
    except (faults.ReadTimeoutError, faults.ConnectionClosedError) as error:
        raise Refused(type(error).__name__, lost=True, down=True) from None
    except faults.BotoCoreError as error:
        raise Refused(type(error).__name__, down=True) from None
