"""What is in the local table: the sample compounds at first, and the links of every home's card."""

import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from importlib.util import find_spec
from typing import Any

from chalicelib.register import records as registers
from chalicelib.register.rules import Register
from chalicelib.shared.ids import CompoundId
from infra import project
from local import keys
from local.place import CannotRun, Place

SAMPLE = project.ROOT / "sample"


def compounds(table: Any) -> list[str]:
    """Every compound that has a register. A scan, which only a laptop can afford."""
    request: dict[str, Any] = {
        "FilterExpression": "sk = :register",
        "ExpressionAttributeValues": {":register": "REGISTER"},
        "ProjectionExpression": "pk",
    }
    found: list[str] = []
    while True:
        page = table.scan(**request)
        found += [item["pk"].partition("#")[0] for item in page["Items"]]
        if "LastEvaluatedKey" not in page:
            return sorted(found)
        request["ExclusiveStartKey"] = page["LastEvaluatedKey"]


def bring_in(place: Place, table: Any) -> list[Register]:
    """Every register; the sample's, where there is none yet or its import was interrupted."""
    if not compounds(table) or place.done().get("sample") == "begun":
        place.set_done(sample="begun")
        for folder in sorted(path for path in SAMPLE.glob("*") if (path / "policy.csv").exists()):
            print(f"Importing sample/{folder.name} …", flush=True)
            run_tool("infra.importing", str(folder), "--stage", "local")
        place.set_done(sample="done")
    return all_registers(table)


def all_registers(table: Any) -> list[Register]:
    from chalicelib import wiring

    loaded = [registers.load(wiring.store(), CompoundId(compound)) for compound in compounds(table)]
    return [register for register in loaded if register is not None]


def addresses(table: Any) -> list[str]:
    """Where the registers have robots, as they are now."""
    return [address for register in all_registers(table) for said in register.policy.robots.values() for address in said.split()]


def run_tool(module: str, *arguments: str) -> None:
    """One of our command lines, its words shown as they come. CannotRun if it fails."""
    if find_spec(module) is None:
        print(f"{module} is not there; left out.")
        return
    done = subprocess.run([sys.executable, "-m", module, *arguments], cwd=project.ROOT, env=os.environ, check=False)
    if done.returncode:
        raise CannotRun(f"`python -m {module} {' '.join(arguments)}` failed; its own words are above.")


def issue_links(place: Place, known: list[Register]) -> list[dict[str, Any]]:
    """A link for every home somebody lives in. The same ones at every start; a revoked one stays revoked."""
    lived_in = [(register, home) for register in known for home in register.homes if home.lived_in]
    with ThreadPoolExecutor(8) as at_once:
        return list(at_once.map(lambda pair: _home(place, *pair), lived_in))


def _home(place: Place, register: Register, home: Any) -> dict[str, Any]:
    from chalicelib import wiring
    from chalicelib.residents import actions, records
    from chalicelib.residents.rules import shown
    from chalicelib.shared.calendar import day_of
    from chalicelib.shared.tokens import digest_of, mint

    which = (register.compound, home.id, home.tenancy)
    token = mint(register.compound, keys.home_randomness(place, *which))
    code = actions.mint_code(keys.code_randomness(place, *which))
    now = wiring.clock().now()
    if records.link(wiring.store(), register.compound, digest_of(token)) is None:
        actions.issue_home_link(wiring.store(), now, *which, token, code)
    return {
        "id": home.id,
        "compound": register.compound,
        "tier": home.tier.value,
        "isolated": home.isolated_on(day_of(now)),
        "link": f"{place.site}/h/#{token}",
        "code": shown(code),
    }


def staff(place: Place, known: list[Register]) -> list[dict[str, Any]]:
    return [
        {
            "username": person.username,
            "password": keys.staff_password(place, person.username),
            "roles": [role.value for role in person.roles],
            "compound": register.compound,
        }
        for register in known
        for person in register.staff
    ]
