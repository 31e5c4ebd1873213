"""Many at once, on ministack only: moto is not atomic."""

import threading
from collections.abc import Callable
from contextlib import suppress
from typing import Any

import pytest

from chalicelib.care.actions import check_in
from chalicelib.care.rules import Need
from chalicelib.promises.arising import need
from chalicelib.register.ladders import DEFAULT_LADDERS
from chalicelib.register.records import to_item
from chalicelib.residents.actions import issue_home_link, open_by_code, open_home, revoke_home_links
from chalicelib.sensors.actions import bind, receive
from chalicelib.sensors.alerts import acknowledge, find_alert
from chalicelib.sensors.days import of_home
from chalicelib.sensors.readings import Message
from chalicelib.sensors.records import board, sensor
from chalicelib.sensors.rules import DoorState
from chalicelib.shared.problems import Problem
from chalicelib.shared.tiers import Tier
from chalicelib.shared.tokens import mint
from chalicelib.store import keys
from chalicelib.store.contract import Add
from chalicelib.store.dynamo import DynamoStore
from chalicelib.tasks.acting import act
from chalicelib.tasks.board import running
from chalicelib.tasks.tasks import Act, Line, Task, holder
from chalicelib.tasks.work import arise
from chalicelib.visits.actions import record
from chalicelib.visits.records import of_day
from chalicelib.visits.rules import Entry as VisitEntry
from chalicelib.visits.rules import Outcome
from tests.app.client import FixedClock
from tests.builders import DAY, entry, home, moment, policy, register

THREADS = 16
PATIENCE = 50


def insist(act: Callable[[], Any]) -> Any:
    """Asks again while it is too busy, as a page does under the same key; nothing was written then."""
    for _ in range(PATIENCE):
        try:
            return act()
        except Problem as problem:
            if problem.slug != "busy":
                raise
    return act()


def together(act: Callable[[int], Any], count: int = THREADS) -> list[Any]:
    """The results of ``count`` threads that start at the same moment; a Problem counts as a result."""
    gate, results = threading.Barrier(count), [None] * count

    def run(number: int) -> None:
        gate.wait()
        try:
            results[number] = insist(lambda: act(number))
        except Problem as problem:
            results[number] = problem

    threads = [threading.Thread(target=run, args=(number,)) for number in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


def test_sixteen_with_the_same_key_make_one_record(shared_store: DynamoStore):
    done = together(lambda _: check_in(shared_store, moment("09:00"), "anheli", "3-502", "t1", entry("same")))

    assert {one.check_in for one in done} == {done[0].check_in} and all(one.created for one in done)
    stored = shared_store.under(keys.check_ins("anheli", moment("09:00").date()))
    assert [len(each["said"]) for each in stored] == [1]


def test_needs_said_at_once_under_many_keys_are_all_kept(shared_store: DynamoStore):
    needs = list(Need)
    together(
        lambda number: check_in(shared_store, moment("09:00"), "anheli", "3-502", "t1", entry(f"key-{number}", needs=(needs[number],))),
        len(needs),
    )

    (stored,) = shared_store.under(keys.check_ins("anheli", moment("09:00").date()))
    assert {need for said in stored["said"] for need in said["n"]} == {need.value for need in needs}


@pytest.fixture
def alert(shared_store: DynamoStore) -> str:
    shared_store.write(Add(to_item(register(), 1)))
    bind(shared_store, "anheli", "anheli-gw1", "door", "2-801", "zigbee2mqtt", tenancy="t1")
    (raised,) = receive(shared_store, FixedClock(moment("09:00")), opened("09:00"))
    return raised.id


def opened(clock: str) -> Message:
    return Message("anheli-gw1", "zigbee2mqtt/door", "anheli-gw1", int(moment(clock).timestamp() * 1000), b'{"contact": false}')


@pytest.mark.parametrize("count", [2, THREADS])
def test_an_alert_taken_by_many_has_one_winner_and_the_rest_are_told_who(shared_store: DynamoStore, alert: str, count: int):
    def take(number: int) -> str:
        now = moment("09:05")
        found = find_alert(shared_store, now, "anheli", alert)
        return acknowledge(shared_store, now, "anheli", found, f"anheli.s{number}", "", f"key-{number}").by

    results = together(take, count)

    winners = [each for each in results if isinstance(each, str)]
    assert len(winners) == 1
    assert {each.more["by"] for each in results if isinstance(each, Problem)} == ({winners[0]} if count > 1 else set())


@pytest.mark.parametrize("count", [2, THREADS])
def test_a_task_claimed_by_many_has_one_winner_and_the_rest_are_told_who(shared_store: DynamoStore, count: int):
    now, red = moment("09:05"), home("1-302", tier=Tier.RED)
    task = need(policy(), red, ("anheli.wang",), DAY, "medicine", moment("09:00"))
    arise(shared_store, moment("09:00"), "anheli", task, DEFAULT_LADDERS[task.ladder])

    def claim(number: int) -> str:
        line = Line(now, f"anheli.s{number}", Act.CLAIM, "", f"key-{number}:d")
        return holder(act(shared_store, now, "anheli", task.id, line, DEFAULT_LADDERS))

    results = together(claim, count)

    winners = [each for each in results if isinstance(each, str)]
    assert len(winners) == 1
    assert [(each.status, each.more["by"]) for each in results if isinstance(each, Problem)] == [(409, winners[0])] * (count - 1)
    stored = running(shared_store, "anheli", task.id)
    assert stored is not None and [line.act for line in stored.lines] == ["opened", "claim"]


def test_a_fact_heard_many_times_at_once_makes_one_task(shared_store: DynamoStore):
    task = need(policy(), home("1-302"), (), DAY, "food", moment("09:00"))
    results = together(lambda _: arise(shared_store, moment("09:00"), "anheli", task, DEFAULT_LADDERS[task.ladder]))

    assert results.count(True) == 1


def test_a_fact_heard_again_while_its_task_is_being_done_is_there_once(shared_store: DynamoStore):
    """Half of them hear of the fact, half of them finish what they find."""
    now = moment("09:05")
    for number in range(6):
        task = need(policy(), home(f"1-{number + 1}02"), (), DAY, "food", now)

        def run(which: int, task: Task = task) -> bool:
            if which % 2:
                return arise(shared_store, now, "anheli", task, DEFAULT_LADDERS[task.ladder])
            for turn in range(12):
                with suppress(Problem):
                    act(shared_store, now, "anheli", task.id, Line(now, "anheli.wang", Act.DONE, "", f"k{which}-{turn}:d"), DEFAULT_LADDERS)
            return False

        assert together(run).count(True) == 1
        there = [item["sk"] for item in shared_store.under(keys.tasks("anheli")) if item["sk"].endswith(task.id)]
        assert len(there) == 1, there


def test_visits_entered_at_once_are_all_kept(shared_store: DynamoStore):
    now, red = moment("09:05"), home("1-302", tier=Tier.RED)

    def enter(number: int) -> bool:
        entry = VisitEntry(f"key-{number}", "d", now, f"anheli.s{number}", Outcome.NOBODY_HOME)
        return record(shared_store, now, "anheli", policy(), red, "home_visit:1-302:2026-11-22", entry)[1]

    assert together(enter, 4).count(True) == 1
    (visit,) = of_day(shared_store, "anheli", DAY)
    assert len(visit.entries) == 4


def test_one_message_delivered_many_times_at_once_raises_one_alert(shared_store: DynamoStore, alert: str):
    closed = opened("09:01")._replace(data=b'{"contact": true}')
    receive(shared_store, FixedClock(moment("09:01")), closed)
    together(lambda _: receive(shared_store, FixedClock(moment("09:02")), opened("09:02")))

    assert len(shared_store.under(keys.alerts("anheli"))) == 2


def test_a_new_card_used_by_many_at_once_kills_the_old_one_once(shared_store: DynamoStore):
    old, new = mint("anheli"), mint("anheli")
    for token in (old, new):
        issue_home_link(shared_store, moment("08:00"), "anheli", "3-502", "t1", token, "3K7Q2M9XWT")
        if token is old:
            open_home(shared_store, old)
    results = together(lambda _: open_home(shared_store, new))

    assert set(results) == {("anheli", "3-502", "t1")}
    with pytest.raises(Problem):
        open_home(shared_store, old)


def test_a_revoked_link_is_refused_by_the_very_next_request(shared_store: DynamoStore):
    token = mint("anheli")
    issue_home_link(shared_store, moment("08:00"), "anheli", "3-502", "t1", token, "3K7Q2M9XWT")
    open_home(shared_store, token)
    revoke_home_links(shared_store, moment("08:01"), "anheli", "3-502")

    with pytest.raises(Problem) as refused:
        open_home(shared_store, token)
    assert refused.value.status == 401


def test_many_guesses_at_once_get_no_more_than_five(shared_store: DynamoStore):
    issue_home_link(shared_store, moment("08:00"), "anheli", "3-502", "t1", mint("anheli"), "3K7Q2M9XWT")
    results = together(lambda number: open_by_code(shared_store, moment("08:10"), "anheli", "3-502", f"000000000{number % 10}"))

    looked_at = [each for each in results if isinstance(each, Problem) and each.slug == "wrong-code"]
    assert len(looked_at) <= 5


def test_a_doors_messages_handled_all_at_once_end_as_their_own_order_says(shared_store: DynamoStore):
    """Eight openings and eight closings in sixteen hands; whoever finds too many others comes again, as the queue would have it."""
    shared_store.write(Add(to_item(register(), 1)))
    bind(shared_store, "anheli", "anheli-gw1", "door", "2-801", "zigbee2mqtt", tenancy="t1")

    def hear(number: int) -> list[str]:
        said = b"false" if number % 2 else b"true"
        message = opened(f"09:{number:02}")._replace(data=b'{"contact": %s}' % said)
        while True:
            try:
                return [alert.id for alert in receive(shared_store, FixedClock(moment("10:00")), message)]
            except Problem:
                continue

    raised = [identity for told in together(hear) for identity in told]

    known = sensor(shared_store, "anheli", "anheli-gw1", "door")
    assert known is not None and known.state is DoorState.OPEN
    assert len(raised) == len(set(raised)) == 8 == len(board(shared_store, "anheli", DAY))
    (day,) = of_home(shared_store, "anheli", "2-801", "t1", moment("10:00"))
    assert (day.opened, len([event for event in day.events if event.state])) == (8, 8)
