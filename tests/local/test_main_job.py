"""The three parts of the main job, on the whole stack: a report, a door, and what is missed."""

import time

from tests.local.conftest import ELEVEN, alerts_of, clock_time, close, device_of, door_messages, open_door, tell
from tests.stack import LocalStack, link_token, until


def test_a_resident_reports_in_and_the_steward_sees_it(stack: LocalStack) -> None:
    anna, manager = stack.greens()[0], stack.token()
    before = stack.duty(manager)
    assert anna["id"] in {row["home"] for row in before["waiting"]}
    assert stack.write("/api/check-ins", {"needs": ["medicine"]}, X_Home_Link=link_token(anna)).status == 201
    after = stack.duty(manager)
    assert anna["id"] not in {row["home"] for row in after["waiting"]}
    row = next(row for row in after["reported"] if row["home"] == anna["id"])
    assert (row["state"], row["needs"]) == ("on_time", ["medicine"])
    assert after["self_report"]["reported"] == before["self_report"]["reported"] + 1


def test_who_did_not_report_by_ten_is_missed_and_a_late_report_is_taken(stack: LocalStack) -> None:
    silent, manager = stack.greens()[1], stack.token()
    stack.set_clock(clock_time(stack, ELEVEN))
    duty = stack.duty(manager)
    assert silent["id"] in {row["home"] for row in duty["missed"]}
    assert not duty["waiting"]
    late = stack.write("/api/check-ins", {}, X_Home_Link=link_token(silent))
    assert (late.status, late.json["late"]) == (201, True)
    duty = stack.duty(manager)
    assert silent["id"] not in {row["home"] for row in duty["missed"]}
    assert next(row for row in duty["reported"] if row["home"] == silent["id"])["state"] == "late"


def test_a_door_that_opens_during_isolation_is_seen_and_told_within_two_seconds(stack: LocalStack) -> None:
    """The best of three: on a computer that does ten other things the first may take longer."""
    took = []
    for _ in range(3):
        took.append(seconds_until_told(stack, "2-801"))
        if took[-1] < 2:
            return
    raise AssertionError(took)


def seconds_until_told(stack: LocalStack, home: str) -> float:
    """From the door's message until the desk shows an unexplained opening and the robot has been told."""
    door, manager = device_of(stack, home), stack.token()
    close(stack, door)
    known, told = len(alerts_of(stack, home, manager)), len(door_messages(stack))
    began = time.monotonic()
    open_door(stack, door)
    alerts = until(lambda: new if len(new := alerts_of(stack, home, manager)) > known else None)
    assert until(lambda: len(door_messages(stack)) == told + 1)
    assert "unexplained" in {alert["state"] for alert in alerts or []}
    assert "2 栋 801" in door_messages(stack)[0]["text"]
    return time.monotonic() - began


def test_the_same_message_again_raises_nothing(stack: LocalStack) -> None:
    door, manager = device_of(stack, "2-803"), stack.token()
    close(stack, door)
    open_door(stack, door)
    assert len(until(lambda: alerts_of(stack, "2-803", manager))) == 1
    told = until(lambda: [each for each in door_messages(stack) if "2 栋 803" in each["text"]])
    open_door(stack, door)
    tell(stack, door, '{"contact":false,"battery":12}')
    # What another door does afterwards shows that the repeats have been worked off.
    other = device_of(stack, "1-603")
    close(stack, other)
    open_door(stack, other)
    assert until(lambda: alerts_of(stack, "1-603", manager))
    assert len(alerts_of(stack, "2-803", manager)) == 1
    assert [each for each in door_messages(stack) if "2 栋 803" in each["text"]] == told


def test_an_opening_inside_an_expected_window_is_expected(stack: LocalStack) -> None:
    door, manager = device_of(stack, "4-302"), stack.token()
    close(stack, door)
    told = len([each for each in stack.outbox() if "4 栋 302" in each["text"]])
    known = {each["id"] for each in alerts_of(stack, "4-302", manager)}
    window = {"from": clock_time(stack, "11:30:00"), "until": clock_time(stack, "12:30:00"), "reason": "核酸上门"}
    stack.set_clock(clock_time(stack, "12:00:00"))
    assert stack.write("/api/homes/4-302/expected-openings", window, Authorization=manager).status == 201
    open_door(stack, door)
    new = until(lambda: [each for each in alerts_of(stack, "4-302", manager) if each["id"] not in known])
    assert [(each["state"], each["reason"]) for each in new] == [("expected", "核酸上门")]
    assert len([each for each in stack.outbox() if "4 栋 302" in each["text"]]) == told


def test_a_message_that_the_robot_refuses_is_sent_again(stack: LocalStack) -> None:
    door = device_of(stack, "5-902")
    close(stack, door)
    stack.ask("POST", "/local/robot", {"errcodes": [45009]})
    open_door(stack, door)
    refused = until(lambda: [each for each in stack.outbox() if "5 栋 902" in each["text"]])
    assert refused[0]["errcode"] == 45009
    stack.set_clock(clock_time(stack, "09:45:00"))  # Moving the clock runs the schedule.
    assert until(lambda: [each for each in stack.outbox() if "5 栋 902" in each["text"] and each["errcode"] == 0])
