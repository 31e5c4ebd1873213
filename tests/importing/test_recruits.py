"""Skills and free times in the lists; a recruit whom the lists take over, with her link."""

from pathlib import Path

import pytest

from chalicelib.recruiting.actions import apply, decide
from chalicelib.recruiting.rules import Decision, Said
from chalicelib.register.records import standing
from chalicelib.register.rules import Volunteer
from chalicelib.shared.ids import CompoundId
from chalicelib.shared.problems import Problem
from chalicelib.shared.tokens import mint
from chalicelib.store.memory import MemoryStore
from chalicelib.volunteers.actions import issue_link, open_link
from tests.importing.lists import GOOD, NOW, import_into

TOKEN = mint("anheli")
HEAD = "volunteer,name,phone,grid,home,skills,times\n"
OLD = "v1,老周,0571-0000 2002,g1,1-302,方言;理发,周二上午;6晚上\n"
NEW = "v7,林满,139 0000 0088,g2,,,\n"


def brought(store: MemoryStore, folder: Path, *volunteers: str) -> list[str]:
    """What the import said is wrong."""
    return [fault.en for fault in import_into(store, folder, {**GOOD, "volunteers": HEAD + "".join(volunteers)}).faults]


def volunteers(store: MemoryStore) -> dict[str, Volunteer]:
    found = standing(store, NOW, CompoundId("anheli"))
    return {each.id: each for each in found.register.volunteers} if found else {}


def test_a_volunteer_brings_her_skills_and_free_times(tmp_path: Path):
    store = MemoryStore()

    assert brought(store, tmp_path, OLD) == []
    assert (volunteers(store)["v1"].skills, volunteers(store)["v1"].times) == (("dialect", "理发"), ("2am", "6ev"))


@pytest.mark.parametrize(
    ("skills", "times"), [("方言", "周八上午"), ("方言", "上午"), ("方言;" * 1 + ";".join("一二三四五六七八"), ""), ("字" * 21, "")]
)
def test_what_cannot_be_read_is_said_and_nothing_is_imported(skills: str, times: str, tmp_path: Path):
    store = MemoryStore()

    assert len(brought(store, tmp_path, f"v1,老周,0571-0000 2002,g1,,{skills},{times}\n")) == 1
    assert volunteers(store) == {}


def test_the_lists_take_a_recruit_over_with_her_link_and_later_let_her_go(tmp_path: Path):
    store = MemoryStore()
    brought(store, tmp_path, OLD)
    applied = apply(store, NOW, "anheli", Said("小满", "13900000088", "1", (), (), ""), "application1:d")
    before = standing(store, NOW, CompoundId("anheli"))
    assert before
    decide(store, before.register, applied.id, Decision(NOW, "anheli.liu", "g1", "", "yes:d"), True)
    now = standing(store, NOW, CompoundId("anheli"))
    assert now
    issue_link(store, NOW, now.register, f"r-{applied.id}", TOKEN, "123456")

    brought(store, tmp_path, OLD)
    assert set(volunteers(store)) == {"v1", f"r-{applied.id}"}
    brought(store, tmp_path, OLD, NEW)
    taken = volunteers(store)
    assert set(taken) == {"v1", f"r-{applied.id}"} and (taken[f"r-{applied.id}"].name, taken[f"r-{applied.id}"].grid) == ("林满", "g2")
    assert open_link(store, TOKEN)[1].volunteer == f"r-{applied.id}"
    brought(store, tmp_path, OLD)
    assert set(volunteers(store)) == {"v1"}
    with pytest.raises(Problem):
        open_link(store, TOKEN)
