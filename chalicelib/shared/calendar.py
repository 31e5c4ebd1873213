"""Days and times as the compound's people say them.

China keeps one zone without daylight saving since 1991 (IANA ``Asia/Shanghai``), so a fixed offset is exact and needs no zone database.
"""

from datetime import UTC, date, datetime, time, timedelta, timezone

from chalicelib.shared.problems import bad

SHANGHAI = timezone(timedelta(hours=8), "Asia/Shanghai")
REPEATED_WITHIN = timedelta(minutes=10)


def local(moment: datetime) -> datetime:
    """The same instant on the compound's clock. ``moment`` must carry an offset."""
    return moment.astimezone(SHANGHAI)


def day_of(moment: datetime) -> date:
    """The local calendar day an instant falls on."""
    return local(moment).date()


def at(day: date, clock: str) -> datetime:
    """``at(2026-11-22, "10:00")``; ``"24:00"`` is the end of the day. ValueError for anything else."""
    if clock == "24:00":
        return at(day + timedelta(days=1), "00:00")
    return datetime.combine(day, time.fromisoformat(clock), SHANGHAI)


def stamp(moment: datetime) -> str:
    """RFC 3339 with the compound's offset, to the millisecond where there is one."""
    moment = local(moment)
    return moment.isoformat(timespec="milliseconds" if moment.microsecond else "seconds")


def utc_stamp(moment: datetime) -> str:
    """RFC 3339 in UTC with fixed width, so that text order is time order."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%f")[:-3] + "Z"


def parse(text: str) -> datetime:
    """An RFC 3339 instant. ValueError if it is none or has no offset."""
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None:
        raise ValueError(f"{text} has no offset")
    return moment


def ms_of(moment: datetime) -> int:
    """Milliseconds since 1970, as AWS stamps messages."""
    return round(moment.timestamp() * 1000)


def moment_of(ms: int) -> datetime:
    return datetime.fromtimestamp(ms / 1000, UTC)


def quiet(window: tuple[str, str], moment: datetime) -> bool:
    """Are these quiet hours, from one local time on and before another? ``("22:00", "07:00")`` goes across midnight.

    Two times that are the same are no hours at all; ``("00:00", "24:00")`` is always. Who may speak all the same, the caller decides.
    """
    return quiet_ends(window, moment) > moment


def quiet_ends(window: tuple[str, str], moment: datetime) -> datetime:
    """When the quiet hours of this moment are over: the moment itself if it is not in any."""
    today = day_of(moment)
    for day in (today - timedelta(days=1), today):
        opens, closes = at(day, window[0]), at(day, window[1])
        closes = at(day + timedelta(days=1), window[1]) if closes < opens else closes
        if opens <= moment < closes:
            return closes
    return moment


def months_of_repeat(now: datetime) -> tuple[datetime, ...]:
    """A moment in each month in which a request of the last 24 hours may have come first: where an id begins with its month, a repeat
    just after the month's end is looked for in both."""
    before = now - timedelta(days=1)
    return (now,) if local(before).month == local(now).month else (before, now)


def days_of_repeat(now: datetime) -> tuple[date, ...]:
    """The days on which a request that comes now may have come first: just after midnight yesterday as well, last today."""
    return tuple(sorted({day_of(now - REPEATED_WITHIN), day_of(now)}))


def asked_day(text: str | None, today: date) -> date:
    """The day a caller asks for; Problem 400 for what is none."""
    try:
        return date.fromisoformat(text) if text else today
    except ValueError:
        raise bad("day", "日期要写成 2026-11-22 这样。", "Write the day as in 2026-11-22.") from None
