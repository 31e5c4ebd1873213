"""A book → a register that can be trusted, or every single thing that is wrong with it."""

from datetime import date
from typing import NamedTuple

from chalicelib.register import records
from chalicelib.register.rules import Register
from infra.importing.build import build
from infra.importing.crossing import crossing
from infra.importing.entries import entries
from infra.importing.faults import Fault
from infra.importing.policy import said
from infra.importing.read import Book
from infra.importing.tables import TABLES

MOST_BLOB = 380 * 1024
"""The store holds 400 KB an item; the rest is for keys, and for tenancies to grow."""


class Checked(NamedTuple):
    """``register`` is None exactly if there are faults. ``blob`` is its stored size in bytes."""

    register: Register | None
    faults: list[Fault]
    notes: list[str]
    blob: int = 0


def check(book: Book, today: date) -> Checked:
    """All faults in the order of tables and lines. Nothing is taken from a book that has one."""
    found = entries(book, today)
    policy = said(found)
    faults = [*book.faults, *found.faults, *policy.faults, *crossing(found, policy.compound)]
    if faults:
        return Checked(None, _in_order(faults, book), book.notes)
    register = build(found, policy)
    blob = len(records.to_item(register, 1)["blob"])
    if blob > MOST_BLOB:
        return Checked(None, [_too_large(book, register, blob)], book.notes, blob)
    notes = book.notes if "duty" in register.policy.robots else [*book.notes, _no_robot(book)]
    return Checked(register, [], notes, blob)


def _in_order(faults: list[Fault], book: Book) -> list[Fault]:
    files = [book.sheets[table].file for table in TABLES if table in book.sheets]
    return sorted(faults, key=lambda fault: (files.index(fault.file) if fault.file in files else -1, fault.line))


def _too_large(book: Book, register: Register, blob: int) -> Fault:
    homes, size, most = len(register.homes), blob // 1024, MOST_BLOB // 1024
    zh = f"整个小区（{homes} 户）压缩后有 {size} KB，一个小区最多 {most} KB。请分成两个小区编号导入。"
    en = f"The whole compound ({homes} homes) takes {size} KB compressed, and {most} KB is the most. Please split it into two compounds."
    return Fault(book.sheets["homes"].file, 1, "", zh, en)


def _no_robot(book: Book) -> str:
    zh = "没有填值班群机器人（robot.duty）：开门警情只显示在值班台，不会推送。"
    return f"{book.sheets['policy'].file}：{zh} / no robot.duty: door alarms show on the duty page only"
