"""One errand, one application and many hands, on ministack: one winner."""

from datetime import timedelta

from chalicelib.errands.actions import act, post
from chalicelib.errands.rules import Draft, Want
from chalicelib.recruiting.actions import apply, decide
from chalicelib.recruiting.rules import Decision, Said
from chalicelib.register.records import changes
from chalicelib.register.rules import Grid, Volunteer
from chalicelib.shared.problems import Problem
from chalicelib.store.dynamo import DynamoStore
from chalicelib.tasks.board import running
from chalicelib.tasks.tasks import Act, Line, Task, holder
from tests.builders import moment, register
from tests.store.test_races import THREADS, together

NOW = moment("09:00")
MANY = tuple(Volunteer(f"v{number}", f"志愿者{number}", "", "g1") for number in range(THREADS))
HERE = register(volunteers=MANY, grids=(Grid("g1", "一网格", "anheli.liu"),))


def claims(store: DynamoStore, task: Task, turn: str, later: timedelta = timedelta()) -> list[str]:
    """Everybody at once; who of them has it."""

    def one(number: int) -> Task:
        line = Line(NOW + later, f"v{number}", Act.CLAIM, "", f"{turn}{number}:d")
        return act(store, NOW + later, HERE, MANY[number], task.id, line)

    found = together(one)
    lost = [each for each in found if isinstance(each, Problem)]
    known = running(store, "anheli", task.id)
    assert known and len(lost) == THREADS - 1 and {each.more["by"] for each in lost} == {holder(known)}
    return [each.owners[0] for each in found if isinstance(each, Task)]


def test_one_errand_has_one_winner_in_each_of_sixty_rounds_and_a_lapsed_claim_the_next(shared_store: DynamoStore):
    for turn in range(60):
        task = post(shared_store, NOW, "anheli", HERE.policy, Draft("g1", Want.OTHER, "发菜", None, "anheli.liu", f"{turn:012d}:d"))
        (winner,) = claims(shared_store, task, f"first{turn}")
        known = running(shared_store, "anheli", task.id)
        assert known and known.owners == (winner,)
        if turn % 10 == 0:
            (heir,) = claims(shared_store, task, f"again{turn}", timedelta(hours=9))
            after = running(shared_store, "anheli", task.id)
            assert after and after.owners == (heir,) and [line.act for line in after.lines] == ["opened", "claim", "lapsed", "claim"]


def test_two_approve_one_and_she_is_one_volunteer(shared_store: DynamoStore):
    for turn in range(12):
        applied = apply(shared_store, NOW, "anheli", Said("小满", "13900000088", "3", (), (), ""), f"{turn:012d}:d")

        def one(number: int, identity: str = applied.id) -> bool:
            by = Decision(NOW, f"anheli.{number}", "g1" if number % 2 else "", "" if number % 2 else "太远", f"{identity}-{number}:d")
            return bool(decide(shared_store, HERE, identity, by, approve=bool(number % 2)))

        found = together(one)
        (winner,) = [number for number, won in enumerate(found) if won is True]
        recruits = [each.id for each in changes(shared_store, "anheli")[0].recruits if each.id == f"r-{applied.id}"]
        assert len(recruits) == winner % 2 and {each.status for each in found if isinstance(each, Problem)} <= {409, 503}
