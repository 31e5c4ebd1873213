"""Parcels from the gate to the home, on the virtual clock: whoever waits is reminded once, whatever is overdue becomes somebody's."""

from datetime import timedelta

import msgspec
import pytest

from chalicelib.delivery.reading import answer
from chalicelib.delivery.rules import Act, Parcel, Spot, Trouble
from chalicelib.delivery.setting_out import doors
from chalicelib.ledger.records import balance
from chalicelib.pages.home import home_page
from chalicelib.points.rules import account
from chalicelib.promises.doing import do
from chalicelib.promises.sweep import sweep
from chalicelib.register.delivering import Goods
from chalicelib.register.records import to_item
from chalicelib.sensors.actions import bind, receive
from chalicelib.sensors.readings import Message
from chalicelib.sensors.rules import AlertState
from chalicelib.shared.calendar import ms_of, stamp
from chalicelib.shared.problems import Problem
from chalicelib.store.contract import Replace
from chalicelib.store.values import to_typed
from chalicelib.tasks import board
from chalicelib.tasks.records import from_item
from chalicelib.tasks.tasks import Act as TaskAct
from chalicelib.tasks.tasks import Line, TaskKind, TaskState
from tests.builders import isolated, moment
from tests.promises.chain import OTHER_SHELF, REGISTER, Chain
from tests.promises.world import World

TEN_MINUTES = timedelta(minutes=10)
FAMILY, NEIGHBOURS = "sms:+8613800000001", "wecombot://floor-3-5"


@pytest.fixture
def world(monkeypatch: pytest.MonkeyPatch) -> World:
    return World(monkeypatch, REGISTER, moment("11:00"))


@pytest.fixture
def chain(world: World) -> Chain:
    return Chain(world)


def told(world: World, address: str) -> list[str]:
    return [f"{at:%H:%M} {text}" for at, to, text in world.sent if to == address]


def tasks(world: World) -> list[tuple[str, tuple[str, ...]]]:
    return [(task.category, task.owners) for task in board.running_all(world.store, "anheli") if task.kind == "parcel"]


def shelved(chain: Chain, **members: object) -> Parcel:
    parcel = chain.receive(**members)  # type: ignore[arg-type]
    chain.hand(Act.CARRY, parcel)
    (there,) = chain.hand(Act.SHELVE, parcel)
    assert isinstance(there, Parcel)
    return there


def test_family_and_floor_group_are_reminded_at_half_time_and_at_the_end_and_never_of_what_it_is(world: World, chain: Chain):
    parcel = shelved(chain)
    world.until(moment("12:30"))

    assert [line[:5] for line in told(world, FAMILY)] == [line[:5] for line in told(world, NEIGHBOURS)] == ["11:15", "11:30"]
    assert "您家" in told(world, FAMILY)[0] and "3 栋货架" in told(world, FAMILY)[0] and "11:30" in told(world, FAMILY)[0]
    assert "3 栋 502" in told(world, NEIGHBOURS)[0]
    assert not [text for text in world.texts() for word in ("生鲜", "药", "日用", "fresh") if word in text]
    assert tasks(world) == [("overdue", ())] and chain.now(parcel).tasked, (
        "nobody is named for this home, so the coordinator is told at once"
    )
    assert "11:30" in told(world, "wecombot://liu")[0] and "快递" in told(world, "wecombot://liu")[0]


def test_a_volunteer_of_the_home_brings_what_nobody_came_for(world: World, chain: Chain):
    red = chain.receive("1-302", Goods.MEDICINE)  # brought to the door from the start: 老周 looks after this home
    world.until(moment("12:01"))
    assert tasks(world) == [("overdue", ("v1",))] and told(world, FAMILY) == []

    chain.hand(Act.TAKE, red, by="v1")
    (task,) = [each for each in board.running_all(world.store, "anheli") if each.kind == "parcel"]
    assert task.state is TaskState.CLAIMED
    windows = from_item(world.stored("1-302/EXPECTED")[0])
    assert [(each.starts, each.ends, each.reason) for each in windows] == [(moment("12:01"), moment("13:01"), "parcel")]

    chain.hand(Act.DELIVER, red, by="v1")
    assert tasks(world) == [] and chain.now(red).spot is Spot.HOME
    assert balance(world.store, "anheli", account("v1")).amount == 1


def test_what_is_picked_up_in_time_is_nobodys_affair(world: World, chain: Chain):
    parcel = shelved(chain)
    world.until(moment("11:10"))
    chain.hand(Act.PICK_UP, parcel, by="3-502")
    world.until(moment("13:00"))

    assert world.sent == [] and tasks(world) == []


def test_daily_goods_are_asked_for_by_day_and_stay_on_their_shelf(world: World, chain: Chain):
    shelved(chain, goods=Goods.DAILY)  # half time is at 23:00: at night nobody comes down
    world.until(moment("23:59"), every=TEN_MINUTES)  # from here on the sweep runs at nine minutes past
    assert told(world, FAMILY) == []
    world.until(moment("00:00").replace(day=24), every=TEN_MINUTES)

    assert [line[:5] for line in told(world, FAMILY)] == ["07:09", "11:09"] and tasks(world) == []


def test_a_look_that_comes_too_late_for_half_time_tells_of_the_end_only(world: World, chain: Chain):
    shelved(chain)
    world.clock.moment = moment("11:40")
    world.sweep()
    world.sweep()

    assert [line[:5] for line in told(world, FAMILY)] == ["11:40"]


@pytest.mark.parametrize(
    ("trouble", "owner"),
    [
        (Trouble.NO_NAME, "anheli.wang"),
        (Trouble.WRONG_SHELF, "anheli.liu"),
        (Trouble.DAMAGED, "anheli.wang"),
        (Trouble.UNKNOWN_ROOM, "anheli.wang"),
        (Trouble.NOBODY_HOME, "anheli.wang"),
    ],
)
def test_each_trouble_is_a_task_of_its_owner_until_it_is_over(trouble: Trouble, owner: str, world: World, chain: Chain):
    parcel = chain.receive("nowhere" if trouble is Trouble.UNKNOWN_ROOM else "3-502", no_name=trouble is Trouble.NO_NAME)
    world.pump()
    if trouble is Trouble.WRONG_SHELF:
        chain.hand(Act.SHELVE, parcel, by="anheli.liu", shelf=OTHER_SHELF)
    if trouble is Trouble.DAMAGED:
        chain.hand(Act.DAMAGE, parcel)
    if trouble is Trouble.NOBODY_HOME:
        chain.hand(Act.TAKE, parcel, by="v1")
        chain.hand(Act.MISS, parcel, by="v1")
    assert tasks(world) == [(trouble.value, (owner,))] and chain.now(parcel).trouble is trouble

    chain.hand(Act.CARRY if trouble is Trouble.WRONG_SHELF else Act.RETURN if trouble is Trouble.UNKNOWN_ROOM else Act.SETTLE, parcel)
    assert tasks(world) == []


def test_the_same_trouble_again_is_a_task_again(world: World, chain: Chain):
    parcel = chain.receive()
    for clock in ("11:01", "11:03"):
        world.clock.moment = moment(clock)
        chain.hand(Act.SHELVE, parcel, shelf=OTHER_SHELF)
        assert tasks(world) == [("wrong_shelf", ("anheli.wang",))]
        chain.hand(Act.CARRY, parcel)
        assert tasks(world) == []


def test_a_door_that_nobody_opens_is_the_stewards_call_and_the_parcel_comes_again(world: World, chain: Chain):
    """The volunteer rings in vain, puts it on the shelf, the steward calls, the volunteer goes once more: each time the door is expected to open."""
    red = chain.receive("1-302", Goods.DAILY)
    chain.hand(Act.TAKE, red, by="v1")
    (missed,) = chain.hand(Act.MISS, red, by="v1")
    assert isinstance(missed, Parcel) and missed.spot is Spot.VOLUNTEER and tasks(world)[0][0] == "nobody_home"
    world.clock.moment += timedelta(minutes=30)
    (shelf,) = chain.hand(Act.SHELVE, red, by="v1", shelf=OTHER_SHELF)
    assert isinstance(shelf, Parcel) and shelf.trouble is Trouble.NOBODY_HOME
    assert [
        (door.home, door.mine, door.waiting, door.tried[11:16]) for door in doors(chain.standing, world.clock.moment, "v1", [shelf])
    ] == [("1-302", [], [red.id], "11:00")]

    chain.hand(Act.SETTLE, red)
    assert tasks(world) == []
    world.clock.moment += timedelta(minutes=60)
    chain.hand(Act.TAKE, red, by="v1")
    chain.hand(Act.DELIVER, red, by="v1")
    windows = from_item(world.stored("1-302/EXPECTED")[0])
    assert [each.starts for each in windows] == [moment("11:00"), moment("12:30")]
    assert tasks(world) == [] and chain.now(red).trouble is Trouble.NONE
    assert balance(world.store, "anheli", account("v1")).amount == 1


def test_a_second_time_in_vain_is_said_again_to_the_family_and_to_the_steward_who_had_called_the_first_off(world: World, chain: Chain):
    parcel = chain.receive("3-502", Goods.DAILY)
    chain.hand(Act.TAKE, parcel, by="v1")
    chain.hand(Act.MISS, parcel, by="v1")
    (first,) = board.open_of(world.store, "anheli", TaskKind.PARCEL)
    line = Line(world.clock.moment, "anheli.wang", TaskAct.CANCEL, "打过电话了", "called:d")
    do(world.store, world.clock.moment, chain.standing, first, line)
    world.pump()
    closed = tasks(world)
    world.clock.moment += timedelta(minutes=20)
    chain.hand(Act.MISS, parcel, by="v1")

    assert (closed, [category for category, _ in tasks(world)]) == ([], ["nobody_home"])
    assert [line[:5] for line in told(world, FAMILY) if "没有人应门" in line] == ["11:00", "11:20"]


def test_a_delivery_taken_back_gives_back_the_points_and_is_a_task_again_and_the_next_one_counts(world: World, chain: Chain):
    red = chain.receive("1-302", Goods.MEDICINE)
    world.until(moment("12:01"))
    chain.hand(Act.TAKE, red, by="v1")
    first: dict = {}
    for brought in range(2):
        world.clock.moment += timedelta(minutes=1)
        chain.hand(Act.DELIVER, red, by="v1", key=f"brought{brought}")
        assert tasks(world) == [] and balance(world.store, "anheli", account("v1")).amount == 1
        if brought == 0:
            first = dict(world.stored("#PARCEL#")[0])
            world.clock.moment += timedelta(minutes=3)
            chain.hand(Act.UNDO, red, by="v1")
            assert tasks(world) == [("overdue", ("v1",))] and balance(world.store, "anheli", account("v1")).amount == 0
            world.store.stream += [{"eventID": "e", "dynamodb": {"NewImage": to_typed(first)}}]  # the first delivery, heard late
            world.pump()
            assert tasks(world) == [("overdue", ("v1",))] and balance(world.store, "anheli", account("v1")).amount == 0
    assert [each.act for each in chain.now(red).steps] == [Act.RECEIVE, Act.TAKE, Act.DELIVER, Act.UNDO, Act.DELIVER]


def test_what_was_put_on_the_wrong_shelf_and_taken_back_is_nobodys_task_any_more(world: World, chain: Chain):
    parcel = chain.receive()
    chain.hand(Act.CARRY, parcel)
    chain.hand(Act.SHELVE, parcel, shelf=OTHER_SHELF)
    assert tasks(world) == [("wrong_shelf", ("anheli.wang",))]
    chain.hand(Act.UNDO, parcel)

    assert tasks(world) == [] and (chain.now(parcel).spot, chain.now(parcel).at) == (Spot.CARRIER, "anheli.wang")


def test_an_overdue_parcel_taken_along_by_mistake_is_given_back_with_its_task(world: World, chain: Chain):
    parcel = shelved(chain)
    world.until(moment("11:31"))
    chain.hand(Act.TAKE, parcel, by="v1")
    (task,) = [each for each in board.running_all(world.store, "anheli") if each.kind == "parcel"]
    assert task.state is TaskState.CLAIMED
    chain.hand(Act.UNDO, parcel, by="v1")

    (task,) = [each for each in board.running_all(world.store, "anheli") if each.kind == "parcel"]
    assert task.state is TaskState.OPEN and task.owners == () and chain.now(parcel).spot is Spot.SHELF
    chain.hand(Act.CARRY, parcel, by="anheli.liu")
    (task,) = [each for each in board.running_all(world.store, "anheli") if each.kind == "parcel"]
    assert task.state is TaskState.CLAIMED and task.owners == ("anheli.liu",), "whoever takes it along next is on it"


def test_what_is_taken_back_from_its_shelf_has_the_clock_of_the_gate_again(world: World, chain: Chain):
    parcel = chain.receive()
    world.until(moment("11:31"))
    chain.hand(Act.SHELVE, parcel)
    assert tasks(world) == []
    world.clock.moment += timedelta(minutes=2)
    chain.hand(Act.UNDO, parcel)

    assert tasks(world) == [("overdue", ())]
    world.until(moment("12:30"))
    assert told(world, FAMILY) == [], "it never lay there"


def test_a_family_that_did_not_open_hears_of_it_once_and_never_what_it_was(world: World, chain: Chain):
    parcel = shelved(chain)
    chain.hand(Act.TAKE, parcel, by="v1")
    world.clock.moment += timedelta(minutes=5)
    kept = len(world.sent)
    for _ in range(2):
        chain.hand(Act.MISS, parcel, by="v1")
    assert [line[:5] for line in told(world, FAMILY)] == ["11:05"] and "没有人应门" in told(world, FAMILY)[0]
    assert [line for line in told(world, FAMILY) if "生鲜" in line] == [] == told(world, NEIGHBOURS)

    chain.hand(Act.DELIVER, parcel, by="v1")
    world.store.stream += [{"eventID": "e", "dynamodb": {"NewImage": to_typed(item)}} for item in world.stored("#PARCEL#")]
    world.pump()
    assert len(told(world, FAMILY)) == 1 and len(world.sent) > kept


def test_whoever_is_isolated_since_it_came_in_is_brought_it_and_not_asked_down(world: World, chain: Chain):
    parcel = shelved(chain)
    late = chain.receive()
    shut_in = [msgspec.structs.replace(home, isolation=isolated().isolation) if home.id == "3-502" else home for home in REGISTER.homes]
    world.store.write(Replace(to_item(msgspec.structs.replace(REGISTER, homes=tuple(shut_in)), 2), 1))
    world.until(moment("11:20"))
    assert told(world, FAMILY) == []

    (refused,) = chain.hand(Act.SHELVE, late)
    assert isinstance(refused, Problem) and refused.slug == "to-the-door"
    (door,) = answer(chain.standing, world.clock.moment, "anheli.wang", [chain.now(parcel), chain.now(late)]).doors
    assert (door.home, sorted(door.waiting)) == ("3-502", sorted([parcel.id, late.id]))
    (carried,) = chain.hand(Act.CARRY, parcel)
    assert isinstance(carried, Parcel) and carried.door and len(from_item(world.stored("3-502/EXPECTED")[0])) == 1


def test_a_family_is_told_once_that_somebody_comes_and_only_while_somebody_does(world: World, chain: Chain):
    def told_at_home() -> list[str]:
        page = home_page(world.store, world.clock.moment, chain.standing, chain.standing.register.home_by_id["2-801"])
        return [each.ends[11:16] for each in page.promises if each.kind == "parcel"]

    first, second = chain.receive("2-801"), chain.receive("2-801", Goods.DAILY)
    assert told_at_home() == []
    chain.hand(Act.CARRY, first)
    world.clock.moment += timedelta(minutes=10)
    chain.hand(Act.CARRY, second)
    assert told_at_home() == ["12:10"]
    chain.hand(Act.DELIVER, first, second)
    assert told_at_home() == [] and len(from_item(world.stored("2-801/EXPECTED")[0])) == 2


@pytest.mark.parametrize(("minutes", "windows"), [(54, 1), (56, 2), (70, 2)])
def test_who_scans_at_the_door_near_the_end_of_the_announced_time_announces_it_anew(minutes: int, windows: int, world: World, chain: Chain):
    parcel = chain.receive("2-801")
    chain.hand(Act.CARRY, parcel)
    world.clock.moment += timedelta(minutes=minutes)
    chain.hand(Act.DELIVER, parcel)

    assert len(from_item(world.stored("2-801/EXPECTED")[0])) == windows


def test_doors_stand_in_walking_order_with_what_is_in_hand_and_what_waits(world: World, chain: Chain):
    """Building 1 before 2, floor by floor; what a colleague has is hers, and what lies on a shelf in time is its family's."""
    second, first, theirs = (chain.receive(home, Goods.MEDICINE) for home in ("2-801", "1-302", "1-302"))
    own = chain.receive("3-502")
    chain.hand(Act.CARRY, first)
    chain.hand(Act.CARRY, theirs, by="anheli.liu")
    chain.hand(Act.SHELVE, own)
    found = doors(chain.standing, world.clock.moment, "anheli.wang", [chain.now(each) for each in (second, first, theirs, own)])

    assert [(door.home, door.mine, door.waiting, door.opens_until[11:16]) for door in found] == [
        ("1-302", [first.id], [], "12:00"),
        ("2-801", [], [second.id], ""),
    ]


def test_a_task_of_a_parcel_is_not_done_by_saying_so(world: World, chain: Chain):
    shelved(chain)
    world.until(moment("11:31"))
    (task,) = [each for each in board.running_all(world.store, "anheli") if each.kind == "parcel"]
    line = Line(moment("11:32"), "anheli.liu", TaskAct.DONE, "", "k:d")
    with pytest.raises(Problem, match="scan-it"):
        do(world.store, moment("11:32"), chain.standing, task, line)
    assert tasks(world)


def test_news_heard_twice_or_late_tells_nobody_again(world: World, chain: Chain):
    kept: list[dict] = []
    parcel = shelved(chain)
    while world.clock.moment < moment("11:31"):
        world.clock.moment += timedelta(minutes=1)
        sweep(world.store, world.clock.moment, world.send)
        kept += world.store.stream
        world.pump()
    before = list(world.sent), tasks(world)
    world.store.stream += kept
    world.pump()
    assert (list(world.sent), tasks(world)) == before

    chain.hand(Act.CARRY, parcel)
    chain.hand(Act.DELIVER, parcel)
    sent = list(world.sent)
    world.store.stream += kept
    world.pump()
    assert world.sent == sent and tasks(world) == []


def test_what_waited_too_long_at_the_gate_has_its_time_on_the_shelf_from_there(world: World, chain: Chain):
    parcel = chain.receive()
    world.until(moment("11:31"))
    assert tasks(world) == [("overdue", ())] and told(world, FAMILY) == []

    chain.hand(Act.SHELVE, parcel)
    assert tasks(world) == []
    world.until(moment("12:02"))
    assert [line[:5] for line in told(world, FAMILY)] == ["11:46", "12:01"] and tasks(world) == [("overdue", ())]


@pytest.mark.parametrize(("minutes", "state"), [(10, AlertState.EXPECTED), (70, AlertState.UNEXPLAINED)])
def test_the_door_of_an_isolated_home_may_open_for_its_parcel_and_not_for_ever(minutes: int, state: AlertState, world: World, chain: Chain):
    bind(world.store, "anheli", "anheli-gw1", "door", "2-801", "zigbee2mqtt", tenancy="t1")
    parcel = chain.receive("2-801")
    chain.hand(Act.CARRY, parcel)
    world.clock.moment += timedelta(minutes=minutes)
    opened = Message("anheli-gw1", "zigbee2mqtt/door", "anheli-gw1", ms_of(world.clock.moment), b'{"contact":false}')
    (alert,) = receive(world.store, world.clock, opened)

    assert parcel.door and alert.state is state


@pytest.mark.parametrize(("wrong", "until"), [(Act.CARRY, ""), (Act.DELIVER, stamp(moment("12:00")))])
def test_a_scan_taken_back_takes_back_the_opening_it_had_announced(wrong: Act, until: str, world: World, chain: Chain):
    bind(world.store, "anheli", "anheli-gw1", "door", "2-801", "zigbee2mqtt", tenancy="t1")
    parcel = chain.receive("2-801")
    if wrong is Act.DELIVER:
        chain.hand(Act.CARRY, parcel)
        world.clock.moment = moment("12:05")
    chain.hand(wrong, parcel)
    world.clock.moment += timedelta(minutes=2)
    (back,) = chain.hand(Act.UNDO, parcel)
    world.clock.moment += timedelta(minutes=1)
    opened = Message("anheli-gw1", "zigbee2mqtt/door", "anheli-gw1", ms_of(world.clock.moment), b'{"contact":false}')
    (alert,) = receive(world.store, world.clock, opened)

    assert alert.state is AlertState.UNEXPLAINED
    (door,) = doors(chain.standing, world.clock.moment, "anheli.wang", [chain.now(parcel)])
    assert door.opens_until == until and isinstance(back, Parcel)
