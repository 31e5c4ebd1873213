"""``make device``: gateways and sensors a row at a time, against IoT as moto plays it and a store in memory."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import boto3
import pytest
from moto import mock_aws

from chalicelib.register.records import to_item
from chalicelib.register.rules import Device
from chalicelib.sensors import records
from chalicelib.sensors.admission import admit
from chalicelib.sensors.gateways import gateway
from chalicelib.sensors.rules import Sensor
from chalicelib.shared.ids import HomeId
from infra.devices import __main__ as command
from infra.devices.bindings import Now
from infra.devices.fleet import Fleet
from infra.devices.ready import Broker
from infra.importing.faults import Unreadable
from tests.builders import home, moment, register
from tests.importing.lists import GOOD, FailingStore, import_into, with_row

NOW = moment("12:00")
LISTED = Device("anheli-gw1", "door-2-801", HomeId("2-801"), "zigbee2mqtt")
Run = Callable[..., int]


@pytest.fixture
def iot() -> Iterator[Any]:
    with mock_aws():
        client = boto3.client("iot", region_name="us-east-1", aws_access_key_id="test", aws_secret_access_key="test")
        client.create_policy(policyName="nuanlin-test-device", policyDocument=json.dumps({"Version": "2012-10-17", "Statement": []}))
        yield client


@pytest.fixture
def store() -> FailingStore:
    store = FailingStore()
    store.fill([to_item(register(devices=(LISTED,)), 1)])
    return store


@pytest.fixture
def run(iot: Any, store: FailingStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    broker = Broker("broker.example.org", 8883, "-----BEGIN CERTIFICATE-----\nCA\n-----END CERTIFICATE-----\n")
    fleet = Fleet(store, iot, Now(NOW, NOW), "nuanlin-test-device", tmp_path / "gateways", "/etc/nuanlin/{thing}", broker)
    monkeypatch.setattr(command, "_join", lambda chosen: fleet)
    return lambda *words: command.main([*words, "--stage", "test"])


def sensor(store: FailingStore, name: str, thing: str = "anheli-gw7") -> Sensor:
    found = records.sensor(store, "anheli", thing, name)
    assert found is not None
    return found


def said(capsys: pytest.CaptureFixture[str]) -> str:
    captured = capsys.readouterr()
    return captured.out + captured.err


def test_a_registered_gateway_has_all_its_owner_needs(run: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("register", "anheli-gw7") == command.DONE
    folder = tmp_path / "gateways" / "anheli-gw7"
    told = said(capsys)
    assert str(folder) in told and "nowhere else" in told
    assert {"ca.pem", "cert.pem", "key.pem", "zigbee2mqtt.yaml", "mosquitto.conf", "esphome.yaml", "tasmota.txt"} <= {
        file.name for file in folder.iterdir()
    }
    assert all(file.stat().st_mode & 0o077 == 0 for file in folder.iterdir())
    assert "remote_clientid anheli-gw7" in (folder / "mosquitto.conf").read_text()
    assert "address broker.example.org:8883" in (folder / "mosquitto.conf").read_text()
    assert "/etc/nuanlin/anheli-gw7/key.pem" in (folder / "zigbee2mqtt.yaml").read_text()
    assert run("register", "anheli-gw7") == command.DONE
    assert "already registered" in said(capsys)


def test_files_that_were_handed_over_and_deleted_are_not_made_again(run: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run("register", "anheli-gw7")
    folder = tmp_path / "gateways" / "anheli-gw7"
    for file in folder.iterdir():
        file.unlink()
    folder.rmdir()
    said(capsys)
    assert run("register", "anheli-gw7") == command.DONE
    assert "handed over" in said(capsys) and not folder.exists()
    assert run("revoke", "anheli-gw7") == command.DONE
    assert run("register", "anheli-gw7") == command.DONE
    assert (folder / "key.pem").exists()


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (("register", "gw7"), "is no gateway"),
        (("register", "nowhere-gw7"), "has not been imported"),
        (("bind", "anheli-gw7", "door", "9-999", "zigbee2mqtt"), "no home 9-999"),
        (("bind", "anheli-gw7", "door", "3-502", "magnet"), "Unknown word"),
        (("bind", "anheli-gw7", "door#", "3-502", "zigbee2mqtt"), "A sensor's name"),
        (("bind", "anheli-gw7", "door", "3-502", "zigbee2mqtt", "--until", "2026-11-21"), "passed already"),
        (("bind", "anheli-gw7", "door", "3-502", "zigbee2mqtt", "--from", "2026-12-02", "--until", "2026-12-01"), "before it begins"),
        (("bind", "anheli-gw7", "door", "3-502", "zigbee2mqtt", "--until", "soon"), "is not a date"),
        (("bind", "anheli-gw1", "door-2-801", "3-502", "zigbee2mqtt"), "stands in the imported table"),
        (("bind", "anheli-gw1", "door-2-801", "2-801", "zigbee2mqtt", "--until", "2026-12-01"), "stands in the imported table"),
        (("unbind", "anheli-gw1", "door-2-801"), "stands in the imported table"),
        (("list", "nowhere"), "has not been imported"),
        (("await", "nowhere-gw1"), "has not been imported"),
        (("await", "gw1"), "is no gateway"),
        (("await", "anheli-gw1", "--until", "2026-11-21"), "passed already"),
        (("equip", "../x"), "An id has letters"),
    ],
)
def test_what_may_not_be_is_refused_in_a_sentence_and_changes_nothing(
    run: Run, store: FailingStore, tmp_path: Path, capsys: pytest.CaptureFixture[str], words: tuple[str, ...], why: str
) -> None:
    assert run(*words) == command.REFUSED
    told = capsys.readouterr().err.splitlines()
    assert why in told[1] and len(told) == 2, told
    assert records.sensors_under(store, "anheli", "anheli-gw7") == [] and not (tmp_path / "gateways").exists()


def test_a_sensor_is_bound_for_an_interval_to_the_family_that_lives_there(
    run: Run, store: FailingStore, capsys: pytest.CaptureFixture[str]
) -> None:
    words = ("bind", "anheli-gw7", "door-3-502", "3-502", "zigbee2mqtt", "--from", "2026-11-20 08:00", "--until", "2026-12-03")
    assert run(*words) == command.DONE
    bound = sensor(store, "door-3-502")
    assert (bound.home, bound.tenancy, bound.kind) == ("3-502", "t1", "zigbee2mqtt")
    assert bound.bound_ms == int(moment("08:00").replace(day=20).timestamp() * 1000)
    assert bound.until_ms == int(moment("00:00").replace(month=12, day=4).timestamp() * 1000), "the last day is included"
    looked_at = gateway(store, "anheli", "anheli-gw7")
    assert looked_at is not None and looked_at.due == NOW, "whether it is there is looked at from now on"
    said(capsys)
    assert run(*words) == command.DONE
    assert "nothing to change" in said(capsys)
    assert run("unbind", "anheli-gw7", "door-3-502") == command.DONE
    assert run("unbind", "anheli-gw7", "door-3-502") == command.DONE
    assert "was not bound" in said(capsys)


ROWS = """网关 thing,传感器 sensor,房号 home,类型 kind,开始 from,结束 until,备注
anheli-gw7,door-3-502,3-502,zigbee2mqtt,,2026-12-03,
anheli-gw7,door-9-999,9-999,zigbee2mqtt,,,no such home
anheli-gw8,,,,,,a gateway alone
anheli-gw7,door-3-1104,3-1104,magnet,,,no such kind
anheli-gw9,door-9-998,9-998,zigbee2mqtt,,,no gateway for nothing
anheli-gw1,door-2-801,2-801,zigbee2mqtt,,,as the list has it
anheli-gw7,door-3-1104,3-1104,,,,half a row
anheli-gw7,door-1-302,1-302,zigbee2mqtt-temperature,2026-11-22 10:00,,
"""


def test_a_file_brings_in_every_good_row_and_says_of_each_other_one_why_not(
    run: Run, iot: Any, store: FailingStore, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "many.csv"
    file.write_text(ROWS, encoding="utf-8")
    assert run("many", str(file)) == command.REFUSED
    captured = capsys.readouterr()
    assert [line.split("\t")[0] for line in captured.out.splitlines() if "\t" in line] == ["2", "4", "7", "9"]
    assert "8 rows, 4 refused" in captured.out
    assert [line.strip().split(":")[0] for line in captured.err.splitlines() if line.startswith("    line")] == [
        "line 5, column 类型 kind",
        "line 8, column 传感器 sensor",
        "line 3",
        "line 6",
    ]
    assert sorted(each["thingName"] for each in iot.list_things()["things"]) == ["anheli-gw1", "anheli-gw7", "anheli-gw8"]
    assert [each.name for each in records.sensors_under(store, "anheli", "anheli-gw7")] == ["door-1-302", "door-3-502"]


def test_a_second_run_of_a_file_changes_nothing(run: Run, iot: Any, store: FailingStore, tmp_path: Path) -> None:
    file = tmp_path / "many.csv"
    file.write_text(ROWS, encoding="gb18030")
    run("many", str(file))
    before = (store.everything(), iot.list_certificates()["certificates"])
    run("many", str(file))
    assert (store.everything(), iot.list_certificates()["certificates"]) == before


def test_a_file_that_an_answer_of_aws_cut_short_is_gone_on_with(
    run: Run, iot: Any, store: FailingStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "many.csv"
    file.write_text("thing,sensor,home,kind\n" + "".join(f"anheli-g{n},d,3-502,zigbee2mqtt\n" for n in range(100)))
    real, calls = store.write, iter(range(1000))

    def failing(*changes: Any) -> None:
        if next(calls) == 57:
            raise OSError("connection reset")
        real(*changes)

    monkeypatch.setattr(store, "write", failing)
    assert run("many", str(file)) == command.NO_ANSWER
    assert "carries on" in said(capsys)
    assert run("many", str(file)) == command.DONE
    assert sum(status["status"] == "ACTIVE" for status in iot.list_certificates()["certificates"]) == 100
    assert all(sensor(store, "d", f"anheli-g{n}").home == "3-502" for n in range(100))


def test_the_list_says_what_is_bound_and_how_never_what_was_heard(
    run: Run, store: FailingStore, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("anheli-gw7", "anheli-gw8"):
        run("register", name)
    run("revoke", "anheli-gw8")
    run("bind", "anheli-gw7", "door-3-502", "3-502", "zigbee2mqtt", "--until", "2026-12-03 18:00")
    run("bind", "anheli-gw7", "door-3-1104", "3-1104", "zigbee2mqtt")
    store.fill([to_item(register(devices=(LISTED,), homes=(home("3-502"), home("3-1104", tenancy="t2"))), 2)])
    said(capsys)
    assert run("list", "anheli") == command.DONE
    told = said(capsys).splitlines()
    assert [line for line in told if not line.startswith(" ")] == [
        "anheli-gw1: not registered",
        "anheli-gw7: can connect",
        "anheli-gw8: revoked",
    ]
    assert "  door-3-502 → 3-502 (zigbee2mqtt, by command, until 2026-12-03 18:00)" in told
    assert any(line.startswith("  door-3-1104") and "another family" in line for line in told)
    assert not any(word in line for line in told for word in ("open", "closed", "unknown"))


def test_an_import_leaves_what_a_command_bound_and_takes_over_what_it_names(
    run: Run, store: FailingStore, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    import_into(store, tmp_path / "lists", GOOD)
    run("bind", "anheli-gw7", "door-1-302", "1-302", "zigbee2mqtt")
    run("bind", "anheli-gw7", "door-3-502", "3-502", "zigbee2mqtt")
    import_into(store, tmp_path / "lists", with_row("devices", "anheli-gw7", "door-3-502", "1-301", "zigbee2mqtt"))
    assert (sensor(store, "door-1-302").home, sensor(store, "door-3-502").home) == ("1-302", "1-301")
    assert run("unbind", "anheli-gw7", "door-3-502") == command.REFUSED
    import_into(store, tmp_path / "lists", GOOD)
    assert [each.name for each in records.sensors_under(store, "anheli", "anheli-gw7")] == ["door-1-302"]


def test_an_awaited_gateway_has_a_code_that_is_shown_once(run: Run, store: FailingStore, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("await", "anheli-gw7", "--until", "2026-12-03") == command.DONE
    thing, code, until = said(capsys).strip().split("\t")
    assert (thing, until) == ("anheli-gw7", "2026-12-04 00:00")
    assert code not in str(store.everything()) and admit(store, NOW, "anheli-gw7", code, "c1")
    assert run("await", "anheli-gw7") == command.DONE
    assert "2026-11-29 12:00" in said(capsys), "a week, if nothing is said"
    assert not admit(store, NOW, "anheli-gw7", code, "c1"), "the one before is void"


def test_a_job_has_one_kit_and_ends_with_it(run: Run, iot: Any, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    iot.create_policy(policyName="nuanlin-test-installer", policyDocument=json.dumps({"Version": "2012-10-17", "Statement": []}))
    assert run("equip", "spring") == command.DONE
    kit = tmp_path / "gateways" / "spring"
    assert {"broker.json", "ca.pem", "enrol.py", "installer.key", "installer.pem", "ready"} == {file.name for file in kit.iterdir()}
    assert (kit / "installer.key").stat().st_mode & 0o077 == 0 and kit.stat().st_mode & 0o077 == 0
    assert run("equip", "spring") == command.REFUSED
    assert run("dismiss") == command.DONE
    assert {each["status"] for each in iot.list_certificates()["certificates"]} == {"INACTIVE"}
    said(capsys)
    assert run("dismiss") == command.DONE
    assert said(capsys).startswith("0 ")


def test_what_is_not_there_cannot_be_read(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def gone(chosen: object) -> None:
        raise Unreadable("没有", "There is no stage")

    assert run("many", str(tmp_path / "none.csv")) == command.NOTHING_TO_READ
    monkeypatch.setattr(command, "_join", gone)
    assert run("list", "anheli") == command.NOTHING_TO_READ
