"""The user pool follows the register, as often as it is asked to."""

from collections.abc import Iterator
from typing import Any

import boto3
import msgspec
import pytest
from moto import mock_aws

from chalicelib.register.rules import Register, Role, Staff
from infra.importing import staff
from tests.builders import other_register, register
from tests.importing.lists import Broken


@pytest.fixture
def pool() -> Iterator[Any]:
    with mock_aws():
        client = boto3.client("cognito-idp", "us-east-1")
        asked = {"MinimumLength": 12, "RequireLowercase": True, "RequireNumbers": True, "RequireUppercase": False, "RequireSymbols": False}
        made = client.create_user_pool(PoolName="nuanlin-test", Policies={"PasswordPolicy": asked})
        client.pool_id = made["UserPool"]["Id"]
        yield client


def password(username: str) -> str:
    return f"for-{username}-1"


def follow(pool: Any, wanted: Register, **options: Any) -> int:
    said = options.pop("said", [])
    return staff.follow(pool, pool.pool_id, wanted, said.append, options.get("password", password))


def users(pool: Any) -> dict[str, tuple[bool, str, set[str]]]:
    """Username → enabled, status, groups."""
    found = {}
    for user in pool.list_users(UserPoolId=pool.pool_id)["Users"]:
        groups = pool.admin_list_groups_for_user(UserPoolId=pool.pool_id, Username=user["Username"])["Groups"]
        found[user["Username"]] = (user["Enabled"], user["UserStatus"], {group["GroupName"] for group in groups})
    return found


def without(wanted: Register, username: str) -> Register:
    return msgspec.structs.replace(wanted, staff=tuple(person for person in wanted.staff if person.username != username))


def test_everybody_gets_a_user_with_roles_as_groups(pool: Any) -> None:
    follow(pool, register())
    assert users(pool) == {
        "anheli.wang": (True, "CONFIRMED", {"steward"}),
        "anheli.liu": (True, "CONFIRMED", {"coordinator"}),
        "anheli.chen": (True, "CONFIRMED", {"manager"}),
    }


def test_the_pool_knows_no_name_and_no_phone(pool: Any) -> None:
    follow(pool, register())
    attributes = {attribute["Name"] for user in pool.list_users(UserPoolId=pool.pool_id)["Users"] for attribute in user["Attributes"]}
    assert attributes <= {"sub"}


def test_following_twice_changes_nothing(pool: Any) -> None:
    assert follow(pool, register()) > 0
    before = users(pool)
    assert follow(pool, register()) == 0
    assert users(pool) == before


def test_whoever_left_is_disabled_and_in_no_group_and_may_come_back(pool: Any) -> None:
    follow(pool, register())
    follow(pool, without(register(), "anheli.wang"))
    assert users(pool)["anheli.wang"] == (False, "CONFIRMED", set())
    follow(pool, register())
    assert users(pool)["anheli.wang"] == (True, "CONFIRMED", {"steward"})


def test_roles_change(pool: Any) -> None:
    follow(pool, register())
    changed = Staff("anheli.wang", "王管家", "", (Role.MANAGER, Role.COORDINATOR))
    rest = without(register(), "anheli.wang")
    assert follow(pool, msgspec.structs.replace(rest, staff=(*rest.staff, changed))) == 3
    assert users(pool)["anheli.wang"][2] == {"manager", "coordinator"}


def test_other_compounds_are_left_alone(pool: Any) -> None:
    follow(pool, other_register())
    before = users(pool)
    follow(pool, register())
    follow(pool, msgspec.structs.replace(register(), staff=()))
    assert users(pool)["qinghe.kela"] == before["qinghe.kela"]


def test_without_a_password_of_ours_a_temporary_one_is_said_once(pool: Any) -> None:
    said: list[str] = []
    follow(pool, register(), password=None, said=said)
    assert {status for _, status, _ in users(pool).values()} == {"FORCE_CHANGE_PASSWORD"}
    told = [line.rpartition(" ")[2] for line in said if "temporary password" in line]
    assert len(set(told)) == 3
    assert all(len(each) == 16 and any(c.islower() for c in each) and any(c.isdigit() for c in each) for each in told)
    again: list[str] = []
    assert follow(pool, register(), password=None, said=again) == 0 and not again


@pytest.mark.parametrize("fail_at", range(1, 13))
def test_interrupted_at_any_call_it_converges(pool: Any, monkeypatch: pytest.MonkeyPatch, fail_at: int) -> None:
    calls = 0
    for name in ("create_group", "admin_create_user", "admin_set_user_password", "admin_add_user_to_group"):
        original = getattr(pool, name)

        def counted(original: Any = original, **arguments: Any) -> Any:
            nonlocal calls
            calls += 1
            if calls == fail_at:
                raise Broken
            return original(**arguments)

        monkeypatch.setattr(pool, name, counted)
    with pytest.raises(Broken):
        follow(pool, register())
    follow(pool, register())
    assert {status for _, status, _ in users(pool).values()} == {"CONFIRMED"}
    assert {name: groups for name, (_, _, groups) in users(pool).items()} == {
        "anheli.wang": {"steward"},
        "anheli.liu": {"coordinator"},
        "anheli.chen": {"manager"},
    }


def test_more_staff_than_one_page_holds(pool: Any) -> None:
    many = tuple(Staff(f"anheli.s{number}", "某某", "", (Role.STEWARD,)) for number in range(130))
    wanted = msgspec.structs.replace(register(), staff=many)
    follow(pool, wanted)
    assert follow(pool, wanted) == 0


def test_what_is_said_holds_no_name(pool: Any) -> None:
    said: list[str] = []
    follow(pool, register(), said=said)
    assert said and not any(person.name in line or person.phone in line for line in said for person in register().staff)
