"""Canned figures of the published standards: some kept, some not, few, and none."""

from typing import Any

from chalicelib.standards.rules import Promise

LIMITS: dict[str, list[int]] = {
    "visit": [],
    "alarm_respond": [60, 240, 480],
    "help_respond": [60, 240, 480],
    "letter_solve": [24],
    "urgent_respond": [15],
    "urgent_solve": [24],
    "repair_respond": [30],
    "repair_solve": [48],
    "question_respond": [5],
    "question_solve": [24],
    "need_respond": [240],
    "need_solve": [48],
    "complaint_respond": [240],
    "complaint_solve": [72],
    "suggestion_respond": [480],
    "suggestion_solve": [100],
    "parcel_fresh": [30],
    "parcel_medicine": [60],
    "parcel_daily": [1440],
}
FIGURES: dict[str, list[dict[str, Any]]] = {
    "visit": [{"cases": 1284, "percent": 99}, {"cases": 1860, "percent": 100}],
    "letter_solve": [{"cases": "few", "percent": None}, {"cases": 12, "percent": 91}],
    "parcel_fresh": [{"cases": 412, "percent": 96}, {"cases": 388, "percent": 91}],
    "parcel_medicine": [{"cases": "few", "percent": None}, {"cases": 31, "percent": 100}],
    "question_respond": [{"cases": 214, "percent": 93}, {"cases": 301, "percent": 88}],
}
NONE = {"cases": 0, "percent": None}


def answer() -> dict[str, Any]:
    promises = [{"id": each.value, "limits": LIMITS[each], "figures": FIGURES.get(each, [NONE, NONE])} for each in Promise]
    return {
        "compound": {"id": "anheli", "name": "安和里小区"},
        "months": ["2026-11", "2026-10"],
        "until": "2026-11-21",
        "hours": ["08:30", "17:30"],
        "promises": promises,
    }
