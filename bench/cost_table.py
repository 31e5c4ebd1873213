"""What the bill is made of: what 1,000 homes do in a month, and one line per thing that is charged. See ``bench.cost``."""

import math
from collections.abc import Callable
from typing import NamedTuple

# Sizes. tests/architecture/test_cost_doc.py measures the first three anew and fails where one has outgrown its figure here.
REGISTER_KB = 60  # of 1,000 homes, compressed; the sample's give 45, but its phone numbers count up and real ones do not
CHECK_IN_BYTES = 165  # one plain report as DynamoDB counts it
DUTY_KB, HOME_KB = 20.0, 1.0  # answers, gzipped, with headers
PAGE_KB, ASSET_KB, ASSETS = 5.5, 1.8, 12  # the resident's page and each asset it names, gzipped, with headers
LOG_KB = 0.35  # Lambda's own START, END and REPORT lines
KEPT_DAYS = 90  # of check-ins
MINUTES = 30 * 24 * 60
HOURS = 30 * 24
POLLERS = 5 * 3  # receives a minute of one idle queue: five pollers, 20 s long polling
SHARDS = 4  # of the due index, each asked at every sweep
STAFF_PLAN = "Lite"  # of the user pool, as the template says

# Memory in GB, and an assumed billed time in seconds: CPU measured on a laptop, slowed to the share of a processor that memory buys.
API_GB, WORKER_GB = 0.5, 0.25
CHECK_IN_S, HOME_S, DUTY_S, STAFF_S, WORKER_S = 0.02, 0.04, 0.15, 0.06, 0.025
COLD_STARTS, COLD_S = 2_000, 0.6


class Month(NamedTuple):
    """What 1,000 homes do in 30 days."""

    check_ins: int = 30_000
    opens: int = 30_000
    first_visits: int = 2_000
    screens: int = 1
    staff_acts: int = 3_000
    staff: int = 20
    gateways: int = 8
    thermometers: int = 0
    messages: int = 20_000
    door_opens: int = 3_000
    alerts: int = 600
    visits: int = 6_000
    tasks: int = 1_500

    @property
    def polls(self) -> int:
        """A duty page is open 12 hours a day and asks twice a minute."""
        return self.screens * 12 * 60 * 2 * 30

    @property
    def heard(self) -> int:
        """Sensor messages with the thermometers' readings, one each half hour."""
        return self.messages + self.thermometers * 48 * 30

    @property
    def looks(self) -> float:
        """Of gateways: as often as one of their sensors may have been silent for a day."""
        return self.gateways * 1.3 * 30

    @property
    def api(self) -> int:
        return self.check_ins + self.opens + self.polls + self.staff_acts + self.visits + 2 * self.tasks

    @property
    def records(self) -> float:
        """Batches of the table's stream, at worst one a record; what expires comes in full batches of 25."""
        return self.check_ins * (1 + 1 / 25) + self.heard + self.looks + 8 * self.alerts + self.visits + 7 * self.tasks

    @property
    def starts(self) -> float:
        return self.api + MINUTES + HOURS + self.heard + self.records

    @property
    def gb_seconds(self) -> float:
        api = (
            self.check_ins * CHECK_IN_S
            + self.opens * HOME_S
            + self.polls * DUTY_S
            + (self.staff_acts + self.visits + 2 * self.tasks) * STAFF_S
        )
        cold = COLD_STARTS * COLD_S if self.api else 0
        return API_GB * (api + cold) + WORKER_GB * WORKER_S * (self.starts - self.api)

    @property
    def stored_gb(self) -> float:
        """Check-ins with DynamoDB's overhead of 100 bytes an item; everything else is within 5 MB."""
        return (self.check_ins / 30 * KEPT_DAYS * (CHECK_IN_BYTES + 100) + (5e6 if self.check_ins else 0)) / 2**30

    @property
    def egress_gb(self) -> float:
        small = (self.opens + self.check_ins + self.staff_acts) * HOME_KB
        return (self.polls * DUTY_KB + small + self.opens * PAGE_KB + self.first_visits * ASSETS * ASSET_KB) / 2**20


IDLE = Month(*[0] * len(Month._fields))


def eventual(kb: float) -> float:
    """Read units of an eventually consistent read."""
    return math.ceil(kb / 4) / 2


REGISTER = eventual(REGISTER_KB)
STRONG = math.ceil(REGISTER_KB / 4)
CHECK_INS = eventual(1000 * CHECK_IN_BYTES / 1024)


AUDIT = REGISTER + 2 * CHECK_INS + 20  # and the last days' visits, tasks, alerts, messages


class Line(NamedTuple):
    what: str
    price: str
    formula: str
    quantity: Callable[[Month], float]


LINES = (
    Line("every call of the API", "API Gateway, REST", "check-ins + page opens + polls + staff acts + visits + 2 × tasks", lambda m: m.api),
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
        lambda m: m.tasks * (4 * REGISTER + 16),
    ),
    Line("sweep", "DynamoDB reads", f"{MINUTES:,} × {SHARDS} queries × 0.5", lambda m: MINUTES * SHARDS * 0.5),
    Line(
        "audit",
        "DynamoDB reads",
        f"{HOURS} × ({AUDIT} a compound + 2.5) + 30 × gateways × 0.5",
        lambda m: HOURS * (2.5 + AUDIT * bool(m.check_ins)) + 15 * m.gateways,
    ),
    Line("forgetting, releasing", "DynamoDB reads", "30 × (14 days × 4 queries × 0.5 + 4)", lambda m: 960 * bool(m.check_ins)),
    Line("check-in", "DynamoDB writes", "1, in no index", lambda m: m.check_ins),
    Line("sensor message", "DynamoDB writes", "1", lambda m: m.heard),
    Line("gateway looked at", "DynamoDB writes", "1 + 2 in the due index", lambda m: 3 * m.looks),
    Line("thermometer's day put away", "DynamoDB writes", "6 (transaction)", lambda m: 6 * 30 * m.thermometers),
    Line("alert", "DynamoDB writes", "6 more (transaction) + 4 closing + 7 message + 4 acknowledged", lambda m: m.alerts * 21),
    Line("visit", "DynamoDB writes", "1", lambda m: m.visits),
    Line("task", "DynamoDB writes", "5 arisen + 3 climbed + 3 claimed + 5 closed + 2 × 7 messages + 1 delivered", lambda m: m.tasks * 31),
    Line("staff acts", "DynamoDB writes", "2", lambda m: 2 * m.staff_acts),
    Line("table", "DynamoDB storage", f"{KEPT_DAYS} days of check-ins", lambda m: m.stored_gb),
    Line("point-in-time recovery", "DynamoDB recovery", "the same", lambda m: m.stored_gb),
    Line("one polled queue, idle", "SQS", f"{POLLERS} a minute × {MINUTES:,}", lambda m: POLLERS * MINUTES),
    Line("sensor message", "SQS", "send, receive, delete", lambda m: 3 * m.heard),
    Line("gateways connected", "IoT minutes", f"gateways × {MINUTES:,}", lambda m: m.gateways * MINUTES),
    Line("sensor message", "IoT messages", "1", lambda m: m.heard),
    Line("rule and action", "IoT rules", "2 a message", lambda m: 2 * m.heard),
    Line(
        "pages, assets, API",
        "CloudFront requests",
        f"opens + {ASSETS} × first visits + API",
        lambda m: m.opens + ASSETS * m.first_visits + m.api,
    ),
    Line("pages, assets", "CloudFront functions", f"opens + {ASSETS} × first visits", lambda m: m.opens + ASSETS * m.first_visits),
    Line("out to browsers", "CloudFront egress", "see “Sizes”", lambda m: m.egress_gb),
    Line("publishing", "S3 PUT", "50 objects × 4 releases", lambda m: 200 * bool(m.opens)),
    Line("what the CDN had not kept", "S3 GET", "one page open in three", lambda m: m.opens / 3),
    Line("Lambda's own lines", "CloudWatch logs", f"{LOG_KB} KB a start", lambda m: m.starts * LOG_KB / 2**20),
    Line("dead letters, failed news, IoT errors", "CloudWatch alarms", "3", lambda m: 3),
    Line("staff who sign in", f"Cognito {STAFF_PLAN}", "1 each", lambda m: m.staff),
)
