"""Every word in two languages, and none of them in a script."""

import re
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

from chalicelib.pages.assets import LOCALE, Assets
from chalicelib.pages.render import TEMPLATES, VIEWS
from tests.pages.conftest import FACTS
from tests.pages.reading import Reader

STATIC = Path(__file__).parents[2] / "static"
HAN = re.compile(r"[\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]")
OPTIONS = {"**.html": {"extensions": "jinja2.ext.i18n", "trim_blocks": "true", "lstrip_blocks": "true"}}
# Words whose key is put together while the page runs: the prefix, and the values it meets.
BUILT = {
    "need_": ["medicine", "food", "repair", "school", "mood", "other"],
    "tier_": ["green", "yellow", "red"],
    "state_": ["unexplained", "unknown", "expected", "acknowledged", "over", "outage"],
    "alert_": ["left_open", "smoke", "sos", "tampered"],
    "more_": ["smoke", "sos", "tampered"],
    "doornow_": ["open", "closed", "unknown"],
    "doorwhy_": ["bound", "silent", "tampered", "gateway"],
    "opened_": ["expected", "unexplained", "unknown"],
    "watch_": ["safe", "looked_into"],
    "end_": ["shut", "explained"],
    "source_": ["link", "paper", "phone"],
    "said_": ["unwell", "needs", "note"],
    "promise_": [
        "coming",
        "now",
        "past",
        "kept",
        "missed",
        "nobody_home",
        "paused",
        "away",
        "hospital",
        "trip",
        "out",
        "called_off",
        "finding",
    ],
    "trip_": ["coming", "out", "back", "called_off", "setting_out", "coming_back", "nobody"],
    "gone_": ["set_out", "done", "return"],
    "item_": ["hygiene", "disinfection", "lights", "passage", "equipment"],
    "claim_": ["claim", "return"],
    "window_": ["done", "missed", "now", "coming"],
    "goods_": ["rice", "flour", "oil"],
    "class_": ["fresh", "medicine", "daily"],
    "wrong_": ["unknown_room", "no_name", "wrong_shelf", "damaged", "nobody_home"],
    "spot_": ["carrier", "volunteer"],
    "mode_": ["gate", "carry", "shelve", "deliver"],
    "label_": ["gate", "carry", "shelve", "deliver"],
    "go_": ["gate", "carry", "shelve", "deliver"],
    "done_": ["damage", "settle", "return", "nobody_home", "undo", "carry", "shelve", "deliver"],
    "none_": ["carry", "shelve", "deliver"],
    "offers_": ["carry", "shelve", "deliver"],
    "who_": ["home_visit", "medicine_run", "goods_visit"],
    "call_": ["duty", "emergency"],
    "kind_": ["parcel", "home_visit", "medicine_run", "goods_visit", "self_report", "hospital_trip"],
    "visit_": ["coming", "now", "missed", "nobody_home", "done", "refused", "not_needed", "paused", "unsent"],
    "away_": ["away", "hospital", "trip", "back", "till"],
    "mood_": ["good", "low", "worrying"],
    "task_": [
        "need",
        "missed",
        "missed-reports",
        "nobody-home",
        "unassigned",
        "door",
        "letter",
        "left-open",
        "tampered",
        "smoke",
        "sos",
        "reach",
        "calendar",
        "trip",
        "low-stock",
        "ends-soon",
        "errand",
        "mediation",
        "undisinfected",
        "unwalked",
        "fault",
    ],
    "parcel_": ["overdue", "unknown_room", "no_name", "wrong_shelf", "damaged", "nobody_home"],
    "skill_": ["medical", "teaching", "repairs", "organising", "driving", "dialect"],
    "half_": ["am", "pm", "ev"],
    "weekday_": ["1", "2", "3", "4", "5", "6", "7"],
    "want_": ["handing_out", "shopping", "company", "mediation", "other"],
    "took_": ["claim", "return", "done", "done_complex"],
    "board_": ["confirm", "assign", "cancel", "reopen"],
    "what_": [
        "visit",
        "errand",
        "patrol",
        "parcel",
        "mediation",
        "trip",
        "need",
        "hand-out",
        "missed",
        "ticket",
        "reserve",
        "released",
        "corrected",
    ],
    "ended_": ["hand_over", "release"],
    "hint_": ["nobody-home", "letter", "reach", "calendar", "low-stock", "ends-soon"],
    "plan_": ["workdays", "shifted"],
    "holiday_": ["元旦", "春节", "清明节", "劳动节", "端午节", "中秋节", "国庆节"],
    "closed_": ["done", "confirmed", "cancelled"],
    "heard_": ["set_out", "claim", "assign", "return", "done", "confirm", "reopen", "cancel", "pause", "resume", "prioritise"],
    "step_": [
        "opened",
        "set_out",
        "claim",
        "assign",
        "return",
        "done",
        "confirm",
        "reopen",
        "cancel",
        "pause",
        "resume",
        "prioritise",
        "over_load",
    ],
    "auto_": ["opened", "done", "reopen", "cancel", "lapsed"],
    "clock_": ["respond", "solve"],
    "report_": ["on_time", "late", "missed", "waiting", "not_owed", "extra"],
    "sign_": ["kept", "late", "missed", "nobody", "paused", "open", "none"],
    "message_": ["queued", "sending", "handed_over", "delivered", "failed", "suppressed"],
    "channel_": ["wecom", "dingtalk", "feishu", "sms", "mail"],
    "trouble_": ["gateways-silent", "sensor-silent", "battery-low", "weak-link", "cold"],
    "ask_": ["gateways-silent", "sensor-silent", "battery-low", "weak-link", "cold"],
    "warmth_": ["cold", "cool", "warm"],
    "heat_": ["cold", "cool", "warm", "silent", "none"],
    "group_": ["visit", "alarm", "help", "letter", "urgent", "repair", "question", "need", "complaint", "suggestion", "parcel"],
    "standard_": ["visit", "letter"],
    "count_": ["few", "withheld"],
    "letter_": ["waiting", "answered"],
    "case_": ["repair", "neighbours", "medicine", "food", "school", "mood", "other"],
    "origin_": ["letter", "ticket"],
    "part_": ["am", "pm"],
    "from_": ["writer", "staff"],
    "urgency_": ["danger", "urgent", "soon", "later", "none"],
    "worry_": ["danger", "urgent"],
    "ticket_": ["leak", "power", "heating", "gas", "lift", "other", "complaint", "suggestion", "question", "need"],
    "ticketstate_": ["open", "solved", "good", "bad", "cancelled"],
    "then_": ["respond", "respond_late", "solve", "solve_late", "wait", "judge"],
    "tells_": [
        "reported",
        "raised",
        "claim",
        "assign",
        "return",
        "pause",
        "resume",
        "done",
        "cancel",
        "reopen",
        "prioritise",
        "good",
        "bad",
        "returned",
        "incident",
        "notice",
    ],
    "line_": ["duty", "emergency", "test_site", "hours", "words", "steward"],
    "cause_": ["lift", "water", "power", "heating", "gas", "other"],
    "filter_": ["all", "urgent", "repair", "complaint", "question", "need", "suggestion"],
    "noticekind_": ["policy", "rumour", "weather", "safety", "works", "campaign"],
    "verdict_": ["false", "partly", "unproven"],
    "see_": ["corrects", "corrected"],
    "noticestate_": ["draft", "published", "withdrawn"],
    "delivered_": ["arrived", "waiting", "trying", "failed"],
    "stands_": ["coming", "now", "over", "corrected"],
    "hello_": ["night", "morning", "noon", "afternoon", "evening"],
}


def english() -> Catalog:
    return read_po((LOCALE / "en" / "LC_MESSAGES" / "messages.po").open("rb"), locale="en")


def sources() -> set[str]:
    return {found[2] for found in extract_from_dir(TEMPLATES, [("**.html", "jinja2")], OPTIONS) if isinstance(found[2], str)}


def test_every_source_text_is_translated_and_no_translation_is_left_over() -> None:
    words = {str(message.id): message for message in english() if message.id}
    assert set(words) == sources(), "run: pybabel extract -F babel.cfg, pybabel update, then translate what is empty"
    assert not [key for key, message in words.items() if not message.string or message.fuzzy]


def test_translations_keep_the_places_to_fill_in() -> None:
    """A translation may say {month_name} for {month}; it may not lose a number, a name or a time."""
    for message in english():
        wanted, given = (set(re.findall(r"\{(\w+)\}|%\((\w+)\)s", str(text))) for text in (message.id, message.string))
        assert {tuple(part) for part in given} == {
            (one.replace("month", "month_name") if "month" in one else one, two) for one, two in wanted
        }


def test_english_pages_hold_no_chinese_but_the_way_to_it(html: dict[str, str]) -> None:
    for view in VIEWS:
        said = [text for text in Reader(html[view.file("en")]).texts if HAN.search(text) and text != "中文"]
        assert not said, (view.name, said)


def test_chinese_pages_speak_chinese(html: dict[str, str]) -> None:
    for view in VIEWS:
        said = [text for text in Reader(html[view.file("zh")]).texts if re.search(r"[A-Za-z]{4}", re.sub(r"\{\w+\}", "", text))]
        assert not [text for text in said if text != "English" and "JavaScript" not in text], (view.name, said)


def test_no_script_holds_a_sentence() -> None:
    for script in STATIC.glob("*.js"):
        code = re.sub(r"//.*|/\*[\s\S]*?\*/", "", script.read_text("utf-8"))
        assert not HAN.search(code), script.name


def test_each_page_has_every_word_its_scripts_say(html: dict[str, str], made: Assets) -> None:
    for view in VIEWS:
        if view.script:
            here = set(Reader(html[view.file("zh")]).values("data-w"))
            at_once = (view.script, *made.needs[view.script])
            for name in (*at_once, *(later for one in at_once for later in fetched_later(one))):
                assert keys_of(name, here) <= here, (view.name, name)


def fetched_later(script: str) -> list[str]:
    """Modules that are fetched when somebody asks for what is in them."""
    return re.findall(r'import\("\./([\w-]+\.js)"\)', (STATIC / script).read_text("utf-8"))


def keys_of(script: str, here: set[str]) -> set[str]:
    """Keys a script names outright, and those it builds from a prefix it shares with the page."""
    code = (STATIC / script).read_text("utf-8")
    outright = set(re.findall(r'\b(?:say|count|knows)\(\s*"(\w+)"', code))
    prefixes = set(re.findall(r"\b(?:say|count)\(`([a-z]+_)\$\{", code)) & set(BUILT)
    return outright | {f"{prefix}{value}" for prefix in prefixes for value in BUILT[prefix] if any(key.startswith(prefix) for key in here)}


def test_every_word_of_a_page_is_said_by_some_script(html: dict[str, str]) -> None:
    code = "".join(script.read_text("utf-8") for script in STATIC.glob("*.js"))
    faces = set(re.findall(r"^  (\w+): (?:\{ tone|REPORTED)", code, re.M))
    for view in VIEWS:
        for key in Reader(html[view.file("zh")]).values("data-w"):
            base = key.removesuffix("_one")
            built = any(base.startswith(prefix) for prefix in (*BUILT, "tag_"))
            face = any(base == f"{name}_{part}" for name in faces for part in ("pill", "title", "text"))
            assert built or face or f'"{base}"' in code, f"{view.name}: nobody says {key}"


def test_compounds_are_called_by_their_english_name_where_they_have_one(html: dict[str, str]) -> None:
    assert FACTS.compounds[0].name_en in html["en/h/index.html"] and FACTS.compounds[0].name in html["h/index.html"]
