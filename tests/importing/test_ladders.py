"""Who is told when nobody answers, and how people are reached: rows of the policy table."""

from pathlib import Path

import pytest

from chalicelib.reach import addresses
from chalicelib.register.ladders import DEFAULT_LADDERS
from chalicelib.register.records import load
from chalicelib.register.rules import Register
from chalicelib.shared.ids import CompoundId
from chalicelib.store.memory import MemoryStore
from chalicelib.tasks.ladders import Ladder, Rung, Step
from infra.importing.ladders import NAMES
from infra.importing.run import Outcome
from tests.importing.lists import GOOD, as_csv, import_into, rows, with_row


def imported(folder: Path, *added: tuple[str, str]) -> Register:
    store = MemoryStore()
    lists = {**GOOD, "policy": as_csv([*rows(GOOD["policy"]), *map(list, added)])}
    assert import_into(store, folder, lists).faults == []
    register = load(store, CompoundId("anheli"))
    assert register is not None
    return register


def test_every_ladder_can_be_told_by_rows():
    assert set(NAMES) == set(DEFAULT_LADDERS)


def test_what_is_not_said_climbs_as_the_default_does_and_is_not_stored(tmp_path: Path):
    policy = imported(tmp_path, ("ladder.visit", ""), ("ladder.door.holds", "60")).policy

    assert policy.ladders == {} and policy.every_ladder == DEFAULT_LADDERS


@pytest.mark.parametrize(
    "said", ["assignee 0; coordinator 10;manager 1440", "负责人 0；网格长10分钟、经理 1440", "ASSIGNEE 0, 协调员 10，主任+1440"]
)
def test_steps_are_read_in_both_languages(tmp_path: Path, said: str):
    ladder = imported(tmp_path, ("ladder.visit", said)).policy.every_ladder["visit"]

    assert ladder == Ladder((Step(Rung.ASSIGNEE, 0), Step(Rung.COORDINATOR, 10), Step(Rung.MANAGER, 1440)))


def test_rows_change_one_part_of_one_ladder(tmp_path: Path):
    policy = imported(tmp_path, ("开门重复", "5；10"), ("ladder.need.holds", "30")).policy

    assert policy.every_ladder["door"] == DEFAULT_LADDERS["door"]._replace(repeat=(5, 10))
    assert policy.every_ladder["need"] == DEFAULT_LADDERS["need"]._replace(holds=30)
    assert set(policy.ladders) == {"door", "need"}


LONG = "x" * 30
BAD = [
    ("ladder.visit", "；", "one step at least"),
    ("ladder.visit", "neighbour 0", "Unknown word; it can be: assignee"),
    ("ladder.visit", "assignee", "A step is written"),
    ("ladder.visit", "assignee soon", "A step is written"),
    ("ladder.visit", "15", "Unknown word"),
    ("ladder.visit", "assignee 0; manager -15", "0 to 10080 minutes"),
    ("ladder.visit", "assignee 0; manager 10081", "0 to 10080 minutes"),
    ("ladder.visit", "manager 0; assignee 5; manager 15", "once"),
    ("ladder.visit.repeat", "0", "from 1 to 10080"),
    ("ladder.visit.repeat", ";", "1 to 6 intervals"),
    ("ladder.visit.repeat", "1;2;3;4;5;6;7", "1 to 6 intervals"),
    ("ladder.visit.holds", "0", "from 1 to 10080"),
    ("ladder.vist", "assignee 0", "Did you mean ladder.visit?"),
    ("sms", "maybe", "Unknown word"),
    ("robot.anheli.chen", "telegram://abc", "it can be: wecombot://KEY"),
    ("robot.anheli.chen", "13800000000", "it can be: wecombot://KEY"),
    ("robot.anheli.chen", "dingtalk://only-a-token", "dingtalk://SECRET@TOKEN/"),
    ("robot.anheli.chen", "feishu://", "signed feishu://"),
    ("robot.anheli.chen", "sms:13800000000", "sms:+8613800000000"),
    ("robot.anheli.chen", "mailto:chen", "mailto:someone@example.org"),
    ("robot.anheli.chen", "https://example.org/send?key=abcdefgh", "these hosts only: qyapi.weixin.qq.com"),
    ("robot.anheli.chen", "http://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=abcdefgh", "these hosts only"),
    ("robot.anheli.chen", "https://qyapi.weixin.qq.com@evil.example/send?key=abcdefgh", "these hosts only"),
    ("robot.anheli.chen", "https://qyapi.weixin.qq.com/cgi-bin/webhook/send", "not whole"),
    ("robot.anheli.chen", "https://oapi.dingtalk.com/robot/send?access_token=abc", "has to be signed"),
    ("robot.anheli.chen", ";".join(f"wecombot://key-{number}" for number in range(5)), "4 addresses at most"),
    ("robot.anheli.gone", "wecombot://abcdefgh", "No table has “anheli.gone”"),
    ("robot.", "wecombot://abcdefgh", "No table has such a person"),
    ("robot.3-5", "wecombot://abcdefgh", "No table has"),
]


@pytest.mark.parametrize(("key", "value", "said"), BAD)
def test_a_bad_row_is_a_named_fault_and_nothing_is_written(tmp_path: Path, key: str, value: str, said: str):
    store = MemoryStore()
    result = import_into(store, tmp_path, with_row("policy", key, value))

    (fault,) = result.faults
    assert (result.outcome, fault.line) == (Outcome.REFUSED, 7) and said in fault.en
    assert store._items == {} and fault.zh != fault.en
    assert "abcdefgh" not in str(fault) and "only-a-token" not in str(fault)


@pytest.mark.parametrize(
    ("given", "stored"),
    [
        ("wecombot://k-1", ("wecombot://k-1",)),
        ("https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=k-1", ("wecombot://k-1",)),
        ("dingtalk://SEC1@tok/", ("dingtalk://SEC1@tok/",)),
        ("feishu://tok", ("feishu://tok",)),
        ("https://open.feishu.cn/open-apis/bot/v2/hook/tok", ("feishu://tok",)),
        (
            "feishu://s3@tok；mailto:chen@example.org; sms:+8613800000099",
            ("feishu://s3@tok", "mailto:chen@example.org", "sms:+8613800000099"),
        ),
    ],
)
def test_anybody_of_the_lists_may_have_addresses_in_order(tmp_path: Path, given: str, stored: tuple[str, ...]):
    register = imported(tmp_path, ("robot.anheli.chen", given), ("robot.v1", "wecombot://hers"))

    assert addresses(register, "anheli.chen") == stored
    assert addresses(register, "v1") == ("wecombot://hers",)


@pytest.mark.parametrize(("said", "sent"), [("yes", True), ("是", True), ("否", False), ("no", False)])
def test_a_compound_may_do_without_text_messages(tmp_path: Path, said: str, sent: bool):
    lists = with_row("policy", "sms", said)
    lists["volunteers"] = lists["volunteers"].replace("0571-0000 2002", "138 0000 0009")
    store = MemoryStore()
    import_into(store, tmp_path, lists)
    register = load(store, CompoundId("anheli"))
    assert register is not None

    assert addresses(register, "v1") == (("sms:+8613800000009",) if sent else ())
