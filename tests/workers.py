"""Who runs what when ``make test`` spreads the tests over workers, one a core.

All that needs the whole running system is one worker's, one after the other, for there is one such system a session; it begins first,
since it waits more than it works. A file is never divided otherwise, so that what its tests share is made once.
"""

import pytest
from xdist.scheduler import LoadGroupScheduling

STACK = "stack"
LONGEST_FIRST = ("store", "browser", "infra", "properties", "promises", "pages")
"""Folders whose files take longest: what begins last should be short."""


class ByFile(LoadGroupScheduling):
    def _split_scope(self, nodeid: str) -> str:
        group = super()._split_scope(nodeid)
        return nodeid.partition("::")[0] if group == nodeid else group


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if not hasattr(config, "workerinput"):
        return
    for item in filter(needs_the_stack, items):
        item.add_marker(pytest.mark.xdist_group(STACK))
    items.sort(key=turn)


def pytest_xdist_make_scheduler(config: pytest.Config, log: object) -> ByFile:
    return ByFile(config, log)  # type: ignore[arg-type]


def turn(item: pytest.Item) -> int:
    folder = folder_of(item)
    if needs_the_stack(item):
        return -1
    return LONGEST_FIRST.index(folder) if folder in LONGEST_FIRST else len(LONGEST_FIRST)


def needs_the_stack(item: pytest.Item) -> bool:
    params = item.callspec.params if hasattr(item, "callspec") else {}
    return folder_of(item) == "local" or "local_stack" in getattr(item, "fixturenames", ()) or params.get("place") == STACK


def folder_of(item: pytest.Item) -> str:
    return item.path.relative_to(item.config.rootpath).parts[1]
