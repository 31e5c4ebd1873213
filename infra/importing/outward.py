"""The row of the policy table that opens a compound to Open311: where on the map it is."""

import re

from infra.importing.faults import Bad
from infra.importing.text import plain

_POINT = re.compile(r"(-?\d{1,2}(?:\.\d{1,6})?)[,， ]+(-?\d{1,3}(?:\.\d{1,6})?)")


def point(text: str) -> tuple[float, float]:
    """``30.2741,120.1551``: latitude and longitude in degrees."""
    found = _POINT.fullmatch(plain(text))
    if found is None or abs(float(found[1])) > 90 or abs(float(found[2])) > 180:
        raise Bad("位置要写成纬度,经度，比如 30.27,120.15。", "A place on the map is written latitude,longitude: 30.27,120.15.")
    return float(found[1]), float(found[2])
