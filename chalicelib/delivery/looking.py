"""The looks at parcels whose moment has come."""

from datetime import datetime

from chalicelib.delivery import records
from chalicelib.delivery.clocks import looked
from chalicelib.register.policy import Policy
from chalicelib.store.contract import Conflict, Item, Store


def take(store: Store, now: datetime, compound: str, policy: Policy, item: Item) -> bool:
    """One conditional write: whoever makes it has looked, and the news tells the rest. False if somebody was faster, which is normal."""
    try:
        store.write(records.looked_at(compound, policy, looked(policy.delivery, records.from_item(item), now)))
    except Conflict:
        return False
    return True
