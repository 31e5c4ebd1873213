"""Where a parcel may go, what is wrong with it, and when somebody must look."""

from datetime import timedelta

import pytest

from chalicelib.delivery.clocks import deadline, looked, next_look
from chalicelib.delivery.doorstep import to_the_door
from chalicelib.delivery.numbers import building_of, day_of_arrival, number_of, read_number
from chalicelib.delivery.rules import ENDS, HANDS, NEXT, OWNERS, STAYS, Act, Parcel, Spot, Step, Trouble
from chalicelib.delivery.steps import moved, out_again
from chalicelib.delivery.undoing import taken_back, undone
from chalicelib.register.delivering import DeliveryPolicy, Goods
from chalicelib.register.rules import Home, Person
from chalicelib.shared.letters import LETTERS
from chalicelib.shared.problems import Problem
from chalicelib.shared.tiers import Tier
from tests.builders import DAY, home, isolated, moment

NUMBER = number_of("3", DAY, "waybill")
POLICY, QUIET = DeliveryPolicy(), ("22:00", "07:00")
GATE, CARRIER, SHELF, VOLUNTEER, HOME, RETURNED = Spot
MOVES = {Act.CARRY: "wang", Act.TAKE: "v1", Act.SHELVE: "S3", Act.PICK_UP: "", Act.DELIVER: "", Act.RETURN: ""}


def parcel(spot: Spot = Spot.GATE, at: str = "G1", goods: Goods = Goods.FRESH, clock: str = "09:00", **members: object) -> Parcel:
    start = moment(clock)
    came = Step(start, Act.RECEIVE, "wang", Spot.GATE, "G1", "k0:d")
    made = Parcel(NUMBER, goods, "3-502", "t1", spot, at, Trouble.NONE, False, start, start, (came,))
    return made._replace(**members)


def step(act: Act, where: str = "", clock: str = "09:10") -> Step:
    return Step(moment(clock), act, "wang", Spot.GATE, where, f"{act}:d")


@pytest.mark.parametrize(
    ("spot", "allowed"),
    [
        (GATE, {Act.CARRY: CARRIER, Act.TAKE: VOLUNTEER, Act.SHELVE: SHELF, Act.RETURN: RETURNED}),
        (CARRIER, {Act.TAKE: VOLUNTEER, Act.SHELVE: SHELF, Act.DELIVER: HOME, Act.RETURN: RETURNED}),
        (SHELF, {Act.CARRY: CARRIER, Act.TAKE: VOLUNTEER, Act.SHELVE: SHELF, Act.PICK_UP: HOME, Act.RETURN: RETURNED}),
        (VOLUNTEER, {Act.CARRY: CARRIER, Act.SHELVE: SHELF, Act.DELIVER: HOME, Act.RETURN: RETURNED}),
        (HOME, {}),
        (RETURNED, {}),
    ],
)
def test_from_each_place_it_goes_where_the_table_says_and_nowhere_else(spot: Spot, allowed: dict[Act, Spot]):
    before = parcel(spot, "somewhere")
    after = {act: moved(before, step(act, where), "3") for act, where in MOVES.items()}

    assert {act: each.spot for act, each in after.items() if each} == allowed
    assert all(each.at == MOVES[act] and each.last.spot is each.spot for act, each in after.items() if each)


def test_the_table_knows_every_place_and_no_way_leads_back_from_its_end():
    assert {spot for spot, _ in NEXT} == set(Spot) - ENDS
    assert set(NEXT.values()) == set(Spot) - {Spot.GATE}


@pytest.mark.parametrize(
    ("trouble", "possible"),
    [
        (Trouble.NONE, {*MOVES, Act.DAMAGE} - {Act.DELIVER}),
        (Trouble.UNKNOWN_ROOM, {Act.RETURN, Act.DAMAGE}),
        (Trouble.NO_NAME, {Act.RETURN, Act.DAMAGE, Act.SETTLE}),
        (Trouble.WRONG_SHELF, {*MOVES, Act.DAMAGE} - {Act.DELIVER}),
        (Trouble.DAMAGED, {Act.CARRY, Act.TAKE, Act.RETURN, Act.SETTLE}),
        (Trouble.NOBODY_HOME, {*MOVES, Act.DAMAGE, Act.SETTLE} - {Act.DELIVER}),
    ],
)
def test_what_is_wrong_with_it_stops_what_must_not_happen(trouble: Trouble, possible: set[Act]):
    on_a_shelf = parcel(Spot.SHELF, "S9", trouble=trouble)

    assert {act for act in (*MOVES, *STAYS) if moved(on_a_shelf, step(act, MOVES.get(act, "")), "3")} == possible


def test_every_trouble_is_somebodys():
    assert set(OWNERS) == set(Trouble) - {Trouble.NONE}


@pytest.mark.parametrize(("act", "where", "spot"), [(Act.CARRY, "wang", CARRIER), (Act.TAKE, "v1", VOLUNTEER), (Act.SHELVE, "S3", SHELF)])
def test_what_is_so_already_is_no_step_and_what_another_has_is_not_hers(act: Act, where: str, spot: Spot):
    there = parcel(spot, where)

    assert moved(there, step(act, where), "3") is there
    if spot is not SHELF:
        assert moved(there, step(act, "somebody else"), "3") is None


def test_another_buildings_shelf_is_the_wrong_one_until_somebody_has_it_again():
    wrong = moved(parcel(Spot.CARRIER, "wang"), step(Act.SHELVE, "S1"), "1")
    assert wrong and (wrong.spot, wrong.at, wrong.trouble) == (Spot.SHELF, "S1", Trouble.WRONG_SHELF)

    again = moved(wrong, step(Act.CARRY, "wang"))
    assert again and again.trouble is Trouble.NONE and again.clock == again.arrived

    right = moved(wrong, step(Act.SHELVE, "S3"), "3")
    assert right and right.trouble is Trouble.NONE and right.clock == moment("09:10")


def test_the_clock_begins_anew_on_its_own_shelf_once():
    shelved = moved(parcel(told=1), step(Act.SHELVE, "S3", "09:25"), "3")
    assert shelved and (shelved.clock, shelved.told) == (moment("09:25"), 0)

    back = moved(shelved._replace(spot=Spot.VOLUNTEER, at="v1", told=2), step(Act.SHELVE, "S3", "10:30"), "3")
    assert back and (back.clock, back.told) == (moment("09:25"), 2)


@pytest.mark.parametrize("spot", list(Spot))
def test_nobody_is_at_home_only_for_whoever_stands_at_the_door_with_it(spot: Spot):
    tried = moved(parcel(spot, "wang"), step(Act.MISS))
    assert (tried is not None) is (spot in HANDS)
    if tried is None:
        return
    assert (tried.spot, tried.at, tried.trouble, tried.tried) == (spot, "wang", Trouble.NOBODY_HOME, moment("09:10"))

    again = moved(tried, step(Act.MISS, clock="09:40"))
    assert again and again.tried == moment("09:40") and again.trouble is Trouble.NOBODY_HOME
    home_at_last = moved(again, step(Act.DELIVER))
    assert home_at_last and (home_at_last.spot, home_at_last.trouble, home_at_last.tried) == (HOME, Trouble.NONE, None)


def test_what_is_broken_stays_so_at_a_door_that_nobody_opens():
    tried = moved(parcel(CARRIER, "wang", trouble=Trouble.DAMAGED), step(Act.MISS))
    assert tried and (tried.trouble, tried.last.act, tried.tried) == (Trouble.DAMAGED, Act.MISS, None)


def test_the_clock_of_what_is_brought_to_the_door_runs_from_the_gate_even_on_a_shelf():
    there = moved(parcel(CARRIER, "wang", door=True, trouble=Trouble.NOBODY_HOME), step(Act.SHELVE, "S3", "09:25"), "3")
    assert there and (there.spot, there.clock, there.trouble) == (SHELF, moment("09:00"), Trouble.NOBODY_HOME)


@pytest.mark.parametrize(
    ("who", "bound"),
    [
        (parcel(), False),
        (parcel(door=True), True),
        (parcel(SHELF, "S3", tasked=True), True),
        (parcel(VOLUNTEER, "v1"), True),
        (parcel(CARRIER, "wang"), False),
        (parcel(SHELF, "S3", door=True, trouble=Trouble.NOBODY_HOME), True),
        (parcel(door=True, trouble=Trouble.NO_NAME), False),
        (parcel(tasked=True, trouble=Trouble.UNKNOWN_ROOM), False),
        (parcel(HOME, "", door=True), False),
    ],
)
def test_which_parcels_somebody_has_to_bring_to_a_door(who: Parcel, bound: bool):
    assert who.bound_for_door is bound


@pytest.mark.parametrize(
    ("members", "clock", "anew"),
    [
        ({"door": True}, "10:09", False),
        ({"door": True}, "10:10", True),  # an hour after it was taken along its door is no longer expected to open
        ({}, "10:10", False),
    ],
)
def test_whoever_has_it_sets_out_anew_once_the_announced_time_is_over(members: dict, clock: str, anew: bool):
    taken = moved(parcel(**members), step(Act.CARRY, "wang", "09:10"))
    assert taken
    again = out_again(POLICY, taken, step(Act.CARRY, "wang", clock))
    assert (len(again.steps) > len(taken.steps)) is anew and (again.spot, again.at) == (CARRIER, "wang")


UNDONE = [
    (parcel(), Act.CARRY, "wang"),
    (parcel(), Act.TAKE, "v1"),
    (parcel(told=2, tasked=True), Act.SHELVE, "S3"),  # its clock had run out at the gate, and has
    (parcel(CARRIER, "wang"), Act.SHELVE, "S1"),
    (parcel(SHELF, "S1", trouble=Trouble.WRONG_SHELF), Act.CARRY, "wang"),
    (parcel(SHELF, "S3", clock="08:50", told=1), Act.PICK_UP, ""),
    (parcel(VOLUNTEER, "v1", trouble=Trouble.NOBODY_HOME), Act.DELIVER, ""),
    (parcel(CARRIER, "wang", told=2, tasked=True), Act.RETURN, ""),
    (parcel(CARRIER, "wang"), Act.MISS, ""),
    (parcel(SHELF, "S3"), Act.DAMAGE, ""),
    (parcel(SHELF, "S3", trouble=Trouble.DAMAGED), Act.SETTLE, ""),
]


@pytest.mark.parametrize(("before", "act", "where"), UNDONE)
def test_a_wrong_scan_is_taken_back_as_if_it_had_not_been_and_the_history_keeps_both(before: Parcel, act: Act, where: str):
    wrong = moved(before, step(act, where), "1" if where == "S1" else "3")
    assert wrong
    after = undone(POLICY, wrong, step(Act.UNDO, clock="09:20"))

    assert after._replace(steps=()) == before._replace(steps=())
    assert [each.act for each in after.steps] == [*(each.act for each in before.steps), act, Act.UNDO]
    assert (after.last.spot, after.last.where) == (before.spot, before.at) and taken_back(after) == wrong.last
    assert next_look(POLICY, QUIET, after) == next_look(POLICY, QUIET, before)


@pytest.mark.parametrize(("before", "told"), [(parcel(CARRIER, "wang"), 0), (parcel(SHELF, "S3", told=1), 2)])
def test_a_look_taken_meanwhile_counts_on_if_its_clock_does(before: Parcel, told: int):
    """A reminder of a shelf it never lay on is forgotten; what was said of a clock that still runs, has been said."""
    wrong = moved(before, step(Act.CARRY if before.spot is SHELF else Act.SHELVE, "wang" if before.spot is SHELF else "S3"), "3")
    assert wrong
    assert undone(POLICY, wrong._replace(told=2), step(Act.UNDO)).told == told


@pytest.mark.parametrize(
    ("last", "by", "clock", "slug"),
    [
        (Act.CARRY, "wang", "09:20", ""),
        (Act.CARRY, "wang", "09:21", "too-late-to-undo"),
        (Act.CARRY, "liu", "09:11", "handed-on"),
        (Act.RECEIVE, "wang", "09:11", "nothing-to-undo"),
        (Act.UNDO, "wang", "09:11", "nothing-to-undo"),
    ],
)
def test_only_who_scanned_it_takes_it_back_only_once_and_not_for_ever(last: Act, by: str, clock: str, slug: str):
    there = parcel() if last is Act.RECEIVE else moved(parcel(), step(Act.CARRY, "wang"))
    assert there
    there = undone(POLICY, there, step(Act.UNDO)) if last is Act.UNDO else there
    back = step(Act.UNDO, clock=clock)._replace(by=by)
    if not slug:
        assert undone(POLICY, there, back).spot is GATE
        return
    with pytest.raises(Problem, match=slug):
        undone(POLICY, there, back)


def test_its_history_keeps_the_first_step_and_the_latest():
    long = parcel()
    for number in range(100):
        act, where = ((Act.CARRY, "wang"), (Act.SHELVE, "S3"))[number % 2]
        long = moved(long, step(act, where), "3") or long

    assert len(long.steps) == 40 and long.steps[0].act is Act.RECEIVE


LOOKS = [
    (parcel(Spot.SHELF), "09:15", False),
    (parcel(Spot.SHELF, goods=Goods.MEDICINE), "09:30", False),
    (parcel(Spot.SHELF, goods=Goods.DAILY), "21:00", False),
    (parcel(Spot.SHELF, told=1), "09:30", True),
    (parcel(Spot.SHELF, goods=Goods.DAILY, told=1), "09:00+1", True),
    (parcel(Spot.SHELF, goods=Goods.DAILY, clock="11:00"), "07:00+1", False),  # 23:00 is night
    (parcel(Spot.SHELF, goods=Goods.FRESH, clock="23:00"), "23:15", False),  # fresh goods do not wait for the morning
    (parcel(Spot.SHELF, door=True), "09:30", True),
    (parcel(Spot.GATE), "09:30", True),
    (parcel(Spot.CARRIER, "wang"), "09:30", True),
    (parcel(Spot.SHELF, told=2), None, True),
    (parcel(Spot.GATE, tasked=True), None, True),
    (parcel(Spot.GATE, trouble=Trouble.NO_NAME), None, True),
    (parcel(Spot.HOME, ""), None, True),
]


@pytest.mark.parametrize(("waiting", "clock", "over"), LOOKS)
def test_somebody_looks_at_half_time_and_at_the_end_while_it_waits_for_its_family_else_at_the_end(
    waiting: Parcel, clock: str | None, over: bool
):
    look = next_look(POLICY, QUIET, waiting)
    if clock is None:
        assert look is None
        return
    time, _, later = clock.partition("+")
    assert look and (look.at, look.over) == (moment(time) + timedelta(days=int(later or 0)), over)


@pytest.mark.parametrize(
    ("waiting", "clock", "told", "tasked"),
    [
        (parcel(Spot.SHELF), "09:15", 1, False),
        (parcel(Spot.SHELF), "09:31", 2, True),  # nobody looked at half time
        (parcel(Spot.SHELF, told=1), "09:30", 2, True),
        (parcel(Spot.SHELF, goods=Goods.DAILY, told=1, clock="00:01"), "23:59", 1, False),
        (parcel(Spot.GATE), "09:30", 2, True),
    ],
)
def test_a_look_says_what_time_it_is_and_late_looks_skip_what_is_past(waiting: Parcel, clock: str, told: int, tasked: bool):
    after = looked(POLICY, waiting, moment(clock))

    assert (after.told, after.tasked) == (told, tasked)


@pytest.mark.parametrize(("spot", "door", "tasked"), [(Spot.SHELF, False, False), (Spot.SHELF, True, True), (Spot.GATE, False, True)])
def test_daily_goods_stay_on_their_shelf_and_are_a_task_anywhere_else(spot: Spot, door: bool, tasked: bool):
    daily = parcel(spot, goods=Goods.DAILY, door=door)

    assert looked(POLICY, daily, deadline(POLICY, daily)).tasked is tasked


@pytest.mark.parametrize(
    ("whose", "door"),
    [
        (home("3-502"), False),
        (home("3-502", tier=Tier.YELLOW), True),
        (home("3-502", tier=Tier.RED), True),
        (isolated(), True),
        (home("3-502", people=(Person("p", "安", "", 1950, ("mobility",)),)), True),
        (home("3-502", people=(Person("p", "安", "", 1950, ("chronic",)),)), False),
    ],
)
def test_who_cannot_come_down_is_brought_it_from_the_start(whose: Home, door: bool):
    assert to_the_door(whose, DAY) is door


def test_what_was_disinfected_stays_so_unless_the_scan_that_said_so_was_taken_back():
    carried = moved(parcel(), step(Act.CARRY, "wang")._replace(clean=True))
    assert carried and carried.clean and not parcel().clean
    shelved = moved(carried, step(Act.SHELVE, "S3"), "3")
    assert shelved and shelved.clean and undone(POLICY, shelved, step(Act.UNDO)).clean
    assert not undone(POLICY, carried, step(Act.UNDO)).clean


def test_a_number_is_read_as_people_write_it_and_says_its_building_and_day():
    assert building_of(NUMBER) == "3" and day_of_arrival(NUMBER, DAY + timedelta(days=20)) == DAY
    for spoken in (NUMBER, NUMBER.lower(), NUMBER.replace("-", ""), f" {NUMBER.replace('-', ' ')} ", NUMBER.replace("-", "－")):
        assert read_number(spoken) == NUMBER
    assert building_of(number_of("", DAY, "x")) == "" and read_number("3-502") == "" == read_number("")


@pytest.mark.parametrize("building", ["3", "12", "A1", "O2"])
def test_one_wrong_letter_is_always_noticed(building: str):
    number = number_of(building, DAY, "x")
    assert read_number(number) == number
    for place in range(len(building) + 1, len(number)):
        wrong = {read_number(number[:place] + letter + number[place + 1 :]) for letter in LETTERS if letter != number[place]}
        assert wrong == {""}


def test_a_door_that_was_wrongly_said_to_be_shut_was_tried_when_it_really_was():
    carried = moved(parcel(), step(Act.CARRY, "wang"))
    first = carried and moved(carried, step(Act.MISS, clock="09:20"))
    second = first and moved(first, step(Act.MISS, clock="09:40"))
    assert second and second.tried == moment("09:40")
    back = undone(POLICY, second, step(Act.UNDO, clock="09:41"))

    assert (back.trouble, back.tried) == (Trouble.NOBODY_HOME, moment("09:20"))
