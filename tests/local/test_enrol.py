"""An installer enrols a gateway with the program that is handed to her, against the broker: once, and only what is awaited."""

import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from bench.storm.__main__ import place_of
from chalicelib.store.contract import Store
from infra.devices import installer
from infra.devices.ready import Broker
from tests.local.conftest import connected
from tests.stack import LocalStack, until

SOON = timedelta(hours=1)


@pytest.fixture
def store(local_stack: LocalStack) -> Store:
    local_stack.set_clock(None)
    return place_of(local_stack).store


@pytest.fixture
def kit(local_stack: LocalStack, tmp_path: Path) -> Iterator[Path]:
    """What the installer carries."""
    known = local_stack.run["mqtt"]
    folder = tmp_path / "job"
    installer.equip(local_stack.client("iot"), "local", Broker(known["host"], known["port"], Path(known["ca"]).read_text()), folder)
    yield folder
    installer.dismiss(local_stack.client("iot"), "local")


def enrol(kit: Path, thing: str, code: str, folder: Path) -> "subprocess.CompletedProcess[str]":
    command = [sys.executable, str(kit / "enrol.py"), thing, code, str(folder)]
    return subprocess.run(command, capture_output=True, text=True, timeout=90, check=False)


def awaited(store: Store, thing: str) -> str:
    return installer.announce(store, thing, datetime.now(UTC) + SOON)


def as_device(thing: str, folder: Path) -> dict[str, Any]:
    return {"thing": thing, "cert": str(folder / "cert.pem"), "key": str(folder / "key.pem")}


def test_an_awaited_gateway_is_enrolled_and_speaks_in_its_own_name(
    local_stack: LocalStack, store: Store, kit: Path, tmp_path: Path
) -> None:
    code, folder = awaited(store, "anheli-e1"), tmp_path / "gateway"
    done = enrol(kit, "anheli-e1", code, folder)
    assert done.returncode == 0, done.stdout + done.stderr
    assert all(file.stat().st_mode & 0o077 == 0 for file in folder.iterdir())
    assert {"ca.pem", "cert.pem", "key.pem", "mosquitto.conf", "zigbee2mqtt.yaml"} <= {file.name for file in folder.iterdir()}
    assert f"{folder}/key.pem" in (folder / "mosquitto.conf").read_text() and not (folder / "pending.json").exists()
    with connected(local_stack, as_device("anheli-e1", folder)) as client:
        assert until(client.is_connected)
        client.publish("care/anheli-e1/zigbee2mqtt/bridge/state", '{"state":"online"}', qos=1).wait_for_publish(10)
        assert client.is_connected()
    described = local_stack.client("iot").describe_thing(thingName="anheli-e1")
    assert described["attributes"] == {"compound": "anheli"}


def test_a_code_is_good_for_one_certificate_and_for_its_own_gateway(store: Store, kit: Path, tmp_path: Path) -> None:
    code = awaited(store, "anheli-e2")
    assert enrol(kit, "anheli-e3", code, tmp_path / "a").returncode == 1
    assert enrol(kit, "anheli-e2", code[:-1] + "?", tmp_path / "b").returncode == 1
    assert enrol(kit, "anheli-e2", code, tmp_path / "c").returncode == 0
    second = enrol(kit, "anheli-e2", code, tmp_path / "d")
    assert second.returncode == 1 and "good once" in second.stderr
    assert [file.name for file in (tmp_path / "d").iterdir()] == []


def test_an_interrupted_enrolment_is_gone_on_with(store: Store, kit: Path, tmp_path: Path) -> None:
    """The program was killed after AWS had made the thing and before the files were in place: the same words again finish it."""
    code, folder = awaited(store, "anheli-e4"), tmp_path / "gateway"
    program = (kit / "enrol.py").read_text()
    (kit / "enrol.py").write_text(
        program.replace("    for name, member in NAMES.items():", "    os._exit(9)\n    for name, member in NAMES.items():")
    )
    assert enrol(kit, "anheli-e4", code, folder).returncode == 9
    (kit / "enrol.py").write_text(program)
    done = enrol(kit, "anheli-e4", code, folder)
    assert done.returncode == 0, done.stdout + done.stderr
    assert (folder / "key.pem").exists()


@pytest.mark.parametrize(
    ("client_id", "topic"),
    [
        ("nuanlin-local-installer-x", "care/anheli-gw1/zigbee2mqtt/door-1-603"),
        ("nuanlin-local-installer-x", "$aws/provisioning-templates/another/provision/json"),
        ("nuanlin-local-installer-x", "$aws/events/presence/connected/anheli-gw1"),
        ("anheli-gw1", ""),
        ("somebody", ""),
    ],
)
def test_an_installers_certificate_is_good_for_nothing_else(local_stack: LocalStack, kit: Path, client_id: str, topic: str) -> None:
    own = {"thing": client_id, "cert": str(kit / "installer.pem"), "key": str(kit / "installer.key")}
    with connected(local_stack, own) as client:
        assert bool(until(client.is_connected, within=3)) is bool(topic)
        if topic:
            client.publish(topic, "{}", qos=1)
            assert until(lambda: not client.is_connected())


def test_after_the_job_the_kit_opens_nothing(local_stack: LocalStack, store: Store, kit: Path, tmp_path: Path) -> None:
    code = awaited(store, "anheli-e5")
    assert installer.dismiss(local_stack.client("iot"), "local") >= 1
    (kit / "enrol.py").write_text((kit / "enrol.py").read_text().replace("SECONDS = 30", "SECONDS = 3"))
    assert enrol(kit, "anheli-e5", code, tmp_path / "gateway").returncode == 1
