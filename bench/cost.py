"""What a month costs per 1,000 homes at list price: every line is a counted quantity times a unit price.

    python -m bench.cost            print the tables that docs/cost.md holds
    python -m bench.cost --write    bring docs/cost.md up to date
"""

import math
import sys
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

PAGE = Path(__file__).parent.parent / "docs" / "cost.md"
BEGIN, END = "<!-- tables: python -m bench.cost --write -->\n", "<!-- end of tables -->\n"
TARGET, IDLE_TARGET = 1.50, 0.60

# Sizes. tests/architecture/test_cost_doc.py measures the first three anew and fails where one has outgrown its figure here.
REGISTER_KB = 60  # of 1,000 homes, compressed; the sample's 240 homes give 45, but its phone numbers count up and real ones do not
CHECK_IN_BYTES = 240  # one plain report as DynamoDB counts it
DUTY_KB, HOME_KB = 20.0, 1.0  # answers, gzipped, with headers
PAGE_KB, ASSET_KB, ASSETS = 5.5, 1.8, 14  # the resident's page and each asset it names, gzipped, with headers
LOG_KB = 0.35  # Lambda's own START, END and REPORT lines
KEPT_DAYS = 90  # of check-ins
MINUTES = 30 * 24 * 60
POLLERS = 5 * 3  # receives a minute of one idle queue: five pollers, 20 s long polling
SHARDS = 4  # of the due index, each asked at every sweep
STAFF_PLAN = "Essentials"  # of the user pool: what AWS takes where the template names none

# Memory in GB, and an assumed billed time in seconds: CPU measured on a laptop, slowed to the share of a processor that memory buys.
API_GB, WORKER_GB = 0.5, 0.25
CHECK_IN_S, HOME_S, DUTY_S, STAFF_S, WORKER_S = 0.02, 0.04, 0.15, 0.06, 0.025
COLD_STARTS, COLD_S = 2_000, 0.6


class Month(NamedTuple):
    """What 1,000 homes do in 30 days."""

    check_ins: int = 30_000  # every home once a day: more than owe one
    opens: int = 30_000  # of a home's page
    first_visits: int = 2_000  # with nothing kept in the browser: each home after two releases
    screens: int = 1  # duty pages, open 12 h a day, asking twice a minute
    staff_acts: int = 3_000  # calls noted, alerts taken on, openings announced, cards, sign-ins
    staff: int = 20  # who sign in at all
    gateways: int = 8  # connected day and night
    messages: int = 20_000  # from 20 door sensors: battery and state reports, edges among them
    door_opens: int = 3_000  # and as many closings
    alerts: int = 600  # openings nothing explains

    @property
    def polls(self) -> int:
        return self.screens * 12 * 60 * 2 * 30

    @property
    def api(self) -> int:
        return self.check_ins + self.opens + self.polls + self.staff_acts


IDLE = Month(0, 0, 0, 0, 0, 0, 0, 0, 0, 0)

# USD per so many units, us-east-1. ¹ from the price sources read in 2026; ² as generally published, not re-read there.
PRICES: dict[str, tuple[float, float, str]] = {
    "API Gateway, REST": (3.50, 1e6, "3.50 / M ¹"),
    "Lambda requests": (0.20, 1e6, "0.20 / M ¹"),
    "Lambda GB-s": (0.0000133334, 1, "0.0000133334 arm64 ¹"),
    "DynamoDB reads": (0.125, 1e6, "0.125 / M ¹"),
    "DynamoDB writes": (0.625, 1e6, "0.625 / M ¹"),
    "DynamoDB storage": (0.25, 1, "0.25 / GB ²"),
    "DynamoDB recovery": (0.20, 1, "0.20 / GB ²"),
    "SQS": (0.40, 1e6, "0.40 / M ¹"),
    "IoT minutes": (0.08, 1e6, "0.08 / M ¹"),
    "IoT messages": (1.00, 1e6, "1.00 / M ¹"),
    "IoT rules": (0.15, 1e6, "0.15 / M ²"),
    "CloudFront requests": (1.00, 1e6, "0.010 / 10 k ²"),
    "CloudFront functions": (0.10, 1e6, "0.10 / M ¹"),
    "CloudFront egress": (0.085, 1, "0.085 / GB ¹"),
    "S3 PUT": (5.00, 1e6, "0.005 / k ¹"),
    "S3 GET": (0.40, 1e6, "0.0004 / k ¹"),
    "CloudWatch logs": (0.50, 1, "0.50 / GB ¹"),
    "CloudWatch alarms": (0.10, 1, "0.10 each ¹"),
    "Cognito Lite": (0.0055, 1, "0.0055 each ²"),
    "Cognito Essentials": (0.015, 1, "0.015 each ²"),
}


class Line(NamedTuple):
    what: str
    price: str
    formula: str
    quantity: Callable[[Month], float]


def eventual(kb: float) -> float:
    """Read units of an eventually consistent read."""
    return math.ceil(kb / 4) / 2


REGISTER = eventual(REGISTER_KB)
REGISTER_STRONG = math.ceil(REGISTER_KB / 4)
CHECK_INS = eventual(1000 * CHECK_IN_BYTES / 1024)
LINES = (
    Line("every call of the API", "API Gateway, REST", "check-ins + page opens + polls + staff acts", lambda m: m.api),
    Line(
        "every function started",
        "Lambda requests",
        "API + sweeps + sensor messages + one a stream record (check-in, 2 × door opens, 5 × alerts) + expiry in batches of 25",
        lambda m: started(m),
    ),
    Line("their time", "Lambda GB-s", "0.5 GB × (0.02 s check-in, 0.04 s home, 0.15 s duty, 0.06 s staff), 0.25 GB × 0.025 s else, cold starts", lambda m: seconds(m)),
    Line("reads: check-in", "DynamoDB reads", "1 link, strong", lambda m: m.check_ins),
    Line("reads: a home's page", "DynamoDB reads", f"1 link + {REGISTER} register + 2 batch", lambda m: m.opens * (3 + REGISTER)),
    Line("reads: duty page", "DynamoDB reads", f"polls × ({REGISTER} register + {CHECK_INS} check-ins + 1 alerts)", lambda m: m.polls * (REGISTER + CHECK_INS + 1)),
    Line("reads: staff acts", "DynamoDB reads", f"{REGISTER} register + 2", lambda m: m.staff_acts * (REGISTER + 2)),
    Line("reads: policy", "DynamoDB reads", f"3 workers × 6 an hour × {REGISTER}", lambda m: 3 * MINUTES / 10 * REGISTER if m.check_ins else 0),
    Line(
        "reads: doors",
        "DynamoDB reads",
        f"1 a message, {REGISTER_STRONG} + 1 an opening, {REGISTER} + 2 an alert",
        lambda m: m.messages + m.door_opens * (REGISTER_STRONG + 1) + m.alerts * (REGISTER + 2),
    ),
    Line("reads: sweep", "DynamoDB reads", f"{MINUTES:,} × {SHARDS} queries × 0.5", lambda _: MINUTES * SHARDS * 0.5),
    Line("writes: check-ins", "DynamoDB writes", "1 each, in no index", lambda m: m.check_ins),
    Line(
        "writes: doors and alerts",
        "DynamoDB writes",
        "1 an edge; an alert 3 more (transaction) + 8 (message, due index, robot's minute) + 4 (acknowledged)",
        lambda m: 2 * m.door_opens + m.alerts * 15,
    ),
    Line("writes: staff acts", "DynamoDB writes", "2 each", lambda m: 2 * m.staff_acts),
    Line("table", "DynamoDB storage", f"{KEPT_DAYS} days of check-ins, 100 B overhead each, + 5 MB", lambda m: stored(m)),
    Line("point-in-time recovery", "DynamoDB recovery", "the same", lambda m: stored(m)),
    Line("idle polling, one queue", "SQS", f"{POLLERS} a minute × {MINUTES:,}", lambda _: POLLERS * MINUTES),
    Line("sensor messages", "SQS", "send, receive, delete", lambda m: 3 * m.messages),
    Line("gateways connected", "IoT minutes", f"gateways × {MINUTES:,}", lambda m: m.gateways * MINUTES),
    Line("sensor messages", "IoT messages", "1 each", lambda m: m.messages),
    Line("rule and action", "IoT rules", "2 each", lambda m: 2 * m.messages),
    Line("pages, assets and API", "CloudFront requests", f"page opens + {ASSETS} × first visits + API", lambda m: m.opens + ASSETS * m.first_visits + m.api),
    Line("pages and assets", "CloudFront functions", "the same without the API", lambda m: m.opens + ASSETS * m.first_visits),
    Line("out to browsers", "CloudFront egress", "duty 20 KB, page 5.5, asset 1.8, home's answer and others 1", lambda m: egress(m)),
    Line("publishing", "S3 PUT", "50 objects × 4 releases", lambda m: 200 if m.opens else 0),
    Line("what the CDN had not kept", "S3 GET", "one in three pages", lambda m: m.opens / 3),
    Line("Lambda's own lines", "CloudWatch logs", f"{LOG_KB} KB a start", lambda m: started(m) * LOG_KB / 2**20),
    Line("dead letters, failed news, IoT errors", "CloudWatch alarms", "3", lambda _: 3),
    Line("staff who sign in", f"Cognito {STAFF_PLAN}", "1 each", lambda m: m.staff),
)


def started(m: Month) -> float:
    records = m.check_ins * (1 + 1 / 25) + 2 * m.door_opens + 5 * m.alerts
    return m.api + MINUTES + m.messages + records


def seconds(m: Month) -> float:
    api = m.check_ins * CHECK_IN_S + m.opens * HOME_S + m.polls * DUTY_S + m.staff_acts * STAFF_S
    cold = COLD_STARTS * COLD_S if m.api else 0
    return API_GB * (api + cold) + WORKER_GB * WORKER_S * (started(m) - m.api)


def stored(m: Month) -> float:
    """GB."""
    return (m.check_ins / 30 * KEPT_DAYS * (CHECK_IN_BYTES + 100) + (5e6 if m.check_ins else 0)) / 2**30


def egress(m: Month) -> float:
    """GB."""
    kb = m.polls * DUTY_KB + m.opens * (PAGE_KB + HOME_KB) + m.first_visits * ASSETS * ASSET_KB + (m.check_ins + m.staff_acts) * HOME_KB
    return kb / 2**20


def cost(line: Line, m: Month) -> float:
    amount, per, _ = PRICES[line.price]
    return line.quantity(m) * amount / per


def total(m: Month) -> float:
    return sum(cost(line, m) for line in LINES)


if __name__ == "__main__":
    for line in LINES:
        print(f"{line.what:40} {line.quantity(Month()):14,.1f} {cost(line, Month()):8.4f} {cost(line, IDLE):8.4f}")
    print(total(Month()), total(IDLE))
