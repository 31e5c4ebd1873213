"""Reporting in: one record a day, whatever comes twice or at once."""

import pytest

from chalicelib.care.actions import MOST_ENTRIES, Done, check_in
from chalicelib.care.records import of_day
from chalicelib.care.rules import Entry, Feeling, Need
from chalicelib.shared.problems import Problem
from tests.actions.interrupted import InterruptedStore
from tests.builders import DAY, entry, moment

NOW = moment("09:00")


@pytest.fixture
def store() -> InterruptedStore:
    return InterruptedStore()


def report(store: InterruptedStore, said: Entry, home: str = "3-502", tenancy: str = "t1") -> Done:
    return check_in(store, said.at, "anheli", home, tenancy, said)


def test_the_first_report_of_a_day_is_one_write_and_no_read(store: InterruptedStore):
    done = report(store, entry())

    assert done.created and store.writes == 1
    assert of_day(store, "anheli", DAY) == [done.check_in]


def test_the_same_key_gets_the_first_answer_and_writes_nothing(store: InterruptedStore):
    first = report(store, entry(needs=(Need.FOOD,)))
    report(store, entry("key-2", "09:01", (Need.MOOD,)))
    before = store.writes

    assert report(store, entry(clock="09:02", needs=(Need.FOOD,))) == first
    assert store.writes == before + 1  # the refused one


def test_the_same_key_with_another_payload_is_refused(store: InterruptedStore):
    report(store, entry())

    with pytest.raises(Problem) as refused:
        report(store, entry(digest="other"))

    assert refused.value.status == 422


def test_another_key_that_says_nothing_new_gets_the_existing_report(store: InterruptedStore):
    first = report(store, entry(needs=(Need.FOOD,), note="米"))

    again = report(store, entry("key-2", "09:30", (Need.FOOD,), note="米"))

    assert again == Done(first.check_in, False)


def test_another_key_adds_what_is_new_and_keeps_the_first_time(store: InterruptedStore):
    report(store, entry(needs=(Need.FOOD,)))

    done = report(store, entry("key-2", "11:00", (Need.MEDICINE,), feeling=Feeling.UNWELL, note="药"))

    assert not done.created
    assert done.check_in.needs == (Need.MEDICINE, Need.FOOD)
    assert (done.check_in.feeling, done.check_in.note, done.check_in.at) == (Feeling.UNWELL, "药", moment("09:00"))


def test_a_report_of_another_day_home_or_tenancy_is_another_record(store: InterruptedStore):
    tomorrow = DAY.replace(day=23)
    report(store, entry())
    report(store, entry("key-2"), home="3-503")
    report(store, entry("key-3"), tenancy="t2")
    report(store, entry("key-4")._replace(at=moment("00:00", tomorrow)))

    assert len(of_day(store, "anheli", DAY)) == 3 and len(of_day(store, "anheli", tomorrow)) == 1
    assert of_day(store, "qinghe", DAY) == []


def test_a_household_can_say_only_so_many_things_a_day(store: InterruptedStore):
    for number in range(MOST_ENTRIES):
        report(store, entry(f"key-{number}", note=f"note {number}"))

    with pytest.raises(Problem) as refused:
        report(store, entry("one-more", note="one more"))

    assert refused.value.status == 429
    assert report(store, entry("key-0", note="note 0")).created


def test_of_two_first_reports_at_once_one_is_made_and_the_other_adds_to_it(store: InterruptedStore):
    store.before(lambda: report(store, entry("theirs", needs=(Need.FOOD,))))

    done = report(store, entry("ours", needs=(Need.MOOD,)))

    assert not done.created and done.check_in.needs == (Need.FOOD, Need.MOOD)
    assert len(of_day(store, "anheli", DAY)) == 1


def test_of_two_additions_at_once_none_is_lost(store: InterruptedStore):
    report(store, entry())
    store.before(lambda: None)
    store.before(lambda: report(store, entry("theirs", needs=(Need.FOOD,))))

    report(store, entry("ours", needs=(Need.MOOD,)))

    (day,) = of_day(store, "anheli", DAY)
    assert day.needs == (Need.FOOD, Need.MOOD) and [said.key for said in day.entries] == ["key-1", "theirs", "ours"]


def test_a_first_report_fits_into_one_write_unit_and_stands_in_no_index(store: InterruptedStore):
    report(store, entry("k" * 24, needs=tuple(Need), note="长" * 100, feeling=Feeling.UNWELL, digest="d" * 24))
    (item,) = store._items.values()

    size = sum(len(name) + len(str(value).encode()) for name, value in item.items())

    assert size < 1024 and "due_pk" not in item
