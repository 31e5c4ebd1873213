"""The way to a running local stack, for whoever works on it from outside: importing, publishing, tests, the bench."""

import json
import os
import socket
from collections.abc import Callable

from local import keys
from local.place import HERE, CannotRun, Place

CREDENTIALS = {"AWS_ACCESS_KEY_ID": "test", "AWS_SECRET_ACCESS_KEY": "test", "AWS_DEFAULT_REGION": "us-east-1", "AWS_REGION": "us-east-1"}


def environment(place: Place) -> dict[str, str]:
    """What points an SDK at this stack. The key is the stand-in's root caller; it is worth nothing anywhere else."""
    return {
        **CREDENTIALS,
        "AWS_ENDPOINT_URL": place.endpoint,
        "AWS_EC2_METADATA_DISABLED": "true",
        "SITE_URL": place.site,
        "WECOM_ORIGIN": f"{place.site}/local/wecom",
        "DINGTALK_ORIGIN": f"{place.site}/local/dingtalk",
        "FEISHU_ORIGIN": f"{place.site}/local/feishu",
        "CLOCK_FILE": str(place.clock_file),
    }


def join() -> Callable[[str], str]:
    """Point this process at the stack that is running; returns who has which password. CannotRun if none is."""
    place = Place.from_environment()
    try:
        ports = json.loads((place.root / "ports.json").read_text())
    except (OSError, ValueError):
        ports = {}
    with socket.socket() as probe:
        if not ports or probe.connect_ex((HERE, ports["aws"])):
            raise CannotRun(f"No stack is running on {place.root}. Start it with `make run`, and leave it running.")
    os.environ.update(environment(place))
    os.environ.pop("AWS_SESSION_TOKEN", None)
    return lambda username: keys.staff_password(place, username)
