"""The delivery ledger: who was told what on a day, and what became of it. One read."""

from collections import Counter
from datetime import date, datetime

from chalicelib.pages.answers import MessageLine, MessagesAnswer
from chalicelib.post import channels, records
from chalicelib.post.rules import Message
from chalicelib.register.answers import named
from chalicelib.register.rules import Register, Role, Staff
from chalicelib.shared.calendar import day_of, stamp
from chalicelib.shared.problems import bad
from chalicelib.shared.tokens import digest_of
from chalicelib.store.contract import Store


def messages(store: Store, now: datetime, register: Register, staff: Staff, roles: frozenset[Role], day: date) -> MessagesAnswer:
    """A manager sees the whole compound with every text; anybody else what went to her own people, and the text of what was hers.

    A text may tell of somebody's health, and so may an event's id. Who leads a grid need not know that to see that a message did not
    arrive: beside a line without its text, the event is only what kind of thing it was.
    """
    if (day_of(now) - day).days >= records.KEEP_DAYS:
        raise bad("day", "消息只留 30 天，更早的已经删了。", "Messages are kept for 30 days; older ones are gone.")
    everything, people = Role.MANAGER in roles, _people(register, staff)
    names = {each.username: each.name for each in register.staff} | {each.id: each.name for each in register.volunteers}
    shown = [each for each in records.of_day(store, register.compound, day) if everything or each.person in people]
    lines = [_line(each, names.get(each.person, ""), everything or each.person == staff.username) for each in reversed(shown)]
    return MessagesAnswer(named(register), stamp(now), day, dict(Counter(each.state.value for each in shown)), lines)


def _people(register: Register, staff: Staff) -> set[str]:
    """Herself, the stewards of the homes she sees, and the volunteers of her grids."""
    stewards = {home.steward for home in register.homes if staff.covers(home)}
    volunteers = {each.id for each in register.volunteers if staff.covers_grid(each.grid)}
    return {staff.username} | stewards | volunteers


def _line(message: Message, name: str, with_text: bool) -> MessageLine:
    channel = channels.of(message.to)
    return MessageLine(
        id=message.id if with_text else digest_of(message.id)[:16],
        event=message.event if with_text else message.event.partition(":")[0],
        person=message.person,
        name=name,
        at=stamp(message.at),
        state=message.state,
        channel=channel.name if channel else "",
        tries=message.tries,
        why=message.why,
        due=stamp(message.due),
        repeat=message.repeat,
        text=message.text if with_text else None,
    )
