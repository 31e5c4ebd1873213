"""The one logger. Its lines carry ids, never people, and it is built only when there is something to say."""

import traceback
from functools import cache
from pathlib import Path
from typing import Any


@cache
def log() -> Any:
    """Structured JSON lines. A name of its own: with the app's name every line would be written twice."""
    from aws_lambda_powertools import Logger

    return Logger(service="nuanlin-care")


def trail(error: BaseException) -> list[str]:
    """Where an error came from, innermost last, without its words: they may quote what somebody sent or wrote."""
    frames = traceback.extract_tb(error.__traceback__)
    return [f"{Path(frame.filename).name}:{frame.lineno} {frame.name}" for frame in frames]
