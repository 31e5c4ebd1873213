"""Places as their pages show them."""

from datetime import datetime, timedelta

from chalicelib.patrols import records
from chalicelib.patrols.actions import Outcome, refill_of
from chalicelib.patrols.answers import DisinfectedAnswer, PlaceAnswer, PlaceSign, PlaceSignsAnswer, Refill, SlotLine
from chalicelib.patrols.rules import Standing, State, last_of, owed, standings
from chalicelib.register.answers import name_of
from chalicelib.register.places import Place, PlaceKind
from chalicelib.register.rules import Register
from chalicelib.shared.calendar import day_of, stamp
from chalicelib.shared.problems import absent
from chalicelib.shared.qr import qr
from chalicelib.store.contract import Store


def of_place(store: Store, now: datetime, register: Register, place: Place) -> PlaceAnswer:
    """How a place stands, for whoever walks past: two queries. Problem 404 for one that nothing is promised to."""
    today = day_of(now)
    slots = owed(register.policy.patrols, place, today)
    if not slots:
        raise absent()
    done = records.of_place(store, register.compound, place.id, (today - timedelta(days=1), today))
    found, last = standings(slots, [each for each in done if each.day == today], now), last_of(done)
    good = refill_of(register, place)
    return PlaceAnswer(
        compound=register.compound,
        place=place.id,
        kind=place.kind,
        name=place.name,
        now=stamp(now),
        promised=len(slots),
        done=sum(each.state is State.DONE for each in found),
        last=stamp(last.at) if last else "",
        slots=[slot_line(each) for each in found],
        refill=Refill(good.id, good.name, good.measure) if good else None,
    )


def slot_line(standing: Standing) -> SlotLine:
    return SlotLine(stamp(standing.slot.opens), stamp(standing.slot.closes), standing.state)


def outcome(store: Store, now: datetime, register: Register, place: Place, found: Outcome) -> DisinfectedAnswer:
    """What came of entering it, with the place as it stands now."""
    made = found.made
    until = made.at + timedelta(minutes=register.policy.patrols.undo)
    said = (found.new, name_of(register, made.by), stamp(made.at), stamp(until), not made.counts)
    return DisinfectedAnswer(of_place(store, now, register, place), *said)


def signs(register: Register, site: str) -> PlaceSignsAnswer:
    """What hangs at the places that anything is promised to; a shelf has a sign of its own."""
    promised = {place: len(register.policy.patrols.windows(place.kind)) for place in register.places if place.kind is not PlaceKind.SHELF}
    links = {place: f"{site}/p/#{register.compound}.{place.id}" for place, times in promised.items() if times}
    made = [PlaceSign(place.id, place.name, link, qr(link), promised[place]) for place, link in links.items()]
    return PlaceSignsAnswer(register.name, register.policy.duty_phone, made)
