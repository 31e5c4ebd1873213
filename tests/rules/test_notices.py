"""What makes a notice, for whom it is, and what a floor group reads of it."""

from datetime import timedelta
from typing import Any

import pytest

from chalicelib.notices.rules import Kind, Line, Notice, Progress, Rumour, State, Verdict, Words, check, corrected, published, withdrawn
from chalicelib.notices.telling import LONGEST, robot_text
from chalicelib.register.audience import Audience, buildings_of, groups_in, homes_in, places_of, unknown
from chalicelib.register.rules import Building, Floor, Register
from chalicelib.shared.problems import Problem
from chalicelib.shared.text import harmless, paragraphs
from chalicelib.shared.tiers import Tier
from tests.builders import DAY, home, isolated, moment, register

NOW = moment("09:00")
HOMES = (home("3-502"), home("3-1104"), home("1-302", tier=Tier.RED, grid="g2"), isolated(), home("4-101", tenancy=""))
FLOORS = tuple(Floor(building, floor, f"{building} 栋 {floor} 层群", "g1") for building, floor in (("3", 5), ("3", 11), ("1", 3), ("2", 8)))
HERE: Register = register(homes=HOMES, floors=FLOORS, buildings=(Building("3", "3 号楼"),))
RUMOUR = Rumour("小区要封一个月", Verdict.FALSE, "街道办", DAY)


def words(**members: Any) -> Words:
    given: dict[str, Any] = {"kind": Kind.WORKS, "title": "停水", "text": "换水管", "starts": NOW, "ends": NOW + timedelta(hours=3)}
    return Words(**{**given, **members})


def notice(state: State = State.DRAFT, **members: Any) -> Notice:
    return Notice("2611-a", words(**members), state, (Line(NOW, "draft", "anheli.wang", "k:d"),), version=1)


@pytest.mark.parametrize(
    ("audience", "homes", "groups", "places", "buildings"),
    [
        (Audience(), ["3-502", "3-1104", "1-302", "2-801"], 4, [], []),
        (Audience(("3",)), ["3-502", "3-1104"], 2, ["3 号楼"], ["3"]),
        (Audience(floors=("3-5",)), ["3-502"], 1, ["3 栋 5 层群"], ["3"]),
        (Audience(("1",), ("3-5",)), ["3-502", "1-302"], 2, ["1 栋", "3 栋 5 层群"], ["1", "3"]),
        (Audience(grids=("g2",)), ["1-302", "2-801"], 0, ["二网格"], ["1", "2"]),
        (Audience(tiers=(Tier.RED,)), ["1-302"], 0, [], []),
        (Audience(("3",), tiers=(Tier.RED,)), [], 0, ["3 号楼"], ["3"]),
        (Audience(("4",)), [], 0, ["4 栋"], ["4"]),
    ],
)
def test_places_add_up_and_tiers_narrow_down(audience: Audience, homes: list[str], groups: int, places: list[str], buildings: list[str]):
    assert [each.id for each in homes_in(HERE, audience)] == homes
    assert (len(groups_in(HERE, audience)), places_of(HERE, audience), buildings_of(HERE, audience)) == (groups, places, buildings)
    assert unknown(HERE, audience) == ""


@pytest.mark.parametrize(
    ("audience", "member"), [(Audience(("9",)), "buildings"), (Audience(floors=("3-6",)), "floors"), (Audience(grids=("g9",)), "grids")]
)
def test_a_place_that_is_not_there_is_named(audience: Audience, member: str):
    assert unknown(HERE, audience) == member


@pytest.mark.parametrize(
    ("members", "field"),
    [
        ({"title": ""}, "title"),
        ({"text": ""}, "text"),
        ({"ends": NOW}, "until"),
        ({"starts": NOW - timedelta(hours=2), "ends": NOW}, "until"),
        ({"ends": NOW + timedelta(days=93)}, "until"),
        ({"kind": Kind.RUMOUR}, "rumour"),
        ({"rumour": RUMOUR}, "rumour"),
        ({"progress": Progress(1, 2)}, "progress"),
        ({"open": True, "audience": Audience(tiers=(Tier.RED,))}, "open"),
    ],
)
def test_what_makes_no_sense_is_refused(members: dict[str, Any], field: str):
    with pytest.raises(Problem) as refused:
        check(words(**members), NOW)
    assert (refused.value.status, refused.value.more["field"]) == (400, field)


def test_a_rumour_needs_no_other_words_and_a_campaign_may_show_how_far_it_is():
    check(words(kind=Kind.RUMOUR, rumour=RUMOUR, text=""), NOW)
    check(words(kind=Kind.CAMPAIGN, progress=Progress(186, 240, "户"), open=True, audience=Audience(("3",))), NOW)


@pytest.mark.parametrize("state", [State.PUBLISHED, State.WITHDRAWN])
def test_only_a_draft_is_published_and_only_what_counts_is_put_right(state: State):
    line = Line(NOW, "published", "anheli.wang", "k2:d")
    with pytest.raises(Problem):
        published(notice(state), line)
    assert withdrawn(notice(State.PUBLISHED), line).state is State.WITHDRAWN
    assert corrected(notice(State.PUBLISHED), "2611-b", line).corrected_by == "2611-b"
    for wrong in (notice(), notice(State.WITHDRAWN), notice(State.PUBLISHED)._replace(corrected_by="2611-c")):
        with pytest.raises(Problem):
            corrected(wrong, "2611-b", line)


def test_what_is_over_is_read_for_a_week():
    running, end = notice(State.PUBLISHED), NOW + timedelta(hours=3)
    assert not running.over(end + timedelta(days=7, seconds=-1)) and running.over(end + timedelta(days=7))
    assert notice(State.WITHDRAWN).over(NOW + timedelta(days=7)) and not notice().over(NOW + timedelta(days=29))


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("@all @所有人 快看", "＠all ＠所有人 快看"),
        ('<at user_id="all">所有人</at>', '＜at user_id="all"＞所有人＜/at＞'),
        ("见 http://evil.example/x", "见 http：／／evil．example/x"),
        ("www.evil.com 和 evil.cn/a", "www．evil．com 和 evil．cn/a"),
        ("例子.中国", "例子．中国"),
        ("//1.2.3.4/", "：／／1.2.3.4/"),
        ("水费 3.5 元，8.30 开始。", "水费 3.5 元，8.30 开始。"),
    ],
)
def test_a_robot_calls_nobody_and_opens_nothing(typed: str, said: str):
    assert harmless(typed) == said


def test_what_a_group_reads_is_one_text_with_our_own_address_alone():
    long = robot_text(
        HERE, words(text="水" * 600, kind=Kind.RUMOUR, rumour=Rumour("传" * 200, Verdict.PARTLY, "源" * 80, DAY)), "https://n.example"
    )
    short = robot_text(HERE, words(title="@all {way}", urgent=True), "https://n.example")

    assert len(long.encode()) <= LONGEST and "全文见通知页" in long
    assert short == "【紧急 · 施工维修】＠all {way}\n换水管\n时间：11 月 22 日 9:00 到 12:00\n通知页：https://n.example/notices/#anheli"


def test_paragraphs_keep_their_lines_and_lose_what_cannot_be_seen():
    assert paragraphs(" 一\u200b\n\n\n\n 二\u202e \n") == "一\n\n二"
