"""What ``make run`` says when everything stands: where to click, what to paste."""

import sys
from typing import Any

MESSAGE = '{"contact":false,"battery":97,"linkquality":120}'


def everything(run: dict[str, Any]) -> None:
    """Links and passwords on the terminal of the person who started it; the whole list is in run.json."""
    homes = [home for home in run["homes"] if not home["isolated"]] or run["homes"]
    resident = next((home for home in homes if home["tier"] == "green"), homes[0] if homes else None)
    if resident:
        _code(resident["link"])
        print(f"\n住户 resident    {resident['id']}  {resident['link']}")
    for person in _one_of_each(run["staff"], resident["compound"] if resident else ""):
        print(f"{_role(person)}  {person['username']}  {person['password']}  {run['site']}/duty/")
    print(f"发件箱 outbox     {run['outbox']}")
    if run["devices"]:
        print("\n开门 open a door:\n  " + publish_command(run, run["devices"][0]))
    print(f"\nready {run['site']}", flush=True)


def publish_command(run: dict[str, Any], device: dict[str, str]) -> str:
    """A ready-to-paste ``mosquitto_pub`` that opens this device's door."""
    broker = run["mqtt"]
    return (
        f"mosquitto_pub -h {broker['host']} -p {broker['port']} --cafile {broker['ca']} --cert {device['cert']} --key {device['key']} "
        f"-i {device['thing']} -q 1 -t '{device['topic']}' -m '{MESSAGE}'"
    )


def _one_of_each(staff: list[dict[str, Any]], compound: str) -> list[dict[str, Any]]:
    people = [person for person in staff if person["compound"] == compound] or staff
    found = {person["roles"][0]: person for person in reversed(people) if person["roles"]}
    return [found[role] for role in ("steward", "coordinator", "manager") if role in found]


def _role(person: dict[str, Any]) -> str:
    chinese = {"steward": "管家", "coordinator": "网格长", "manager": "经理"}.get(person["roles"][0], "")
    return f"{chinese} {person['roles'][0]}"


def _code(link: str) -> None:
    if not sys.stdout.isatty() and not sys.stdout.encoding.lower().startswith("utf"):
        return
    import segno

    segno.make(link, error="l").terminal(compact=True)
