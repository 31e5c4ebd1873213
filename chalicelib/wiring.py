"""What the system stands on, built once per cold start and only when asked for. The only caller of boto3."""

from functools import cache
from pathlib import Path
from typing import Any

from chalicelib import settings as environment
from chalicelib.settings import Settings
from chalicelib.shared.clock import Clock, FileClock, RealClock
from chalicelib.store.bucket import Bucket, S3Bucket
from chalicelib.store.contract import Store
from chalicelib.store.dynamo import DynamoStore
from chalicelib.store.letter_keys import letters_table
from chalicelib.wire import Credentials, Service


@cache
def settings() -> Settings:
    return environment.read()


@cache
def clock() -> Clock:
    path = settings().clock_file
    return FileClock(Path(path)) if path else RealClock()


@cache
def store() -> Store:
    return DynamoStore(service("dynamodb", "DynamoDB_20120810"), settings().table)


@cache
def letters() -> Store:
    """The mailbox's own table; only its function may read it."""
    return DynamoStore(service("dynamodb", "DynamoDB_20120810"), letters_table(settings().table))


@cache
def photos() -> Bucket:
    """What people photograph of what is wrong."""
    return S3Bucket(settings().photos_bucket, settings().region, credentials, settings().endpoint)


@cache
def service(name: str, target: str) -> Service:
    """A lean signed client; see ``chalicelib.wire``."""
    return Service(name, target, settings().region, credentials, settings().endpoint)


def credentials() -> Credentials:
    """The environment's, as on Lambda; else whatever the SDK finds on this machine, refreshed when it runs out."""
    found = environment.credentials()
    if found:
        return Credentials(*found)
    frozen = _session().get_credentials().get_frozen_credentials()
    return Credentials(frozen.access_key, frozen.secret_key, frozen.token or "")


@cache
def client(name: str) -> Any:
    """A boto3 client, for everything off the hot path. Imported here, when first needed."""
    return _session().client(name)


@cache
def one_shot(name: str) -> Any:
    """A boto3 client that asks once and gives up soon: what is sent twice is worse than what is sent late, and the ledger tries again."""
    from botocore.config import Config

    return _session().client(name, config=Config(connect_timeout=3, read_timeout=6, retries={"total_max_attempts": 1}))


@cache
def _session() -> Any:
    import boto3

    return boto3.Session()


def reset() -> None:
    """Forget everything built: for tests that change the environment."""
    for built in (settings, clock, store, letters, photos, service, client, one_shot, _session):
        built.cache_clear()
