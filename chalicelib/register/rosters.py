"""The duty roster, a whole week at once, from Monday to Sunday by the day a shift begins on."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from msgspec.structs import replace

from chalicelib.register.changes import Changes, Week
from chalicelib.register.rules import Register
from chalicelib.register.saving import AHEAD, ROSTER, Past, Step, save
from chalicelib.shared.calendar import at, day_of, stamp
from chalicelib.shared.problems import Problem, absent, bad, key_reused
from chalicelib.store.contract import Store
from chalicelib.tasks.shifts import Fault, Shift, Span, Wrong, faults, gaps

WEEK = timedelta(days=7)
MOST_SHIFTS = 120
SAID = {
    Wrong.EMPTY: ("班次的结束要晚于开始。", "A shift must end after it starts."),
    Wrong.OVERLAP: ("同一个人的班次重叠了。", "One person has two shifts at a time."),
    Wrong.TOO_LONG: ("连续上班不能超过 12 小时。", "Nobody may stand more than 12 hours in a row."),
}


def set_shifts(store: Store, now: datetime, register: Register, week: Week, shifts: tuple[Shift, ...], seen: str) -> Changes:
    """Replace the week's shifts by these; ``seen`` is the edition that was changed, "" for none. Returns the changes as they are then.

    Problem 400 for what a roster must not have, 404 for unknown people, 409 if the week was changed by somebody else meanwhile.
    Hours in a row count across the weeks' edges.
    """
    wanted = tuple(sorted(shifts))

    def decide(changes: Changes) -> tuple[Changes, Step | None]:
        current = edition(changes, week.first)
        if current is not None and current.id == week.id:
            return _repeated(changes, week, wanted), None
        _check_week(now, week.first, wanted)
        _check_people(register, changes, wanted)
        if seen != (current.id if current else ""):
            by = current.by if current else ""
            raise Problem(
                409, "roster-changed", "排班表刚被别人改过，请刷新后再改。", "Somebody has just changed this week. Please reload it.", by=by
            )
        kept = tuple(shift for shift in changes.shifts if not _within(shift, week.first))
        _check_hours(kept, wanted)
        weeks = (*(each for each in changes.weeks if each.first != week.first), week)
        saved = replace(changes, weeks=weeks, shifts=tuple(sorted((*kept, *wanted))))
        more = {"week": week.first, "shifts": wanted}
        return saved, Step(saved, Past(ROSTER, week.id, "roster.set", week.by, more))

    return save(store, now, register.compound, decide)


def edition(changes: Changes, first: date) -> Week | None:
    """The edition of a week that is in force, None before the first."""
    return next((week for week in changes.weeks if week.first == first), None)


def monday(day: date) -> date:
    """The first day of the week a day lies in."""
    return day - timedelta(days=day.isoweekday() - 1)


def week_shifts(changes: Changes, first: date) -> list[Shift]:
    """The shifts that begin in this week."""
    return [shift for shift in changes.shifts if _within(shift, first)]


def week_gaps(changes: Changes, first: date) -> list[Span]:
    """When in this week nobody would be on duty, with everybody's leave taken into account."""
    return gaps(changes.duty(), at(first, "00:00"), at(first + WEEK, "00:00"))


def _within(shift: Shift, first: date) -> bool:
    return at(first, "00:00") <= shift.starts < at(first + WEEK, "00:00")


def _repeated(changes: Changes, week: Week, wanted: tuple[Shift, ...]) -> Changes:
    if tuple(week_shifts(changes, week.first)) != wanted:
        raise key_reused()
    return changes


def _check_week(now: datetime, first: date, wanted: tuple[Shift, ...]) -> None:
    today = day_of(now)
    if first != monday(first) or not monday(today) <= first <= today + AHEAD:
        raise bad(
            "week", "请选这一周或以后一年之内的一周，从星期一算起。", "Choose this week or one within a year; a week begins on Monday."
        )
    if len(wanted) > MOST_SHIFTS or any(not _within(shift, first) or abs(shift.ends - shift.starts) > WEEK for shift in wanted):
        raise bad("week", f"班次要在这一周里开始，最多 {MOST_SHIFTS} 班。", f"Shifts must begin in that week, {MOST_SHIFTS} at most.")


def _check_people(register: Register, changes: Changes, wanted: Iterable[Shift]) -> None:
    for shift in wanted:
        if shift.staff not in register.staff_by_username:
            raise absent()
        if changes.missing(shift):
            raise _refused(
                "on_leave", ("这个人那天请假。", "This person is on leave on that day."), Span(shift.starts, shift.ends), shift.staff
            )


def _check_hours(kept: tuple[Shift, ...], wanted: tuple[Shift, ...]) -> None:
    """Only what these shifts bring about: a fault that stood before is none of theirs."""
    known = set(faults(kept))
    fault = next((fault for fault in faults((*kept, *wanted)) if fault not in known), None)
    if fault is not None:
        raise _fault(fault)


def _fault(fault: Fault) -> Problem:
    return _refused(fault.wrong.value, SAID[fault.wrong], Span(fault.starts, fault.ends), fault.staff)


def _refused(wrong: str, said: tuple[str, str], span: Span, staff: str) -> Problem:
    more = {"wrong": wrong, "staff": staff, "from": stamp(span.starts), "until": stamp(span.ends)}
    return bad("shifts", *said, **more)
