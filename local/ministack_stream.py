"""A poller for the table's stream beside ministack's, which has one for streams and queues: there a reaction to news that takes seconds
keeps every sensor waiting, as it does not on AWS. Imported by ministack_server.py, from its own folder."""

import logging
import threading
import time
from types import ModuleType

logger = logging.getLogger("stream")
SECONDS = 0.02


def read_apart(functions: ModuleType) -> None:
    """From now on streams are read in a thread of their own. ``functions`` is ministack's module of Lambda."""
    poll, functions._poll_dynamodb_streams = functions._poll_dynamodb_streams, lambda: False
    threading.Thread(target=_read, args=(poll,), daemon=True).start()


def _read(poll) -> None:
    while True:
        try:
            found = poll()
        except Exception:
            logger.warning("a stream could not be read", exc_info=True)
            found = False
        if not found:
            time.sleep(SECONDS)
