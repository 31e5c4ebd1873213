"""Two compounds with everybody in them, each with what she needs to prove who she is."""

import hashlib
from datetime import date, timedelta
from functools import cache
from typing import NamedTuple

from chalicelib.activities.records import changed as arranged
from chalicelib.activities.rules import Activity, id_of
from chalicelib.care.actions import check_in
from chalicelib.cases import records as case_records
from chalicelib.cases.cards import Card
from chalicelib.cases.cards import Draft as CaseDraft
from chalicelib.cases.cards import Origin as CaseOrigin
from chalicelib.cases.rules import CaseKind
from chalicelib.delivery.actions import Draft as ParcelDraft
from chalicelib.delivery.actions import Order, hand_over
from chalicelib.delivery.actions import receive as take_in
from chalicelib.delivery.numbers import number_of as parcel_number
from chalicelib.delivery.rules import Act
from chalicelib.errands.actions import post as hang
from chalicelib.errands.rules import Draft as ErrandDraft
from chalicelib.errands.rules import Want
from chalicelib.ledger.actions import post
from chalicelib.ledger.rules import Cause, Posting, give
from chalicelib.notices.records import added as notice_added
from chalicelib.notices.rules import Kind as NoticeKind
from chalicelib.notices.rules import Line, Notice, State, Words
from chalicelib.open311.records import added as client_added
from chalicelib.patrols.actions import Order as DisinfectOrder
from chalicelib.patrols.actions import disinfect
from chalicelib.points.rules import account
from chalicelib.promises.arising import need
from chalicelib.promises.letters import LetterSaid, letter_told
from chalicelib.recruiting.actions import apply
from chalicelib.recruiting.rules import Said as Applied
from chalicelib.register.audience import Audience
from chalicelib.register.changes import Absence, Changes, HomePause, Leave, TierChange
from chalicelib.register.delivering import Goods
from chalicelib.register.goods import Good, Reward
from chalicelib.register.ladders import DEFAULT_LADDERS
from chalicelib.register.patrolling import PatrolPolicy
from chalicelib.register.places import Place, PlaceKind
from chalicelib.register.records import changed, to_item
from chalicelib.register.rules import Grid, Person, Register, Role, Staff, Volunteer
from chalicelib.register.standing import stand
from chalicelib.register.ticketing import Subkind, TicketKind
from chalicelib.register.trips import Trip
from chalicelib.residents.actions import issue_home_link, open_home
from chalicelib.residents.copies import Copies, Kind, lines_of, printed, version_of
from chalicelib.residents.copy_records import changed as copies_changed
from chalicelib.rewards.actions import open_hour, reserve
from chalicelib.rewards.rules import Hour, Reservation
from chalicelib.sensors.actions import bind, receive
from chalicelib.sensors.readings import Message
from chalicelib.shared.clock import RealClock
from chalicelib.shared.half_days import read_half_day
from chalicelib.shared.tiers import Tier
from chalicelib.shared.tokens import digest_of, mint
from chalicelib.stock.rules import Batch
from chalicelib.store.memory import MemoryStore
from chalicelib.supplies.handing import Round
from chalicelib.supplies.signing import begin
from chalicelib.tasks.actions import expect_opening
from chalicelib.tasks.board import added
from chalicelib.tasks.errands import id_of as id_of_errand
from chalicelib.tasks.rules import Opening
from chalicelib.tasks.work import arise
from chalicelib.tickets.incident_records import saved as incident_saved
from chalicelib.tickets.incidents import Cause as Why
from chalicelib.tickets.incidents import begun
from chalicelib.tickets.numbers import number_of
from chalicelib.tickets.photos import Photo, PhotoState
from chalicelib.tickets.records import added as ticket_added
from chalicelib.tickets.records import moved, of_home
from chalicelib.tickets.rules import Draft, Origin, Said, TicketState, make
from chalicelib.trips.rules import task_of
from chalicelib.volunteers.actions import confirm_device, issue_link
from tests.app.client import Client
from tests.builders import DAY, entry, home, isolated, moment, policy, register

NOW = moment("08:00")
CODE, THEIR_CODE, DIGITS, DEVICE_KEY = "3K7Q2M9XWT", "ZZZZZ22222", "048213", "the-device-key"
API_KEY, HOTLINE = "a1" * 20, "区热线"
"""What another system reports with, and its name."""

CARERS = {"steward": "anheli.wang", "volunteer": "v1"}
NEED = "need:3-702:t1:2026-11-22:medicine"

ANHELI = register(
    policy=policy(patrols=PatrolPolicy(refills={PlaceKind.LIFT: "mask"})),
    homes=(
        home("3-502", steward="anheli.wang"),
        home("3-1104", people=(Person("p2", "包迪", "13800000002", 1941, ("chronic",)),), tier=Tier.YELLOW, volunteer="v1"),
        home("1-302", people=(Person("p3", "岑秋", "13800000003", 1938, ("lives_alone",)),), tier=Tier.RED, grid="g2"),
        isolated(grid="g1", people=(Person("p4", "狄雷", "13800000004"),)),
        home("3-702", people=(Person("p5", "姜禾", "13800000005", 1934, ("lives_alone",)),), tier=Tier.RED, **CARERS),
    ),
    staff=(
        Staff("anheli.wang", "王管家", "13800000010", (Role.STEWARD,), (), ("2", "3")),
        Staff("anheli.zhao", "赵管家", "13800000013", (Role.STEWARD,), (), ("1",)),
        Staff("anheli.liu", "刘组长", "13800000011", (Role.COORDINATOR,), ("g1",), ()),
        Staff("anheli.chen", "陈经理", "13800000012", (Role.MANAGER,)),
    ),
    volunteers=(Volunteer("v1", "老周", "13800000009", "g1", "3-1104"), Volunteer("v2", "老郑", "13800000008", "g2")),
    places=(
        Place("S3", PlaceKind.SHELF, "3 栋货架", "3"),
        Place("G1", PlaceKind.GATE, "东门外存放区"),
        Place("L3", PlaceKind.LIFT, "3 栋电梯", "3", "g1"),
        Place("W1", PlaceKind.WASTE, "东垃圾点", "", "g1"),
        Place("D1", PlaceKind.DEPOT, "物业仓库"),
        Place("D2", PlaceKind.RESERVE, "应急储备库"),
    ),
    goods=(Good("mask", "口罩", "个", 20, 60, "anheli.wang"),),
    rewards=(Reward("masks", "口罩一包", 3, "mask", 10), Reward("housework", "家政一小时", 5)),
    grids=(Grid("g1", "一网格", "anheli.liu", ("v1",)), Grid("g2", "二网格", "", ("v2",))),
)
QINGHE = register(
    compound="qinghe",
    name="清河苑",
    policy=policy(duty_phone="0571-0000 1234", robots={"duty": "wecombot://qinghe"}),
    homes=(home("3-502", people=(Person("q1", "克拉家", "13900000001"),)), isolated("2-801", people=(), grid="g1")),
    staff=(Staff("qinghe.kela", "克拉", "13900000010", (Role.MANAGER, Role.STEWARD, Role.COORDINATOR)),),
    volunteers=(Volunteer("v9", "小克", "13900000011", "g1"),),
    grids=(Grid("g1", "清河网格", "qinghe.kela", ("v9",)),),
)

WASTE = ANHELI.place_by_id["w1"]

RESERVED = Reservation("reserved1", "v1", "masks", "口罩一包", 3, "mask", 10, NOW, moment("23:00"), "")
"""What 老周 has put aside, of the twenty points that a day in spring brought him."""

HANDING = Round("round1", "mask", "D1", "口罩每户两个", {Tier.GREEN: 2, Tier.RED: 2, Tier.YELLOW: 2}, 0, (), "anheli.chen", NOW, "")

LATER = date(2026, 12, 1)
TRIP = Trip(
    id="trip1",
    home="3-702",
    tenancy="t1",
    hospital="市一医院",
    starts=moment("09:00", LATER),
    ends=moment("12:00", LATER),
    agreed_by="何护士",
    agreed_on=DAY,
    by="anheli.liu",
    made=NOW,
    asked="",
    companion="v1",
    since=NOW,
)
CHANGES = Changes(
    tiers=(TierChange("change1", "3-1104", "t1", Tier.RED, "夜里摔倒过", "anheli.wang", DAY, NOW),),
    pauses=(HomePause("pause1", "3-1104", "t1", Absence.AWAY, date(2026, 12, 20), date(2026, 12, 24), "anheli.wang", NOW),),
    leaves=(Leave("leave1", "anheli.wang", date(2026, 12, 20), date(2026, 12, 24), "anheli.wang", NOW),),
    trips=(TRIP,),
)
"""Nothing of it counts yet on the day of the story."""


DRAFT = "2611-draft00000"
"""A notice that nobody was told yet: what the lift of building 3 is waiting for."""
WAITING = Words(kind=NoticeKind.WORKS, title="三栋电梯检修", text="零件下午到", starts=NOW, ends=moment("20:00"), audience=Audience(("3",)))

REPORTED, SOLVED = (number_of(word, NOW) for word in ("reported", "solved"))
"""Two tickets of 3-502 without their work, which would stand on every list: a lift that is out, and a leak that has been seen to."""


CARDED = ANHELI.home_by_id["3-1104"]
BROUGHT = {"kind": "card", "mark": "done", "version": version_of(lines_of(ANHELI, CARDED, Kind.CARD))}
"""The card of 3-1104 still has the number of last year."""
RECEIPT = "100000005"
"""A letter that was answered yesterday morning."""
CASE = Card(
    "case0001",
    CaseDraft(
        CaseKind.MEDICINE,
        "3",
        "药快吃完了，不好意思开口。",
        "第二天有人送到门口。",
        read_half_day("2026-11-20-am"),
        CaseOrigin.LETTER,
        "anheli.zhao",
        (),
        "case0001:x",
    ),
)
"""A draft whose letter was answered two days ago."""
LIFT_OUT = begun(Why.LIFT, Said(NOW, "incident", "anheli.wang", "电梯厂下午到", "lift:x"))._replace(
    tickets=(REPORTED,), homes=("3-502",), place="3"
)
"""The lift as an incident, with nobody else's ticket yet."""
PHOTO, KEPT_PHOTO = "0" * 32, "f" * 32
"""Of the lift, an hour ago: one was asked for and never sent, one is kept."""
PHOTOS = (Photo(PHOTO, NOW, "", "asked:x"), Photo(KEPT_PHOTO, NOW, "", "kept:x", PhotoState.KEPT))
PARCEL, LOST = (parcel_number(building, DAY, f"{word}:0") for building, word in (("3", "waiting"), ("", "lost")))
"""Two parcels: one of 3-502 on its shelf, and one at the gate of which nobody knows whose it is."""


SUPPER = id_of("supper", moment("18:00", LATER))
"""A supper for building 3, eight places, to which nobody comes yet."""


ERRAND_KEY = "shopping0000:d"
ERRAND = id_of_errand("g1", ERRAND_KEY)
"""On the board of grid 1: somebody is to go shopping for 3-502."""


APPLIED = "appliedtoday"
"""Somebody of building 3 who would like to be a volunteer."""


class World(NamedTuple):
    store: MemoryStore
    links: dict[str, str]
    devices: dict[str, str]
    alert: str

    def copy(self) -> "World":
        """The same world for the next test, so that building it is paid for once."""
        store = MemoryStore()
        store.fill(list(self.store._items.values()))
        return self._replace(store=store)

    def callers(self) -> dict[str, Client]:
        """Everybody, by the name the access table calls them."""
        anyone = Client()
        return {
            "anonymous": anyone,
            "home": anyone.as_home(self.links["anheli"]),
            "home of qinghe": anyone.as_home(self.links["qinghe"]),
            "volunteer": self._volunteer("v1"),
            "volunteer of qinghe": self._volunteer("v9"),
            "steward": anyone.as_staff("anheli.wang"),
            "steward elsewhere": anyone.as_staff("anheli.zhao"),
            "coordinator": anyone.as_staff("anheli.liu", "coordinator"),
            "manager": anyone.as_staff("anheli.chen", "manager"),
            "克拉": anyone.as_staff("qinghe.kela", "[manager steward coordinator]"),
        }

    def _volunteer(self, who: str) -> Client:
        return Client({"X-Volunteer-Link": self.links[who], "X-Device": self.devices[who]})

    def planted(self) -> list[str]:
        """What only people of anheli may read: names, phones, places, ids, secrets."""
        people = [each for home in ANHELI.homes for each in home.people]
        known = [*people, *ANHELI.staff, *ANHELI.volunteers]
        words = [word for each in known for word in (each.name, each.phone)]
        places = [
            ANHELI.name,
            ANHELI.policy.duty_phone,
            "一网格",
            "二网格",
            "3-1104",
            "1-302",
            "1104",
            "anheli.wang",
            "米和药",
            "送菜来",
            "市一医院",
            "何护士",
            "不好意思开口",
            "三栋电梯检修",
            "零件下午到",
            "帮老人买米",
            "小满",
            "139 0000 0088",
            "想出点力",
        ]
        return [*words, *places, self.alert, self.links["anheli"], self.links["v1"]]


def world() -> World:
    return _built().copy()


@cache
def _built() -> World:
    store = MemoryStore()
    store.fill([to_item(ANHELI, 1), to_item(QINGHE, 1)])
    store.write(changed("anheli", CHANGES, 0))
    links = {name: mint(name) for name in ("anheli", "qinghe")} | {"v1": mint("anheli"), "v9": mint("qinghe")}
    issue_home_link(store, NOW, "anheli", "3-502", "t1", links["anheli"], CODE)
    issue_home_link(store, NOW, "qinghe", "3-502", "t1", links["qinghe"], THEIR_CODE)
    for name in ("anheli", "qinghe"):
        open_home(store, links[name])
    devices = {who: _volunteer(store, where, who, links[who]) for where, who in ((ANHELI, "v1"), (QINGHE, "v9"))}
    bind(store, "anheli", "anheli-gw1", "door", "2-801", "zigbee2mqtt", tenancy="t1")
    opened = Message("anheli-gw1", "zigbee2mqtt/door", "anheli-gw1", int(NOW.timestamp() * 1000), b'{"contact":false}')
    (alert,) = receive(store, RealClock(), opened)
    expect_opening(store, NOW, "anheli", "3-502", Opening("o1", moment("09:00"), moment("10:00"), "送菜来"))
    check_in(store, NOW, "anheli", "1-302", "t1", entry("yesterday's key", "08:00", note="米和药"))
    task = need(ANHELI.policy, ANHELI.home_by_id["3-702"], ("anheli.wang", "v1"), DAY, "medicine", NOW)
    arise(store, NOW, "anheli", task, DEFAULT_LADDERS[task.ladder])
    store.write(*added("anheli", task_of(ANHELI.policy.trips, ANHELI.home_by_id["3-702"], TRIP, NOW), None, ()))
    for number, kind, state in ((REPORTED, Subkind.LIFT, TicketState.OPEN), (SOLVED, Subkind.LEAK, TicketState.SOLVED)):
        draft = Draft(TicketKind.REPAIR, kind, "", "", Origin.LINK, "", number)
        ticket = make(ANHELI.policy, number, draft, ANHELI.home_by_id["3-502"], (), NOW)
        listed = of_home(store, "anheli", "3-502", "t1")
        ticket = ticket._replace(photos=PHOTOS, incident=LIFT_OUT.id) if number == REPORTED else ticket
        store.write(*ticket_added("anheli", ticket, listed))
        store.write(*moved("anheli", ticket._replace(version=1), ticket._replace(version=1, state=state, doer="anheli.wang")))
    store.write(*incident_saved("anheli", None, LIFT_OUT))
    last_year = printed(None, {"duty": "0571-8800 0000"}, NOW, "anheli.wang", "last year")
    store.write(copies_changed("anheli", Copies("3-1104", "t1", {Kind.CARD: last_year})))
    for state in ("waiting", "answered"):
        letter_told(store, NOW - timedelta(days=1), LetterSaid("anheli", RECEIPT, 0, "soon", state, "2026-11-22T00:00:00+08:00", 1))
    store.write(case_records.added("anheli", CASE))
    store.write(client_added("anheli", digest_of(API_KEY), HOTLINE, NOW))
    for patrol, points in (("spring", 20), ("autumn", 1)):
        post(store, "anheli", give(Cause("patrol", patrol), NOW, "", Posting(account("v1"), points), note="patrol"))
    post(store, "anheli", give(Cause("receive", "spring"), NOW, "anheli.wang", Posting(Batch("mask", "D1", None).account, 60)))
    reserve(store, NOW, ANHELI, RESERVED)
    open_hour(store, NOW, "anheli", Hour("housework", moment("10:00", LATER), 1))
    _parcels(store)
    starts, ends = moment("18:00", LATER), moment("20:00", LATER)
    store.write(arranged("anheli", Activity(SUPPER, "百家宴", "", "花园", starts, ends, 8, ("3",), True, "anheli.wang", NOW, "k")))
    store.write(notice_added("anheli", Notice(DRAFT, WAITING, State.DRAFT, (Line(NOW, "draft", "anheli.wang", "k:d"),))))
    begin(store, ANHELI, HANDING)
    for place, by in ((WASTE, "anheli.chen"), (WASTE, "v1")):
        disinfect(store, moment("08:55"), ANHELI, DisinfectOrder(place, by, f"done by {by}", "digest", extra=by == "v1"))
    shopping = ErrandDraft("g1", Want.SHOPPING, "帮老人买米", ANHELI.home_by_id["3-502"], "anheli.liu", ERRAND_KEY)
    hang(store, NOW, "anheli", ANHELI.policy, shopping)
    apply(store, NOW, "anheli", Applied("小满", "139 0000 0088", "3 栋 1104", ("driving",), ("7am",), "想出点力"), f"{APPLIED}:d")
    return World(store, links, devices, alert.id)


def _parcels(store: MemoryStore) -> None:
    standing = stand(ANHELI, CHANGES, NOW)
    for word, whose in (("waiting", ANHELI.home_by_id["3-502"]), ("lost", None)):
        parcel = take_in(store, NOW, standing, ParcelDraft(Goods.FRESH, whose, "", False, "G1", "", "", "anheli.wang", f"{word}:digest"))
        if whose:
            shelve = Order(Act.SHELVE, "anheli.wang", "shelved:digest", ANHELI.place_by_id["s3"])
            hand_over(store, NOW + timedelta(minutes=1), standing, shelve, [parcel.id])


def _volunteer(store: MemoryStore, where: Register, who: str, token: str) -> str:
    issue_link(store, NOW, where, who, token, DIGITS)
    return confirm_device(store, NOW, token, DIGITS, hashlib.sha256(DEVICE_KEY.encode()).hexdigest()[:24])
