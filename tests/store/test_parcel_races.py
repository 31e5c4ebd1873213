"""One parcel under many hands, on ministack: one gets it, it is in one place, and each look is taken once."""

from datetime import timedelta

from chalicelib.delivery import actions, looking, records
from chalicelib.delivery.actions import Draft, Order
from chalicelib.delivery.rules import Act, Parcel, Spot
from chalicelib.register.changes import Changes
from chalicelib.register.delivering import Goods
from chalicelib.register.standing import stand
from chalicelib.store import parcel_keys
from chalicelib.store.dynamo import DynamoStore
from tests.builders import DAY, moment
from tests.promises.chain import REGISTER, SHELF
from tests.store.test_races import THREADS, together

NOW = moment("09:00")
STANDING = stand(REGISTER, Changes(), NOW)


def taken_in(store: DynamoStore, key: str) -> Parcel:
    draft = Draft(Goods.FRESH, REGISTER.home_by_id["3-502"], "", False, "G1", "", "", "anheli.wang", f"{key}:d")
    return actions.receive(store, NOW, STANDING, draft)


def hand(store: DynamoStore, parcel: Parcel, act: Act, by: str) -> bool:
    order = Order(act, by, f"{act}-{by}-{parcel.id}:d", SHELF if act is Act.SHELVE else None)
    (done,) = actions.hand_over(store, NOW + timedelta(minutes=1), STANDING, order, [parcel.id])
    return isinstance(done, Parcel)


def test_one_parcel_has_one_winner_in_each_of_sixty_rounds(shared_store: DynamoStore):
    for turn in range(60):
        parcel = taken_in(shared_store, f"turn{turn}")
        hand(shared_store, parcel, Act.SHELVE, "anheli.wang")
        won = together(lambda number, parcel=parcel: hand(shared_store, parcel, Act.TAKE, f"v{number}"))
        (winner,) = [number for number, got in enumerate(won) if got]
        known = records.find(shared_store, "anheli", [parcel.id], DAY)[parcel.id]
        assert (known.spot, known.at, len(known.steps)) == (Spot.VOLUNTEER, f"v{winner}", 3)


def test_whoever_takes_it_in_twice_or_brings_it_home_at_once_moves_one_parcel_once(shared_store: DynamoStore):
    """Sixteen scan the same barcode; sixteen then say that it is home, some that it goes back."""
    numbers = {parcel.id for parcel in together(lambda _: taken_in(shared_store, "same"))}
    (number,) = numbers
    parcel = taken_in(shared_store, "same")
    hand(shared_store, parcel, Act.SHELVE, "anheli.wang")
    done = together(lambda each: hand(shared_store, parcel, Act.PICK_UP if each % 2 else Act.RETURN, f"h{each}"))

    assert done.count(True) == 1 and done.count(False) == THREADS - 1
    assert shared_store.get(parcel_keys.open_parcel("anheli", number), consistent=True) is None
    closed = [each for each in records.arrived_on(shared_store, "anheli", DAY) if each.id == number]
    assert len(closed) == 1 and len(closed[0].steps) == 3


def test_a_scan_is_taken_back_or_gone_on_from_and_never_both(shared_store: DynamoStore):
    """Half of sixteen tell the same request that takes the shelving back, half take the parcel along: it is where the last of them says."""
    for turn in range(20):
        parcel = taken_in(shared_store, f"back{turn}")
        hand(shared_store, parcel, Act.CARRY, "anheli.wang")
        hand(shared_store, parcel, Act.SHELVE, "anheli.wang")
        done = together(lambda n, parcel=parcel: hand(shared_store, parcel, *((Act.UNDO, "anheli.wang") if n % 2 else (Act.TAKE, f"v{n}"))))
        known = records.find(shared_store, "anheli", [parcel.id], DAY)[parcel.id]
        acts = [step.act for step in known.steps[3:]]
        assert acts in ([Act.TAKE], [Act.UNDO], [Act.UNDO, Act.TAKE]) and sum(done[0::2]) == acts.count(Act.TAKE)
        assert len(set(done[1::2])) == 1 and done[1] is (Act.UNDO in acts)
        assert known.spot is (Spot.VOLUNTEER if Act.TAKE in acts else Spot.CARRIER)


def test_a_closed_parcel_is_opened_again_once(shared_store: DynamoStore):
    parcel = taken_in(shared_store, "opened again")
    hand(shared_store, parcel, Act.CARRY, "anheli.wang")
    hand(shared_store, parcel, Act.DELIVER, "anheli.wang")
    done = together(lambda n: hand(shared_store, parcel, Act.UNDO, "anheli.wang"))
    known = records.find(shared_store, "anheli", [parcel.id], DAY)[parcel.id]

    assert all(done) and [step.act for step in known.steps].count(Act.UNDO) == 1 and known.spot is Spot.CARRIER
    assert [each.id for each in records.arrived_on(shared_store, "anheli", DAY) if each.id == parcel.id] == []


def test_a_look_is_taken_by_one(shared_store: DynamoStore):
    parcel = taken_in(shared_store, "looked at")
    hand(shared_store, parcel, Act.SHELVE, "anheli.wang")
    item = shared_store.get(parcel_keys.open_parcel("anheli", parcel.id), consistent=True)
    assert item
    later = NOW + timedelta(minutes=16)
    taken = together(lambda _: looking.take(shared_store, later, "anheli", REGISTER.policy, item))

    assert taken.count(True) == 1
    assert records.find(shared_store, "anheli", [parcel.id], DAY)[parcel.id].told == 1
