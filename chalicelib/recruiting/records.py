"""How applications are stored: one item each, gone a month after it was decided, or half a year after it was written."""

from datetime import datetime, timedelta
from typing import Any

from chalicelib.recruiting.rules import Application, Decision, Said, State
from chalicelib.shared.calendar import day_of, parse, utc_stamp
from chalicelib.shared.news import News, told
from chalicelib.store import joining_keys as keys
from chalicelib.store.contract import Add, Change, Item, Replace, Store

KEEP_WAITING, KEEP_DECIDED = timedelta(days=180), timedelta(days=30)
A_DAY = timedelta(days=1)


def find(store: Store, compound: str, identity: str) -> Application | None:
    item = store.get(keys.application(compound, identity), consistent=True)
    return None if item is None else from_item(item)


def all_of(store: Store, compound: str) -> list[Application]:
    """Those that wait, and those decided within the month: one query."""
    return [from_item(item) for item in store.under(keys.applications(compound), prefix="BY#")]


def saved(compound: str, application: Application) -> Change:
    """``application`` carries the version it was read at."""
    said, decision = application.said, application.decision
    ends = decision.at + KEEP_DECIDED if decision else application.made + KEEP_WAITING
    news = None if application.version else told(f"application:{application.id}", News.APPLICATION_RECEIVED)
    item: Item = {
        **keys.application(compound, application.id).as_item(),
        "v": application.version + 1,
        "made": utc_stamp(application.made),
        "said": {**said._asdict(), "skills": list(said.skills), "times": list(said.times)},
        "key": application.key,
        "state": application.state.value,
        "decision": {**decision._asdict(), "at": utc_stamp(decision.at)} if decision else None,
        "news": news,
        "ttl": int(ends.timestamp()),
    }
    return Replace(item, application.version) if application.version else Add(item)


def counted(store: Store, compound: str, now: datetime) -> tuple[int, int, Change]:
    """How many applied within this hour and on this day before this one, and the change that counts it."""
    key = keys.application_tries(compound)
    item = store.get(key, consistent=True) or {}
    hour, day = utc_stamp(now)[:13], day_of(now).isoformat()
    within = item["n"] if item.get("hour") == hour else 0
    today, version = item["of_day"] if item.get("day") == day else 0, item.get("v", 0)
    counts = {"hour": hour, "n": within + 1, "day": day, "of_day": today + 1}
    new: dict[str, Any] = {**key.as_item(), "v": version + 1, **counts, "ttl": int((now + A_DAY).timestamp())}
    return within, today, Replace(new, version) if version else Add(new)


def from_item(item: Item) -> Application:
    said, decision = item["said"], item.get("decision")
    return Application(
        item["sk"].partition("#")[2],
        parse(item["made"]),
        Said(**{**said, "skills": tuple(said["skills"]), "times": tuple(said["times"])}),
        item["key"],
        State(item["state"]),
        Decision(**{**decision, "at": parse(decision["at"])}) if decision else None,
        item["v"],
    )
