"""A home's own page: what to do now, what was promised, whom to call."""

from datetime import datetime

from chalicelib.care import records as care
from chalicelib.care.rules import CheckIn, State, owes, slot_of, state_of
from chalicelib.pages.answers import HomeAnswer, Promise, SelfReport
from chalicelib.register.answers import named, phones, steward_contact
from chalicelib.register.rules import Home, Register
from chalicelib.shared.calendar import day_of, stamp
from chalicelib.store import keys
from chalicelib.store.contract import Store
from chalicelib.tasks.records import from_item
from chalicelib.tasks.rules import Opening


def home_page(store: Store, now: datetime, register: Register, home: Home) -> HomeAnswer:
    """One read for today's report and the announced openings together."""
    today = day_of(now)
    report_key = keys.check_in(register.compound, today, home.id, home.tenancy)
    windows_key = keys.expected_openings(register.compound, home.id)
    found = store.get_many([report_key, windows_key], consistent=True)
    said = care.from_item(found[report_key]) if report_key in found else None
    openings = [each for each in from_item(found.get(windows_key)) if day_of(each.starts) <= today <= day_of(each.ends)]
    return HomeAnswer(
        compound=named(register),
        home=home.id,
        label=home.label,
        now=stamp(now),
        day=today,
        self_report=_self_report(register, home, said, now),
        promises=[_promise(opening, now) for opening in sorted(openings, key=lambda each: each.starts)],
        phones=phones(register),
        steward=steward_contact(register, home),
    )


def _self_report(register: Register, home: Home, said: CheckIn | None, now: datetime) -> SelfReport:
    slot = slot_of(register.policy, day_of(now))
    owed = owes(register.policy, home, slot)
    state: State = state_of(owed, slot, said.at if said else None, now)
    if said is None:
        return SelfReport(owed, stamp(slot.closes), state)
    return SelfReport(owed, stamp(slot.closes), state, stamp(said.at), said.feeling, list(said.needs), said.note)


def _promise(opening: Opening, now: datetime) -> Promise:
    state = "now" if opening.covers(now) else "coming" if now < opening.starts else "past"
    return Promise(opening.id, "expected_opening", stamp(opening.starts), stamp(opening.ends), opening.reason, state)
