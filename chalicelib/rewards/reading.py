"""What a volunteer and the desk see of points and rewards: a fixed number of reads."""

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta

from chalicelib.ledger import records as ledger
from chalicelib.ledger.records import Line
from chalicelib.ledger.rules import Balance
from chalicelib.points import records as points
from chalicelib.points.answers import dids
from chalicelib.points.rules import account
from chalicelib.points.shares import lately, middle
from chalicelib.register.answers import Named, name_of
from chalicelib.register.goods import Reward
from chalicelib.register.rules import Register, Staff, Volunteer
from chalicelib.rewards import records
from chalicelib.rewards.answers import (
    GridPoints,
    HourLine,
    OwnPoints,
    PersonPoints,
    PointLine,
    PointsDesk,
    ReservationAnswer,
    RewardLine,
    Statement,
)
from chalicelib.rewards.rules import Reservation
from chalicelib.shared.calendar import day_of, stamp
from chalicelib.stock.rules import batches, depots, spare
from chalicelib.store.contract import Store

SHOWN = 40
"""As many lines of a statement, the newest."""
UNDONE = {"reserve": "released"}
HER_DAYS = 7


def own_points(store: Store, now: datetime, register: Register, volunteer: Volunteer) -> OwnPoints:
    """Five reads, one more a service: balances, her lines, her day, the reservations, what everybody did."""
    today, compound = day_of(now), register.compound
    balances = ledger.balances(store, compound)
    held = {each.account: each for each in balances}
    hers = held.get(account(volunteer.id), Balance(account(volunteer.id)))
    grid = next((each for each in _grids(register, balances) if each.id == volunteer.grid), GridPoints(volunteer.grid, "", 0, []))
    did = lately(store, compound, today)
    ranked = _ranked(grid, did) if register.policy.points.ranking else []
    mine = [each for each in records.lately(store, compound, today - timedelta(days=HER_DAYS)) if each.volunteer == volunteer.id]
    return OwnPoints(
        Named(volunteer.id, volunteer.name),
        Named(grid.id, grid.name),
        stamp(now),
        hers.amount,
        points.day(store, compound, volunteer.id, today).credited,
        register.policy.points.a_day,
        grid.points,
        _lines(store, compound, hers),
        rewards(store, now, register, balances),
        [reservation_answer(register, each) for each in reversed(mine)],
        ranked,
        dids(did.get(volunteer.id, Counter())),
        did[volunteer.id].total() if volunteer.id in did else 0,
        middle(did, [each.id for each in grid.volunteers]),
    )


def _ranked(grid: GridPoints, did: Mapping[str, Counter[str]]) -> list[PersonPoints]:
    people = sorted(grid.volunteers, key=lambda each: (-each.points, each.id))
    return [PersonPoints(each.id, each.name, each.points, did[each.id].total() if each.id in did else 0) for each in people]


def desk(store: Store, now: datetime, register: Register, staff: Staff) -> PointsDesk:
    """Two reads, one more a service."""
    balances = ledger.balances(store, register.compound)
    seen = {each.id for each in register.volunteers if staff.covers_grid(each.grid)}
    lately = [each for each in records.lately(store, register.compound, day_of(now)) if each.volunteer in seen]
    return PointsDesk(
        stamp(now),
        [each for each in _grids(register, balances) if staff.covers_grid(each.id)],
        [reservation_answer(register, each) for each in lately if each.done is None],
        [reservation_answer(register, each) for each in lately if each.done],
        rewards(store, now, register, balances),
    )


def statement(store: Store, register: Register, volunteer: Volunteer) -> Statement:
    hers = ledger.balance(store, register.compound, account(volunteer.id))
    return Statement(Named(volunteer.id, volunteer.name), hers.amount, _lines(store, register.compound, hers))


def _grids(register: Register, balances: Iterable[Balance]) -> list[GridPoints]:
    """In the order of the lists, never of the points."""
    held = {each.account: each.amount for each in balances}
    people: dict[str, list[PersonPoints]] = {grid.id: [] for grid in register.grids}
    for each in register.volunteers:
        people.setdefault(each.grid, []).append(PersonPoints(each.id, each.name, held.get(account(each.id), 0)))
    return [GridPoints(grid.id, grid.name, sum(each.points for each in people[grid.id]), people[grid.id]) for grid in register.grids]


def _lines(store: Store, compound: str, hers: Balance) -> list[PointLine]:
    """The newest first."""
    if not hers.lines:
        return []
    found = ledger.statement(store, compound, hers.account, max(1, hers.lines - SHOWN + 1))
    return [_line(each) for each in reversed(found)]


def _line(line: Line) -> PointLine:
    what = line.note if line.amount > 0 else line.cause.kind
    note = line.note if line.cause.kind == "reserve" else ""
    if line.cause.kind == "undo":
        what = UNDONE.get(line.cause.id.partition(":")[0], "corrected")
        note = line.note
    return PointLine(stamp(line.at), line.cause.key, what, note, line.amount, line.after)


def rewards(store: Store, now: datetime, register: Register, balances: Iterable[Balance]) -> list[RewardLine]:
    """The price list with what is left of each."""
    there, goods = batches(balances), {each.id: each for each in register.goods}
    today, taken_from = day_of(now), depots(register)
    found = []
    for reward in register.rewards:
        if reward.is_service:
            found.append(_service(store, now, register, reward))
            continue
        good = goods.get(reward.good)
        free = spare(register, good, there, today) if good else 0
        total = sum(each.amount for each in there if each.good == reward.good and each.place in taken_from and each.good_on(today))
        left = free // reward.amount
        found.append(RewardLine(reward.id, reward.name, reward.points, False, left, not left and total >= reward.amount, []))
    return found


def _service(store: Store, now: datetime, register: Register, reward: Reward) -> RewardLine:
    hours = [each for each in records.hours(store, register.compound, reward.id, now) if each.seats and each.starts > now]
    lines = [HourLine(stamp(each.starts), each.left, each.seats) for each in hours]
    return RewardLine(reward.id, reward.name, reward.points, True, sum(each.left for each in hours), False, lines)


def reservation_answer(register: Register, each: Reservation) -> ReservationAnswer:
    grid = next((volunteer.grid for volunteer in register.volunteers if volunteer.id == each.volunteer), "")
    return ReservationAnswer(
        each.id,
        Named(each.volunteer, name_of(register, each.volunteer)),
        grid,
        each.reward,
        each.name,
        each.points,
        each.state,
        stamp(each.made),
        stamp(each.until - timedelta(minutes=1)),
        stamp(each.starts) if each.starts else "",
        stamp(each.done.at) if each.done else "",
        name_of(register, each.done.by) if each.done and each.done.by else "",
    )
