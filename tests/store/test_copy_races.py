"""Many at one door at once, on ministack only: one tick, and it is somebody's."""

from chalicelib.residents import copy_actions, copy_records
from chalicelib.residents.copies import Copies, Kind, Mark, lines_of, printed, version_of
from chalicelib.shared.problems import Problem
from chalicelib.store.dynamo import DynamoStore
from tests.builders import moment, register
from tests.store.test_races import together

NOW = moment("09:00")
REGISTER = register()
HOME = REGISTER.home_by_id["3-502"]
SEEN = version_of(lines_of(REGISTER, HOME, Kind.CARD))


def test_sixteen_tick_one_door_and_one_of_them_did(shared_store: DynamoStore):
    shared_store.write(copy_records.changed("anheli", Copies("3-502", "t1", {Kind.CARD: printed(None, {"duty": "1"}, NOW, "w", "p")})))

    def tick(number: int) -> Copies:
        return copy_actions.mark(shared_store, NOW, REGISTER, HOME, Kind.CARD, Mark.DONE, SEEN, f"v{number}", f"k{number}:d")

    done = together(tick, 16)
    kept = copy_records.find(shared_store, "anheli", "3-502", "t1")
    winners = [each for each in done if isinstance(each, Copies)]
    refused = [each.slug for each in done if isinstance(each, Problem)]
    assert len(winners) == 1 and refused == ["ticked-already"] * 15
    assert kept.of[Kind.CARD].door.by == winners[0].of[Kind.CARD].door.by and kept.version == 2


def test_a_card_and_a_sheet_of_one_door_do_not_lose_each_other(shared_store: DynamoStore):
    def print_one(number: int) -> None:
        copy_actions.print_sheets(shared_store, NOW, REGISTER, [HOME], "w", f"k{number}")

    together(print_one, 4)
    assert copy_records.find(shared_store, "anheli", "3-502", "t1").version == 4
