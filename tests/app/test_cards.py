"""Cards: printed by the steward, opened by the family, and the volunteer's way in."""

import pytest
import segno

from tests.app.cast import CODE, DIGITS, World
from tests.app.client import Answer, Client

FORM = {"Content-Type": "application/x-www-form-urlencoded"}


def printed(everybody: World, *homes: str) -> dict:
    answer = everybody.callers()["manager"].post("/api/cards", {"homes": list(homes)})
    assert answer.status == 201
    return answer.json


def opened(link: str) -> int:
    return Client({"X-Home-Link": link}).get("/api/home").status


def test_a_card_carries_all_a_family_needs(everybody: World):
    answer = printed(everybody, "3-502")

    assert answer["compound"] == {"id": "anheli", "name": "安和里小区"}
    assert answer["phones"] == {"duty": "0571-8800 1234", "emergency": ""}
    (card,) = answer["cards"]
    assert (card["home"], card["label"], card["issued"], card["edition"]) == ("3-502", "3 栋 502", "2026-11-22", 2)
    assert card["link"].startswith("http://127.0.0.1:8000/h/#anheli.")
    assert card["steward"] == {"name": "王管家", "phone": "13800000010"}
    assert len(card["code"]) == 11 and card["code"][5] == "-"


def test_the_code_square_holds_the_link_and_nothing_else(everybody: World):
    (card,) = printed(everybody, "3-502")["cards"]
    expected = segno.make(card["link"], error="m", micro=False)

    assert card["qr"].startswith("data:image/svg+xml")
    assert card["qr"] == expected.svg_data_uri(border=4, scale=4, dark="#000", light="#fff")
    assert expected.error in ("M", "Q", "H")


def test_a_printed_link_works_and_ends_the_old_one_at_its_first_use(everybody: World):
    old = everybody.links["anheli"]
    (card,) = printed(everybody, "3-502")["cards"]

    assert opened(old) == 200
    assert opened(card["link"]) == 200
    assert opened(old) == 401


def test_a_printed_code_reports_in_and_ends_the_old_card(everybody: World):
    (card,) = printed(everybody, "3-502")["cards"]

    assert on_paper("3-502", card["code"]).headers["Location"].endswith("/received/")
    assert opened(everybody.links["anheli"]) == 401
    assert on_paper("3-502", CODE).headers["Location"].endswith("/not-received/")


def on_paper(home: str, code: str, /, **more: str) -> Answer:
    fields = {"compound": "anheli", "home": home, "code": code, "nonce": "n1", **more}
    return Client().call("POST", "/api/check-ins/paper", "&".join(f"{k}={v}" for k, v in fields.items()).encode(), FORM)


@pytest.mark.parametrize(
    "more",
    [
        {"feeling": "great"},
        {"needs": "gold"},
        {"note": "x" * 101},
        {"home": "3#502"},
        {"compound": "AN"},
        {"home": ""},
        {"compound": "nowhere"},
        {"nonce": "%FF"},
    ],
)
def test_a_form_that_does_not_fit_leads_to_a_page_not_to_an_error(more: dict[str, str], everybody: World):
    answer = on_paper("3-502", CODE, **more)

    assert answer.status == 303
    assert answer.headers["Location"].removeprefix("http://127.0.0.1:8000") in ("/not-received/", "/received/")


def test_the_form_answers_in_the_language_it_was_read_in(everybody: World):
    assert on_paper("3-502", CODE, lang="en").headers["Location"].endswith("/en/received/")
    assert on_paper("3-502", "0000000000", lang="en").headers["Location"].endswith("/en/not-received/")
    assert on_paper("3-502", CODE, lang="fr").headers["Location"] == "http://127.0.0.1:8000/received/"


def test_a_revoked_link_is_refused_by_the_very_next_request(everybody: World):
    link, steward = everybody.links["anheli"], everybody.callers()["steward"]
    assert opened(link) == 200

    assert steward.post("/api/homes/3-502/link-revocation", {}).json == {"home": "3-502", "revoked": 1}
    assert opened(link) == 401
    assert Client({"X-Home-Link": link}).post("/api/check-ins", {}).status == 401
    assert on_paper("3-502", CODE).headers["Location"].endswith("/not-received/")


def test_sixteen_cards_fit_a_request_and_homes_named_twice_get_one(everybody: World):
    assert len(printed(everybody, *["3-502"] * 16)["cards"]) == 1
    assert everybody.callers()["manager"].post("/api/cards", {"homes": ["3-502"] * 17}).status == 400
    assert everybody.callers()["manager"].post("/api/cards", {"homes": []}).status == 400


def test_one_home_that_may_not_be_seen_stops_the_whole_print(everybody: World):
    before = dict(everybody.store._items)

    assert everybody.callers()["steward"].post("/api/cards", {"homes": ["3-502", "1-302"]}).status == 404
    assert everybody.store._items == before


def test_no_secret_that_was_shown_is_stored_or_shown_again(everybody: World):
    (card,) = printed(everybody, "3-502")["cards"]
    stored, page = repr(everybody.store._items), everybody.callers()["manager"].get("/api/duty").text

    for secret in (card["link"].rpartition(".")[2], card["code"], card["code"].replace("-", "")):
        assert secret not in stored and secret not in page


def test_a_round_shows_health_only_of_homes_in_her_care(everybody: World):
    answer = everybody.callers()["volunteer"].get("/api/round").json

    assert (answer["volunteer"], answer["grid"]) == ({"id": "v1", "name": "老周"}, {"id": "g1", "name": "一网格"})
    red, mine, *others = answer["homes"]
    assert (red["home"], red["tier"], red["contact"]["name"]) == ("3-702", "red", "姜禾")
    assert (mine["home"], mine["assigned"], mine["tier"], mine["tags"]) == ("3-1104", True, "yellow", ["chronic", "age:85"])
    assert mine["contact"] == {"name": "包迪", "phone": "13800000002"}
    assert {home["home"] for home in others} == {"3-502", "2-801"}
    for home in others:
        nothing = {"assigned": False, "tier": None, "tags": [], "contact": None, "own": False, "visits": [], "door": ""}
        assert home == {"home": home["home"], "label": home["label"], **nothing}


def test_a_volunteers_new_link_ends_the_old_one_and_asks_for_the_phone_again(everybody: World):
    answer = everybody.callers()["coordinator"].post("/api/volunteers/v1/link", {}).json
    token = answer["link"].rpartition("#")[2]
    assert everybody.callers()["volunteer"].get("/api/round").status == 401

    confirmed = Client({"X-Volunteer-Link": token}).post("/api/devices", {"code": answer["device_code"]})

    assert (len(answer["device_code"]), confirmed.status) == (6, 201)
    assert Client({"X-Volunteer-Link": token, "X-Device": confirmed.json["device"]}).get("/api/round").status == 200
    assert Client({"X-Volunteer-Link": token}).post("/api/devices", {"code": DIGITS}).status == 410


def test_a_coordinator_issues_links_for_her_own_grid_only(everybody: World):
    assert everybody.callers()["coordinator"].post("/api/volunteers/v2/link", {}).status == 404
    assert everybody.callers()["manager"].post("/api/volunteers/v2/link", {}).status == 201


def test_a_coordinator_sees_the_volunteers_of_her_grids_and_what_they_care_for(everybody: World):
    line = {"id": "v1", "name": "老周", "phone": "13800000009", "grid": "g1", "grid_name": "一网格", "homes": 2}
    line |= {"did": [], "deeds": 0, "skills": [], "times": []}

    assert everybody.callers()["coordinator"].get("/api/volunteers").json["volunteers"] == [line]
    assert [one["id"] for one in everybody.callers()["manager"].get("/api/volunteers").json["volunteers"]] == ["v1", "v2"]
    assert [one["name"] for one in everybody.callers()["克拉"].get("/api/volunteers").json["volunteers"]] == ["小克"]


def test_a_link_comes_with_its_picture_and_the_hour_its_digits_end(everybody: World):
    answer = everybody.callers()["coordinator"].post("/api/volunteers/v1/link", {}).json
    again = everybody.callers()["coordinator"].post("/api/volunteers/v1/device-code", {}).json

    assert answer["qr"].startswith("data:image/svg+xml") and answer["link"].startswith("http")
    assert answer["code_until"] == again["code_until"] == "2026-11-23T09:00:00+08:00"
    assert again["device_code"] != "" and "link" not in again
