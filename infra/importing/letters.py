"""What the mailbox must know of a compound: it may not read the register, so the import tells it."""

from chalicelib.register.rules import Register
from chalicelib.store import letter_keys as keys
from chalicelib.store.contract import Item


def announced(register: Register) -> Item:
    """The compound is there, and whom a worried writer may call."""
    policy = register.policy
    phones = {"duty": policy.duty_phone, "emergency": policy.emergency_phone}
    return {**keys.mailbox(register.compound).as_item(), "v": 1, "name": register.name, "phones": phones}
