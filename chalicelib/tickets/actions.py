"""What people do with tickets: report one, work on it, say how it was. Ticket and work in one transaction."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from chalicelib.register.rules import Home
from chalicelib.register.standing import Standing
from chalicelib.shared.calendar import day_of, months_of_repeat
from chalicelib.shared.problems import Problem, absent, bad, busy, key_reused, not_now
from chalicelib.store.contract import Change, Conflict, Store
from chalicelib.tasks import board
from chalicelib.tasks.acting import NOTHING_MORE, Order, act
from chalicelib.tasks.tasks import Act, Line, Task, run_again
from chalicelib.tickets import records
from chalicelib.tickets.numbers import number_of
from chalicelib.tickets.rules import LEAST, Draft, Said, Ticket, TicketState, Verdict, check, make, repeats, work
from chalicelib.tickets.steps import answered, followed, judged, opened_again

ROUNDS = 8
MOST_A_DAY = 12


def report(store: Store, now: datetime, standing: Standing, home: Home | None, draft: Draft) -> tuple[Ticket, Task | None]:
    """Write down what somebody reports; its key makes a repeat harmless. Problem 400 as the rules say, 429 for too many from one home."""
    check(draft)
    compound, salt = standing.register.compound, 0
    for month in months_of_repeat(now)[:-1]:
        known = _reported_in(store, month, compound, home, draft)
        if known is not None:
            return known, task_of(store, now, compound, known)
    for _ in range(ROUNDS):
        number = number_of(_asked(home, draft), now, salt)
        known = records.find(store, compound, number)
        if known is not None and _request(known.key) == _request(draft.key):
            return _repeated(known, draft), task_of(store, now, compound, known)
        if known is not None:
            salt += 1
            continue
        ticket, task, changes = _written(store, now, standing, home, draft, number)
        try:
            store.write(*changes)
            return ticket._replace(version=1), task
        except Conflict:
            continue
    raise busy()


def reported(store: Store, now: datetime, compound: str, home: Home | None, draft: Draft) -> Ticket | None:
    """What this very request has reported in this month, or within a day, if it has."""
    found = (_reported_in(store, month, compound, home, draft) for month in months_of_repeat(now))
    return next((each for each in found if each is not None), None)


def _reported_in(store: Store, month: datetime, compound: str, home: Home | None, draft: Draft) -> Ticket | None:
    for salt in range(ROUNDS):
        known = records.find(store, compound, number_of(_asked(home, draft), month, salt))
        if known is None or _request(known.key) == _request(draft.key):
            return known and _repeated(known, draft)
    return None


def _asked(home: Home | None, draft: Draft) -> str:
    return f"{home.id if home else draft.place}:{home.tenancy if home else ''}:{_request(draft.key)}"


def _request(key: str) -> str:
    return key.partition(":")[0]


def _written(
    store: Store, now: datetime, standing: Standing, home: Home | None, draft: Draft, number: str
) -> tuple[Ticket, Task, list[Change]]:
    compound, policy = standing.register.compound, standing.register.policy
    listed = records.of_home(store, compound, home.id, home.tenancy) if home else records.HomeTickets()
    if sum(now - row.made < timedelta(days=1) for row in listed.rows) >= MOST_A_DAY:
        raise Problem(
            429, "enough-today", "今天报得够多了，有事请直接打值班电话。", "That is a lot for one day. Please call the duty phone."
        )
    if draft.same and records.find(store, compound, draft.same) is None:
        raise bad("same", "没有这张单子，请刷新再试。", "There is no such ticket. Please refresh.", field="same")
    earlier = listed.rows if home else [(each.id, each.kind, each.made) for each in _of_place(store, compound, draft)]
    ticket = make(policy, number, draft, home, repeats(draft.kind, earlier, now), now)
    task = work(policy, ticket, _owners(standing, home, now), now)
    return ticket, task, [*records.added(compound, ticket, listed), *board.added(compound, task, None, ())]


def _of_place(store: Store, compound: str, draft: Draft) -> list[Ticket]:
    """Open tickets of the same place, of no home: read for a complaint only."""
    found = records.open_ones(store, compound) if draft.kind == "complaint" else []
    return [each for each in found if not each.home and each.place == draft.place]


def _owners(standing: Standing, home: Home | None, now: datetime) -> tuple[str, ...]:
    """The home's steward, if she is there; else nobody, which is the loudest state."""
    return (home.steward,) if home and home.steward and home.steward not in standing.absent(day_of(now)) else ()


def _repeated(known: Ticket, draft: Draft) -> Ticket:
    if known.key != draft.key:
        raise key_reused()
    return known


def task_of(store: Store, now: datetime, compound: str, ticket: Ticket) -> Task | None:
    """A ticket's work, if it runs or was closed within the last week."""
    running = board.running(store, compound, ticket.task)
    closed = None if running else board.lately_closed(store, compound, ticket.task, day_of(now))
    return running or (closed[0] if closed else None)


def do(store: Store, now: datetime, standing: Standing, task: Task, line: Line, order: Order = NOTHING_MORE) -> Task:
    """Do something with a ticket's work: the ticket says so in the same transaction. Problems as those of ``acting.act``."""
    register = standing.register

    def follow(moved: Task) -> tuple[Task, Sequence[Change]]:
        ticket = records.find(store, register.compound, moved.about)
        if ticket is None:
            return moved, ()
        told, timed = followed(register.policy, ticket, moved, line, now)
        return timed, records.moved(register.compound, ticket, told)

    return act(store, now, register.compound, task.id, line, register.policy.every_ladder, order, follow)


def judge(
    store: Store, now: datetime, standing: Standing, identity: str, verdict: Verdict, rating: int, said: Said, home: Home | None
) -> Ticket:
    """The family says how it was; returned, the work goes on. ``home`` is the one that asks, None for staff.

    Problem 404 for a ticket of somebody else, 409 if it is not solved, or was judged, or returned after its task is forgotten.
    """
    compound = standing.register.compound
    for _ in range(ROUNDS):
        ticket = records.find(store, compound, identity)
        if ticket is None or (home and (ticket.home, ticket.tenancy) != (home.id, home.tenancy)):
            raise absent()
        if answered(ticket, said.key):
            return ticket
        if ticket.state is not TicketState.SOLVED:
            raise not_now()
        after = judged(ticket, verdict, rating, said)
        try:
            after, work_again = _returned(store, now, standing, ticket, after) if after.running else (after, ())
            store.write(*records.moved(compound, ticket, after), *work_again)
            return after._replace(version=ticket.version + 1)
        except Conflict:
            continue
    raise busy()


def _returned(store: Store, now: datetime, standing: Standing, ticket: Ticket, after: Ticket) -> tuple[Ticket, Sequence[Change]]:
    compound, policy = standing.register.compound, standing.register.policy
    found = board.lately_closed(store, compound, ticket.task, day_of(now))
    if found is None:
        raise Problem(
            409, "too-late", "这件事已经结了一个星期以上，请再报一次。", "This was closed more than a week ago. Please report it again."
        )
    task, day = found
    note = after.lines[-1].note
    again = run_again(task, policy.every_ladder[task.ladder], now, Line(now, "", Act.REOPEN, note), LEAST)
    longer, timed = opened_again(policy, after, again, now)
    return longer, board.reopened(compound, timed, day)
