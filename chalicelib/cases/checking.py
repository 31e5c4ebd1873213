"""Whether a text may be read by everybody. Compiles many patterns, so it is imported by whoever saves a card, and by nobody before."""

from collections.abc import Mapping, Sequence
from typing import Any

from chalicelib.cases.identifiers import Identifier, Mark, identifiers
from chalicelib.cases.names import names
from chalicelib.register.rules import Register
from chalicelib.shared.problems import Problem, bad

KINDS = {
    Identifier.NUMBER: ("号码", "a number"),
    Identifier.PLATE: ("车牌", "a number plate"),
    Identifier.DOOR: ("楼栋、单元或房号", "a building, unit or door"),
    Identifier.MAIL: ("邮箱", "a mail address"),
    Identifier.ACCOUNT: ("微信、QQ 之类的账号", "an account"),
    Identifier.LINK: ("网址", "a web address"),
}
FIELDS = {"text": ("“什么事”", "what it was"), "result": ("“怎么解决的”", "how it was solved")}


def check(register: Register, texts: Mapping[str, str], ticked: Sequence[str]) -> tuple[str, ...]:
    """The words that may be names, all of them ticked off. Problem 400 names every identifier and where it stands.

    Problem 409 lists what may be somebody's name, school or employer and has not been judged yet.
    """
    found = [_told(field, text, mark) for field, text in texts.items() for mark in identifiers(text)]
    if found:
        raise _refused(found)
    flags = [_told(field, text, mark) for field, text in texts.items() for mark in names(text, _known(register))]
    open_ones = [flag for flag in flags if flag["said"] not in ticked]
    if open_ones:
        said = _list(open_ones)
        raise Problem(
            409,
            "not-ticked",
            f"这些像人名、学校或单位：{said}。请一个一个看过，不是的打勾，是的改掉。",
            f"These may be a name, a school or an employer: {said}. Tick off each that is none, and take out the others.",
            flags=open_ones,
        )
    return tuple(dict.fromkeys(flag["said"] for flag in flags))


def _known(register: Register) -> set[str]:
    """Everybody's name: in the compound nobody's is a common word."""
    residents = {person.name for home in register.homes for person in home.people}
    return residents | {each.name for each in register.staff} | {each.name for each in register.volunteers}


def _told(field: str, text: str, mark: Mark) -> dict[str, Any]:
    return {"field": field, "kind": mark.what, "said": text[mark.start : mark.end], "start": mark.start, "end": mark.end}


def _list(marks: Sequence[Mapping[str, Any]]) -> str:
    return "、".join(dict.fromkeys(f"“{mark['said']}”" for mark in marks))


def _refused(found: Sequence[Mapping[str, Any]]) -> Problem:
    chinese = "；".join(f"{FIELDS[mark['field']][0]}里的“{mark['said']}”是{KINDS[mark['kind']][0]}" for mark in found)
    english = "; ".join(f"“{mark['said']}” in {FIELDS[mark['field']][1]} is {KINDS[mark['kind']][1]}" for mark in found)
    return bad("points-at-somebody", f"存不了：{chinese}。请改掉再存。", f"Not saved: {english}. Please take it out.", marks=found)
