"""Why something cannot be done with a parcel, in words a person can act on. Pure."""

from chalicelib.delivery.rules import HANDS, STOPS, Act, Parcel, Spot, Trouble
from chalicelib.shared.problems import Problem, not_now

TROUBLES = {
    Trouble.UNKNOWN_ROOM: ("还不知道是哪一户的，请先填房号。", "Nobody knows yet whose it is. Please enter its home first."),
    Trouble.NO_NAME: ("没有写名字，请先打电话问这一户。", "There is no name on it. Please call the home first."),
    Trouble.DAMAGED: ("这件有破损，请送上门给住户当面看。", "It is damaged. Please bring it to the door and show the family."),
}


def why_not(parcel: Parcel, act: Act) -> Problem:
    """409: what stands in the way; ``by`` says who has it, ``parcel`` which one it is."""
    if not parcel.running:
        zh, en = (
            ("这件已经退回了。", "It has been returned.") if parcel.spot is Spot.RETURNED else ("这件已经到家了。", "It is home already.")
        )
        return Problem(409, "parcel-closed", zh, en, parcel=parcel.id)
    if act in STOPS[parcel.trouble]:
        zh, en = TROUBLES[parcel.trouble]
        return Problem(409, "parcel-in-trouble", zh, en, parcel=parcel.id)
    if parcel.spot in HANDS:
        return Problem(409, "already-taken", "这件已经有人拿着了。", "Somebody has it already.", by=parcel.at, parcel=parcel.id)
    return not_now()


def bring_it(parcel: Parcel) -> Problem:
    """409: this family cannot come down."""
    return Problem(
        409, "to-the-door", "这一户请直接送上门，不放货架。", "Please bring this one to the door, not to the shelf.", parcel=parcel.id
    )


def another_home(parcel: Parcel) -> Problem:
    """409: what was scanned at this door is not this family's."""
    return Problem(
        409, "another-home", "这件不是这一户的，请再看一下房号。", "This is another home's. Please look at the number.", parcel=parcel.id
    )


def nothing_to_undo(parcel: Parcel) -> Problem:
    """409: what was done last with it is put right in another way, or has been taken back already."""
    zh, en = "这一步不能撤回，请照现在的样子再扫一次。", "This cannot be taken back. Please scan it again as it is now."
    return Problem(409, "nothing-to-undo", zh, en, parcel=parcel.id)


def handed_on(parcel: Parcel) -> Problem:
    """409: somebody else was the last to do something with it."""
    zh, en = "后面已经有人接着做了，不用撤回。", "Somebody else has gone on with it already; there is nothing for you to take back."
    return Problem(409, "handed-on", zh, en, by=parcel.last.by, parcel=parcel.id)


def too_late(parcel: Parcel, minutes: int) -> Problem:
    """409: so long afterwards the next scan says how things are."""
    return Problem(
        409,
        "too-late-to-undo",
        f"过了 {minutes} 分钟就不能撤回了，请照现在的样子再扫一次。",
        f"After {minutes} minutes it cannot be taken back. Please scan it again as it is now.",
        parcel=parcel.id,
    )
