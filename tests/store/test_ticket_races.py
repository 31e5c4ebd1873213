"""Many at one ticket at once, on ministack only: the ticket and its work never part."""

from chalicelib.register.changes import Changes
from chalicelib.register.standing import Standing
from chalicelib.register.ticketing import Subkind, TicketKind
from chalicelib.shared.problems import Problem
from chalicelib.store.dynamo import DynamoStore
from chalicelib.tasks.board import running
from chalicelib.tasks.tasks import Act, Line, Task, holder
from chalicelib.tickets import actions, incident_records, joining, records
from chalicelib.tickets.incidents import Cause, Incident
from chalicelib.tickets.rules import Draft, Origin, Said, Ticket, TicketState, Verdict
from tests.builders import moment, register
from tests.store.test_races import together

NOW = moment("09:00")
REGISTER = register()
STANDING = Standing(REGISTER, Changes(), REGISTER, NOW)
HOME = REGISTER.home_by_id["3-502"]
STAFF = ("anheli.wang", "anheli.liu", "anheli.chen")


def report(store: DynamoStore, key: str = "key") -> tuple[Ticket, Task]:
    draft = Draft(TicketKind.REPAIR, Subkind.LEAK, "", "", Origin.LINK, "", f"{key}:d")
    ticket, task = actions.report(store, NOW, STANDING, HOME, draft)
    assert task
    return ticket, task


def stored(store: DynamoStore, number: str) -> Ticket:
    found = records.find(store, "anheli", number)
    assert found
    return found


def test_the_same_report_sent_eight_times_at_once_is_one_ticket(shared_store: DynamoStore):
    made = together(lambda _: report(shared_store), 8)

    assert len({ticket.id for ticket, _ in made}) == 1
    assert [row.id for row in records.of_home(shared_store, "anheli", "3-502", "t1").rows] == [made[0][0].id]


def test_other_reports_of_one_home_at_once_are_all_on_its_list(shared_store: DynamoStore):
    made = together(lambda number: report(shared_store, f"key-{number}"), 4)

    numbers = {ticket.id for ticket, _ in made}
    assert len(numbers) == 4 and numbers == {row.id for row in records.of_home(shared_store, "anheli", "3-502", "t1").rows}


def test_one_of_three_takes_it_on_and_the_family_reads_of_her_alone(shared_store: DynamoStore):
    ticket, task = report(shared_store)

    def claim(number: int) -> Task:
        return actions.do(shared_store, NOW, STANDING, task, Line(NOW, STAFF[number], Act.CLAIM, "", f"{number}:d"))

    done = together(claim, 3)
    work = running(shared_store, "anheli", ticket.task)
    assert work and sum(isinstance(each, Problem) for each in done) == 2
    assert [said.by for said in stored(shared_store, ticket.id).lines if said.what == "claim"] == [holder(work)]


def test_closed_and_cancelled_at_once_it_is_one_of_both_and_so_is_its_work(shared_store: DynamoStore):
    ticket, task = report(shared_store)
    acts = (Act.DONE, Act.CANCEL)

    def close(number: int) -> Task:
        return actions.do(shared_store, NOW, STANDING, task, Line(NOW, STAFF[number], acts[number], "x", f"{number}:d"))

    done = together(close, 2)
    kept, work = stored(shared_store, ticket.id), actions.task_of(shared_store, NOW, "anheli", ticket)
    assert sum(isinstance(each, Problem) for each in done) == 1 and work
    assert (kept.state, work.state) in {(TicketState.SOLVED, "done"), (TicketState.CANCELLED, "cancelled")}


def test_good_and_returned_at_once_one_of_them_counts(shared_store: DynamoStore):
    ticket, task = report(shared_store)
    actions.do(shared_store, NOW, STANDING, task, Line(NOW, STAFF[0], Act.DONE, "", "k:d"))
    verdicts = (Verdict.GOOD, Verdict.RETURNED)

    def judge(number: int) -> Ticket:
        said = Said(NOW, verdicts[number], "", "", f"j{number}:d")
        return actions.judge(shared_store, NOW, STANDING, ticket.id, verdicts[number], 0, said, HOME)

    done = together(judge, 2)
    kept, work = stored(shared_store, ticket.id), running(shared_store, "anheli", ticket.task)
    assert sum(isinstance(each, Problem) for each in done) == 1
    assert kept.running is (work is not None) and kept.state in (TicketState.GOOD, TicketState.OPEN)


def test_joined_by_three_at_once_they_are_one_incident_and_nobody_is_told_twice(shared_store: DynamoStore):
    numbers = [report(shared_store, f"joined-{number}")[0].id for number in range(3)]

    def join(number: int) -> Incident:
        said = Said(NOW, joining.JOINED, STAFF[number], f"word {number}", f"i{number}:d")
        return joining.join(shared_store, "anheli", numbers[number : number + 2], Cause.WATER, said)

    done = together(join, 3)
    made = [each for each in done if isinstance(each, Incident)]
    kept = {
        each: incident_records.find(shared_store, "anheli", each) for each in {stored(shared_store, number).incident for number in numbers}
    }
    assert {found.id for found in kept.values() if found} == set(kept) and len(made) >= 1
    for number in numbers:
        ticket = stored(shared_store, number)
        found = kept[ticket.incident]
        assert found and number in found.tickets
        assert len({said.key for said in ticket.lines}) == len(ticket.lines)
