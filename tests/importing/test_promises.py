"""The policy table says what is promised, and an import sees to it that every promise is looked at."""

from pathlib import Path

import pytest
from msgspec.structs import replace

from chalicelib.register.patrolling import TWO
from chalicelib.register.plans import DEFAULT_PLANS, GOODS_VISIT, TripPolicy
from chalicelib.register.policy import Policy, Rhythm
from chalicelib.register.records import listed, load
from chalicelib.shared.ids import CompoundId
from chalicelib.store import keys
from chalicelib.store.memory import MemoryStore
from chalicelib.tasks.rules import Days, PlanKind
from infra.importing.run import Outcome
from tests.importing.lists import GOOD, NOW, import_into, with_row

LOOKS = ["daily#0", "disinfection#0", "disinfection#1", "home_visit#0", "home_visit#1", "medicine_run#0", "patrol#0", "self_report#0"]


def policy_of(store: MemoryStore) -> Policy:
    register = load(store, CompoundId("anheli"))
    assert register is not None
    return register.policy


def looks(store: MemoryStore) -> list[str]:
    return [item["sk"] for item in store.under(keys.looks("anheli"))]


def test_what_is_left_out_has_its_default(tmp_path: Path):
    store = MemoryStore()
    import_into(store, tmp_path, GOOD)

    assert policy_of(store).plans == DEFAULT_PLANS
    assert policy_of(store) == Policy("0571-0000 1234", robots={"duty": "wecombot://sample-duty"})


@pytest.mark.parametrize(
    ("key", "value", "read"),
    [
        ("plan.home_visit.windows", "8:00-9:30；23:00–01:00", lambda p: p.plans[0].windows == (("08:00", "09:30"), ("23:00", "01:00"))),
        ("走访时段", "08:00-10:00,16:00-18:00", lambda p: p.plans == DEFAULT_PLANS),
        ("plan.medicine_run.every", "7", lambda p: (p.plans[1].every, p.plans[1].windows) == (7, (("09:00", "18:00"),))),
        ("送药日子", "顺延", lambda p: [plan.days for plan in p.plans] == ["every", "shifted"]),
        ("plan.home_visit.days", "workdays", lambda p: p.plans[0].days is Days.WORKDAYS),
        ("每人最多", "12", lambda p: p.most_work == 12),
        ("daily_check", "7:30", lambda p: p.daily_check == "07:30"),
        ("案例发布", "每周", lambda p: p.case_release is Rhythm.WEEKLY),
        ("quiet", "23:00-06:00", lambda p: p.quiet == ("23:00", "06:00")),
        ("ticket.hours", "08:00-20:00", lambda p: p.tickets.hours == ("08:00", "20:00")),
        ("服务日子", "每天", lambda p: p.tickets.days == "every"),
        ("ticket.repair_respond", "20", lambda p: (p.tickets.repair_respond, p.tickets.complaint_respond) == (20, 240)),
        ("急修办结", "12", lambda p: p.tickets.urgent_solve == 12),
        ("常用回答", "物业费，每季度收一次。; 快递柜在东门", lambda p: p.tickets.answers == ("物业费，每季度收一次。", "快递柜在东门")),
        ("respond.red", "30", lambda p: list(p.respond_minutes.values()) == [30, 240, 480]),
        ("绿档办结", "96", lambda p: list(p.solve_hours.values()) == [24, 48, 96]),
        ("pause.yellow", "48", lambda p: list(p.pause_hours.values()) == [24, 48, 168]),
        ("plan.goods_visit.every", "7", lambda p: p.plans == (*DEFAULT_PLANS, replace(GOODS_VISIT, every=7))),
        ("走访慰问带什么", "米；鸡蛋;春联", lambda p: p.plans[2] == replace(GOODS_VISIT, goods=("rice", "鸡蛋", "春联"))),
        ("trip.margin", "20", lambda p: p.trips == TripPolicy(margin=20)),
        ("陪诊前一天提醒", "19:30", lambda p: p.trips == TripPolicy(eve="19:30")),
        ("open311", "30.25,120.15", lambda p: p.open311 == (30.25, 120.15)),
        ("开放接口位置", "-33.8688， 151.2093", lambda p: p.open311 == (-33.8688, 151.2093)),
        ("trip.coming_back", "45", lambda p: p.trips == TripPolicy(coming_back=45)),
    ],
)
def test_what_is_said_counts(tmp_path: Path, key: str, value: str, read):
    store = MemoryStore()
    import_into(store, tmp_path, with_row("policy", key, value))

    assert read(policy_of(store))


@pytest.mark.parametrize(
    ("key", "value", "said"),
    [
        ("plan.home_visit.windows", "morning", "08:00-10:00"),
        ("plan.home_visit.windows", "08:00-25:00", "written 10:00"),
        ("plan.home_visit.windows", "08:00-10:00;09:00-11:00", "overlap"),
        ("plan.home_visit.windows", "08:00-08:00", "overlap or be empty"),
        ("plan.home_visit.windows", "23:00-08:30;08:00-10:00", "overlap"),
        ("plan.home_visit.windows", ";".join(f"{hour:02}:00-{hour:02}:30" for hour in range(7)), "1 to 6"),
        ("plan.medicine_run.every", "0", "from 1 to 366"),
        ("plan.goods_visit.goods", ";".join("米面油菜奶蛋肉"), "1 to 6 things"),
        ("plan.goods_visit.goods", "；", "1 to 6 things"),
        ("plan.goods_visit.goods", "过年" * 7, "12 characters"),
        ("trip.eve", "evening", "10:00"),
        ("open311", "杭州", "latitude,longitude"),
        ("open311", "91,120", "latitude,longitude"),
        ("open311", "120.15", "latitude,longitude"),
        ("trip.setting_out", "0", "from 1 to 240"),
        ("plan.medicine_run.every", "-14", "from 1 to 366"),
        ("quiet", "22:00", "08:00-10:00"),
        ("plan.medicine_run.days", "sundays", "it can be: every, workdays, shifted"),
        ("ticket.hours", "20:00-08:00", "within one day"),
        ("ticket.answers", " ; ;", "1 to 20 sentences"),
        ("ticket.urgent_solve", "0", "from 1 to 720"),
        ("most_work", "0", "from 1 to 500"),
        ("daily_check", "soon", "written 10:00"),
        ("case_release", "daily", "it can be: monthly, weekly"),
        ("respond.red", "an hour", "from 1 to 10080"),
        ("solve.red", "721", "from 1 to 720"),
        ("红档先停", "0", "from 1 to 720"),
        ("plan.lift.windows", "08:00-10:00", "Unknown key"),
    ],
)
def test_a_bad_value_is_a_fault_with_its_line_and_column_and_nothing_is_written(tmp_path: Path, key: str, value: str, said: str):
    store = MemoryStore()
    result = import_into(store, tmp_path, with_row("policy", key, value))

    (fault,) = result.faults
    assert (result.outcome, fault.line, fault.column) == (Outcome.REFUSED, 7, "key" if said == "Unknown key" else "value")
    assert said in fault.en and store._items == {}


def test_the_name_of_the_list_of_compounds_is_no_compound(tmp_path: Path):
    lists = {name: text.replace("anheli", "nuanlin") for name, text in GOOD.items()}
    result = import_into(MemoryStore(), tmp_path, lists)

    assert next(fault.en for fault in result.faults if fault.line == 2 and "policy" in fault.file).endswith("nuanlin is ours.")


def test_an_import_lists_the_compound_and_stores_a_look_for_every_window(tmp_path: Path):
    store = MemoryStore()
    import_into(store, tmp_path, GOOD)

    assert looks(store) == LOOKS and {look.split("#")[0] for look in looks(store)} <= set(PlanKind)
    assert store.under(keys.compounds()) == [listed("anheli", NOW)]


def test_looks_that_a_broken_off_import_left_out_are_stored_by_the_next_one_that_changes_nothing(tmp_path: Path):
    store = MemoryStore()
    import_into(store, tmp_path, GOOD)
    for item in [*store.under(keys.looks("anheli")), *store.under(keys.compounds())]:
        store._forget(keys.key_of(item))

    assert import_into(store, tmp_path, GOOD).outcome is Outcome.UNCHANGED
    assert looks(store) == LOOKS and len(store.under(keys.compounds())) == 1


def test_a_dry_run_stores_no_look(tmp_path: Path):
    store = MemoryStore()
    import_into(store, tmp_path, GOOD, dry_run=True)

    assert store._items == {}


def test_places_are_disinfected_as_often_as_the_rows_say(tmp_path: Path):
    store = MemoryStore()
    lists = with_row("policy", "disinfect.lift", "14:00-22:00,06:00-14:00")
    import_into(store, tmp_path, {**lists, "policy": lists["policy"] + "patrol.claim,30\n"})
    patrols = policy_of(store).patrols

    assert (patrols.lift, patrols.lobby, patrols.claim) == (TWO, TWO, 30)


@pytest.mark.parametrize(
    ("key", "value", "said"),
    [
        ("disinfect.lift", "22:00-06:00", "within one day"),
        ("disinfect.lift", "06:00-14:00,13:00-15:00", "overlap"),
        ("电梯补充", "tissues", "no tissues"),
        ("patrol.walk", "20:00-08:00", "within one day"),
        ("patrol.claim", "5", "from 10 to 720"),
        ("disinfect.depot", "06:00-14:00", "Unknown key"),
    ],
)
def test_rows_about_places_that_make_no_sense_are_faults(tmp_path: Path, key: str, value: str, said: str):
    (fault,) = import_into(MemoryStore(), tmp_path, with_row("policy", key, value)).faults

    assert said in fault.en and fault.line == 7
