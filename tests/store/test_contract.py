"""What every store promises."""

import pytest

from chalicelib.store.contract import Absent, Add, Conflict, Remove, Replace, Store
from chalicelib.store.keys import Key

HERE = Key("anheli#X", "one")


def item(sk: str = "one", v: int = 1, **members: object) -> dict:
    return {"pk": "anheli#X", "sk": sk, "v": v, **members}


def test_what_is_written_is_read_back_as_plain_values(store: Store):
    whole = item(text="安和里 🏮", number=-7, flag=True, blob=b"\x00\xff", rows=[{"a": [1, "b"]}], empty="")
    store.write(Add({**whole, "nothing": None}))

    assert store.get(HERE) == whole
    assert store.get(HERE, consistent=True) == whole


def test_nothing_is_there_before_it_is_written(store: Store):
    assert store.get(HERE) is None
    assert store.get_many([HERE]) == {}
    assert store.under("anheli#X") == []


def test_adding_twice_conflicts_and_shows_what_stands_there(store: Store):
    store.write(Add(item(who="first")))
    with pytest.raises(Conflict) as conflict:
        store.write(Add(item(who="second")))

    assert conflict.value.existing == item(who="first")
    assert store.get(HERE) == item(who="first")


def test_replacing_needs_the_version_that_was_seen(store: Store):
    store.write(Add(item()))
    store.write(Replace(item(v=2, who="second"), 1))
    with pytest.raises(Conflict) as conflict:
        store.write(Replace(item(v=2, who="third"), 1))

    assert conflict.value.existing == item(v=2, who="second")


def test_replacing_or_removing_nothing_conflicts_with_nothing(store: Store):
    for change in (Replace(item(v=2), 1), Remove(HERE, 1)):
        with pytest.raises(Conflict) as conflict:
            store.write(change)
        assert conflict.value.existing is None


def test_a_replaced_item_keeps_nothing_of_the_old_one(store: Store):
    store.write(Add(item(news={"id": "n1"}, due_pk="0", due_at="2026")))
    store.write(Replace(item(v=2), 1))

    assert store.get(HERE) == item(v=2)


def test_removing_takes_it_away(store: Store):
    store.write(Add(item()))
    store.write(Remove(HERE, 1))

    assert store.get(HERE) is None


def test_several_changes_are_all_or_nothing(store: Store):
    store.write(Add(item("one")))
    with pytest.raises(Conflict) as conflict:
        store.write(Add(item("two")), Replace(item("one", v=9), 8))

    assert conflict.value.key == HERE
    assert conflict.value.existing == item("one")
    assert store.get(Key("anheli#X", "two")) is None

    store.write(Add(item("two")), Replace(item("one", v=2), 1))
    assert [each["sk"] for each in store.under("anheli#X")] == ["one", "two"]


def test_what_must_not_be_there_is_asked_in_the_same_write_and_writes_nothing(store: Store):
    absent = Absent(Key("anheli#X", "two"))
    store.write(Add(item("one")), absent)
    store.write(Add(item("two")))
    with pytest.raises(Conflict) as conflict:
        store.write(Add(item("three")), absent)

    assert (conflict.value.key, conflict.value.existing) == (absent.key, item("two"))
    assert [each["sk"] for each in store.under("anheli#X")] == ["one", "two"]


def test_many_are_read_in_one_go(store: Store):
    store.write(Add(item("one")), Add(item("two")))
    keys = [Key("anheli#X", name) for name in ("one", "two", "three")]

    assert set(store.get_many(keys, consistent=True)) == set(keys[:2])


def test_a_partition_is_read_in_order_from_a_start_or_by_prefix(store: Store):
    store.fill([item(sk) for sk in ("DAY#2026-11-21#a", "DAY#2026-11-22#b", "OPEN#c", "AAA")])

    assert [each["sk"] for each in store.under("anheli#X", start="DAY#2026-11-22")] == ["DAY#2026-11-22#b", "OPEN#c"]
    assert [each["sk"] for each in store.under("anheli#X", prefix="DAY#")] == ["DAY#2026-11-21#a", "DAY#2026-11-22#b"]


def test_a_partition_of_more_than_one_page_is_read_whole(store: Store):
    store.fill([item(f"{number:04d}", note="x" * 30_000) for number in range(60)])

    assert len(store.under("anheli#X")) == 60


def test_due_gives_what_is_due_of_one_shard_earliest_first(store: Store):
    store.fill(
        [
            item("a", due_pk="1", due_at="2026-11-22T02:00:00.000Z"),
            item("b", due_pk="1", due_at="2026-11-22T01:00:00.000Z"),
            item("c", due_pk="1", due_at="2026-11-22T03:00:00.000Z"),
            item("d", due_pk="2", due_at="2026-11-22T01:00:00.000Z"),
            item("e"),
        ]
    )

    assert [each["sk"] for each in store.due("1", "2026-11-22T02:00:00.000Z", 10)] == ["b", "a"]
    assert [each["sk"] for each in store.due("1", "2026-11-22T02:00:00.000Z", 1)] == ["b"]


def test_filling_many_is_repeatable(store: Store):
    rows = [item(f"{number:03d}") for number in range(60)]
    store.fill(rows)
    store.fill(rows)

    assert len(store.under("anheli#X")) == 60


def test_a_float_is_refused_before_anything_is_written(store: Store):
    with pytest.raises(TypeError):
        store.write(Add(item(temperature=36.6)))

    assert store.get(HERE) is None
