"""How often a second anybody may ask what costs queries and needs no key; beyond it API Gateway answers 429 by itself.

The CDN answers a question of Open311 that was asked within the minute; this holds for whoever asks another one each time, and at a sign.
"""

from typing import Any

PATHS = ("/open311/v2/{what}", "/open311/v2/{what}/{name}", "/api/places/{place}", "/api/places/{place}/disinfections")
RATE, BURST = 20, 60
"""A page of requests is five queries at most."""


def as_settings() -> list[dict[str, Any]]:
    """As a template's stage has them."""
    limits = {"ThrottlingRateLimit": RATE, "ThrottlingBurstLimit": BURST}
    return [{"HttpMethod": "GET", "ResourcePath": _escaped(path), **limits} for path in PATHS]


def put(client: Any, rest_api: str, api_stage: str) -> None:
    limits = {"rateLimit": RATE, "burstLimit": BURST}
    patches = [
        {"op": "replace", "path": f"{_escaped(path)}/GET/throttling/{name}", "value": str(value)}
        for path in PATHS
        for name, value in limits.items()
    ]
    client.update_stage(restApiId=rest_api, stageName=api_stage, patchOperations=patches)


def _escaped(path: str) -> str:
    """The path's own slashes, told from those of the setting's name."""
    return "/" + path.replace("/", "~1")
