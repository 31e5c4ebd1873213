"""PARTIAL_BATCH is written only after the flag was read back."""
# ruff: noqa: N803 the arguments' names are boto3's

from typing import Any

import pytest

from infra import mappings

QUEUE = "arn:aws:sqs:us-east-1:000000000000:nuanlin-test-sensors"
STREAM = "arn:aws:dynamodb:us-east-1:000000000000:table/nuanlin-test/stream/1"


class Lambda:
    """One mapping of one function; ``deaf`` takes no flag, ``slow`` takes it after some looks."""

    def __init__(self, source: str, *, deaf: bool = False, slow: int = 0, start: str = "TRIM_HORIZON") -> None:
        self.mapping: dict[str, Any] = {"UUID": "1", "EventSourceArn": source, "State": "Enabled", "StartingPosition": start}
        self.deaf, self.slow = deaf, slow
        self.variables: dict[str, str] = {"STAGE": "test"}

    def list_event_source_mappings(self, FunctionName: str) -> dict[str, Any]:
        return {"EventSourceMappings": [dict(self.mapping)]}

    def update_event_source_mapping(self, UUID: str, **wanted: Any) -> None:
        if not self.deaf:
            self.mapping |= wanted

    def get_event_source_mapping(self, UUID: str) -> dict[str, Any]:
        self.slow -= 1
        return {**self.mapping, "State": "Updating"} if self.slow >= 0 else dict(self.mapping)

    def get_function_configuration(self, FunctionName: str) -> dict[str, Any]:
        return {"Environment": {"Variables": dict(self.variables)}, "LastUpdateStatus": "Successful"}

    def update_function_configuration(self, FunctionName: str, Environment: dict[str, Any]) -> None:
        if not self.deaf:
            self.variables = Environment["Variables"]


def test_a_queue_takes_the_flag_and_is_named() -> None:
    client = Lambda(QUEUE, slow=2)
    assert mappings.set_flags(client, ["f"], poll_seconds=0) == ["f"]
    assert client.mapping["FunctionResponseTypes"] == ["ReportBatchItemFailures"]
    assert mappings.flags_stand(client, ["f"])


def test_a_stream_gets_its_limits_and_no_variable() -> None:
    client = Lambda(STREAM)
    assert mappings.set_flags(client, ["f"], poll_seconds=0) == []
    assert client.mapping["MaximumRetryAttempts"] == 10


def test_a_mapping_that_does_not_take_the_flag_stops_the_deploy() -> None:
    client = Lambda(QUEUE, deaf=True)
    with pytest.raises(mappings.MappingRefused, match="PARTIAL_BATCH stays off"):
        mappings.set_flags(client, ["f"], poll_seconds=0)
    assert not mappings.flags_stand(client, ["f"])


def test_a_stream_read_from_its_end_stops_the_deploy() -> None:
    with pytest.raises(mappings.MappingRefused, match="must be TRIM_HORIZON"):
        mappings.set_flags(Lambda(STREAM, start="LATEST"), ["f"], poll_seconds=0)


def test_variables_are_merged_and_read_back() -> None:
    client = Lambda(QUEUE)
    mappings.set_variables(client, "f", {"PARTIAL_BATCH": "1"})
    assert client.variables == {"STAGE": "test", "PARTIAL_BATCH": "1"}
    client.deaf = True
    with pytest.raises(mappings.MappingRefused, match="did not take"):
        mappings.set_variables(client, "f", {"PARTIAL_BATCH": "0"})
