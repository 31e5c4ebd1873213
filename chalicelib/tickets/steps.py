"""What becomes of a ticket when something is done with its work, and when the family says how it was. Pure."""

from collections.abc import Iterable
from datetime import datetime

from chalicelib.register.policy import Policy
from chalicelib.shared.problems import key_reused
from chalicelib.tasks.service import served
from chalicelib.tasks.tasks import Act, Line, Task
from chalicelib.tickets.rules import LEAST, MOST_LINES, Said, Ticket, TicketState, Verdict, priority, timed

TOLD = {Act.CLAIM, Act.ASSIGN, Act.RETURN, Act.PAUSE, Act.RESUME, Act.DONE, Act.CANCEL, Act.REOPEN, Act.PRIORITISE}
"""The acts a family reads of; nobody's word that it was done well enough is another thing."""

EXPLAINED = {Act.PAUSE, Act.DONE, Act.CANCEL}
"""Whose note is meant for the family; what colleagues write to each other is not."""

AFTER = {
    Act.DONE: TicketState.SOLVED,
    Act.CANCEL: TicketState.CANCELLED,
    Act.REOPEN: TicketState.OPEN,
    Verdict.GOOD: TicketState.GOOD,
    Verdict.BAD: TicketState.BAD,
    Verdict.RETURNED: TicketState.OPEN,
}


def followed(policy: Policy, ticket: Ticket, task: Task, line: Line, now: datetime) -> tuple[Ticket, Task]:
    """The ticket after an act, and the task with the clocks that follow from it. ``task`` is the one the act has made."""
    if line.act not in TOLD:
        return ticket, task
    act = Act(line.act)
    told = noted(ticket, Said(now, act.value, line.by, line.note if act in EXPLAINED else ""))
    told = told._replace(state=AFTER.get(act, ticket.state), doer=line.by if act is Act.DONE else ticket.doer)
    if act is Act.PRIORITISE:
        respond, solve = priority(policy, task, task.tier).allowance
        told = told._replace(respond=respond, solve=solve, wall=policy.tickets.is_urgent(task.tier))
    return opened_again(policy, told, task, now) if act is Act.REOPEN else (told, timed(policy, told, task))


def opened_again(policy: Policy, ticket: Ticket, task: Task, now: datetime) -> tuple[Ticket, Task]:
    """An hour of service is left at least, so that nothing is late at once."""
    if ticket.wall:
        return ticket, task
    longer = ticket._replace(solve=max(ticket.solve, served(policy.tickets.service, task.solve, now) + LEAST))
    return longer, timed(policy, longer, task)


def judged(ticket: Ticket, verdict: Verdict, rating: int, said: Said) -> Ticket:
    """What the family says of it; the newest rating counts."""
    return noted(ticket, said)._replace(state=AFTER[verdict], rating=rating or ticket.rating)


def noted(ticket: Ticket, said: Said) -> Ticket:
    """One line more; the first stays, since it says when it was reported."""
    return ticket._replace(lines=(ticket.lines[0], *(*ticket.lines[1:], said)[1 - MOST_LINES :]))


def answered(ticket: Ticket, key: str) -> bool:
    """Was this request carried out before? Problem 422 if it said something else then."""
    return told_before(ticket.lines, key)


def told_before(lines: Iterable[Said], key: str) -> bool:
    """Is this request's line among them? Problem 422 if it said something else then."""
    request = key.partition(":")[0]
    known = [said.key for said in lines if request and said.key.partition(":")[0] == request]
    if known and key not in known:
        raise key_reused()
    return bool(known)
