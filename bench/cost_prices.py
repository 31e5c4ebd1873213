"""Unit prices, as the bill counts with them. See ``bench.cost``."""

from typing import NamedTuple


class Price(NamedTuple):
    """USD for ``per`` units, us-east-1. ``free`` units a month cost nothing for good (an allowance of the whole account)."""

    usd: float
    per: float
    shown: str
    free: float = 0


# ¹ read in public price listings in 2026; ² as generally published, not read there.
PRICES = {
    "API Gateway, REST": Price(3.50, 1e6, "3.50 / M ¹"),
    "Lambda requests": Price(0.20, 1e6, "0.20 / M ¹", 1e6),
    "Lambda GB-s": Price(0.0000133334, 1, "0.0000133334 ¹", 400_000),
    "DynamoDB reads": Price(0.125, 1e6, "0.125 / M ¹"),
    "DynamoDB writes": Price(0.625, 1e6, "0.625 / M ¹"),
    "DynamoDB storage": Price(0.25, 1, "0.25 / GB ¹", 25),
    "DynamoDB recovery": Price(0.20, 1, "0.20 / GB ²"),
    "SQS": Price(0.40, 1e6, "0.40 / M ¹", 1e6),
    "IoT minutes": Price(0.08, 1e6, "0.08 / M ¹"),
    "IoT messages": Price(1.00, 1e6, "1.00 / M ¹"),
    "IoT rules": Price(0.15, 1e6, "0.15 / M ²"),
    "CloudFront requests": Price(1.00, 1e6, "1.00 / M ²", 10e6),
    "CloudFront functions": Price(0.10, 1e6, "0.10 / M ¹", 2e6),
    "CloudFront egress": Price(0.085, 1, "0.085 / GB ¹", 1024),
    "S3 PUT": Price(5.00, 1e6, "5.00 / M ¹"),
    "S3 storage": Price(0.023, 1, "0.023 / GB ²"),
    "S3 GET": Price(0.40, 1e6, "0.40 / M ¹"),
    "CloudWatch logs": Price(0.50, 1, "0.50 / GB ¹", 5),
    "CloudWatch alarms": Price(0.10, 1, "0.10 each ¹", 10),
    "Cognito Lite": Price(0.0055, 1, "0.0055 each ²", 10_000),
    "Cognito Essentials": Price(0.015, 1, "0.015 each ²", 10_000),
}
