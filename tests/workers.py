"""Who runs what when ``make test`` spreads the tests over workers, one a core.

All that needs the whole running system is one worker's, one after the other, for such a system is started once a session; it begins
first, since it waits more than it works. A file is never divided otherwise, so that what its tests share is made once.
"""

from functools import cache

import pytest
from xdist.scheduler import LoadScopeScheduling

from tests.stack import ROOT, LocalStack

LONGEST_FIRST = ("store", "browser", "infra", "properties", "promises", "pages")
"""Folders whose files take longest: what begins last should be short."""


class Shares(LoadScopeScheduling):
    def _split_scope(self, nodeid: str) -> str:
        return "the running system" if needs_the_stack(nodeid) else nodeid.partition("::")[0]


def pytest_xdist_make_scheduler(config: pytest.Config, log: object) -> Shares:
    return Shares(config, log)  # type: ignore[arg-type]


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if hasattr(config, "workerinput"):
        items.sort(key=lambda item: turn(item.nodeid))


def turn(nodeid: str) -> int:
    folder = nodeid.split("/")[1]
    if needs_the_stack(nodeid):
        return -1
    return LONGEST_FIRST.index(folder) if folder in LONGEST_FIRST else len(LONGEST_FIRST)


def needs_the_stack(nodeid: str) -> bool:
    """One of ``place``'s two ways, or a test of a file that speaks of the stack."""
    return "[stack" in nodeid or speaks_of_the_stack(nodeid.partition("::")[0])


@cache
def speaks_of_the_stack(file: str) -> bool:
    return LocalStack.__name__ in (ROOT / file).read_text()
