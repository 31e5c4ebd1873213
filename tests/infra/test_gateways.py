"""Gateways are registered whole or can be gone on with; a key is written once, for its owner alone; what was revoked stays so."""

import json
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import boto3
import pytest
from moto import mock_aws

from infra.devices import gateways

POLICY, THING = "nuanlin-test-device", "anheli-gw7"
STEPS = ("create_thing", "create_keys_and_certificate", "attach_policy", "attach_thing_principal", "update_certificate")


class Killed(Exception):
    pass


class Interrupted:
    """IoT, until a call of this name: then the process dies, before the call or after it."""

    def __init__(self, iot: Any, step: str, *, after: bool) -> None:
        self._iot, self._step, self._after = iot, step, after

    def __getattr__(self, name: str) -> Any:
        real = getattr(self._iot, name)
        if name != self._step:
            return real

        def killed(**arguments: Any) -> None:
            if self._after:
                real(**arguments)
            raise Killed

        return killed


@pytest.fixture
def iot(monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    with mock_aws():
        client = boto3.client("iot", region_name="us-east-1", aws_access_key_id="test", aws_secret_access_key="test")
        client.create_policy(policyName=POLICY, policyDocument=json.dumps({"Version": "2012-10-17", "Statement": []}))
        yield client


def register(iot: Any, folder: Path, **how: Any) -> bool:
    return gateways.register(iot, POLICY, THING, folder, **how)


def certificates(iot: Any) -> dict[str, str]:
    return {each["certificateArn"]: each["status"] for each in iot.list_certificates()["certificates"]}


def attached(iot: Any) -> list[str]:
    return list(iot.list_thing_principals(thingName=THING)["principals"])


def test_a_gateway_can_connect_and_its_files_are_its_owners_alone(iot: Any, tmp_path: Path) -> None:
    assert register(iot, tmp_path / "gw7") is True
    (arn,) = attached(iot)
    assert certificates(iot) == {arn: "ACTIVE"}
    assert [policy["policyName"] for policy in iot.list_attached_policies(target=arn)["policies"]] == [POLICY]
    assert sorted(file.name for file in (tmp_path / "gw7").iterdir()) == ["cert.pem", "certificate-arn", "key.pem"]
    assert {stat.S_IMODE(file.stat().st_mode) for file in (tmp_path / "gw7").iterdir()} == {0o600}
    assert stat.S_IMODE((tmp_path / "gw7").stat().st_mode) == 0o700
    assert "PRIVATE KEY" in (tmp_path / "gw7" / "key.pem").read_text()


def test_a_second_time_nothing_is_made(iot: Any, tmp_path: Path) -> None:
    register(iot, tmp_path)
    before = {file.name: file.read_text() for file in tmp_path.iterdir()}
    assert register(iot, tmp_path) is False
    assert {file.name: file.read_text() for file in tmp_path.iterdir()} == before
    assert len(certificates(iot)) == 1


def test_files_that_were_handed_over_are_not_made_twice_unless_wanted(iot: Any, tmp_path: Path) -> None:
    register(iot, tmp_path / "first")
    with pytest.raises(gateways.AlreadyRegistered):
        register(iot, tmp_path / "second")
    assert len(certificates(iot)) == 1
    assert register(iot, tmp_path / "second", again=True) is True
    assert len(attached(iot)) == 2


@pytest.mark.parametrize("after", [False, True], ids=["before", "after"])
@pytest.mark.parametrize("step", STEPS)
def test_wherever_it_was_interrupted_the_next_run_goes_on(iot: Any, tmp_path: Path, step: str, after: bool) -> None:
    with pytest.raises(Killed):
        register(Interrupted(iot, step, after=after), tmp_path)
    assert len([each for each in certificates(iot).values() if each == "ACTIVE"]) == (step == "update_certificate" and after)
    assert register(iot, tmp_path) is True
    (arn,) = attached(iot)
    assert [known for known, status in certificates(iot).items() if status == "ACTIVE"] == [arn]
    assert (tmp_path / "certificate-arn").read_text() == arn
    assert not (tmp_path / "unfinished").exists()


def test_what_the_owner_needs_is_there_before_the_certificate_works(iot: Any, tmp_path: Path) -> None:
    def full(folder: Path) -> None:
        raise OSError("the disk is full")

    with pytest.raises(OSError, match="full"):
        register(iot, tmp_path, hand_over=full)
    assert set(certificates(iot).values()) == {"INACTIVE"}
    assert register(iot, tmp_path, hand_over=lambda folder: None) is True


def test_a_revoked_gateway_has_nothing_left_and_is_never_let_in_again_by_its_old_files(iot: Any, tmp_path: Path) -> None:
    register(iot, tmp_path)
    (old,) = attached(iot)
    assert gateways.revoke(iot, THING) == 1
    assert (attached(iot), certificates(iot)[old]) == ([], "INACTIVE")
    assert iot.list_attached_policies(target=old)["policies"] == []
    assert gateways.revoke(iot, THING) == 0
    assert register(iot, tmp_path) is True
    (new,) = attached(iot)
    assert new != old and certificates(iot)[old] == "INACTIVE"


@pytest.mark.parametrize("step", ["update_certificate", "detach_policy", "detach_thing_principal"])
def test_revoking_that_was_interrupted_shuts_the_door_first_and_is_gone_on_with(iot: Any, tmp_path: Path, step: str) -> None:
    register(iot, tmp_path)
    with pytest.raises(Killed):
        gateways.revoke(Interrupted(iot, step, after=True), THING)
    assert set(certificates(iot).values()) == {"INACTIVE"}
    gateways.revoke(iot, THING)
    assert attached(iot) == []


def test_gateways_are_listed_by_compound_also_one_made_by_hand(iot: Any, tmp_path: Path) -> None:
    iot.create_thing(thingName="anheli-gw1", attributePayload={"attributes": {"made": "by-hand"}})
    for thing in ("anheli-gw1", THING, "qinghe-gw1"):
        gateways.register(iot, POLICY, thing, tmp_path / thing)
    gateways.revoke(iot, "anheli-gw1")
    assert gateways.of_compound(iot, "anheli") == [gateways.Gateway("anheli-gw1", 0), gateways.Gateway(THING, 1)]
