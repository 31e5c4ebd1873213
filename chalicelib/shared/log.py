"""The one logger. Its lines carry ids, never people, and it is built only when there is something to say."""

from functools import cache
from typing import Any


@cache
def log() -> Any:
    """Structured JSON lines. A name of its own: with the app's name every line would be written twice."""
    from aws_lambda_powertools import Logger

    return Logger(service="nuanlin-care")
