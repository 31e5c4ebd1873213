"""The duty board: every home that owes stands in exactly one place, and a day's entries merge the same in any order."""

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from chalicelib.care.rules import CheckIn, Entry, Feeling, Need, Source, State, board, owes, slot_of
from chalicelib.register.policy import Policy
from chalicelib.register.rules import Home, Tier
from chalicelib.shared.ids import TenancyId
from tests.builders import DAY, home, moment, policy

CLOCKS = st.integers(0, 24 * 3600 - 1).map(lambda second: moment("00:00") + timedelta(seconds=second))
POLICIES = st.builds(
    policy,
    self_report_tiers=st.sets(st.sampled_from(Tier)).map(tuple),
    self_report_closes=st.sampled_from(["00:01", "09:00", "10:00", "24:00"]),
)
HOMES = st.lists(
    st.builds(
        home,
        st.integers(1, 30).map(lambda number: f"{number % 3 + 1}-{number}01"),
        tier=st.sampled_from(Tier),
        tenancy=st.sampled_from([TenancyId(""), TenancyId("t1"), TenancyId("t2")]),
        moved_in=st.sampled_from([None, DAY - timedelta(days=1), DAY]),
    ),
    unique_by=lambda each: each.id,
    max_size=12,
)
ENTRIES = st.builds(
    Entry,
    key=st.uuids().map(str),
    digest=st.just("d"),
    at=CLOCKS,
    feeling=st.sampled_from(Feeling),
    needs=st.lists(st.sampled_from(Need), max_size=4).map(tuple),
    note=st.sampled_from(["", "米", "药", "灯坏了"]),
    source=st.sampled_from(Source),
)
DAYS = st.lists(ENTRIES, min_size=1, max_size=6, unique_by=lambda entry: entry.key)


@given(POLICIES, HOMES, st.data(), CLOCKS)
def test_missed_waiting_and_reported_are_the_owed_homes_and_no_two_overlap(rules: Policy, homes: list[Home], data: st.DataObject, now):
    done = [
        CheckIn(each.id, data.draw(st.sampled_from(["t1", "t2", each.tenancy])), DAY, (data.draw(ENTRIES),))
        for each in homes
        if data.draw(st.booleans())
    ]

    lines = board(rules, homes, done, DAY, now)
    missed, waiting = ({line.home.id for line in lines if line.state is state} for state in (State.MISSED, State.WAITING))
    reported = {line.home.id for line in lines if line.owed and line.check_in}
    owed = {each.id for each in homes if owes(rules, each, slot_of(rules, DAY))}

    assert missed | waiting | reported == owed
    assert len(missed) + len(waiting) + len(reported) == len(owed)
    assert not (missed and waiting)
    assert len({line.home.id for line in lines}) == len(lines)


@given(POLICIES, HOMES, CLOCKS)
def test_time_only_turns_waiting_into_missed(rules: Policy, homes: list[Home], now):
    before = board(rules, homes, [], DAY, moment("00:00"))
    after = board(rules, homes, [], DAY, now)

    assert [line.home.id for line in before] == [line.home.id for line in after]
    assert {line.state for line in after} <= {State.WAITING if now < slot_of(rules, DAY).closes else State.MISSED}


@given(DAYS, st.randoms(use_true_random=False))
def test_needs_and_feeling_of_a_day_do_not_depend_on_the_order_things_were_said_in(entries: list[Entry], dice):
    shuffled = list(entries)
    dice.shuffle(shuffled)

    one, other = (CheckIn("3-502", "t1", DAY, tuple(each)) for each in (entries, shuffled))

    assert (one.needs, one.feeling) == (other.needs, other.feeling)
    assert sorted(one.note.split("；")) == sorted(other.note.split("；"))


def merged(entries: list[Entry]) -> CheckIn:
    """As the store ends up: an entry that adds nothing is not kept."""
    day = CheckIn("3-502", "t1", DAY, (entries[0],))
    for entry in entries[1:]:
        if day.adds(entry):
            day = day._replace(entries=(*day.entries, entry))
    return day


@given(DAYS, st.randoms(use_true_random=False))
def test_leaving_out_what_adds_nothing_loses_nothing_in_any_order(entries: list[Entry], dice):
    shuffled = list(entries)
    dice.shuffle(shuffled)
    whole, kept, other = CheckIn("3-502", "t1", DAY, tuple(entries)), merged(entries), merged(shuffled)

    assert kept.needs == whole.needs == other.needs
    assert kept.feeling is whole.feeling is other.feeling
    notes = {entry.note for entry in entries if entry.note}
    assert set(kept.note.split("；")) - {""} == notes == set(other.note.split("；")) - {""}
    assert not any(kept.adds(entry) for entry in kept.entries)


@given(DAYS)
def test_the_first_answer_to_a_key_never_changes(entries: list[Entry]):
    for count in range(1, len(entries) + 1):
        then = CheckIn("3-502", "t1", DAY, tuple(entries[:count]))
        now = CheckIn("3-502", "t1", DAY, tuple(entries))

        assert now.upto(entries[count - 1].key) == then
