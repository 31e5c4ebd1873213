"""What a month costs per 1,000 homes at list price: every line is a counted quantity times a unit price.

python -m bench.cost            print the tables that docs/cost.md holds
python -m bench.cost --write    bring docs/cost.md up to date
"""

import sys
from pathlib import Path

from bench import cost_table as table
from bench.cost_lines import LINES, Line
from bench.cost_prices import PRICES
from bench.cost_table import IDLE, Month

PAGE = Path(__file__).parent.parent / "docs" / "cost.md"
BEGIN, END = "<!-- tables: python -m bench.cost --write -->\n", "<!-- end of tables -->\n"
TARGET, IDLE_TARGET = 1.50, 0.60


def cost(line: Line, month: Month) -> float:
    price = PRICES[line.price]
    return line.quantity(month) * price.usd / price.per


def total(month: Month) -> float:
    """USD at list price, no allowance taken off."""
    return sum(cost(line, month) for line in LINES)


def after_allowances(month: Month) -> float:
    """USD where nothing else in the account uses what AWS gives every account for good."""
    used = {name: sum(line.quantity(month) for line in LINES if line.price == name) for name in PRICES}
    return sum(max(0.0, used[name] - price.free) * price.usd / price.per for name, price in PRICES.items())


def tables() -> str:
    """The part of docs/cost.md that is computed."""
    return "\n".join((_verdict(), _lines(), _what_if(), _sizes()))


def _verdict() -> str:
    full, idle, month = total(Month()), total(IDLE), Month()
    rows = [
        ("1,000 homes, list price, no allowance", full, _met(full, TARGET)),
        ("of that idle: deployed, and nobody there", idle, _met(idle, IDLE_TARGET)),
        ("each further 1,000 homes in the same deployment", full - idle, _met(full - idle, TARGET)),
        ("1,000 homes after AWS's permanent allowances", after_allowances(month), ""),
    ]
    head = "## The figures\n\n| USD a month | | target |\n|---|---:|---|\n"
    return head + "".join(f"| {what} | **{usd:.2f}** | {target} |\n" for what, usd, target in rows)


def _met(usd: float, target: float) -> str:
    return f"≤ {target:.2f}: {'met' if usd <= target else f'missed by {usd - target:.2f}'}"


def _lines() -> str:
    head = "## Line by line\n\n| what | service | counted | quantity | USD each | USD | idle |\n|---|---|---|---:|---|---:|---:|\n"
    rows = []
    for line in LINES:
        quantity, usd, idle = line.quantity(Month()), cost(line, Month()), cost(line, IDLE)
        shown = f"{quantity:,.0f}" if quantity >= 100 or quantity == int(quantity) else f"{quantity:.3f}"
        rows.append(f"| {line.what} | {line.price} | {line.formula} | {shown} | {PRICES[line.price].shown} | {usd:.3f} | {idle:.3f} |\n")
    return head + "".join(rows) + f"| **sum** | | | | | **{total(Month()):.3f}** | **{total(IDLE):.3f}** |\n"


def _what_if() -> str:
    month, full = Month(), total(Month())
    dearer = month.staff * (PRICES["Cognito Essentials"].usd - PRICES[f"Cognito {table.STAFF_PLAN}"].usd)
    changes = [
        ("no duty page open at all", total(month._replace(screens=0)) - full),
        ("a second duty page, 12 hours a day", total(month._replace(screens=2)) - full),
        ("every home opens its page twice a day", total(month._replace(opens=60_000)) - full),
        ("no check-ins (pages are still opened)", total(month._replace(check_ins=0)) - full),
        ("50 staff instead of 20", total(month._replace(staff=50)) - full),
        ("100 thermometers, each heard twice an hour", total(month._replace(thermometers=100)) - full),
        ("300 tickets, a third of them with two photos", total(month._replace(tickets=300)) - full),
        ("a page of tickets open, 12 hours a day", total(month._replace(ticket_screens=1)) - full),
        ("900 parcels a day (text messages not counted)", total(month._replace(parcels=27_000)) - full),
        ("60 places disinfected and 60 points of patrols a day", total(month._replace(scanned=3_600)) - full),
        ("60 volunteers credited with a patrol a day each (the patrols not counted)", total(month._replace(deeds=1_800)) - full),
        ("every second visit credited to a volunteer", total(month._replace(deeds=month.visits // 2)) - full),
        ("600 letters in the mailbox", total(month._replace(letters=600)) - full),
        (f"100 notices to {table.GROUPS} floor groups", total(month._replace(notices=100)) - full),
        ("10 lift screens that ask every five minutes", total(month._replace(lifts=10)) - full),
        ("the user pool on the Essentials plan", dearer),
        ("no alarms", -3 * PRICES["CloudWatch alarms"].usd),
        ("one more polled queue", table.POLLERS * table.MINUTES * PRICES["SQS"].usd / PRICES["SQS"].per),
    ]
    head = "## What moves it\n\n| change | USD |\n|---|---:|\n"
    return head + "".join(f"| {what} | {usd:+.2f} |\n" for what, usd in changes)


def _sizes() -> str:
    month = Month()
    return f"""## What was assumed

**Volumes**, 30 days: {month.check_ins:,} check-ins (every home once a day; the default policy asks it of the green homes only),
{month.opens:,} opens of a home's page, {month.first_visits:,} of them with nothing kept in the browser, {month.screens} duty page open 12 hours a day
and asking twice a minute ({month.polls:,} polls), {month.staff_acts:,} staff acts, {month.staff} staff who sign in, {month.gateways} gateways
always connected, {month.messages:,} sensor messages with {month.door_opens:,} openings in them, no thermometers, notices or lift screens, no tickets, no letters, no parcels, no places scanned, no volunteers’ points, {month.alerts} alerts,
{month.visits:,} visits (100 red homes, twice a day), {month.tasks:,} tasks, each told twice and acted on twice.

**Sizes**: register {table.REGISTER_KB} KB compressed, check-in {table.CHECK_IN_BYTES} bytes, duty answer {table.DUTY_KB:g} KB gzipped,
resident's page {table.PAGE_KB:g} KB and {table.ASSETS} assets of {table.ASSET_KB:g} KB, other answers {table.HOME_KB:g} KB, {table.LOG_KB} KB of log a start.

**Assumed times** (not measured on Lambda): check-in {_ms(table.CHECK_IN_S)}, home's page {_ms(table.HOME_S)}, duty page {_ms(table.DUTY_S)},
staff act {_ms(table.STAFF_S)}, each at {table.API_GB} GB; sweep, stream, sensors {_ms(table.WORKER_S)} at {table.WORKER_GB} GB;
{table.COLD_STARTS:,} cold starts of {table.COLD_S} s.
"""


def _ms(seconds: float) -> str:
    return f"{seconds * 1000:.0f} ms"


def page() -> str:
    """docs/cost.md with its tables computed anew."""
    before, _, rest = PAGE.read_text(encoding="utf-8").partition(BEGIN)
    _, _, after = rest.partition(END)
    return f"{before}{BEGIN}\n{tables()}\n{END}{after}"


if __name__ == "__main__":
    if "--write" in sys.argv:
        PAGE.write_text(page(), encoding="utf-8")
    else:
        print(tables())
