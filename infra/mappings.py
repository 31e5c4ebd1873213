"""What Chalice cannot say of an event mapping, set and read back.

A handler's list of failed messages counts only where the mapping carries ``ReportBatchItemFailures``; elsewhere Lambda ignores it
and deletes the whole batch: messages are lost, and nothing tells. Chalice has no word for the flag. So a handler answers with
that list only while its variable PARTIAL_BATCH is "1", and the variable is written here, after the flag was read back.
"""

import time
from typing import Any

QUEUE_FLAG = {"FunctionResponseTypes": ["ReportBatchItemFailures"]}
STREAM_LIMITS = {"MaximumRetryAttempts": 10, "BisectBatchOnFunctionError": True}
ATTEMPTS = 60


class MappingRefused(Exception):
    """One sentence: which mapping did not take what it was told."""


def set_flags(client: Any, functions: list[str], poll_seconds: float = 2) -> list[str]:
    """Set and verify every mapping of these functions; returns the functions whose queue now takes partial answers."""
    partial = []
    for function in functions:
        for mapping in client.list_event_source_mappings(FunctionName=function)["EventSourceMappings"]:
            from_queue = ":sqs:" in mapping["EventSourceArn"]
            wanted = QUEUE_FLAG if from_queue else STREAM_LIMITS
            if not _carries(mapping, wanted):
                client.update_event_source_mapping(UUID=mapping["UUID"], **wanted)
            _verify(client, mapping["UUID"], wanted, function, poll_seconds)
            if not from_queue:
                _refuse_latest(mapping, function)
            if from_queue:
                partial.append(function)
    return partial


def flags_stand(client: Any, functions: list[str]) -> bool:
    """Whether every mapping of these functions is there, enabled, and still carries what was set."""
    for function in functions:
        for mapping in client.list_event_source_mappings(FunctionName=function)["EventSourceMappings"]:
            wanted = QUEUE_FLAG if ":sqs:" in mapping["EventSourceArn"] else STREAM_LIMITS
            if not _carries(mapping, wanted) or mapping.get("State") != "Enabled":
                return False
    return True


def set_variables(client: Any, function: str, variables: dict[str, str]) -> None:
    """Merge variables into a function's environment, wait, and read them back."""
    current = client.get_function_configuration(FunctionName=function).get("Environment", {}).get("Variables", {})
    if all(current.get(key) == value for key, value in variables.items()):
        return
    client.update_function_configuration(FunctionName=function, Environment={"Variables": {**current, **variables}})
    for _ in range(ATTEMPTS):
        now = client.get_function_configuration(FunctionName=function)
        if now.get("LastUpdateStatus") != "InProgress":
            break
        time.sleep(1)
    found = now.get("Environment", {}).get("Variables", {})
    if any(found.get(key) != value for key, value in variables.items()):
        raise MappingRefused(f"{function} did not take its variables {', '.join(sorted(variables))}.")


def _verify(client: Any, uuid: str, wanted: dict[str, Any], function: str, poll_seconds: float) -> None:
    for _ in range(ATTEMPTS):
        mapping = client.get_event_source_mapping(UUID=uuid)
        if mapping["State"] == "Enabled" and _carries(mapping, wanted):
            return
        time.sleep(poll_seconds)
    raise MappingRefused(f"The event mapping of {function} did not take {', '.join(wanted)}; PARTIAL_BATCH stays off, so nothing is lost.")


def _carries(mapping: dict[str, Any], wanted: dict[str, Any]) -> bool:
    return all(mapping.get(key) == value for key, value in wanted.items())


def _refuse_latest(mapping: dict[str, Any], function: str) -> None:
    """From LATEST, what is saved between two deploys could go unnoticed."""
    if mapping.get("StartingPosition", "TRIM_HORIZON") != "TRIM_HORIZON":
        raise MappingRefused(f"{function} reads the table's stream from {mapping['StartingPosition']}; it must be TRIM_HORIZON.")
