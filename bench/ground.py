"""What the figures are measured on: ministack, a table, a compound of any size, and a store that counts."""

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

from chalicelib import wire
from chalicelib.register.places import Place as Shelf
from chalicelib.register.places import PlaceKind
from chalicelib.register.policy import Policy
from chalicelib.register.records import to_item
from chalicelib.register.rules import Home, Isolation, Person, Register, Role, Staff, Tier
from chalicelib.residents.records import link_item
from chalicelib.residents.rules import HomeLink, LinkState
from chalicelib.shared.calendar import day_of
from chalicelib.shared.ids import CompoundId, HomeId, TenancyId
from chalicelib.shared.tokens import digest_of, mint
from chalicelib.store.dynamo import DynamoStore
from chalicelib.wire import Credentials, Service
from local.place import Place
from local.stack import Stack
from tests.tables import make_table

TABLE = "bench"
COMPOUND = CompoundId("anheli")


class Aws(NamedTuple):
    """Where ministack answers, and its process."""

    endpoint: str
    pid: int

    def cpu(self) -> float | None:
        """CPU seconds that ministack itself has used; None where the system does not say (no /proc)."""
        stat = Path(f"/proc/{self.pid}/stat")
        if not stat.exists():
            return None
        fields = stat.read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


@contextmanager
def aws() -> Iterator[Aws]:
    """A ministack of its own with the table made; gone afterwards. It keeps nothing, so that no snapshot is taken while we measure."""
    os.environ["SNAPSHOT_SECONDS"] = str(24 * 3600)
    wire.TIMEOUT_SECONDS = 120  # for one query of an index ministack walks the whole shard, and this machine may be busy
    with TemporaryDirectory() as folder:
        place = Place(Path(folder), 0)
        place.prepare()
        stack = Stack(place)
        stack.start()
        try:
            make_table(place.endpoint, TABLE)
            yield Aws(place.endpoint, int((place.root / "aws.pid").read_text()))
        finally:
            if stack.process:
                stack.process.kill()  # asked to end it would first save what was measured on
                stack.process.wait()


def environment(endpoint: str) -> dict[str, str]:
    arn = "arn:aws:x:us-east-1:000000000000:y"
    ours = {"STAGE": "bench", "TABLE": TABLE, "SENSORS_QUEUE": "q", "STREAM_ARN": arn, "POOL_ARN": arn, "SITE_URL": "https://example.org"}
    keys = {"AWS_ACCESS_KEY_ID": "test", "AWS_SECRET_ACCESS_KEY": "test", "AWS_DEFAULT_REGION": "us-east-1"}
    return {**os.environ, **ours, **keys, "AWS_ENDPOINT_URL": endpoint, "PYTHONDONTWRITEBYTECODE": "1"}


READS = {"GetItem", "BatchGetItem", "Query"}


class Counting(Service):
    """A service that keeps what each call was and what it consumed.

    ministack counts half a unit for any query, however long its answer, so units read are reckoned from the answer's size by the
    rule of the DynamoDB developer guide ("Read consistency", "Item sizes and formats"); units written are as the endpoint says.
    """

    def __init__(self, endpoint: str) -> None:
        super().__init__("dynamodb", "DynamoDB_20120810", "us-east-1", lambda: Credentials("test", "test"), endpoint)
        self.calls: list[tuple[str, float, float]] = []

    def call(self, operation: str, request: dict[str, Any]) -> dict[str, Any]:
        answer = super().call(operation, {**request, "ReturnConsumedCapacity": "INDEXES"})
        used = answer.get("ConsumedCapacity", [])
        rows = used if isinstance(used, list) else [used]
        indexes = [index for row in rows for index in row.get("GlobalSecondaryIndexes", {}).values()]
        units = _units_read(operation, request, answer) if operation in READS else sum(row.get("CapacityUnits", 0) for row in rows)
        self.calls.append((operation, units, sum(index["CapacityUnits"] for index in indexes)))
        return answer


def _units_read(operation: str, request: dict[str, Any], answer: dict[str, Any]) -> float:
    """4 KB a unit, half of it if eventually consistent; a query is rounded up as a whole, single items one by one."""
    if operation == "BatchGetItem":
        consistent = all(table.get("ConsistentRead") for table in request["RequestItems"].values())
        sizes = [_bytes({"M": item}) for items in answer["Responses"].values() for item in items]
    elif operation == "Query":
        consistent, sizes = request.get("ConsistentRead", False), [sum(_bytes({"M": item}) for item in answer["Items"])]
    else:
        consistent, sizes = request.get("ConsistentRead", False), [_bytes({"M": answer.get("Item", {})})]
    return sum(max(1, -(-size // 4096)) for size in sizes) * (1.0 if consistent else 0.5)


def _bytes(typed: dict[str, Any]) -> int:
    ((kind, value),) = typed.items()
    match kind:
        case "S":
            return len(value.encode())
        case "N":
            return len(value) // 2 + 2
        case "B":
            return len(value) * 3 // 4
        case "M":
            return 3 + sum(len(name.encode()) + 1 + _bytes(each) for name, each in value.items())
        case "L":
            return 3 + sum(1 + _bytes(each) for each in value)
    return 1


def figures(calls: list[tuple[str, float, float]]) -> dict[str, Any]:
    """Reads and writes counted, with their capacity; what went into an index apart."""
    writes = [call for call in calls if call[0] in {"PutItem", "DeleteItem", "TransactWriteItems", "BatchWriteItem"}]
    reads = [call for call in calls if call not in writes]
    return {
        "reads": len(reads),
        "read_units": sum(units for _, units, _ in reads),
        "writes": len(writes),
        "write_units": sum(units for _, units, _ in writes),
        "index_units": sum(units for _, _, units in calls),
    }


def compound(homes: int, now: datetime) -> Register:
    """Homes of two people each, one of them isolated."""
    today: date = day_of(now)
    rows = []
    for number in range(homes):
        building, door = number // 48 + 1, f"{number % 48 // 4 + 1}{number % 4 + 1:02d}"
        people = tuple(
            Person(f"p{number}-{each}", f"住户{number}甲乙"[: 4 + each], f"139{number:06d}{each:02d}", 1950 + each) for each in range(2)
        )
        isolation = Isolation(today - timedelta(days=2), today + timedelta(days=7)) if number == 0 else None
        identity = HomeId(f"{building}-{door}")
        rows.append(Home(identity, str(building), int(door[:-2]), "g1", Tier.GREEN, TenancyId("t1"), isolation=isolation, people=people))
    staff = (Staff("anheli.chen", "经理", "13900000000", (Role.MANAGER,)),)
    shelves = (Shelf("S1", PlaceKind.SHELF, "1 栋货架", "1"),)
    return Register(COMPOUND, "安和里小区", Policy(duty_phone="0571-8800 1234"), homes=tuple(rows), staff=staff, places=shelves)


def settle(store: DynamoStore, register: Register) -> list[str]:
    """Store the register and an active link for each home; returns the links."""
    tokens = [mint(register.compound) for _ in register.homes]
    links = [
        HomeLink(digest_of(token), home.id, home.tenancy, LinkState.ACTIVE, (), 1)
        for token, home in zip(tokens, register.homes, strict=True)
    ]
    store.fill([to_item(register, 1), *[link_item(register.compound, link) for link in links]])
    return tokens


def now() -> datetime:
    return datetime.now(UTC)


def say(figure: str, **members: Any) -> None:
    print(json.dumps({"figure": figure, **members}, ensure_ascii=False), flush=True)
