"""The house as it was drawn: floors, one reader of the environment, one caller of boto3, files and functions of readable size."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from chalicelib.settings import MissingSettings, read
from tests.architecture.tree import ROOT, attributes, functions, imports, named, sources

HOUSE = sources("chalicelib")
LARGEST_FILE, LARGEST_FUNCTION = 200, 25
WALL_CLOCKS = {"datetime.now", "datetime.utcnow", "datetime.today", "date.today", "time.time", "time.time_ns"}
HAS_A_CLOCK = {"chalicelib/shared/clock.py", "chalicelib/store/bucket.py", "chalicelib/wire.py"}


def test_no_floor_knows_one_above_it():
    tool = Path(sys.executable).with_name("lint-imports")
    linted = subprocess.run([tool, "--no-cache"], cwd=ROOT, capture_output=True, text=True, timeout=60)

    assert linted.returncode == 0, linted.stdout


@pytest.mark.parametrize("package", ["boto3", "botocore"])
def test_only_wiring_calls_the_sdk(package: str):
    users = {named(path) for path in HOUSE if package in imports(path)}

    assert users <= {"chalicelib/wiring.py"}


def test_only_settings_reads_the_environment():
    readers = {named(path) for path in HOUSE if {"os.environ", "os.getenv"} & set(attributes(path))}

    assert readers == {"chalicelib/settings.py"}


def test_what_time_it_is_is_asked_at_the_door_only():
    askers = {named(path) for path in HOUSE if WALL_CLOCKS & set(attributes(path))}

    assert askers == HAS_A_CLOCK


@pytest.mark.parametrize("path", sources("chalicelib", "infra", "local"), ids=named)
def test_no_file_is_longer_than_two_hundred_lines(path: Path):
    assert len(path.read_text().splitlines()) <= LARGEST_FILE


def test_no_function_of_the_house_is_longer_than_a_screenful():
    long = [f"{named(path)} {name} {lines}" for path in HOUSE for name, lines in functions(path) if lines > LARGEST_FUNCTION]

    assert long == []


def test_nine_functions_of_ten_are_short_everywhere():
    lengths = sorted(lines for path in sources("chalicelib", "infra", "local", "bench") for _, lines in functions(path))

    assert lengths[len(lengths) * 9 // 10] < LARGEST_FUNCTION


ROOMS = [named(path).removesuffix(".py").replace("/", ".") for path in HOUSE if path.stem in {"rules", "records", "actions"}]
FOREIGN = {"boto3", "botocore", "chalice", "urllib3", "jinja2", "babel", "segno", "aws_lambda_powertools"}


def loaded_by(code: str, environment: dict[str, str]) -> set[str]:
    """The top packages a fresh process has loaded after running this."""
    show = "import sys; print(*{name.partition('.')[0] for name in sys.modules})"
    run = subprocess.run([sys.executable, "-c", f"{code}; {show}"], cwd=ROOT, env=environment, capture_output=True, text=True, timeout=60)
    assert run.returncode == 0, run.stderr
    return set(run.stdout.split())


def test_rooms_wake_up_without_an_environment_and_without_aws_http_or_templates():
    assert len(ROOMS) >= 10

    loaded = loaded_by(f"import {', '.join(ROOMS)}", {})

    assert loaded & FOREIGN == set()


def test_the_switchboard_starts_without_what_the_hot_path_never_needs():
    needed = {"STAGE": "test", "TABLE": "t", "SENSORS_QUEUE": "q", "STREAM_ARN": "arn:x", "POOL_ARN": "arn:y"}

    loaded = loaded_by("import app", needed)

    assert loaded & (FOREIGN - {"chalice"}) == set()


def test_the_switchboard_starts_without_what_reads_names_out_of_texts():
    """Many patterns and a file of words, for a card a week."""
    needed = {"STAGE": "test", "TABLE": "t", "SENSORS_QUEUE": "q", "STREAM_ARN": "arn:x", "POOL_ARN": "arn:y"}

    loaded_by("import app, sys; assert not {f'chalicelib.cases.{name}' for name in ('names', 'identifiers')} & set(sys.modules)", needed)


def test_missing_settings_are_named_all_at_once():
    with pytest.raises(MissingSettings, match="not set: STAGE, TABLE, SENSORS_QUEUE, STREAM_ARN, POOL_ARN"):
        read({})


TESTS = [path for path in sources("tests") if path != Path(__file__)]
ASKS_AGAIN = {"tests/stack.py"}
"""Waits for real processes by asking again; times nothing."""


def test_tests_fake_no_insides_and_wait_for_no_clock():
    forbidden = re.compile(r"mock\.patch|unittest\.mock|from mock|MagicMock|mocker\.|\bsleep\(")
    guilty = {named(path) for path in TESTS if forbidden.search(path.read_text())}

    assert guilty <= ASKS_AGAIN


def test_every_package_has_its_own_room_in_the_contract():
    contract = (ROOT / "pyproject.toml").read_text()
    packages = {path.parent.name for path in (ROOT / "chalicelib").glob("*/__init__.py")}
    modules = {path.stem for path in (ROOT / "chalicelib").glob("*.py")} - {"__init__"}

    layers = re.search(r"layers = \[(.*?)\]", contract, re.S)
    assert layers and packages | modules == set(re.findall(r"\w+", layers[1]))
