"""What must fit together across rows and tables, beyond a reference being there."""

from collections.abc import Iterator
from datetime import timedelta

from infra.importing.entries import Entries, Entry
from infra.importing.faults import Fault

LONGEST_ISOLATION = timedelta(days=90)


def crossing(found: Entries, compound: str) -> Iterator[Fault]:
    """Every fault that only shows when rows are looked at together. ``compound`` is "" if the policy does not say it."""
    yield from _floors(found)
    lived_in = {entry["home"] for entry in found.of("people")}
    for home in found.of("homes"):
        yield from _household(home, home["home"] in lived_in)
        yield from _isolation(home)
        yield from _steward(home, found)
    for grid in found.of("grids"):
        yield from _coordinator(grid, found)
    yield from _own_names(found, compound)


def _floors(found: Entries) -> Iterator[Fault]:
    floors = {(entry["building"], entry["floor"]) for entry in found.of("floors")}
    for home in found.of("homes"):
        building, floor = home["building"], home["floor"]
        if home["home"] and building and home["home"].partition("-")[0] != building:
            zh = f"房号“{home['home']}”不是以楼栋“{building}”开头的。"
            yield home.fault("home", zh, f"The home “{home['home']}” does not begin with its building “{building}”.")
        elif "floors" in found.tables and building and floor and (building, floor) not in floors:
            zh = f"“楼层”表里没有 {building} 栋 {floor} 层。"
            yield home.fault("floor", zh, f"The table floors has no floor {floor} in building {building}.")


def _household(home: Entry, has_people: bool) -> Iterator[Fault]:
    if home["household"] == "" and has_people:
        zh = "这一户在“人员”表里有人，却没有户号。空房请不要列人，有人住请填户号。"
        yield home.fault("household", zh, "People live here by the table people, yet there is no household code.")


def _isolation(home: Entry) -> Iterator[Fault]:
    if not {"isolation_from", "isolation_to"} <= home.values.keys():
        return
    first, last = home["isolation_from"], home["isolation_to"]
    if (first is None) != (last is None):
        column = "isolation_to" if last is None else "isolation_from"
        yield home.fault(column, "隔离的开始和结束要一起填。", "Isolation needs its first and its last day.")
    elif first and last < first:
        yield home.fault("isolation_to", "隔离的结束早于开始。", "Isolation ends before it begins.")
    elif first and last - first > LONGEST_ISOLATION:
        days = LONGEST_ISOLATION.days
        zh = f"隔离超过 {days} 天，请核对日期。"
        yield home.fault("isolation_to", zh, f"Isolation of more than {days} days; please check the dates.")
    if first and home["household"] == "":
        yield home.fault("isolation_from", "空房不能登记隔离。", "A vacant home cannot be in isolation.")


def _steward(home: Entry, found: Entries) -> Iterator[Fault]:
    steward = found.staff.get(home["steward"])
    if steward is None:
        return
    if "steward" not in (steward["roles"] or ("steward",)):
        yield home.fault("steward", "这位员工的角色里没有管家。", "This member of staff does not have the role steward.")
    grids, buildings = steward["grids"] or (), steward["buildings"] or ()
    if (grids or buildings) and home["building"] not in buildings and found.grid_of(home) not in grids:
        zh = "这一户不在这位管家负责的楼栋和网格里。"
        yield home.fault("steward", zh, "This home lies outside the buildings and grids of its steward.")


def _coordinator(grid: Entry, found: Entries) -> Iterator[Fault]:
    coordinator = found.staff.get(grid["coordinator"])
    if coordinator is None:
        return
    if "coordinator" not in (coordinator["roles"] or ("coordinator",)):
        zh = "这位员工的角色里没有网格协调员。"
        yield grid.fault("coordinator", zh, "This member of staff does not have the role coordinator.")
    if coordinator["grids"] and grid["grid"] not in coordinator["grids"]:
        zh = "这位协调员的“负责网格”里没有这个网格。"
        yield grid.fault("coordinator", zh, "This grid is not among the grids of its coordinator.")


def _own_names(found: Entries, compound: str) -> Iterator[Fault]:
    """Usernames and gateways begin with the compound: lists of another compound cannot slip in."""
    for table, column, mark in (("staff", "username", "."), ("devices", "thing", "-")):
        for entry in found.of(table):
            if compound and entry[column] and not entry[column].startswith(compound + mark):
                yield entry.fault(column, f"要以本小区的“{compound}{mark}”开头。", f"It must begin with this compound's {compound}{mark}")
