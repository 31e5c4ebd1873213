"""Queue and stream batches: nothing is lost, and one bad record does not hold up the rest.

Chalice cannot ask Lambda for partial batch responses, and without that flag a returned list of failures is ignored and its messages
are deleted. So the list is returned only where the deploy has set and verified the flag (``PARTIAL_BATCH=1``); else we raise.
"""

from collections.abc import Callable
from typing import Any

from chalicelib.shared.log import log, trail
from chalicelib.shared.problems import Rejected

Record = dict[str, Any]


class BatchFailed(Exception):
    """Some records failed; the whole batch comes again, and what was done already is not done twice."""


def take_messages(event: dict[str, Any], handle: Callable[[Record], None], partial: bool) -> dict[str, Any]:
    """Handle every record of a queue's batch. Returns the failures to retry, or raises BatchFailed where nobody would read them."""
    failed = [record["messageId"] for record in event["Records"] if not _done(record, record["messageId"], handle)]
    if failed and not partial:
        raise BatchFailed(f"{len(failed)} of {len(event['Records'])} messages failed")
    return {"batchItemFailures": [{"itemIdentifier": each} for each in failed]}


def take_news(event: dict[str, Any], react: Callable[[Record], None], keep: Callable[[Record], None]) -> None:
    """React to every record of a stream's batch; one that fails is kept whole elsewhere and the shard moves on.

    If it cannot even be kept, the batch comes again.
    """
    for record in event["Records"]:
        if not _done(record, record["eventID"], react):
            keep(record)


def _done(record: Record, identity: str, handle: Callable[[Record], None]) -> bool:
    try:
        handle(record)
    except Exception as error:
        why = str(error) if isinstance(error, Rejected) else ""
        log().warning("record failed", extra={"record": identity, "kind": type(error).__name__, "why": why, "trail": trail(error)})
        return False
    return True
