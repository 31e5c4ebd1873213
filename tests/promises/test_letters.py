"""What the rest of the system does about a letter it knows only by receipt."""

import itertools
from typing import Any

import msgspec
import pytest

from chalicelib import arrivals, wiring
from chalicelib.shared.problems import Rejected
from chalicelib.shared.tiers import Tier
from chalicelib.tasks import board
from chalicelib.tasks.tasks import TaskState
from tests.builders import DAY, moment, policy, register
from tests.mailbox.desk import SECRET, TEXT, Box
from tests.promises.world import World


@pytest.fixture
def world(monkeypatch: pytest.MonkeyPatch) -> World:
    robots = {"duty": "wecombot://duty", "anheli.liu": "wecombot://liu", "anheli.chen": "wecombot://chen"}
    return World(monkeypatch, register(policy=policy(robots=robots)), moment("09:40"))


def hear(word: dict[str, Any]) -> None:
    arrivals.take({"body": msgspec.json.encode({"letter": word}).decode()})


def words(*acts: str) -> list[dict[str, Any]]:
    """What is told of a letter with which all this is done."""
    box = Box()
    receipt = box.write().body["receipt"]
    for number, act in enumerate(acts):
        if act == "result":
            box.post("/replies", receipt=receipt, text="送到了。", key=f"result-{number}", result=True)
        elif act == "more":
            box.ask("POST", "/thread/lines", {"compound": "anheli", "secret": SECRET, "text": "还没有", "key": f"more-{number:04}"})
        else:
            box.post("/judgements", receipt=receipt, urgency=act)
    return box.told


def test_a_letter_is_owed_from_its_half_day_on_and_climbs_until_somebody_acts(world: World):
    (word,) = words()
    hear(word)
    world.pump()
    (task,) = board.of_day(world.store, "anheli", DAY)

    assert (task.tier, task.home, task.about) == (Tier.RED, "", word["receipt"])
    assert task.solve.deadline(moment("09:40")) == moment("00:00").replace(day=23)
    assert [address for _, address, _ in world.sent] == ["wecombot://liu"]
    world.until(moment("10:00"))
    assert "wecombot://chen" in {address for _, address, _ in world.sent}
    assert all(TEXT not in text for text in world.texts()) and "树洞信箱" in world.texts()[0]


def test_the_result_settles_it_and_going_on_makes_another(world: World):
    for word in words("soon", "result", "more"):
        hear(word)
        hear(word)
    world.pump()

    states = {task.id.rpartition(":")[2]: task.state for task in board.of_day(world.store, "anheli", DAY)}
    assert states == {"0": TaskState.DONE, "1": TaskState.OPEN}


def test_a_letter_that_is_done_with_says_its_half_day_and_never_its_minute(world: World):
    """It was written, and heard of, at 9:40; that minute is 1:40 in what is stored."""
    word, *rest = words("soon", "result")
    hear(word)
    world.pump()
    (running,) = world.stored("OPEN#letter:")
    assert [line["at"] for line in running["lines"]] == [running["solve"]["from"]] == ["2026-11-21T16:00:00.000Z"]
    world.until(moment("10:30"))
    for later in rest:
        hear(later)
    world.pump()

    (kept,) = world.stored("DAY#2026-11-22#letter:")
    assert "T01:40" not in repr(kept) and "T01:41" not in repr(kept)


@pytest.mark.parametrize("order", list(itertools.permutations(range(3))), ids=str)
def test_words_in_any_order_end_alike(world: World, order: tuple[int, ...]):
    """A queue keeps no order: an answer that overtakes its letter comes again, as the queue makes it."""
    told = words("danger", "result")
    waiting = [told[number] for number in order]
    for _ in range(9):
        if not waiting:
            break
        word = waiting.pop(0)
        try:
            hear(word)
        except Rejected:
            waiting.append(word)
    world.pump()

    (task,) = board.of_day(world.store, "anheli", DAY)
    assert task.state is TaskState.DONE


def test_a_judgement_changes_the_clock_and_a_stale_word_does_not_change_it_back(world: World):
    first, judged = words("later")
    hear(first)
    hear(judged)
    hear(first)

    (task,) = board.of_day(world.store, "anheli", DAY)
    assert (task.tier, task.ladder) == (Tier.GREEN, "letter")
    assert task.solve.deadline(wiring.clock().now()) == moment("00:00").replace(day=23)


@pytest.mark.parametrize("compound", ["nowhere", "NO", "nuanlin"])
def test_a_word_of_no_compound_is_rejected(world: World, compound: str):
    (word,) = words()
    with pytest.raises(Rejected):
        hear({**word, "compound": compound})


@pytest.mark.parametrize("body", ['{"letter":{}}', '{"letter":1}', '{"letter":', '{"letter":{"compound":"anheli"}}'])
def test_a_word_that_cannot_be_read_is_rejected(world: World, body: str):
    with pytest.raises(Rejected):
        arrivals.take({"body": body})
