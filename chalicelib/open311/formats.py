"""Answers as the standard writes them: XML, or JSON without its outermost name; errors as a list. Pure."""

from typing import Any
from xml.sax.saxutils import escape

import msgspec

from chalicelib.shared.text import clean

JSON, XML = "application/json", "text/xml"
KINDS = {"json": JSON, "xml": XML}
_EACH = {
    "services": "service",
    "attributes": "attribute",
    "values": "value",
    "service_requests": "request",
    "endpoints": "endpoint",
    "formats": "format",
    "errors": "error",
}
"""What one of a list is called in XML."""


def split(name: str) -> tuple[str, str]:
    """``services.xml`` → ``services``, ``xml``; without a suffix of ours the second is ""."""
    stem, _, suffix = name.rpartition(".")
    return (stem, suffix) if suffix in KINDS else (name, "")


def written(suffix: str, name: str, value: Any) -> str:
    if suffix == "json":
        return msgspec.json.encode(value).decode()
    return f'<?xml version="1.0" encoding="utf-8"?>\n{_element(name, value)}'


def _element(name: str, value: Any) -> str:
    if isinstance(value, dict):
        inside = "".join(_element(each, part) for each, part in value.items())
    elif isinstance(value, list):
        inside = "".join(_element(_EACH[name], part) for part in value)
    else:
        inside = escape(clean(str(value)))  # what XML 1.0 has no character for is gone
    return f"<{name}>{inside}</{name}>"
