"""Can everybody be reached who may have to be told something? By the lists alone, and by code that nothing else uses. Pure."""

import re

from chalicelib.register.rules import Register


def somebody_out_of_reach(register: Register) -> bool:
    """The duty team, or one of the people, has neither an address of her own nor a mobile phone that takes text messages."""
    phones = {"duty": "", **{each.username: each.phone for each in register.staff}, **{each.id: each.phone for each in register.volunteers}}
    return any(person not in register.policy.robots and not (register.policy.sms and _mobile(phone)) for person, phone in phones.items())


def _mobile(phone: str) -> bool:
    digits = re.sub(r"\D", "", phone)
    number = digits[2:] if len(digits) == 13 and digits.startswith("86") else digits
    return len(number) == 11 and number[0] == "1" and number[1] in "3456789"
