"""What a scanned or typed code means: a shelf by its sign, a home by its number or its card."""

from chalicelib import callers
from chalicelib.register.places import Place, PlaceKind
from chalicelib.register.rules import Home, Register
from chalicelib.register.signs import bare, place_of
from chalicelib.shared.problems import Problem, absent, bad
from chalicelib.shared.tokens import compound_of


def shelf_of(register: Register, code: str) -> Place:
    """Problem 400 for what is no shelf of this compound."""
    place = place_of(register, code)
    if place is None or place.kind is not PlaceKind.SHELF:
        raise bad(
            "code",
            "这不是货架的码，请扫货架上的码，或输上面的编号。",
            "This is no shelf. Scan the shelf's sign or type its id.",
            field="code",
        )
    return place


def home_of(register: Register, code: str) -> Home | None:
    """Whose door one stands at: None if nothing was scanned. Problem 400 for what is no home of this compound."""
    text = bare(code)
    if not text:
        return None
    home = register.home_by_id.get(text) or _by_card(register, text)
    if home is None:
        raise bad("code", "没有这一户，请核对房号。", "There is no such home. Please check its number.", field="code")
    return home


def _by_card(register: Register, token: str) -> Home | None:
    if compound_of(token) != register.compound:
        return None
    try:
        visitor = callers.home_by_link(token)
    except Problem:  # a card that has been replaced
        return None
    return register.home_by_id.get(visitor.home)


def named_home(register: Register, number: str) -> Home:
    """Problem 404 for a home where nobody lives, or that is none."""
    home = register.home_by_id.get(number.strip())
    if home is None or not home.lived_in:
        raise absent()
    return home
