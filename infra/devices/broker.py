"""The MQTT broker of a stage."""

from pathlib import Path
from typing import Any

from infra.devices.ready import Broker

AMAZON = Path(__file__).with_name("AmazonRootCA1.pem")
PORT = 8883


def of_stage(stage: str, iot: Any) -> Broker:
    """AWS IoT's own endpoint; on this computer the stand-in's."""
    if stage == "local":
        from local import devices, place  # only where there is a local stack

        known = devices.broker(place.Place.from_environment())
        return Broker(known["host"], known["port"], Path(known["ca"]).read_text())
    endpoint = iot.describe_endpoint(endpointType="iot:Data-ATS")["endpointAddress"]
    return Broker(endpoint, PORT, AMAZON.read_text())
