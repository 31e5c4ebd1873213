"""A notice on the whole stack: it hangs on the site, its floor groups' robots get it with the sweep, and both end when it is taken back."""

import json
from typing import Any

import icalendar

from chalicelib.pages.feeds import Feed, name_of
from tests.local.conftest import MORNING, clock_time
from tests.stack import Answer, LocalStack, until

FEED = Feed("anheli", "", "", "", "", "")


def post(stack: LocalStack, path: str, body: dict[str, Any]) -> Any:
    answer: Answer = stack.write(f"/api/notices{path}", body, Authorization=stack.token())
    assert answer.status in (200, 201), answer.json
    return answer.json


def titles(stack: LocalStack) -> set[str]:
    file = stack.ask("GET", "/feeds/anheli.json")
    return {each["title"] for each in file.json["notices"]} if file.status == 200 else set()


def said_by(stack: LocalStack, now: str) -> list[str]:
    """What the robots have got by now; to set the clock is to sweep."""
    stack.set_clock(now)
    return said(stack)


def said(stack: LocalStack) -> list[str]:
    return [message["text"] for message in stack.outbox() if "三栋停水演习" in json.dumps(message, ensure_ascii=False)]


def test_a_notice_hangs_on_the_site_reaches_its_groups_and_leaves_both(stack: LocalStack) -> None:
    now = clock_time(stack, MORNING)
    stack.set_clock(now)
    words = {
        "kind": "works",
        "title": "三栋停水演习 @all",
        "text": "见 http://evil.example",
        "from": now,
        "until": now.replace("09:30", "12:30"),
    }
    draft = post(stack, "", {**words, "urgent": True, "open": True, "audience": {"floors": ["3-7", "3-8"]}})
    assert draft["groups"] == 2 and titles(stack) & {draft["title"]} == set()
    post(stack, f"/{draft['id']}/publication", {"version": draft["version"]})

    assert until(lambda: draft["title"] in titles(stack))
    assert until(lambda: status_of(stack, draft["id"]) == ["CONFIRMED"])
    assert until(lambda: len(said_by(stack, now.replace("09:30:00", "09:31:00"))) == 2, within=30, every=0.5)
    assert all("＠all" in text and "http：／／evil．example" in text for text in said(stack))
    file = stack.ask("GET", f"/api/notices/{draft['id']}", Authorization=stack.token()).json
    assert (file["notice"]["delivery"]["arrived"], file["missed"]) == (2, [])

    post(stack, f"/{draft['id']}/withdrawal", {"reason": "演习取消"})
    assert until(lambda: draft["title"] not in titles(stack))
    assert until(lambda: status_of(stack, draft["id"]) == ["CANCELLED"])
    assert draft["title"] not in stack.ask("GET", "/feeds/anheli.ics").body.decode()
    assert until(lambda: sum("【撤回】" in text for text in said_by(stack, now.replace("09:30:00", "09:32:00"))) == 2, within=30, every=0.5)


def status_of(stack: LocalStack, identity: str) -> list[str]:
    file = stack.ask("GET", "/feeds/anheli.ics")
    events = icalendar.Calendar.from_ical(file.body).walk("VEVENT") if file.status == 200 else []
    return [str(each["STATUS"]) for each in events if str(each["UID"]) == name_of(FEED, identity)]
