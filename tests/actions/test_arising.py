"""A fact makes its task once, also while somebody else makes, finishes or reopens it between the read and the write."""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

import pytest

from chalicelib.promises.arising import need
from chalicelib.register.ladders import DEFAULT_LADDERS
from chalicelib.shared.problems import Problem
from chalicelib.store import keys
from chalicelib.store.contract import Conflict, Item
from chalicelib.store.keys import Key
from chalicelib.store.memory import MemoryStore
from chalicelib.tasks.acting import act
from chalicelib.tasks.tasks import Act, Line, Task
from chalicelib.tasks.work import arise
from tests.builders import DAY, home, moment, policy

NOW = moment("09:00")


class Interposed(MemoryStore):
    """Somebody else writes right after the next reads have been answered, as often as there is something to do."""

    def __init__(self) -> None:
        super().__init__()
        self.meanwhile: list[Callable[[], object]] = []

    def get_many(self, keys: Sequence[Key], *, consistent: bool = False) -> dict[Key, Item]:
        found = super().get_many(keys, consistent=consistent)
        if self.meanwhile:
            self.meanwhile.pop(0)()
        return found


def task() -> Task:
    return need(policy(), home("1-302"), ("anheli.wang",), DAY, "food", NOW)


def made(store: MemoryStore, now: datetime = NOW, said: datetime | None = None) -> bool:
    return arise(store, now, "anheli", task(), DEFAULT_LADDERS[task().ladder], said=said)


def do(store: MemoryStore, wanted: Act, at: datetime) -> None:
    act(store, at, "anheli", task().id, Line(at, "anheli.wang", wanted, "", f"{wanted}:{at}"), DEFAULT_LADDERS)


def opened_and_done(store: MemoryStore, at: datetime) -> Callable[[], object]:
    return lambda: (made(store, at), do(store, Act.DONE, at))


def stored(store: MemoryStore) -> list[str]:
    return [item["state"] for item in store.under(keys.tasks("anheli"))]


@pytest.mark.parametrize("midnight", [False, True])
def test_what_is_opened_and_done_between_the_read_and_the_write_is_not_begun_again(midnight: bool):
    store, now = Interposed(), moment("23:59") + timedelta(seconds=59) if midnight else NOW
    store.meanwhile.append(opened_and_done(store, now + timedelta(seconds=2)))

    assert made(store, now) is False
    assert stored(store) == ["done"]


def test_what_was_said_after_it_was_done_meanwhile_opens_it_again():
    store = Interposed()
    store.meanwhile.append(opened_and_done(store, NOW + timedelta(seconds=2)))

    assert made(store, NOW + timedelta(minutes=1), said=NOW + timedelta(seconds=30)) is True
    assert stored(store) == ["open"]


def test_what_somebody_else_reopens_meanwhile_is_reopened_once():
    store = Interposed()
    opened_and_done(store, NOW)()
    store.meanwhile.append(lambda: do(store, Act.REOPEN, NOW + timedelta(minutes=1)))

    assert made(store, NOW + timedelta(minutes=2), said=NOW + timedelta(minutes=1)) is False
    assert stored(store) == ["open"]


def test_who_is_never_let_in_is_told_so():
    class Busy(MemoryStore):
        def write(self, *changes: object) -> None:
            raise Conflict(Key("anheli#TASK", "DAY#x"), None)

    with pytest.raises(Problem):
        made(Busy())
