"""What hangs at a door and whether it is out of date: a table, and laws for any order of printing, ticking and changing."""

from datetime import timedelta

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.register.changes import Changes, pruned
from chalicelib.register.contents import Line, Rewritten, check_line, in_force, rewritten, text_of
from chalicelib.residents.copies import Copy, CopyState, Kind, Mark, lines_of, marked, printed, version_of
from chalicelib.shared.problems import Problem
from tests.builders import DAY, moment, policy, register

NOW = moment("09:00")
OLD, NEW, NEWER = ({"duty": f"0571-{number}"} for number in ("1111", "2222", "3333"))


def tick(copy: Copy, lines: dict[str, str], key: str = "k:d", by: str = "v1", seen: str | None = None) -> Copy:
    found = marked(copy, Mark.DONE, lines, version_of(lines) if seen is None else seen, NOW, by, key)
    assert found
    return found


FIRST = printed(None, OLD, NOW, "anheli.wang", "p1")
REPRINTED = printed(FIRST, NEW, NOW, "anheli.wang", "p2")


@pytest.mark.parametrize(
    ("copy", "lines", "state"),
    [
        (FIRST, OLD, CopyState.CURRENT),
        (FIRST, NEW, CopyState.OLD),
        (REPRINTED, OLD, CopyState.CURRENT),
        (REPRINTED, NEW, CopyState.PRINTED),
        (REPRINTED, NEWER, CopyState.OLD),
        (tick(FIRST, NEW), NEW, CopyState.CURRENT),
        (tick(REPRINTED, NEW), NEWER, CopyState.OLD),
        (tick(FIRST, NEW), OLD, CopyState.OLD),
    ],
)
def test_a_copy_is_as_old_as_its_lines(copy: Copy, lines: dict[str, str], state: CopyState) -> None:
    assert copy.state(lines) is state


@pytest.mark.parametrize(
    ("copy", "mark", "seen", "slug"),
    [
        (None, Mark.DONE, NEW, "not-now"),
        (FIRST, Mark.UNDO, NEW, "not-now"),
        (FIRST, Mark.DONE, OLD, "rewritten"),
        (tick(FIRST, NEW), Mark.DONE, NEW, "ticked-already"),
    ],
)
def test_what_cannot_be_ticked_says_why(copy: Copy | None, mark: Mark, seen: dict[str, str], slug: str) -> None:
    with pytest.raises(Problem) as refused:
        marked(copy, mark, NEW, version_of(seen), NOW, "v2", "other:d")
    assert refused.value.slug == slug
    assert refused.value.more.get("by") == ("v1" if slug == "ticked-already" else "")


def test_a_tick_is_taken_back_within_a_week_and_its_late_repeat_ticks_nothing() -> None:
    done = tick(REPRINTED, NEW)
    undone = marked(done, Mark.UNDO, NEW, "", NOW, "v1", "u:d")

    assert undone and undone.state(NEW) is CopyState.PRINTED and undone.door == FIRST.door
    assert marked(undone, Mark.DONE, NEW, version_of(NEW), NOW, "v1", "k:d") is None
    with pytest.raises(Problem):
        marked(done, Mark.UNDO, NEW, "", NOW + timedelta(days=8), "v1", "u:d")


@given(st.lists(st.tuples(st.sampled_from(["print", "tick", "undo"]), st.sampled_from([OLD, NEW, NEWER])), max_size=12))
def test_whatever_is_done_it_is_current_exactly_when_the_lines_at_the_door_are_those_of_now(steps: list) -> None:
    copy, hangs = FIRST, OLD
    stack: list[dict[str, str]] = []
    for number, (what, lines) in enumerate(steps):
        if what == "print":
            copy = printed(copy, lines, NOW, "anheli.wang", f"p{number}")
            continue
        try:
            after = marked(copy, Mark(what if what == "undo" else "done"), lines, version_of(lines), NOW, "v1", f"k{number}:d")
        except Problem:
            assert (hangs == lines) if what == "tick" else not stack
            continue
        assert after
        copy, stack, hangs = (after, [hangs], lines) if what == "tick" else (after, [], stack[-1])
    assert all((copy.state(lines) is CopyState.CURRENT) == (hangs == lines) for lines in (OLD, NEW, NEWER))


def test_a_card_and_a_sheet_say_what_the_compound_and_its_steward_are_called_by() -> None:
    here = register(policy=policy(emergency_phone="0571-8706 6120", test_site="东门广场", door_words="有事先打电话"))
    home, nobodys = here.home_by_id["3-502"], here.home_by_id["3-1104"]

    assert lines_of(here, home, Kind.CARD) == {
        "duty": "0571-8800 1234",
        "emergency": "0571-8706 6120",
        "test_site": "东门广场",
        "steward": "王管家 13800000010",
    }
    assert list(lines_of(here, nobodys, Kind.SHEET)) == ["duty", "emergency", "hours", "words"]
    assert lines_of(here, nobodys, Kind.SHEET)["hours"] == "08:30–17:30"


def wrote(text: str, was: str, clock: str = "09:00", line: Line = Line.DUTY) -> Rewritten:
    return Rewritten(f"{line}{text}", line, was, text, "anheli.liu", moment(clock))


IMPORTED = policy()
WAS = IMPORTED.duty_phone


@pytest.mark.parametrize(
    ("lines", "text"),
    [
        ((), WAS),
        ((wrote("12345", WAS),), "12345"),
        ((wrote("22222", WAS, "10:00"), wrote("12345", WAS, "09:00")), "22222"),
        ((wrote("12345", "0571-the lists of last month"),), WAS),
        ((wrote("12345", WAS, line=Line.EMERGENCY),), WAS),
    ],
)
def test_what_the_staff_wrote_counts_until_the_lists_say_something_else(lines: tuple[Rewritten, ...], text: str) -> None:
    assert text_of(rewritten(IMPORTED, lines), Line.DUTY) == text


def test_the_newest_of_each_line_is_never_pruned() -> None:
    kept = (wrote("1", WAS, "08:00"), wrote("2", WAS, "09:00"), wrote("3", "", "07:00", Line.WORDS))
    later = pruned(Changes(contents=kept), DAY + timedelta(days=60))

    assert [each.now for each in later.contents] == ["2", "3"]
    assert in_force(IMPORTED, later.contents).keys() == {Line.DUTY, Line.WORDS}
    assert msgspec.json.decode(msgspec.json.encode(later), type=Changes) == later


@pytest.mark.parametrize(("line", "text"), [(Line.DUTY, ""), (Line.DUTY, "请打电话"), (Line.EMERGENCY, "12"), (Line.EMERGENCY, "=1+1")])
def test_a_phone_that_is_none_is_refused(line: Line, text: str) -> None:
    with pytest.raises(Problem) as refused:
        check_line(line, text)
    assert (refused.value.status, refused.value.more["field"]) == (400, "text")
