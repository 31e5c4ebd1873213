"""The hourly audit: every compound is compared with its records, what differs is said aloud, and a watchman outside hears that we live."""

from datetime import datetime

from chalicelib import reach, subscriptions, wiring
from chalicelib.auditor.audit import audit, compounds, left_lying
from chalicelib.auditor.ledger import nightly, prove
from chalicelib.auditor.rules import Finding
from chalicelib.post import actions as post
from chalicelib.post import wording
from chalicelib.post.entries import queue
from chalicelib.post.rules import Telling
from chalicelib.promises.looking import ensure
from chalicelib.register import records as registers
from chalicelib.register.rules import Register
from chalicelib.sensors.watching import watch
from chalicelib.settings import Settings
from chalicelib.shared.ids import CompoundId, discreet
from chalicelib.shared.log import log, trail
from chalicelib.store.contract import Store

MOST_TOLD = 10
"""Findings told by name in one audit; the next one tells those that are still there."""
HEARTBEAT_SECONDS = 5.0


def run(store: Store, now: datetime, settings: Settings, send: post.Send) -> int:
    """Audit everything; returns how many differences were found.

    1. Every compound is audited before anything is repaired, once a night its ledger with it; one that cannot be audited is itself reported.
    2. What was found is logged with one metric, told to the duty desk, and lost looks are put back.
    3. Only if every audit ran to its end, the heartbeat is sent: whoever misses it knows that nothing here runs any more.
    """
    lying, total, whole = left_lying(store, now), 0, True
    for compound in compounds(store):
        try:
            proved = prove(store, now, compound) if nightly(now) else []
            found = sorted({*lying.get(compound, []), *audit(store, now, compound), *proved})
            total += len(found)
            _report(store, now, compound, found, settings, send)
        except Exception as error:
            whole = False
            log().error("audit failed", extra={"compound": compound, "kind": type(error).__name__, "trail": trail(error)})
    if whole and settings.heartbeat_url:
        _beat(settings.heartbeat_url)
    return total


def _report(store: Store, now: datetime, compound: CompoundId, found: list[Finding], settings: Settings, send: post.Send) -> None:
    register = registers.load(store, compound)
    if not found or register is None:
        return
    log().error("audit", extra=_line(now, compound, found, settings.stage))
    ensure(store, register, now)
    watch(store, compound, (device.thing for device in register.devices), now)
    told = [queue(store, now, compound, _telling(register, finding, settings.site_url)) for finding in found[:MOST_TOLD]]
    post.send_messages(store, now, [message for message in told if message], send)


def _line(now: datetime, compound: str, found: list[Finding], stage: str) -> dict[str, object]:
    """CloudWatch reads the metric off the log line. Audits without a finding send none: a metric is paid for by the hour it is sent in."""
    metric = {"Namespace": "Nuanlin", "Dimensions": [["stage"]], "Metrics": [{"Name": "AuditFindings", "Unit": "Count"}]}
    embedded = {"Timestamp": int(now.timestamp() * 1000), "CloudWatchMetrics": [metric]}
    ids = [discreet(finding.id) for finding in found]
    return {"compound": compound, "findings": ids, "AuditFindings": len(ids), "stage": stage, "_aws": embedded}


def _telling(register: Register, finding: Finding, site: str) -> Telling:
    """Once per finding, whoever finds it how often: the event is its id, the ledger's day its own moment's."""
    text = wording.text("audit", what=discreet(finding.id), where=register.name, site=site)
    return Telling(f"audit:{finding.id}", finding.at, reach.DUTY, reach.addresses(register, reach.DUTY), text)


def _beat(url: str) -> None:
    """The address is a secret, so it is never logged; a heartbeat that does not arrive is noticed where it is missed."""
    import urllib3

    try:
        urllib3.PoolManager(retries=False).request("GET", url, redirect=False, timeout=HEARTBEAT_SECONDS).drain_conn()
    except urllib3.exceptions.HTTPError as error:
        log().warning("heartbeat not sent", extra={"kind": type(error).__name__})


def everything() -> int:
    """As the schedule starts it."""
    return run(wiring.store(), wiring.clock().now(), wiring.settings(), subscriptions.send())
