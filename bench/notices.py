"""What a notice to sixty floor groups costs: written and published, entered for every group, handed over to every robot."""

import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import msgspec

from bench.ground import Counting, figures, now, say, settle
from chalicelib.notices import groups
from chalicelib.pages.hanging import hung
from chalicelib.post import records
from chalicelib.post.actions import send_messages
from chalicelib.register.rules import Floor, Register
from chalicelib.shared.calendar import day_of
from chalicelib.store.dynamo import DynamoStore

FLOORS = tuple(Floor(str(number // 12 + 1), number % 12 + 1, f"{number // 12 + 1} 栋 {number % 12 + 1} 层群", "g1") for number in range(60))
Asked = Callable[[str, str, Any, dict[str, str]], dict[str, Any]]


def measure(
    answer: Callable[[dict[str, Any]], dict[str, Any]], counting: Counting, store: DynamoStore, register: Register, staff: Asked
) -> None:
    """``answer`` hands an event to the switchboard, ``staff`` makes one."""
    robots = {floor.group: f"wecombot://bench-{number}" for number, floor in enumerate(FLOORS)}
    policy = msgspec.structs.replace(register.policy, robots=robots)
    here = msgspec.structs.replace(register, floors=FLOORS, policy=policy)
    settle(store, here)
    starts, ends = (now().isoformat(timespec="seconds"), (now() + timedelta(hours=3)).isoformat(timespec="seconds"))
    words = {
        "kind": "works",
        "title": "停水",
        "text": "换水管，请先接好水。" * 8,
        "from": starts,
        "until": ends,
        "open": True,
        "urgent": True,
    }

    counting.calls.clear()
    draft = json.loads(answer(staff("POST", "/api/notices", words, {}))["body"])
    body = {"version": draft["version"]}
    answer(staff("POST", "/api/notices/{notice}/publication", body, {"notice": draft["id"]}))
    say("a notice written and published", target="<= 2 writes", **figures(counting.calls))
    counting.calls.clear()
    files = hung(store, now(), here, "https://example.org")
    say(f"a notice hung on the site, {len(files)} files", target="2 reads", **figures(counting.calls))
    counting.calls.clear()
    groups.tell(store, now(), here, draft["id"], "https://example.org")
    say("a notice entered for 60 groups", target="<= 2 reads + 60 writes", **figures(counting.calls))
    counting.calls.clear()
    waiting = [records.from_item(item) for item in records.of_notices(store, here.compound, day_of(now()))]
    sent = send_messages(store, now(), waiting, lambda address, text: None)
    say(f"a notice handed over to {sent} robots", target="<= 60 reads + 180 writes", **figures(counting.calls))
