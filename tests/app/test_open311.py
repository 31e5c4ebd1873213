"""Open311 GeoReport v2 through the switchboard: what everybody reads, what a known system reads and reports, and how it is refused."""

import re
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode
from xml.etree import ElementTree

import pytest

from chalicelib.register.records import to_item
from chalicelib.register.rules import Building
from chalicelib.shared.tokens import digest_of
from chalicelib.store.contract import Replace
from chalicelib.store.ticket_keys import client
from tests.app.cast import ANHELI, API_KEY, HOTLINE, REPORTED, SOLVED, World
from tests.app.client import Answer, Client, FixedClock
from tests.app.test_access import FORM, HALL
from tests.builders import home, moment, policy, register

BASE, JURISDICTION = "/open311/v2", "jurisdiction_id=anheli"
WITH_KEY = f"{JURISDICTION}&api_key={API_KEY}"

# Open311::Endpoint::Schema of mySociety's open311-adapter: required and optional members, and what each is.
TEXT, WORD = re.compile(r".*", re.S), re.compile(r"[\w\-]+", re.A)
MOMENT = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:Z|[+-]\d{2}:\d{2})")
BOOL = re.compile("true|false")
SERVICE = {"service_name": TEXT, "type": re.compile("realtime|batch|blackbox"), "metadata": BOOL, "description": TEXT, "service_code": WORD}
ATTRIBUTE = {
    "code": TEXT,
    "datatype": re.compile("string|number|datetime|text|singlevaluelist|multivaluelist"),
    "datatype_description": TEXT,
    "description": TEXT,
    "order": int,
    "required": BOOL,
    "variable": BOOL,
}
REQUEST = {
    "service_request_id": WORD,
    "status": re.compile("open|closed"),
    "service_name": TEXT,
    "service_code": WORD,
    "requested_datetime": MOMENT,
    "updated_datetime": MOMENT,
    "address": TEXT,
    "address_id": TEXT,
    "zipcode": TEXT,
    "lat": float,
    "long": float,
    "media_url": TEXT,
}


def fits(value: dict[str, Any], required: dict[str, Any], optional: tuple[str, ...]) -> bool:
    kinds = [
        bool(rule.fullmatch(value[name])) if isinstance(rule, re.Pattern) else isinstance(value[name], rule)
        for name, rule in required.items()
    ]
    return all(kinds) and set(required) <= set(value) <= {*required, *optional}


def ask(path: str, query: str = JURISDICTION) -> Answer:
    return Client().get(f"{BASE}/{path}?{query}")


def post(suffix: str = "json", header: str | None = None, **members: str) -> Answer:
    form = {"jurisdiction_id": "anheli", "api_key": API_KEY, **HALL, **members}
    headers = {**FORM, **({"Idempotency-Key": header} if header else {})}
    return Client().call("POST", f"{BASE}/requests.{suffix}", urlencode(form).encode(), headers)


def posted(**members: str) -> str:
    answer = post(**members)
    assert answer.status == 200, answer.text
    return answer.json[0]["service_request_id"]


def refusal(answer: Answer, code: int) -> str:
    """The standard's own shape, in JSON."""
    assert (answer.status, answer.headers["Content-Type"], [each["code"] for each in answer.json]) == (code, "application/json", [code])
    return answer.json[0]["description"]


def test_discovery_says_where_and_in_which_formats(everybody: World):
    said = ask("discovery.json", "").json

    assert set(said) == {"changeset", "contact", "key_service", "endpoints"}
    (endpoint,) = said["endpoints"]
    assert endpoint["url"].endswith("/open311/v2") and endpoint["formats"] == ["application/json", "text/xml"]
    assert MOMENT.fullmatch(said["changeset"]) and said["changeset"] < "2026-11-22"
    tree = ElementTree.fromstring(ask("discovery.xml", "").text)
    assert [each.text for each in tree.iter("format")] == endpoint["formats"]


def test_services_and_definitions_are_what_the_schema_demands(everybody: World):
    services = ask("services.json").json

    assert [each["service_code"] for each in services] == ["repair", "complaint", "suggestion", "question", "need"]
    assert all(fits(each, SERVICE, ("keywords", "group")) for each in services)
    for service in services:
        definition = ask(f"services/{service['service_code']}.json").json
        assert set(definition) == {"service_code", "attributes"}
        assert bool(definition["attributes"]) is (service["metadata"] == "true")
        assert all(fits(each, ATTRIBUTE, ("values",)) for each in definition["attributes"])
        assert all(set(value) == {"key", "name"} for each in definition["attributes"] for value in each["values"])


@pytest.mark.parametrize("query", [JURISDICTION, WITH_KEY], ids=["everybody", "with a key"])
def test_requests_are_what_the_schema_demands(query: str, everybody: World):
    posted()
    found = ask("requests.json", query).json

    assert len(found) == 3 and all(fits(each, REQUEST, ("description", "agency_responsible", "service_notice")) for each in found)
    assert [each["status"] for each in found if each["service_request_id"] == SOLVED] == ["closed"]


@pytest.mark.parametrize("path", ["services", "services/repair", "requests", f"requests/{REPORTED}", f"tokens/{REPORTED}"])
def test_xml_says_what_json_says(path: str, everybody: World):
    json, xml = ask(f"{path}.json"), ask(f"{path}.xml")

    assert (json.headers["Content-Type"], xml.headers["Content-Type"]) == ("application/json", "text/xml")
    assert said(ElementTree.fromstring(xml.text)) == plain(json.json)


def said(tree: ElementTree.Element) -> Any:
    """XML of the standard as its JSON, without types."""
    if not len(tree):
        return tree.text or ([] if tree.tag == "attributes" else "")
    each = {"services": "service", "attributes": "attribute", "values": "value", "service_requests": "request"}.get(tree.tag)
    return [said(one) for one in tree if one.tag == each] if each else {one.tag: said(one) for one in tree}


def plain(value: Any) -> Any:
    if isinstance(value, list):
        return [plain(each) for each in value]
    return {name: plain(each) for name, each in value.items()} if isinstance(value, dict) else str(value)


def test_everybody_reads_the_hour_and_no_word_and_no_home(everybody: World, clock: FixedClock):
    clock.moment = moment("09:17")
    number = posted(description="安娜家 13800000001 门口的灯", address_string="3 栋 502")

    (seen,) = ask(f"requests/{number}.json").json
    assert (seen["requested_datetime"], seen["address"], seen["address_id"]) == ("2026-11-22T09:00:00+08:00", "全小区", "")
    assert "description" not in seen
    everything = "".join(ask(path).text for path in ("requests.json", "requests.xml", f"requests/{number}.xml"))
    assert [word for word in ("安娜", "138", "502", "灯", "3 栋", HOTLINE) if word in everything] == []

    (known,) = ask(f"requests/{number}.json", WITH_KEY).json
    assert (known["description"], known["address_id"]) == ("3 栋 502：安娜家 13800000001 门口的灯", "3")
    assert known["requested_datetime"] == "2026-11-22T09:17:00+08:00"
    (own,) = ask(f"requests/{REPORTED}.json", WITH_KEY).json
    assert (own["address"], own["address_id"]) == ("3 栋 502", "3-502")


@pytest.mark.parametrize(
    ("homes", "zone", "seen"),
    [(20, "东", ("3 号楼", "3")), (19, "东", ("东", "zone:东")), (19, "", ("全小区", ""))],
    ids=["twenty homes", "nineteen, and a zone", "nineteen, no zone"],
)
def test_a_place_is_the_smallest_with_twenty_homes(homes: int, zone: str, seen: tuple[str, str], everybody: World):
    there = (
        [home(f"3-{101 + number}") for number in range(homes - 1)] + [home("3-502")] + [home(f"9-{101 + number}") for number in range(20)]
    )
    changed = register(homes=tuple(there), buildings=(Building("3", "3 号楼", zone), Building("9", "9 号楼", zone)))
    everybody.store.write(Replace(to_item(changed, 2), 1))

    (found,) = ask(f"requests/{REPORTED}.json").json
    assert (found["address"], found["address_id"]) == seen


def test_a_report_is_a_ticket_on_the_desk_with_its_task(everybody: World):
    number = posted(**{"attribute[what]": "leak", "description": "大堂滴水"})

    desk = everybody.callers()["steward"].get("/api/tickets").json
    (ticket,) = [each for each in desk["open"] if each["id"] == number]
    assert (ticket["origin"], ticket["group"], ticket["place"], ticket["home"]) == ("open311", HOTLINE, "3", "")
    assert (ticket["kind"], ticket["subkind"], ticket["text"], ticket["tier"]) == ("repair", "leak", "大堂滴水", "red")
    board = everybody.callers()["coordinator"].get("/api/board").json
    assert f"ticket:{number}" in [task["id"] for task in board["unassigned"]]
    assert post(**{"attribute[what]": "leak"}).json[0]["service_notice"] == "全天 15 分钟内答复，24 小时内办好"


def test_a_system_that_runs_wild_is_stopped_until_tomorrow_and_may_still_repeat(everybody: World, clock: FixedClock):
    key = client("anheli", digest_of(API_KEY))
    item = everybody.store._items[key]
    everybody.store.write(Replace({**item, "v": 2, "day": "2026-11-22", "used": 199}, 1))
    first = posted()
    before = dict(everybody.store._items)

    assert posted() == first
    assert "200" not in refusal(post(description="再来一次"), 429) and everybody.store._items == before
    clock.moment += timedelta(days=1)
    assert posted(description="再来一次") != first
    assert [everybody.store._items[key][name] for name in ("day", "used", "name")] == ["2026-11-23", 1, HOTLINE]


def test_the_same_form_within_the_hour_is_the_same_request(everybody: World, clock: FixedClock):
    clock.moment = moment("09:59")
    first = posted()
    after = dict(everybody.store._items)
    clock.moment = moment("10:58")
    assert posted() == first and everybody.store._items == after

    clock.moment = moment("11:30")
    later = posted()
    assert later != first and posted(description="又停了") not in (first, later)


def test_it_is_also_over_midnight_and_into_the_next_month(everybody: World, clock: FixedClock):
    clock.moment = moment("23:50").replace(day=30)
    first = posted()
    clock.moment += timedelta(minutes=20)

    assert first.startswith("2611-") and posted() == first


def test_under_a_key_of_its_own_a_form_is_the_same_all_month(everybody: World, clock: FixedClock):
    first = post(header="call-0001").json
    clock.moment = moment("09:00").replace(day=29)

    assert post(header="call-0001").json == first and post(header="call-0002").json != first
    clock.moment = moment("09:00").replace(month=12, day=2)
    assert post(header="call-0001").json != first
    assert "用于别的内容" in refusal(post(header="call-0001", description="别的"), 422)


@pytest.mark.parametrize(
    ("members", "code", "word"),
    [
        ({"api_key": ""}, 403, "api_key"),
        ({"api_key": "b" * 40}, 403, "api_key"),
        ({"jurisdiction_id": ""}, 400, "jurisdiction_id"),
        ({"jurisdiction_id": "qinghe"}, 403, "api_key"),
        ({"jurisdiction_id": "nowhere"}, 404, "jurisdiction_id"),
        ({"jurisdiction_id": "an#heli"}, 404, "jurisdiction_id"),
        ({"service_code": ""}, 400, "service_code"),
        ({"service_code": "pothole"}, 404, "service_code"),
        ({"attribute[what]": ""}, 400, "broken"),
        ({"attribute[what]": "roof"}, 400, "attribute"),
        ({"service_code": "complaint"}, 400, "broken"),
        ({"address_id": "9-999"}, 400, "address_id"),
        ({"address_id": ""}, 400, "address"),
        ({"address_id": "", "lat": "91", "long": "0"}, 400, "address"),
        ({"address_id": "", "lat": "nan", "long": "0"}, 400, "address"),
        ({"address_id": "", "address_string": "路" * 101}, 400, "address_string"),
        ({"description": "字" * 301}, 400, "description"),
        ({"description": ""}, 200, ""),
    ],
    ids=str,
)
def test_a_report_that_cannot_be_taken_is_refused_and_nothing_is_kept(members: dict[str, str], code: int, word: str, everybody: World):
    before = dict(everybody.store._items)
    answer = post(**members)

    if code == 200:
        assert answer.status == 200
    else:
        assert word in refusal(answer, code) and everybody.store._items == before
        tree = ElementTree.fromstring(post("xml", **members).text)
        assert (tree.tag, tree.findtext("error/code")) == ("errors", str(code))


@pytest.mark.parametrize(
    ("members", "place", "text"),
    [
        ({"address_id": "3"}, "3", "停在七楼"),
        ({"address_id": "3-1104"}, "3", "3 栋 1104：停在七楼"),
        ({"address_id": "3", "address_string": "东头的电梯"}, "3", "东头的电梯：停在七楼"),
        ({"address_id": "", "address_string": "3"}, "3", "停在七楼"),
        ({"address_id": "", "address_string": "3-1104"}, "3", "3 栋 1104：停在七楼"),
        ({"address_id": "", "address_string": "东门口"}, "", "东门口：停在七楼"),
        ({"address_id": "", "lat": "30.2", "long": "120.1"}, "", "停在七楼"),
    ],
    ids=str,
)
def test_an_address_is_a_place_and_never_a_family(members: dict[str, str], place: str, text: str, everybody: World):
    number = posted(**members)
    desk = everybody.callers()["manager"].get("/api/tickets").json["open"]

    assert [(each["place"], each["home"], each["text"]) for each in desk if each["id"] == number] == [(place, "", text)]


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"\xff\xfe=1",
        b"&".join(b"a%d=1" % number for number in range(50)),
        b"api_key=a&api_key=b&jurisdiction_id=anheli",
        b"service_code",
        b"%00=%00",
        b"jurisdiction_id=anheli&api_key=%ed%a0%80",
    ],
)
def test_a_form_that_is_none_is_refused(body: bytes, everybody: World):
    before = dict(everybody.store._items)
    answer = Client().call("POST", f"{BASE}/requests.json", body, FORM)

    assert answer.status in (400, 403) and refusal(answer, answer.status) and everybody.store._items == before


BOMB = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><x>&e;</x>'


@pytest.mark.parametrize("kind", ["text/xml", "application/xml", "application/json", "multipart/form-data", ""])
def test_no_xml_is_ever_read(kind: str, everybody: World):
    answer = Client().call("POST", f"{BASE}/requests.xml", BOMB, {"Content-Type": kind})

    assert (answer.status, answer.headers["Content-Type"]) == (415, "text/xml")
    assert ElementTree.fromstring(answer.text).findtext("error/code") == "415"
    assert "application/x-www-form-urlencoded" in (ElementTree.fromstring(answer.text).findtext("error/description") or "")
    assert refusal(Client().call("POST", f"{BASE}/requests.json", BOMB, FORM), 400)


@pytest.mark.parametrize("text", ["a<b>&amp;]]>\"'", "<script>alert(1)</script>", "<!--x--><?y?>", "\x0b\ufffe\u200b字", "&#0;&e;"])
def test_what_is_said_in_xml_is_text(text: str, everybody: World):
    number = posted(description=text, **{"attribute[what]": "other"})
    tree = ElementTree.fromstring(ask(f"requests/{number}.xml", WITH_KEY).text)

    assert tree.findtext("request/description") == ask(f"requests/{number}.json", WITH_KEY).json[0]["description"]


@pytest.mark.parametrize(
    ("path", "query", "code"),
    [
        ("requests.json", "", 400),
        ("requests.json", "jurisdiction_id=nowhere", 404),
        ("requests.json", f"{JURISDICTION}&api_key=wrong", 403),
        ("requests.json", f"{JURISDICTION}&start_date=2026-08-01T00:00:00Z&end_date=2026-11-01T00:00:00Z", 400),
        ("requests.json", f"{JURISDICTION}&start_date=2026-11-02T00:00:00Z&end_date=2026-11-01T00:00:00Z", 400),
        ("requests.json", f"{JURISDICTION}&start_date=2026-11-02", 400),
        ("requests.json", f"{JURISDICTION}&end_date=0001-01-01T00:00:00Z", 400),
        ("requests.json", f"{JURISDICTION}&start_date=9999-12-31T00:00:00Z", 400),
        ("requests.json", f"{JURISDICTION}&status=maybe", 400),
        ("requests.json", f"{JURISDICTION}&service_code=pothole", 404),
        ("requests.json", f"{JURISDICTION}&page=0", 400),
        ("requests.json", f"{JURISDICTION}&page_size=501", 400),
        ("requests.json", f"{JURISDICTION}&page_size=%EF%BC%95", 400),
        ("requests.json", f"{JURISDICTION}&service_request_id={','.join(['2611-00000'] * 51)}", 400),
        ("requests/2611-00000.json", JURISDICTION, 404),
        ("requests/x.json", JURISDICTION, 404),
        ("tokens/2611-00000.json", JURISDICTION, 404),
        ("services/pothole.json", JURISDICTION, 404),
        ("nothing.json", JURISDICTION, 404),
        ("nothing/x.json", JURISDICTION, 404),
        ("services", JURISDICTION, 404),
        ("services.yaml", JURISDICTION, 404),
    ],
)
def test_what_cannot_be_asked_is_refused_as_the_standard_has_it(path: str, query: str, code: int, everybody: World):
    assert refusal(ask(path, query), code)


def test_a_compound_that_takes_no_part_is_unknown(everybody: World):
    everybody.store.write(Replace(to_item(register(policy=policy(open311=None)), 2), 1))

    assert refusal(ask("services.json"), 404) == refusal(ask("services.json", "jurisdiction_id=nowhere"), 404)
    assert refusal(post(), 404)


def once_each(read: Any) -> Any:
    def get_many(self: Any, keys: Any, **how: Any) -> Any:
        assert len(set(keys)) == len(keys) and all(0 < len(key.sk.encode()) <= 1024 for key in keys)
        return read(self, keys, **how)

    return get_many


def test_span_status_service_and_pages_choose(everybody: World, clock: FixedClock, monkeypatch: pytest.MonkeyPatch):
    number = posted(service_code="question", **{"attribute[what]": "", "description": "几点停水"})

    def found(query: str) -> list[str]:
        return [each["service_request_id"] for each in ask("requests.json", f"{WITH_KEY}&{query}").json]

    assert set(found("")) == {number, REPORTED, SOLVED}
    assert found("status=closed") == [SOLVED] and set(found("status=open")) == {number, REPORTED}
    assert found("service_code=question,need") == [number]
    assert found("start_date=2026-11-22T08:30:00+08:00") == [number]
    assert set(found("end_date=2026-11-22T00:30:00Z")) == {REPORTED, SOLVED}
    assert found(f"service_request_id={SOLVED},2611-00000&status=open") == [SOLVED]
    with monkeypatch.context() as patch:  # DynamoDB takes no key twice
        patch.setattr(type(everybody.store), "get_many", once_each(type(everybody.store).get_many))
        assert found(f"service_request_id={SOLVED},{SOLVED.replace('-', '')},{SOLVED},{'x' * 3000}") == [SOLVED]
    pages = [found(f"page={page}&page_size=2") for page in (1, 2, 3)]
    assert [len(page) for page in pages] == [2, 1, 0] and pages[0][0] == number
    clock.moment += timedelta(days=91)
    assert found("") == [] and len(found("start_date=2026-11-22T00:00:00%2B08:00&end_date=2027-02-20T00:00:00%2B08:00")) == 3


def test_a_request_closed_months_ago_is_found_in_its_span(everybody: World, clock: FixedClock):
    clock.moment = moment("09:00").replace(year=2027, month=2, day=15)

    assert [each["service_request_id"] for each in ask("requests.json", f"{JURISDICTION}&status=closed").json] == [SOLVED]
    assert ANHELI.policy.open311 == (30.25, 120.15)


@pytest.mark.parametrize("path", ["discovery", "services", "services/repair", "requests", f"requests/{REPORTED}", f"tokens/{REPORTED}"])
def test_what_everybody_reads_is_kept_for_a_minute_and_what_a_key_opens_never(path: str, everybody: World):
    kept = {query: ask(f"{path}.json", query).headers["Cache-Control"] for query in (JURISDICTION, f"{JURISDICTION}&api_key=", WITH_KEY)}

    assert list(kept.values()) == ["public, max-age=60", "public, max-age=60", "no-store"]


def test_no_refusal_and_no_report_is_kept(everybody: World):
    refusals = [ask("requests.json", query) for query in ("", "jurisdiction_id=nowhere", f"{JURISDICTION}&api_key=wrong")]

    assert {each.headers["Cache-Control"] for each in (*refusals, ask("requests/2611-ZZZZZ.json"), post())} == {"no-store"}
