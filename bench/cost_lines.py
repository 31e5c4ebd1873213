"""One line per thing that is charged, as a quantity of a month. See ``bench.cost``."""

import math
from collections.abc import Callable
from typing import NamedTuple

from bench.cost_table import (
    ASSETS,
    CHECK_IN_BYTES,
    GROUPS,
    HOURS,
    KEPT_DAYS,
    LOG_KB,
    MINUTES,
    PARCEL_SCANS,
    PHOTO_KB,
    PHOTO_MONTHS,
    POLLERS,
    REGISTER_KB,
    SHARDS,
    STAFF_PLAN,
    Month,
)


def eventual(kb: float) -> float:
    """Read units of an eventually consistent read."""
    return math.ceil(kb / 4) / 2


REGISTER = eventual(REGISTER_KB)
STRONG = math.ceil(REGISTER_KB / 4)
CHECK_INS = eventual(1000 * CHECK_IN_BYTES / 1024)


AUDIT = REGISTER + 2 * CHECK_INS + 20  # and the last days' visits, tasks, alerts, messages, notices


class Line(NamedTuple):
    what: str
    price: str
    formula: str
    quantity: Callable[[Month], float]


LINES = (
    Line(
        "every call of the API",
        "API Gateway, REST",
        "check-ins + page opens + polls + staff acts + visits + 2 × tasks + 8 × tickets + 7 × letters + 4.4 × parcels + 2 × places scanned",
        lambda m: m.api,
    ),
    Line("every function started", "Lambda requests", "API + sweeps + audits + sensor messages + stream records", lambda m: m.starts),
    Line("their time", "Lambda GB-s", "see “Assumed times”", lambda m: m.gb_seconds),
    Line("check-in: link", "DynamoDB reads", "1 strong", lambda m: m.check_ins),
    Line(
        "check-in: policy", "DynamoDB reads", f"3 workers × 6 an hour × {REGISTER}", lambda m: MINUTES * 0.3 * REGISTER * bool(m.check_ins)
    ),
    Line(
        "home's page", "DynamoDB reads", f"1 link + {REGISTER + 0.5} register and changes + 2 batch", lambda m: m.opens * (3.5 + REGISTER)
    ),
    Line(
        "duty page",
        "DynamoDB reads",
        f"{REGISTER} register + {CHECK_INS} check-ins + 1 alerts + 2.5 tasks every 24th time",
        lambda m: m.polls * (REGISTER + CHECK_INS + 1 + 2.5 / 24),
    ),
    Line("staff acts", "DynamoDB reads", f"{REGISTER} register + 2", lambda m: m.staff_acts * (REGISTER + 2)),
    Line("sensor message", "DynamoDB reads", "1 strong", lambda m: m.heard),
    Line("gateway looked at", "DynamoDB reads", "2 strong, with 20 sensors", lambda m: 2 * m.looks),
    Line(
        "door opening",
        "DynamoDB reads",
        f"{STRONG} register, strong; in isolation + 1 changes + 1 announced + 1 day + 2.5 tasks",
        lambda m: m.door_opens * STRONG + m.alerts * 5.5,
    ),
    Line("alert told", "DynamoDB reads", f"{REGISTER} register + 1 robot + 1", lambda m: m.alerts * (REGISTER + 2)),
    Line(
        "visit",
        "DynamoDB reads",
        f"2 × {REGISTER + 0.5} register, entered and heard, + 3 tasks settled",
        lambda m: m.visits * (2 * REGISTER + 4),
    ),
    Line(
        "task",
        "DynamoDB reads",
        f"4 × {REGISTER + 0.5} register, told twice and acted on twice, + 14",
        lambda m: m.works * (4 * REGISTER + 16),
    ),
    Line(
        "ticket, beside its task",
        "DynamoDB reads",
        f"5.3 × {REGISTER + 0.5} register, reported, judged, read twice, photos, + 50",
        lambda m: m.tickets * (5.3 * (REGISTER + 0.5) + 50),
    ),
    Line("page of tickets", "DynamoDB reads", f"{REGISTER + 0.5} register + 6", lambda m: m.ticket_polls * (REGISTER + 6.5)),
    Line("letter, beside its task", "DynamoDB reads", "14 + 2 × 10 at the desk", lambda m: 34 * m.letters),
    Line(
        "parcel",
        "DynamoDB reads",
        f"{2 * PARCEL_SCANS} scans and looks × {REGISTER + 0.5} register, {PARCEL_SCANS} lists of 300, 4 times itself, told in one of three, 15 times counted",
        lambda m: m.parcels * (2 * PARCEL_SCANS * (REGISTER + 0.5) + PARCEL_SCANS * eventual(300 * 0.45) + 4 + (REGISTER + 2) / 3 + 1.7),
    ),
    Line(
        "place disinfected, or point of a patrol",
        "DynamoDB reads",
        f"2 × {REGISTER + 0.5} register, twice how it stands, itself, its tasks, + 2 a confirmed phone",
        lambda m: m.scanned * (2 * REGISTER + 7),
    ),
    Line("home's page where there are shelves", "DynamoDB reads", "2 its building's parcels", lambda m: 2 * m.opens * bool(m.parcels)),
    Line(
        "notice",
        "DynamoDB reads",
        f"4 × {REGISTER + 0.5} register, + 2 × {GROUPS} robot and hour, + 8",
        lambda m: m.notices * (4 * REGISTER + 2 * GROUPS + 10),
    ),
    Line("sweep", "DynamoDB reads", f"{MINUTES:,} × {SHARDS} queries × 0.5", lambda m: MINUTES * SHARDS * 0.5),
    Line(
        "audit",
        "DynamoDB reads",
        f"{HOURS} × ({AUDIT} a compound + 2.5) + 30 × gateways × 0.5",
        lambda m: HOURS * (2.5 + AUDIT * bool(m.check_ins)) + 15 * m.gateways,
    ),
    Line(
        "proof of the ledger", "DynamoDB reads", "30 nights × 1, and 2.3 a deed credited", lambda m: 30 * bool(m.check_ins) + 2.3 * m.deeds
    ),
    Line("deed credited, beside its record", "DynamoDB reads", "2 the day and the share + 2 cause and balance", lambda m: 4 * m.deeds),
    Line("forgetting, releasing", "DynamoDB reads", "30 × (14 days × 4 queries × 0.5 + 4)", lambda m: 960 * bool(m.check_ins)),
    Line("check-in", "DynamoDB writes", "1, in no index", lambda m: m.check_ins),
    Line("sensor message", "DynamoDB writes", "1", lambda m: m.heard),
    Line("gateway looked at", "DynamoDB writes", "1 + 2 in the due index", lambda m: 3 * m.looks),
    Line("thermometer's day put away", "DynamoDB writes", "6 (transaction)", lambda m: 6 * 30 * m.thermometers),
    Line("alert", "DynamoDB writes", "6 more (transaction) + 4 closing + 7 message + 4 acknowledged", lambda m: m.alerts * 21),
    Line("visit", "DynamoDB writes", "1", lambda m: m.visits),
    Line("task", "DynamoDB writes", "5 arisen + 3 climbed + 3 claimed + 5 closed + 2 × 7 messages + 1 delivered", lambda m: m.works * 31),
    Line("ticket, beside its task", "DynamoDB writes", "4 reported + 6 told and judged + 1.3 photos", lambda m: 11.3 * m.tickets),
    Line("letter, beside its task", "DynamoDB writes", "7 written + 2 judged + 5 answered", lambda m: 14 * m.letters),
    Line("place disinfected, or point of a patrol", "DynamoDB writes", "1", lambda m: m.scanned),
    Line(
        "parcel",
        "DynamoDB writes",
        "2 taken in + 2 carried + 3 shelved + 5 home + half a look of 3 + a third of a message of 7",
        lambda m: m.parcels * (13.5 + 7 / 3),
    ),
    Line(
        "notice",
        "DynamoDB writes",
        f"2 + {GROUPS} × (2 entered + 6 leased, sent and marked + 1 hour)",
        lambda m: m.notices * (2 + 9 * GROUPS),
    ),
    Line(
        "deed credited, beside its record",
        "DynamoDB writes",
        "10 entry, balance, line, day and share (transaction)",
        lambda m: 10 * m.deeds,
    ),
    Line("staff acts", "DynamoDB writes", "2", lambda m: 2 * m.staff_acts),
    Line("table", "DynamoDB storage", f"{KEPT_DAYS} days of check-ins", lambda m: m.stored_gb),
    Line("point-in-time recovery", "DynamoDB recovery", "the same", lambda m: m.stored_gb),
    Line("one polled queue, idle", "SQS", f"{POLLERS} a minute × {MINUTES:,}", lambda m: POLLERS * MINUTES),
    Line("sensor message", "SQS", "send, receive, delete", lambda m: 3 * m.heard),
    Line("word of a letter", "SQS", "2 × send, receive, delete", lambda m: 6 * m.letters),
    Line("gateways connected", "IoT minutes", f"gateways × {MINUTES:,}", lambda m: m.gateways * MINUTES),
    Line("sensor message", "IoT messages", "1", lambda m: m.heard),
    Line("rule and action", "IoT rules", "2 a message", lambda m: 2 * m.heard),
    Line(
        "pages, assets, API",
        "CloudFront requests",
        f"opens + {ASSETS} × first visits + API + 3 × photos",
        lambda m: m.opens + ASSETS * m.first_visits + m.api + m.looked_up + 3 * m.photos,
    ),
    Line(
        "pages, assets",
        "CloudFront functions",
        f"opens + {ASSETS} × first visits",
        lambda m: m.opens + ASSETS * m.first_visits + m.looked_up,
    ),
    Line("out to browsers", "CloudFront egress", "see “Sizes”", lambda m: m.egress_gb),
    Line("publishing", "S3 PUT", "50 objects × 4 releases", lambda m: 200 * bool(m.opens)),
    Line("photos sent and kept", "S3 PUT", "2 each", lambda m: 2 * m.photos),
    Line("photos looked at and seen", "S3 GET", "3 each", lambda m: 3 * m.photos),
    Line("photos", "S3 storage", "six months of them", lambda m: m.photos * PHOTO_MONTHS * PHOTO_KB / 2**20),
    Line("what the CDN had not kept", "S3 GET", "one page open in three", lambda m: m.opens / 3 + m.looked_up),
    Line("Lambda's own lines", "CloudWatch logs", f"{LOG_KB} KB a start", lambda m: m.starts * LOG_KB / 2**20),
    Line("dead letters, failed news, IoT errors", "CloudWatch alarms", "3", lambda m: 3),
    Line("staff who sign in", f"Cognito {STAFF_PLAN}", "1 each", lambda m: m.staff),
)
