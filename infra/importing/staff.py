"""The user pool follows the register: one user per member of staff, groups that are roles, and no attribute at all.

Names and phones stay in the register; the pool knows usernames. Every step can be made again.
"""

import secrets
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

from chalicelib.register.rules import Register, Role

Password = Callable[[str], str]
Say = Callable[[str], None]
ALPHABET = "abcdefghjkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789"


class Changes(NamedTuple):
    """Usernames, by what has to be done."""

    create: list[str]
    enable: list[str]
    disable: list[str]
    unfinished: list[str]


def follow(pool: Any, pool_id: str, register: Register, say: Say, password: Password | None = None) -> int:
    """Make the pool agree with the register; returns how many calls changed something.

    ``password`` gives each new user's own, for good. Without it a random temporary one is said once, to be changed at the first
    sign-in. Users of other compounds are never looked at.
    """
    made = _make_groups(pool, pool_id)
    wanted = {person.username: set(person.roles) for person in register.staff}
    users = {user["Username"]: user for user in _users(pool, pool_id, register.compound)}
    todo = _changes(set(wanted), users)
    for username in todo.create:
        _create(pool, pool_id, username, password, say)
    if password:
        for username in todo.unfinished:
            _set_password(pool, pool_id, username, password(username))
            made += 1
    made += _switch(pool.admin_enable_user, pool_id, todo.enable, "enabled", say)
    made += _switch(pool.admin_disable_user, pool_id, todo.disable, "disabled", say)
    return made + len(todo.create) + _regroup(pool, pool_id, register.compound, wanted, say)


def _changes(wanted: set[str], users: dict[str, Any]) -> Changes:
    """``unfinished``: created by an import that was interrupted before it had set the password."""
    known = set(users)
    return Changes(
        create=sorted(wanted - known),
        enable=sorted(name for name in wanted & known if not users[name]["Enabled"]),
        disable=sorted(name for name in known - wanted if users[name]["Enabled"]),
        unfinished=sorted(name for name in wanted & known if users[name]["UserStatus"] == "FORCE_CHANGE_PASSWORD"),
    )


def _users(pool: Any, pool_id: str, compound: str) -> Iterator[dict[str, Any]]:
    prefix = f"{compound}."
    more = {"Filter": f'username ^= "{prefix}"'}
    while True:
        answer = pool.list_users(UserPoolId=pool_id, **more)
        yield from (user for user in answer["Users"] if user["Username"].startswith(prefix))
        if not answer.get("PaginationToken"):
            return
        more["PaginationToken"] = answer["PaginationToken"]


def _create(pool: Any, pool_id: str, username: str, password: Password | None, say: Say) -> None:
    chosen = password(username) if password else _temporary()
    pool.admin_create_user(UserPoolId=pool_id, Username=username, TemporaryPassword=chosen, MessageAction="SUPPRESS")
    if password:
        _set_password(pool, pool_id, username, chosen)
        say(f"created {username}")
    else:
        say(f"created {username}   临时密码 temporary password: {chosen}")


def _set_password(pool: Any, pool_id: str, username: str, password: str) -> None:
    pool.admin_set_user_password(UserPoolId=pool_id, Username=username, Password=password, Permanent=True)


def _temporary() -> str:
    """Easy to type, and with every kind of character the pool asks for."""
    return f"{secrets.choice(ALPHABET[:23])}{secrets.choice(ALPHABET[-8:])}" + "".join(secrets.choice(ALPHABET) for _ in range(14))


def _switch(act: Callable[..., Any], pool_id: str, usernames: list[str], done: str, say: Say) -> int:
    for username in usernames:
        act(UserPoolId=pool_id, Username=username)
        say(f"{done} {username}")
    return len(usernames)


def _make_groups(pool: Any, pool_id: str) -> int:
    there = {group["GroupName"] for group in pool.list_groups(UserPoolId=pool_id, Limit=60)["Groups"]}
    absent = [role.value for role in Role if role.value not in there]
    for name in absent:
        pool.create_group(UserPoolId=pool_id, GroupName=name)
    return len(absent)


def _regroup(pool: Any, pool_id: str, compound: str, wanted: dict[str, set[Role]], say: Say) -> int:
    """Whoever left keeps no group."""
    made = 0
    for role in Role:
        should = {username for username, roles in wanted.items() if role in roles}
        does = set(_members(pool, pool_id, compound, role))
        for act, usernames, done in (
            (pool.admin_add_user_to_group, should - does, "joined"),
            (pool.admin_remove_user_from_group, does - should, "left"),
        ):
            for username in sorted(usernames):
                act(UserPoolId=pool_id, Username=username, GroupName=role.value)
                say(f"{username} {done} {role.value}")
            made += len(usernames)
    return made


def _members(pool: Any, pool_id: str, compound: str, role: Role) -> Iterator[str]:
    more: dict[str, str] = {}
    while True:
        answer = pool.list_users_in_group(UserPoolId=pool_id, GroupName=role.value, **more)
        yield from (user["Username"] for user in answer["Users"] if user["Username"].startswith(f"{compound}."))
        if not answer.get("NextToken"):
            return
        more = {"NextToken": answer["NextToken"]}
