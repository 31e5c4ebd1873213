"""Sixteen at the last place at once, on ministack only: one of them has it, and the others wait in a line."""

from chalicelib.activities import actions, records
from chalicelib.activities.rules import Activity, Place, id_of
from chalicelib.store.dynamo import DynamoStore
from tests.builders import home, moment
from tests.store.test_races import together

NOW, STARTS = moment("09:00"), moment("14:00")
HOMES = [home(f"3-{number}01") for number in range(1, 17)]
LAST = id_of("k", STARTS)


def arranged(store: DynamoStore, places: int) -> None:
    made = Activity(LAST, "写春联", "", "大厅", STARTS, moment("16:00"), places, (), True, "anheli.wang", NOW, "k")
    actions.arrange(store, NOW, "anheli", made)


def stored(store: DynamoStore) -> Activity:
    found = records.find(store, "anheli", LAST)
    assert found
    return found


def test_of_sixteen_at_the_last_place_one_has_it_and_fifteen_wait(shared_store: DynamoStore):
    arranged(shared_store, 1)

    def come(number: int) -> Activity:
        return actions.sign_up(shared_store, NOW, "anheli", LAST, HOMES[number], 1, f"k{number}:d")

    done = together(come, 16)
    kept = stored(shared_store)
    assert all(isinstance(each, Activity) for each in done) and kept.version == 17
    assert [row.place for row in kept.rows] == [Place.IN, *[Place.WAITING] * 15]
    assert {row.home for row in kept.rows} == {each.id for each in HOMES}


def test_eight_leave_at_once_and_the_first_eight_who_waited_have_their_places(shared_store: DynamoStore):
    arranged(shared_store, 8)
    for number, each in enumerate(HOMES):
        actions.sign_up(shared_store, NOW, "anheli", LAST, each, 1, f"k{number}:d")

    together(lambda number: actions.sign_up(shared_store, NOW, "anheli", LAST, HOMES[number], 0, f"l{number}:d"), 8)

    kept = stored(shared_store)
    assert [row.home for row in kept.rows] == [each.id for each in HOMES[8:]] and kept.taken == 8 and not kept.waiting


def test_the_same_sign_up_sent_eight_times_at_once_is_one(shared_store: DynamoStore):
    arranged(shared_store, 4)

    together(lambda _: actions.sign_up(shared_store, NOW, "anheli", LAST, HOMES[0], 3, "same:d"), 8)

    assert [(row.home, row.persons) for row in stored(shared_store).rows] == [("3-101", 3)] and stored(shared_store).version == 2
