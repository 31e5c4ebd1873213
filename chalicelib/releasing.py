"""Once a day: solved cases that have waited for the end of their month are released."""

from datetime import datetime

from chalicelib.auditor.audit import compounds
from chalicelib.cases.actions import release_waiting
from chalicelib.shared.log import log, trail
from chalicelib.store.contract import Store


def run(store: Store, now: datetime) -> int:
    """Returns how many cards. A compound that cannot be worked off is reported, comes again tomorrow, and holds up no other."""
    done = 0
    for compound in compounds(store):
        try:
            done += release_waiting(store, now, compound)
        except Exception as error:
            log().error("release failed", extra={"compound": compound, "kind": type(error).__name__, "trail": trail(error)})
    return done
