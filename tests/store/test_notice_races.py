"""Many at one notice at once, on ministack only: it is published once, put right once, and told in the groups as it then stands."""

from datetime import timedelta
from typing import Any

from chalicelib.notices import actions, groups, records
from chalicelib.notices.rules import Kind, Notice, State, Words
from chalicelib.post.rules import MessageState
from chalicelib.register.rules import Floor
from chalicelib.shared.problems import Problem
from chalicelib.shared.tokens import digest_of
from chalicelib.store.dynamo import DynamoStore
from tests.builders import moment, policy, register
from tests.store.test_races import together

NOW = moment("09:00")
FLOORS = tuple(Floor("3", floor, f"3 栋 {floor} 层群", "g1") for floor in (5, 11))
HERE = register(floors=FLOORS, policy=policy(robots={floor.group: f"wecombot://g{floor.floor}" for floor in FLOORS}))
CHEN = HERE.staff_by_username["anheli.chen"]


def draft(store: DynamoStore, key: str, **members: Any) -> Notice:
    given: dict[str, Any] = {"kind": Kind.WORKS, "title": key, "text": "换水管", "starts": NOW, "ends": NOW + timedelta(hours=3)}
    return actions.draft(store, NOW, HERE, CHEN, Words(**{**given, **members}), f"{digest_of(key)}:d")


def publish(store: DynamoStore, notice: Notice, key: str) -> Notice | None:
    try:
        return actions.publish(store, NOW, HERE, CHEN, notice.id, notice.version, f"{key}:d")
    except Problem as refused:
        assert refused.status == 409
        return None


def stored(store: DynamoStore, notice: Notice) -> Notice:
    found = records.find(store, "anheli", notice.id)
    assert found
    return found


def test_the_same_draft_sent_eight_times_at_once_is_one_notice(shared_store: DynamoStore):
    assert len({notice.id for notice in together(lambda _: draft(shared_store, "once"), 8)}) == 1


def test_of_many_who_publish_one_does_and_all_who_repeat_hear_the_same(shared_store: DynamoStore):
    notice = draft(shared_store, "published by many")

    assert sum(bool(done) for done in together(lambda number: publish(shared_store, notice, f"p{number}"), 6)) == 1
    again = draft(shared_store, "published again")
    assert all(together(lambda _: publish(shared_store, again, "the same key"), 6))
    assert [line.what for line in stored(shared_store, again).lines] == ["draft", "published"]


def test_of_two_corrections_at_once_one_puts_it_right(shared_store: DynamoStore):
    wrong = draft(shared_store, "wrong")
    publish(shared_store, wrong, "w")
    right = [draft(shared_store, f"right {number}", corrects=wrong.id) for number in range(4)]

    done = [each for each in together(lambda number: publish(shared_store, right[number], f"r{number}"), 4) if each]
    assert [stored(shared_store, wrong).corrected_by] == [each.id for each in done]
    assert sum(stored(shared_store, each).state is State.PUBLISHED for each in right) == 1


def test_told_and_taken_back_at_once_no_group_is_left_with_what_does_not_count(shared_store: DynamoStore):
    notice = draft(shared_store, "taken back")
    publish(shared_store, notice, "p")

    def hear(number: int) -> None:
        if number % 2:
            groups.tell(shared_store, NOW, HERE, notice.id, "https://example.org")
        elif number == 0:
            actions.withdraw(shared_store, NOW, HERE, CHEN, notice.id, "改期", "w:d")

    together(hear, 6)
    groups.take_back(shared_store, NOW, HERE, notice.id, "https://example.org")
    entered = groups.told(shared_store, "anheli", [stored(shared_store, notice)])
    assert {message.state for message in entered} <= {MessageState.SUPPRESSED} and len(entered) in (0, len(FLOORS))
