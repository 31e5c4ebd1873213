"""Whom a step of a ladder tells, with which words, and when. Pure.

Evaluation never sleeps; only delivery does, in quiet hours, and never for red homes, doors, and whoever feels unwell.
"""

from datetime import datetime

from chalicelib import reach
from chalicelib.post import wording
from chalicelib.post.rules import Telling
from chalicelib.promises import following
from chalicelib.promises.people import Person, home_of, named, stands_on, way_of
from chalicelib.promises.places import place
from chalicelib.register.standing import Standing
from chalicelib.shared.calendar import quiet_ends
from chalicelib.shared.tiers import Tier
from chalicelib.tasks.errands import KINDS
from chalicelib.tasks.ladders import Rung
from chalicelib.tasks.passing import over_loaded
from chalicelib.tasks.tasks import ALARMS, Act, Task, TaskKind

WHAT = {
    TaskKind.MISSED: "走访没有做",
    TaskKind.UNASSIGNED: "走访没有人负责",
    TaskKind.NOBODY_HOME: "走访时没人开门",
    TaskKind.NEED: "住户要帮忙",
    TaskKind.MISSED_REPORTS: "有住户没报平安",
    TaskKind.LETTER: "树洞信箱有信要回",
    TaskKind.DOOR: "说不清的开门，还没有人处理",
    TaskKind.REACH: "有人联系不上",
    TaskKind.CALENDAR: "节假日表快到头了",
    TaskKind.TRIP: "陪去医院",
    TaskKind.TICKET: "工单",
    TaskKind.PARCEL: "快递",
    TaskKind.SENSOR_SILENT: "传感器信号断了",
    TaskKind.GATEWAYS_SILENT: "网关断线，后面的门磁和温度计都看不到",
    TaskKind.BATTERY_LOW: "传感器快没电了",
    TaskKind.WEAK_LINK: "传感器信号弱",
    TaskKind.COLD: "室温不到标准",
    TaskKind.LOW_STOCK: "物资不多了",
    TaskKind.ENDS_SOON: "物资快到期了",
    TaskKind.ERRAND: "邻里帮忙",
    TaskKind.MEDIATION: "邻里调解",
    TaskKind.UNDISINFECTED: "到时间没有消毒",
    TaskKind.UNWALKED: "今天的巡查没有走完",
    TaskKind.FAULT: "巡查看到不好的地方",
    TaskKind.LEFT_OPEN: "门一直开着，还没有人处理",
    TaskKind.TAMPERED: "传感器被人动过，还没有人处理",
    TaskKind.SMOKE: "烟雾报警",
    TaskKind.SOS: "有人按了求助",
}
ASK = {
    TaskKind.NOBODY_HOME: "请先打电话，再敲一次门，问问邻居",
    TaskKind.UNASSIGNED: "请指定一位负责人",
    TaskKind.MISSED_REPORTS: "请看名单，逐户打电话",
    TaskKind.LETTER: "请在信箱里看信，标明紧急程度，24 小时内写下结果",
    TaskKind.REACH: "请看名单，补上手机号或群机器人，再导入一次",
    TaskKind.CALENDAR: "请系统管理员加上明年的放假通知，不然之后只按周末算",
    TaskKind.SENSOR_SILENT: "请去看看，多半要换电池",
    TaskKind.GATEWAYS_SILENT: "请先看是不是停电，再看网关的电源和网线；隔离户请先打电话",
    TaskKind.BATTERY_LOW: "请换电池",
    TaskKind.WEAK_LINK: "请把网关挪近一点，或者加一个中继",
    TaskKind.COLD: "请上门摸摸暖气，再报供热站",
    TaskKind.LOW_STOCK: "请补货，或者向街道申请",
    TaskKind.ENDS_SOON: "请先用这一批，过期的要报损",
    TaskKind.UNDISINFECTED: "请安排人去，消毒后扫一下那里的码",
    TaskKind.UNWALKED: "请安排人走完",
    TaskKind.FAULT: "请看一下，要修就派人",
    TaskKind.SMOKE: "请马上打电话、上门，该报 119 就报",
    TaskKind.SOS: "请马上打电话，再上门",
}
WAKING = {"need-red", "ticket-urgent", "watch", "outage"}
"""Ladders of what cannot wait for the morning: somebody who feels unwell, the silent sensor of an isolated home, and gateways without
which nothing is watched."""
PAUSE_OVER = "先停的时间到了，请接着办，或者说明为什么还要停"
TICKETS = {
    "leak": "报修：漏水",
    "power": "报修：停电",
    "heating": "报修：暖气",
    "gas": "报修：燃气",
    "lift": "报修：电梯",
    "other": "报修",
    "complaint": "投诉",
    "suggestion": "建议",
    "question": "咨询",
    "need": "要帮忙",
}
BROKEN = {"leak", "power", "heating", "gas", "lift"}
"""What a group may read; who complains, asks or needs something is between the family and whoever it is for."""
PARCELS = {
    "overdue": "快递到时间了还没有到家",
    "unknown_room": "快递不知道是哪一户的",
    "no_name": "快递没有写名字",
    "wrong_shelf": "快递放错了货架",
    "damaged": "快递有破损",
    "nobody_home": "快递送到门口，没有人应门",
}
TO_DO = {
    "overdue": "请取了送到门口，在扫码页点“送到了”",
    "unknown_room": "请问清楚是哪一户，在扫码页填上房号",
    "no_name": "请打电话问这一户",
    "wrong_shelf": "请拿到对的货架",
    "damaged": "请送上门，给住户当面看",
    "nobody_home": "请给这一户打电话，问好了再请人送，在扫码页点“问清楚了”",
}
CATEGORIES = {
    "medicine": "要药",
    "food": "要吃的",
    "repair": "要修理",
    "school": "上网课",
    "mood": "想说说话",
    "other": "别的事",
    "shopping": "要代买东西",
    "stationery": "要文具",
    "unwell": "不舒服",
}


def tellings(standing: Standing, task: Task, rung: Rung, at: datetime, now: datetime, site: str) -> list[Telling]:
    """One telling for each person on the step. Who has no channel of her own is told through the duty team's robot, by name.

    That is a group: it reads that a household wants something, and not what, which may be somebody's health.
    """
    people = stands_on(standing, rung, task, now) or [Person(reach.DUTY, "值班", "")]
    ends = now if urgent(standing, task, now) else quiet_ends(standing.register.policy.quiet, now)
    event, muted, told = f"{task.id}:told:{task.progress.told}", ends if ends > now else None, []
    for person in people:
        own = reach.addresses(standing.register, person.id) if person.id != reach.DUTY else ()
        text = words(standing, task, person, now, site, alone=bool(own))
        told.append(Telling(event, at, person.id, own or reach.addresses(standing.register, reach.DUTY), text, muted, len(people)))
    return told


def urgent(standing: Standing, task: Task, now: datetime) -> bool:
    """Does it pass through quiet hours?"""
    trip = following.trip_of(standing, task)
    if task.tier is Tier.RED or task.kind in ALARMS or task.ladder in WAKING:
        return True
    return trip is not None and following.urgent(trip, now)


def words(standing: Standing, task: Task, person: Person, now: datetime, site: str, alone: bool = True) -> str:
    """``alone``: nobody but this person reads it."""
    home = home_of(standing, task)
    category = CATEGORIES.get(task.category, "")
    what = f"{WHAT[task.kind]}：{category}" if task.kind is TaskKind.NEED and category and alone else _what(task, alone)
    again = f"（第 {task.progress.told} 次提醒）" if task.progress.told > 1 else ""
    where = place(standing, task) or (home.label if home else standing.register.name)
    ask = PAUSE_OVER if task.lines[-1].act == Act.PAUSE else _why_nobody(standing, task) + _ask(task)
    trip = following.trip_of(standing, task)
    if trip:
        (what, ask), again = following.words(standing, trip, person.id, now, alone), ""
    return wording.text("task", what=what, where=where, who=person.name, ask=ask, again=again, way=way_of(standing, person.id, site))


def _what(task: Task, alone: bool) -> str:
    """A ticket or a parcel with its number, by which everybody finds it."""
    if task.kind is TaskKind.PARCEL:
        return f"{PARCELS.get(task.category, WHAT[task.kind])}（{task.about}）"
    if task.kind is not TaskKind.TICKET:
        return WHAT[task.kind]
    named = TICKETS.get(task.category) if alone or task.category in BROKEN else None
    return f"{named or WHAT[task.kind]}（{task.about}）"


def _ask(task: Task) -> str:
    if task.kind in KINDS:
        return "交给您了，请在网格任务板上看" if task.owners else "还没有人认领，请派一位志愿者"
    of_parcel = TO_DO.get(task.category) if task.kind is TaskKind.PARCEL else None
    return of_parcel or ASK.get(task.kind, "请处理")


def _why_nobody(standing: Standing, task: Task) -> str:
    """It is nobody's because whoever would owe it has enough to do."""
    names = [] if task.owners else [each.name for each in named(standing, tuple(over_loaded(task)))]
    return f"{'、'.join(names)}手上的事已经满了，" if names else ""
