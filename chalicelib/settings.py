"""The only reader of the environment. What is missing is named all at once, before anything is touched."""

import os
from collections.abc import Mapping

import msgspec

REQUIRED = ("STAGE", "TABLE", "SENSORS_QUEUE", "STREAM_ARN", "POOL_ARN")


class MissingSettings(Exception):
    """Names every variable that is not there."""


class Settings(msgspec.Struct, frozen=True):
    stage: str
    table: str
    sensors_queue: str
    sensors_queue_url: str
    stream_arn: str
    pool_arn: str
    pool_client_id: str
    failed_news_queue_url: str
    site_url: str
    photos_bucket: str
    partial_batch: bool
    clock_file: str
    wecom_origin: str
    dingtalk_origin: str
    feishu_origin: str
    mail_from: str
    site_bucket: str
    heartbeat_url: str
    region: str
    endpoint: str


def read(env: Mapping[str, str] = os.environ) -> Settings:
    """MissingSettings lists what is not set. A clock file counts in stage ``local`` only."""
    missing = [name for name in REQUIRED if not env.get(name)]
    if missing:
        raise MissingSettings("not set: " + ", ".join(missing))
    return Settings(
        stage=env["STAGE"],
        table=env["TABLE"],
        sensors_queue=env["SENSORS_QUEUE"],
        sensors_queue_url=env.get("SENSORS_QUEUE_URL", ""),
        stream_arn=env["STREAM_ARN"],
        pool_arn=env["POOL_ARN"],
        pool_client_id=env.get("POOL_CLIENT_ID", ""),
        failed_news_queue_url=env.get("FAILED_NEWS_QUEUE_URL", ""),
        site_url=env.get("SITE_URL", "").rstrip("/"),
        photos_bucket=env.get("PHOTOS_BUCKET", ""),
        partial_batch=env.get("PARTIAL_BATCH") == "1",
        clock_file=env.get("CLOCK_FILE", "") if env["STAGE"] == "local" else "",
        wecom_origin=env.get("WECOM_ORIGIN", "https://qyapi.weixin.qq.com").rstrip("/"),
        dingtalk_origin=env.get("DINGTALK_ORIGIN", "https://oapi.dingtalk.com").rstrip("/"),
        feishu_origin=env.get("FEISHU_ORIGIN", "https://open.feishu.cn").rstrip("/"),
        mail_from=env.get("MAIL_FROM", ""),
        site_bucket=env.get("SITE_BUCKET", ""),
        heartbeat_url=env.get("HEARTBEAT_URL", ""),
        region=env.get("AWS_REGION") or env.get("AWS_DEFAULT_REGION", "us-east-1"),
        endpoint=env.get("AWS_ENDPOINT_URL", ""),
    )


def credentials(env: Mapping[str, str] = os.environ) -> tuple[str, str, str] | None:
    """Access key, secret and session token of the environment, as Lambda provides them, or None."""
    if not env.get("AWS_ACCESS_KEY_ID"):
        return None
    return env["AWS_ACCESS_KEY_ID"], env.get("AWS_SECRET_ACCESS_KEY", ""), env.get("AWS_SESSION_TOKEN", "")
