"""Notices on the virtual clock: sixty floor groups, one text an hour, urgent ones at once, and who has not got it."""

from datetime import date, datetime, timedelta
from types import SimpleNamespace
from typing import Any

import msgspec
import pytest

from chalicelib import wiring
from chalicelib.auditor.audit import audit
from chalicelib.forgetting import run as forget
from chalicelib.notices import actions, records
from chalicelib.notices.answers import NoticeFile
from chalicelib.notices.reading import file_of, of_home, of_staff
from chalicelib.notices.rules import Kind, Notice, Words
from chalicelib.post.rules import Refused
from chalicelib.register.audience import Audience
from chalicelib.register.records import listed
from chalicelib.register.rules import Floor, Grid, Register
from chalicelib.shared.problems import Problem
from chalicelib.shared.tiers import Tier
from chalicelib.shared.tokens import digest_of
from chalicelib.store import notice_keys
from chalicelib.store.contract import Remove
from chalicelib.store.keys import key_of
from tests.builders import home, moment, policy, register
from tests.promises.world import World

MONDAY = date(2026, 11, 23)
FLOORS = tuple(
    Floor(str(building), floor, f"{building} 栋 {floor} 层群", f"g{building}") for building in range(1, 6) for floor in range(1, 13)
)
ROBOTS = {each.group: f"wecombot://g{each.building}-{each.floor}" for each in FLOORS}
SITE = "https://example.org"


def compound(**robots: str) -> Register:
    homes = tuple(home(f"{each.building}-{each.floor}01", grid=each.grid, steward="anheli.wang") for each in FLOORS)
    grids = tuple(Grid(f"g{number}", f"{number} 栋", "anheli.liu", ("v1",)) for number in range(1, 6))
    return register(homes=homes, floors=FLOORS, grids=grids, policy=policy(robots={**ROBOTS, **robots}, sms=False))


@pytest.fixture
def world(monkeypatch: pytest.MonkeyPatch) -> World:
    return World(monkeypatch, compound(), moment("10:00", MONDAY))


def publish(world: World, title: str = "停水", register: Register | None = None, **members: Any) -> Notice:
    now, here = world.clock.moment, register or world.register
    given: dict[str, Any] = {"kind": Kind.WORKS, "title": title, "text": f"{title}的事", "starts": now, "ends": now + timedelta(days=1)}
    staff = here.staff_by_username["anheli.chen"]
    draft = actions.draft(world.store, now, here, staff, Words(**{**given, **members}), f"{digest_of(f'{title}{now}')}:d")
    world.pump()
    assert not world.store.stream
    notice = actions.publish(world.store, now, here, staff, draft.id, draft.version, f"p{draft.id}:d")
    world.pump()
    return notice


def withdraw(world: World, notice: Notice, reason: str = "改期") -> None:
    staff = world.register.staff_by_username["anheli.chen"]
    actions.withdraw(world.store, world.clock.moment, world.register, staff, notice.id, reason, f"w{notice.id}:d")
    world.pump()


def groups(world: World) -> list[tuple[datetime, str, str]]:
    return [each for each in world.sent if each[1].startswith("wecombot://g")]


def clocks(world: World, group: str = "g3-5") -> list[str]:
    return [f"{at:%H:%M}" for at, to, _ in world.sent if to == f"wecombot://{group}"]


def look(world: World, notice: Notice) -> NoticeFile:
    fresh = records.find(world.store, "anheli", notice.id)
    assert fresh
    return file_of(world.store, world.register, world.register.staff_by_username["anheli.chen"], fresh, world.clock.moment, SITE)


def test_a_common_notice_reaches_all_sixty_groups_after_two_minutes_and_once(world: World):
    notice = publish(world)
    world.until(moment("10:02", MONDAY))
    world.until(moment("13:00", MONDAY), timedelta(minutes=10))

    assert sorted(to for _, to, _ in groups(world)) == sorted(ROBOTS.values())
    assert {f"{at:%H:%M}" for at, _, _ in groups(world)} == {"10:02"}
    delivery = look(world, notice).notice.delivery
    assert delivery and (delivery.arrived, delivery.waiting, delivery.failed, look(world, notice).missed) == (60, 0, 0, [])


def test_what_comes_within_the_hour_leaves_together_after_it(world: World):
    publish(world, "停水")
    world.until(moment("10:05", MONDAY))
    publish(world, "停电")
    world.until(moment("10:30", MONDAY), timedelta(minutes=5))
    publish(world, "电梯检修")
    world.until(moment("12:30", MONDAY))

    assert clocks(world) == ["10:02", "11:02"]
    merged = groups(world)[-1][2]
    assert merged.startswith("【2 条通知】\n· 【施工维修】停电") and "电梯检修" in merged and merged.count("/notices/#anheli") == 1
    assert len(groups(world)) == 120


def test_an_urgent_one_leaves_at_once_also_at_night_and_within_the_hour(world: World):
    publish(world, "停水")
    world.until(moment("10:03", MONDAY))
    publish(world, "燃气泄漏", urgent=True, audience=Audience(("3",)))
    world.until(moment("10:04", MONDAY))
    assert clocks(world) == ["10:02", "10:04"] and clocks(world, "g1-5") == ["10:02"]

    world.until(moment("23:00", MONDAY), timedelta(minutes=30))
    publish(world, "水管爆了", urgent=True)
    publish(world, "明天大风")
    world.until(moment("23:10", MONDAY))
    assert clocks(world)[2:] == ["23:01"]
    world.until(moment("07:05", date(2026, 11, 24)), timedelta(minutes=5))
    assert clocks(world)[3:] == ["07:00"]


def test_within_two_minutes_nobody_hears_of_what_was_taken_back_and_later_everybody_who_was_told_does(world: World):
    withdraw(world, publish(world, "写错了"))
    world.until(moment("10:05", MONDAY))
    assert groups(world) == []

    late = publish(world, "停水")
    world.until(moment("10:10", MONDAY))
    assert len(groups(world)) == 60
    withdraw(world, late, "改到 @all 明天")
    world.until(moment("11:30", MONDAY), timedelta(minutes=2))
    assert len(groups(world)) == 120 and groups(world)[-1][2].startswith("【撤回】停水\n前面发的这条通知不算了。改到 ＠all 明天")


def test_a_correction_is_for_whoever_was_told_and_each_of_the_two_names_the_other(world: World):
    wrong = publish(world, "九点停水", audience=Audience(("3",)), open=True)
    right = publish(world, "十点停水", corrects=wrong.id)
    world.until(moment("10:10", MONDAY))

    assert len(groups(world)) == 12 and all(text.startswith("【更正 · 施工维修】十点停水") for _, _, text in groups(world))
    first, second = of_home(
        world.register, world.register.home_by_id["3-501"], records.current(world.store, "anheli"), world.clock.moment
    ).notices
    assert (
        (first.corrects.title, second.corrected_by.title) == ("九点停水", "十点停水") if first.corrects and second.corrected_by else False
    )
    assert right.words.open and right.words.audience == wrong.words.audience
    with pytest.raises(Problem):
        publish(world, "再改", corrects=wrong.id)

    withdraw(world, right, "也写错了")
    assert publish(world, "再改", corrects=wrong.id).words.corrects == wrong.id


def test_groups_that_refuse_or_have_no_robot_are_listed_with_whom_to_phone(monkeypatch: pytest.MonkeyPatch):
    world = World(monkeypatch, compound(**{"2 栋 7 层群": ""}), moment("10:00", MONDAY))
    world.refuse = lambda address: "errcode 93000" if address.endswith("g4-2") else ""
    notice = publish(world)
    world.until(moment("10:03", MONDAY))

    found = look(world, notice)
    assert [(each.group, each.state.value, each.homes) for each in found.missed] == [
        ("2 栋 7 层群", "suppressed", 1),
        ("4 栋 2 层群", "queued", 1),
    ]
    assert [(each.name, each.phone) for each in found.missed[0].contacts] == [
        ("王管家", "13800000010"),
        ("刘组长", "13800000011"),
        ("老周", "13800000009"),
    ]
    listed = of_staff(
        world.store, world.register, world.register.staff[2], records.current(world.store, "anheli"), world.clock.moment, SITE
    )
    delivery = listed.notices[0].delivery
    assert delivery and (delivery.arrived, delivery.trying, delivery.failed) == (58, 1, 1)
    world.refuse = lambda address: ""
    world.until(moment("11:30", MONDAY), timedelta(minutes=5))
    assert [each.group for each in look(world, notice).missed] == ["2 栋 7 层群"]


def test_a_channel_that_is_down_is_not_asked_sixty_times_a_sweep_and_alarms_come_first(world: World):
    asked: list[str] = []

    def down(address: str, text: str) -> None:
        asked.append(address)
        raise Refused("ConnectTimeoutError", down=True)

    publish(world, urgent=True)
    monkey = world.send
    world.send = down  # type: ignore[method-assign]
    world.sweep()
    assert len(asked) == 3
    world.send = monkey  # type: ignore[method-assign]
    world.until(moment("10:10", MONDAY), timedelta(seconds=30))
    assert len({to for _, to, _ in groups(world)}) == 60


def test_what_is_for_some_tiers_goes_to_no_group_and_to_their_own_pages(world: World):
    red = msgspec.structs.replace(world.register.homes[0], tier=Tier.RED)
    here = msgspec.structs.replace(world.register, homes=(red, *world.register.homes[1:]))
    publish(world, "送药改时间", register=here, audience=Audience(tiers=(Tier.RED,)))
    world.until(moment("10:10", MONDAY))

    notices = records.current(world.store, "anheli")
    assert groups(world) == []
    assert [len(of_home(here, each, notices, world.clock.moment).notices) for each in here.homes[:2]] == [1, 0]


def test_the_auditor_names_each_group_that_was_never_entered(world: World):
    world.store.fill([listed("anheli", moment("00:00", MONDAY) - timedelta(days=2))])
    notice = publish(world, audience=Audience(("3",)), urgent=True)
    taken = publish(world, "写错了")
    withdraw(world, taken)
    world.until(moment("11:00", MONDAY), timedelta(minutes=1))
    assert [each.id for each in audit(world.store, world.clock.moment, world.register.compound) if "notice" in each.id] == []

    lost = next(
        item for item in world.stored("#POST#") if item["person"] == "3 栋 7 层群" and item["event"].startswith(f"notice:{notice.id}")
    )
    world.store.write(Remove(key_of(lost), lost["v"]))
    found = [each.id for each in audit(world.store, world.clock.moment, world.register.compound) if "notice" in each.id]
    assert found == [f"untold:notice:{notice.id}:published@3 栋 7 层群"]


@pytest.mark.parametrize("public", [True, False])
def test_what_is_put_away_is_gone_from_the_feeds_on_the_same_day(world: World, monkeypatch: pytest.MonkeyPatch, public: bool):
    site: dict[str, bytes] = {}
    bucket = SimpleNamespace(put_object=lambda **given: site.update({given["Key"]: given["Body"]}))
    monkeypatch.setattr(wiring, "settings", lambda: SimpleNamespace(site_bucket="site", site_url=SITE))
    monkeypatch.setattr(wiring, "client", lambda name: bucket)
    publish(world, open=True, title="停水", ends=world.clock.moment + timedelta(days=20))
    publish(world, open=public, title="楼道换灯")
    site.clear()
    for days, gone in ((7, False), (2, True), (1, True)):
        world.clock.moment += timedelta(days=days)
        forget(world.store, world.clock.moment)
        world.pump()
        written = site.get("feeds/anheli.atom", b"").decode()
        assert bool(written) is (public and gone), "nothing is written before its week is over, nor for what nobody could read there"
        assert not written or ("停水" in written and "楼道换灯" not in written)


def test_what_is_over_is_put_away_after_a_week_and_can_still_be_read(world: World):
    notice = publish(world)
    world.until(world.clock.moment + timedelta(minutes=5))
    world.clock.moment += timedelta(days=8)
    sent = len(world.sent)
    forget(world.store, world.clock.moment)
    world.sweep()

    assert records.current(world.store, "anheli") == [] and len(world.sent) == sent
    assert world.store.get(notice_keys.past_notice("anheli", notice.id))
    assert look(world, notice).notice.title == "停水"
    with pytest.raises(Problem):
        withdraw(world, notice)


def test_a_draft_sent_again_after_the_end_of_the_month_is_the_one_before_it(world: World):
    staff, key = world.register.staff_by_username["anheli.chen"], f"{digest_of('once')}:d"
    late, early = moment("23:59", date(2026, 11, 30)), moment("00:01", date(2026, 12, 1))
    words = Words(kind=Kind.WORKS, title="停水", text="换水管", starts=early, ends=early + timedelta(days=1))
    first, again = (actions.draft(world.store, now, world.register, staff, words, key) for now in (late, early))

    assert (first.id[:4], again.id) == ("2611", first.id)
    assert len(records.current(world.store, "anheli")) == 1
