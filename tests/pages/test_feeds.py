"""What hangs on the site of a compound's notices, read back by programs that others wrote."""

from datetime import timedelta
from types import SimpleNamespace
from typing import Any
from xml.etree import ElementTree

import feedparser
import icalendar
import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib import wiring
from chalicelib.activities.records import changed as arranged
from chalicelib.activities.rules import Activity, id_of
from chalicelib.announcing import hang_notices
from chalicelib.notices.records import added, find, moved
from chalicelib.notices.rules import Kind, Line, Notice, Rumour, State, Verdict, Words
from chalicelib.pages.feeds import FOLD, Entry, Feed, atom, calendar, folded, name_of
from chalicelib.pages.hanging import Hung, hang, hung
from chalicelib.register.audience import Audience
from chalicelib.register.changes import Changes
from chalicelib.register.standing import Standing
from chalicelib.shared.tiers import Tier
from chalicelib.store.memory import MemoryStore
from tests.builders import DAY, moment, register

NOW = moment("09:00")
ATOM = "{http://www.w3.org/2005/Atom}"
SITE = "https://nuanlin.example"
NASTY = "<script>alert(1)</script> & ]]> =1+1, a;b\\n 水管"
FEED = Feed("anheli", "安和里小区", "安和里小区 · 通知", "zh-CN", SITE, "/notices/#anheli")


def notice(identity: str, state: State = State.PUBLISHED, **members: Any) -> Notice:
    given: dict[str, Any] = {
        "kind": Kind.WORKS,
        "title": f"通知 {identity}",
        "text": NASTY,
        "starts": NOW,
        "ends": NOW + timedelta(hours=3),
    }
    first, second = Line(NOW - timedelta(hours=1), "draft", "anheli.wang", "k:d"), Line(NOW, "published", "anheli.wang", "p:d")
    last = (Line(NOW + timedelta(minutes=5), "withdrawn", "anheli.wang", "w:d"),) if state is State.WITHDRAWN else ()
    corrected_by = members.pop("corrected_by", "")
    words = Words(**{**given, "open": True, **members})
    return Notice(identity, words, state, (first, *(() if state is State.DRAFT else (second,)), *last), corrected_by)


def files(*notices: Notice) -> dict[str, Hung]:
    store = MemoryStore()
    for each in notices:
        store.write(added("anheli", each))
    return {file.path: file for file in hung(store, NOW, register(), SITE)}


def board(*notices: Notice) -> list[dict[str, Any]]:
    return list(msgspec.json.decode(files(*notices)["feeds/anheli.json"].body)["notices"])


def read(made: dict[str, Hung], path: str = "feeds/anheli.atom") -> Any:
    found = feedparser.parse(made[path].body, response_headers={"content-type": made[path].kind})
    assert not found.bozo, found.get("bozo_exception")
    return found


def events(body: bytes | str) -> list[Any]:
    found = icalendar.Calendar.from_ical(body)
    assert (found["VERSION"], found["METHOD"]) == ("2.0", "PUBLISH") and not found.errors
    return list(found.walk("VEVENT"))


def test_only_what_is_open_and_counts_hangs_where_anybody_reads():
    shown = board(
        notice("a"),
        notice("b", State.DRAFT),
        notice("c", State.WITHDRAWN),
        notice("d", open=False, audience=Audience(("3",))),
        notice("e", open=False, audience=Audience(tiers=(Tier.RED,))),
        notice("f", ends=NOW - timedelta(days=7), starts=NOW - timedelta(days=8)),
        notice("g", audience=Audience(("3",))),
    )

    assert [(each["id"], each["buildings"], each["places"]) for each in shown] == [("a", [], []), ("g", ["3"], ["3 栋"])]
    assert not {"by", "homes", "groups", "robot", "audience", "state"} & set(shown[0])


def test_a_feed_is_atom_that_a_reader_reads_in_both_languages():
    rumour = Rumour("小区要封 <b>一个月</b>", Verdict.FALSE, "街道办", DAY)
    made = files(notice("a", title_en="No water", text_en="Fill a bucket."), notice("b", kind=Kind.RUMOUR, rumour=rumour, text=""))

    zh, en = read(made), read(made, "feeds/anheli.en.atom")
    assert (zh.feed.title, zh.feed.id, zh.feed.author) == ("安和里小区 · 通知", f"urn:uuid:{name_of(FEED, 'feed:zh-CN')}", "安和里小区")
    assert [link.href for link in zh.feed.links] == [f"{SITE}/feeds/anheli.atom", f"{SITE}/notices/#anheli"]
    entries = {each.title: each for each in zh.entries}
    assert entries["通知 a"].content[0].value.startswith(NASTY) and entries["通知 a"].content[0].type == "text/plain"
    assert "传言：小区要封 <b>一个月</b>\n核实：不实。来源：街道办，11 月 22 日" in entries["通知 b"].content[0].value
    assert entries["通知 a"].published == entries["通知 a"].updated == "2026-11-22T09:00:00+08:00"
    assert {each.title for each in en.entries} == {"No water", "通知 b"} and en.feed.language == "en"
    assert {each.id for each in en.entries} == {each.id for each in zh.entries}


def test_a_correction_and_what_it_corrects_name_each_other_in_every_feed():
    made = files(notice("a", corrected_by="b"), notice("b", corrects="a"))

    titles = {each.title: each for each in read(made).entries}
    assert set(titles) == {"（已更正）通知 a", "更正：通知 b"}
    related = {link.href for each in titles.values() for link in each.links if link.rel == "related"}
    assert related == {each.id for each in titles.values()}
    assert {str(each["RELATED-TO"]) for each in events(made["feeds/anheli.ics"].body)} == {name_of(FEED, "a"), name_of(FEED, "b")}
    linked = {
        each["id"]: (each["corrects"], each["corrected_by"]) for each in board(notice("a", corrected_by="b"), notice("b", corrects="a"))
    }
    assert linked["a"][1]["title"] == "通知 b" and linked["b"][0]["title"] == "通知 a"


def test_a_calendar_says_from_when_until_when_and_cancels_what_was_taken_back():
    made = files(notice("a", audience=Audience(("3",))), notice("c", State.WITHDRAWN, title="3-502 的王女士", text="13800000001"))
    cancelled, kept = sorted(events(made["feeds/anheli.ics"].body), key=lambda each: str(each["STATUS"]))

    assert (kept["DTSTART"].dt, kept["DTEND"].dt) == (NOW, NOW + timedelta(hours=3))
    assert (str(kept["SUMMARY"]), str(kept["LOCATION"]), str(kept["STATUS"])) == ("通知 a", "3 栋", "CONFIRMED")
    assert str(kept["DESCRIPTION"]).startswith(NASTY)
    assert (str(cancelled["STATUS"]), str(cancelled["UID"])) == ("CANCELLED", name_of(FEED, "c"))
    assert (str(cancelled["SUMMARY"]), str(cancelled["DESCRIPTION"])) == ("已撤回", "")
    assert not any("王女士" in file.body.decode() or "13800000001" in file.body.decode() for file in made.values())
    assert [each.title for each in read(made).entries] == ["通知 a"]


def test_with_nothing_to_say_the_feeds_are_still_feeds():
    made = files()
    assert read(made).entries == [] and events(made["feeds/anheli.ics"].body) == [] and board() == []


def test_files_are_put_with_their_kind_and_kept_for_a_minute_only():
    class Bucket:
        put: list[dict[str, Any]] = []

        def put_object(self, **given: Any) -> None:
            self.put.append(given)

    hang(Bucket(), "site", list(files(notice("a")).values()))

    assert {each["Key"]: each["ContentType"] for each in Bucket.put} == {
        "feeds/anheli.json": "application/json",
        "feeds/anheli.atom": "application/atom+xml; charset=utf-8",
        "feeds/anheli.en.atom": "application/atom+xml; charset=utf-8",
        "feeds/anheli.ics": "text/calendar; charset=utf-8",
        "feeds/anheli.en.ics": "text/calendar; charset=utf-8",
    }
    assert {each["CacheControl"] for each in Bucket.put} == {"public, max-age=60"}


def test_whoever_is_slower_hangs_what_is_so_now_and_not_what_was(monkeypatch: pytest.MonkeyPatch):
    store, standing, site = MemoryStore(), Standing(register(), Changes(), register(), NOW), dict[str, bytes]()
    store.write(added("anheli", notice("a")))

    class Bucket:
        def put_object(self, **given: Any) -> None:
            known = find(store, "anheli", "a")
            if known and known.says:  # taken back between reading and hanging
                store.write(moved("anheli", known._replace(state=State.WITHDRAWN)))
            site[given["Key"]] = given["Body"]

    monkeypatch.setattr(wiring, "settings", lambda: SimpleNamespace(site_bucket="site", site_url=SITE))
    monkeypatch.setattr(wiring, "client", lambda name: Bucket())
    hang_notices(store, NOW, standing, {})

    assert msgspec.json.decode(site["feeds/anheli.json"])["notices"] == []


# What ``shared.text.clean`` lets through: no control, format, surrogate or unassigned characters, but line ends.
TYPED = st.text(
    st.one_of(st.sampled_from("\n\\;,:\"'<>&=@ \u3000水👨\u200d👩"), st.characters(exclude_categories=["Cc", "Cf", "Cs", "Co", "Cn"])),
    max_size=120,
)


@given(TYPED, TYPED)
def test_whatever_is_typed_comes_back_out_of_both_feeds_as_it_was(title: str, text: str):
    entry = Entry("a", title, text, "works", NOW, NOW, NOW, NOW + timedelta(hours=1), place=title)
    (event,) = events(calendar(FEED, [entry]))
    found = ElementTree.fromstring(atom(FEED, [entry], "/feeds/anheli.atom", NOW).encode()).find(f"{ATOM}entry")

    assert (str(event["DESCRIPTION"]), str(event["SUMMARY"])) == (text, title)
    assert found is not None and (found.findtext(f"{ATOM}content"), found.findtext(f"{ATOM}title")) == (text, title)


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=400))
def test_no_line_is_longer_than_75_octets_and_unfolded_it_is_the_line(line: str):
    parts = folded(line)
    assert all(len(part.encode()) <= FOLD for part in parts) and all(part.startswith(" ") for part in parts[1:])
    assert parts[0] + "".join(part[1:] for part in parts[1:]) == line


def test_a_calendars_lines_end_as_the_standard_says():
    body = calendar(FEED, [Entry("a", "标题" * 40, "一\n二\r三", "works", NOW, NOW, NOW, NOW)])
    assert body.count("\n") == body.count("\r\n") and body.endswith("END:VCALENDAR\r\n") and "一\\n二\\n三" in body


def test_an_open_activity_stands_in_the_calendar_and_leaves_it_when_it_is_called_off():
    store, starts = MemoryStore(), moment("14:00")
    for number, members in enumerate(({}, {"open": False}, {"called_off": NOW, "why": "雨"}, {"title": NASTY[:40]})):
        made = Activity(id_of(str(number), starts), "写春联", "带上笔", "大厅", starts, moment("16:00"), 20, ("3",), True, "w", NOW, "k")
        store.write(arranged("anheli", made._replace(**members)))
    made_of = {file.path: file for file in hung(store, NOW, register(), SITE)}

    found = {str(each["SUMMARY"]): each for each in events(made_of["feeds/anheli.ics"].body) if str(each["STATUS"]) == "CONFIRMED"}
    assert set(found) == {"写春联", NASTY[:40]} and str(found["写春联"]["LOCATION"]) == "大厅"
    assert str(found["写春联"]["DESCRIPTION"]) == "带上笔\n报名请扫门后的明白卡。"
    assert [str(each["STATUS"]) for each in events(made_of["feeds/anheli.ics"].body)].count("CANCELLED") == 1
    assert {each.title for each in read(made_of).entries} == {"写春联", NASTY[:40]}
    assert b"home card" in made_of["feeds/anheli.en.ics"].body
    assert b"BEGIN:VEVENT" not in {file.path: file for file in hung(store, moment("16:00"), register(), SITE)}["feeds/anheli.ics"].body
