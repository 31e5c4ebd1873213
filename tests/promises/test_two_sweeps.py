"""A second sweep may run whole between any two calls of the first, or of a reaction: the outcome is the same, and nobody is told twice."""

from collections.abc import Callable
from typing import Any

import pytest

from chalicelib.promises.sweep import sweep
from tests.promises.test_crashes import Calls, Fragile, afternoon, arrivals, morning, state


class Meanwhile(Calls):
    """A whole sweep just before or after the ``number``-th call."""

    world: Fragile

    def __call__(self, act: Callable[[], Any]) -> Any:
        self.made += self.on
        now = self.on and self.made == self.number
        if now and not self.after:
            self._happen()
        done = act()
        if now and self.after:
            self._happen()
        return done

    def _happen(self) -> None:
        self.on = False
        sweep(self.world.store, self.world.clock.moment, self.world.send)
        self.on = True


@pytest.mark.parametrize(("live", "begin"), [(morning, "07:00"), (afternoon, "11:50")])
@pytest.mark.parametrize("after", [False, True], ids=["before", "after"])
def test_two_sweeps_at_once_come_to_the_same_end_as_one(
    monkeypatch: pytest.MonkeyPatch, after: bool, live: Callable[[Fragile], None], begin: str
):
    whole = Fragile(monkeypatch, Calls(), begin)
    live(whole)
    wanted, once = state(whole), arrivals(whole)

    for number in range(1, whole.calls.made + 1):
        calls = Meanwhile(number, after)
        world = calls.world = Fragile(monkeypatch, calls, begin)
        live(world)

        assert (state(world), arrivals(world)) == (wanted, once), number
