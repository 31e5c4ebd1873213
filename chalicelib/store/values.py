"""Plain values ↔ DynamoDB's typed JSON (the AttributeValue of its API reference)."""

import base64
from typing import Any


def to_typed(item: dict[str, Any]) -> dict[str, Any]:
    """``{"n": 1}`` → ``{"n": {"N": "1"}}``. Members whose value is None are left out. TypeError for what would not survive, floats first."""
    return {name: _wrap(value) for name, value in item.items() if value is not None}


def from_typed(item: dict[str, Any]) -> dict[str, Any]:
    return {name: _unwrap(value) for name, value in item.items()}


def _wrap(value: Any) -> dict[str, Any]:
    match value:
        case bool():
            return {"BOOL": value}
        case str():
            return {"S": str(value)}
        case int():
            return {"N": str(value)}
        case bytes():
            return {"B": base64.b64encode(value).decode()}
        case list() | tuple():
            return {"L": [_wrap(each) for each in value]}
        case dict():
            return {"M": to_typed(value)}
    raise TypeError(f"cannot store a {type(value).__name__}")


def _unwrap(typed: dict[str, Any]) -> Any:
    ((kind, value),) = typed.items()
    match kind:
        case "S" | "BOOL":
            return value
        case "N":
            return int(value)
        case "B":
            return base64.b64decode(value)
        case "L":
            return [_unwrap(each) for each in value]
        case "M":
            return from_typed(value)
        case "NULL":
            return None
    raise TypeError(f"unknown attribute type {kind}")
