"""The table of a compound's own figures: one row each, key and value."""

from collections.abc import Callable, Iterator
from difflib import get_close_matches
from typing import Any, NamedTuple

from chalicelib.register.policy import Policy
from chalicelib.shared.tiers import Tier
from infra.importing import cells, heating, ladders, outward, places, promises
from infra.importing.addresses import addresses
from infra.importing.entries import Entries, Entry
from infra.importing.faults import Bad, Fault, shown
from infra.importing.text import plain
from infra.importing.words import RHYTHMS, TIERS, YES


class Setting(NamedTuple):
    zh: str
    read: Callable[[str], Any]
    needed: bool = False


SETTINGS = {
    "compound": Setting("小区编号", cells.compound_id, needed=True),
    "name": Setting("小区名称", cells.words(40), needed=True),
    "duty_phone": Setting("值班电话", cells.phone, needed=True),
    "emergency_phone": Setting("急诊电话", cells.phone),
    "test_site": Setting("采样点", cells.words(100)),
    "service_hours": Setting("门贴上的时间", cells.words(100)),
    "door_words": Setting("门贴上的话", cells.words(100)),
    "self_report_opens": Setting("报平安开始", cells.clock),
    "self_report_closes": Setting("报平安截止", cells.clock),
    "self_report_tiers": Setting("报平安分档", cells.many(cells.one_of(TIERS))),
    "robot.duty": Setting("值班群机器人", addresses),
    "sms": Setting("短信", lambda text: cells.one_of(YES)(text) == "yes"),
    "plan.home_visit.windows": Setting("走访时段", promises.windows),
    "plan.home_visit.days": Setting("走访日子", promises.days),
    "plan.medicine_run.windows": Setting("送药时段", promises.windows),
    "plan.medicine_run.every": Setting("送药间隔", promises.whole(1, 366)),
    "plan.medicine_run.days": Setting("送药日子", promises.days),
    "daily_check": Setting("每日自查", cells.clock),
    "case_release": Setting("案例发布", cells.one_of(RHYTHMS)),
    "plan.goods_visit.every": Setting("走访慰问间隔", promises.whole(1, 366)),
    "plan.goods_visit.windows": Setting("走访慰问时段", promises.windows),
    "plan.goods_visit.days": Setting("走访慰问日子", promises.days),
    "plan.goods_visit.goods": Setting("走访慰问带什么", promises.goods),
    "trip.margin": Setting("陪诊开门余量", promises.whole(0, 180)),
    "trip.eve": Setting("陪诊前一天提醒", cells.clock),
    "trip.lead": Setting("陪诊出发前提醒", promises.whole(0, 720)),
    "trip.setting_out": Setting("陪诊晚出发", promises.whole(1, 240)),
    "trip.coming_back": Setting("陪诊晚回来", promises.whole(1, 480)),
    "trip.manager": Setting("陪诊报经理", promises.whole(1, 480)),
    "ticket.hours": Setting("服务时段", promises.service),
    "ticket.days": Setting("服务日子", promises.days),
    "ticket.answers": Setting("常用回答", promises.answers),
    "ticket.urgent_respond": Setting("急修响应", promises.whole(1, 10080)),
    "ticket.urgent_solve": Setting("急修办结", promises.whole(1, 720)),
    "ticket.repair_respond": Setting("报修响应", promises.whole(1, 10080)),
    "ticket.repair_solve": Setting("报修办结", promises.whole(1, 720)),
    "ticket.complaint_respond": Setting("投诉响应", promises.whole(1, 10080)),
    "ticket.complaint_solve": Setting("投诉办结", promises.whole(1, 720)),
    "ticket.suggestion_respond": Setting("建议响应", promises.whole(1, 10080)),
    "ticket.suggestion_solve": Setting("建议办结", promises.whole(1, 720)),
    "ticket.question_respond": Setting("咨询响应", promises.whole(1, 10080)),
    "ticket.question_solve": Setting("咨询办结", promises.whole(1, 720)),
    "ticket.need_respond": Setting("求助响应", promises.whole(1, 10080)),
    "ticket.need_solve": Setting("求助办结", promises.whole(1, 720)),
    "points.complex_kinds": Setting("复杂的事", promises.work),
    "points.ranking": Setting("积分排名", lambda text: cells.one_of(YES)(text) == "yes"),
    **{key: Setting(zh, promises.whole(*span)) for key, (zh, *span) in promises.COUNTED.items()},
    **{f"{places.DISINFECT}{kind.value}": Setting(f"{zh}消毒", places.in_a_day) for kind, zh in places.KINDS.items()},
    **{f"{places.REFILL}{kind.value}": Setting(f"{zh}补充", places.good) for kind, zh in places.KINDS.items()},
    "disinfect.undo": Setting("消毒撤回", promises.whole(1, 120)),
    "patrol.walk": Setting("巡查时段", places.walk),
    "patrol.claim": Setting("巡查保留", promises.whole(10, 720)),
    "most_work": Setting("每人最多", promises.whole(1, 500)),
    "quiet": Setting("免打扰时段", promises.span),
    "warm.least": Setting("室温标准", heating.degrees),
    **{key: Setting(zh, promises.whole(*span)) for key, (zh, *span) in heating.LIMITS.items()},
    "open311": Setting("开放接口位置", outward.point),
}
for _tier, _zh in (("red", "红档"), ("yellow", "黄档"), ("green", "绿档")):
    SETTINGS |= {
        f"respond.{_tier}": Setting(f"{_zh}响应", promises.whole(1, 10080)),
        f"solve.{_tier}": Setting(f"{_zh}办结", promises.whole(1, 720)),
        f"pause.{_tier}": Setting(f"{_zh}先停", promises.whole(1, 720)),
    }
for _name, _zh in ladders.NAMES.items():
    SETTINGS |= {
        f"ladder.{_name}": Setting(f"{_zh}上报", ladders.steps),
        f"ladder.{_name}.repeat": Setting(f"{_zh}重复", ladders.repeats),
        f"ladder.{_name}.holds": Setting(f"{_zh}认领有效", ladders.holds),
    }
ROBOT, DUTY = "robot.", "robot.duty"


class Said(NamedTuple):
    """What the policy table says: values by key, the rows they stand in, and what is wrong."""

    values: dict[str, Any]
    rows: dict[str, Entry]
    faults: list[Fault]

    @property
    def compound(self) -> str:
        return str(self.values.get("compound", ""))

    def policy(self) -> Policy:
        given = {key: value for key, value in self.values.items() if key in Policy.__struct_fields__}
        given["self_report_tiers"] = tuple(map(Tier, given.get("self_report_tiers", (Tier.GREEN,))))
        robots = {key.removeprefix("robot."): value for key, value in self.values.items() if key.startswith("robot.")}
        own = {"ladders": ladders.own(self.values), "watch": heating.watched(self.values), "patrols": places.patrols(self.values)}
        return Policy(**given, robots=robots, **own, **promises.promised(self.values))


def said(found: Entries) -> Said:
    """Every known key's value; unknown keys, wrong values and keys left out are faults."""
    result = Said({}, {}, [])
    for entry in found.of("policy"):
        key = _key(str(entry["key"] or ""))
        if key is None:
            result.faults.append(entry.fault("key", *_unknown(str(entry["key"]))))
        elif key:
            _take(key, entry, result)
    if "policy" in found.tables:
        result.faults.extend(_left_out(found, result))
    result.faults.extend(_hours(result))
    result.faults.extend(_strangers(found, result))
    result.faults.extend(places.unknown_goods(found, result.values, result.rows))
    return result


def _key(written: str) -> str | None:
    """The key by its name in either language; "" for a row whose key is a fault already. A robot may be anybody's of the lists."""
    said = plain(written)
    written = said.lower()
    if not written:
        return ""
    if written.startswith(ROBOT) and written != DUTY:
        return ROBOT + said[len(ROBOT) :].strip()
    return next((key for key, setting in SETTINGS.items() if written in (key, setting.zh)), None)


def _unknown(written: str) -> tuple[str, str]:
    names = [*SETTINGS, *(setting.zh for setting in SETTINGS.values())]
    near = get_close_matches(plain(written).lower(), names, 1)
    zh, en = (f"是不是“{near[0]}”？", f" Did you mean {near[0]}?") if near else ("", "")
    return (
        f"没有这个项目。{zh}全部项目见 docs/import.md 的“政策项目”表。",
        f"Unknown key.{en} The table of policy keys in docs/import.md has them all.",
    )


def _take(key: str, entry: Entry, result: Said) -> None:
    if key in result.rows:
        line = result.rows[key].line
        result.faults.append(entry.fault("key", f"这个项目和第 {line} 行重复了。", f"The same key as in line {line}."))
        return
    result.rows[key] = entry
    if not entry["value"]:
        return
    try:
        result.values[key] = SETTINGS[DUTY if key.startswith(ROBOT) else key].read(entry["value"])
    except Bad as bad:
        result.faults.append(entry.fault("value", bad.zh, bad.en))


def _left_out(found: Entries, result: Said) -> Iterator[Fault]:
    for key, setting in SETTINGS.items():
        row = result.rows.get(key)
        if not setting.needed or key in result.values or (row and row["value"] != ""):
            continue
        zh, en = f"必须填写{setting.zh}（{key}）。", f"{key} is needed."
        if row:
            yield row.fault("value", zh, en)
        else:
            anywhere = found.of("policy")
            yield Fault(anywhere[0].sheet.file if anywhere else "policy", 1, "key", zh, en)


def _strangers(found: Entries, result: Said) -> Iterator[Fault]:
    """A robot of somebody who is on no list would never be used."""
    people = {person for table in ("staff", "volunteers") for person in found.by_key(table)}
    known = {"duty", *people, *(entry["group"] for entry in found.of("floors"))}
    if {"staff", "volunteers"} <= found.tables.keys():
        for key, row in result.rows.items():
            person = key.removeprefix(ROBOT)
            if key.startswith(ROBOT) and person not in known:
                zh = f"“员工”“志愿者”“楼层”表里都没有{shown(person) or '这个人'}。robot. 后面写用户名、志愿者编号、楼层群，或 duty。"
                en = f"No table has {shown(person) or 'such a person'}. After robot. comes a username, a volunteer, a floor group or duty."
                yield row.fault("key", zh, en)


def _hours(result: Said) -> Iterator[Fault]:
    defaults = {key: getattr(Policy("0"), key) for key in ("self_report_opens", "self_report_closes")}
    opens, closes = ({**defaults, **result.values}[key] for key in defaults)
    if opens >= closes and (row := result.rows.get("self_report_closes") or result.rows.get("self_report_opens")):
        yield row.fault("value", "报平安的开始时间要早于截止时间。", "self_report_opens must come before self_report_closes.")
