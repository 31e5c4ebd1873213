"""Who is told when nobody answers, as data of a compound's policy: the steps of each ladder, and what counts where a compound says nothing.

Ours where the sources are silent: a red home's first response within the hour, so its need reaches the manager by then. A door's own
alert goes to the duty desk at once; its ladder begins when nobody has taken that on within five minutes. Smoke and a call for help do not
wait for the desk. An outage waits two minutes, so that gateways on one cut power line are told in one breath.
"""

from collections.abc import Mapping

from chalicelib.tasks.ladders import Ladder, Ladders, Rung, Step

DAY = 24 * 60
_PAIR = (Step(Rung.ASSIGNEE, 0), Step(Rung.PARTNER, 15), Step(Rung.COORDINATOR, 15), Step(Rung.MANAGER, 30))

DEFAULT_LADDERS = Ladders(
    {
        "visit": Ladder(_PAIR),
        "nobody-home": Ladder(_PAIR),
        "need-red": Ladder((Step(Rung.ASSIGNEE, 0), Step(Rung.PARTNER, 20), Step(Rung.COORDINATOR, 20), Step(Rung.MANAGER, 20))),
        "need": Ladder((Step(Rung.ASSIGNEE, 0), Step(Rung.COORDINATOR, 240), Step(Rung.MANAGER, 480)), (240, 480), 480),
        "ticket": Ladder((Step(Rung.ASSIGNEE, 0), Step(Rung.COORDINATOR, 60), Step(Rung.MANAGER, 240)), (240, 480), 480),
        "ticket-urgent": Ladder((Step(Rung.ASSIGNEE, 0), Step(Rung.DUTY, 5), Step(Rung.COORDINATOR, 10), Step(Rung.MANAGER, 30))),
        "question": Ladder((Step(Rung.ASSIGNEE, 0), Step(Rung.COORDINATOR, 10), Step(Rung.MANAGER, 60)), (60, 120), 120),
        "reports": Ladder((Step(Rung.DUTY, 0), Step(Rung.COORDINATOR, 60), Step(Rung.MANAGER, 60)), (60, 120), 120),
        "alarm": Ladder((Step(Rung.DUTY, 0), Step(Rung.COORDINATOR, 2), Step(Rung.MANAGER, 3)), (5, 10, 15), 30),
        "door": Ladder((Step(Rung.DUTY, 5), Step(Rung.COORDINATOR, 5), Step(Rung.MANAGER, 10))),
        "letter-urgent": Ladder((Step(Rung.COORDINATOR, 0), Step(Rung.MANAGER, 15)), (15, 30, 60), 60),
        "letter": Ladder((Step(Rung.COORDINATOR, 0), Step(Rung.MANAGER, 480)), (240, 480), 480),
        "reach": Ladder((Step(Rung.COORDINATOR, 0), Step(Rung.MANAGER, 240)), (1440,), 1440),
        "calendar": Ladder((Step(Rung.MANAGER, 0),), (10080,), 10080),
        "outage": Ladder((Step(Rung.DUTY, 2), Step(Rung.COORDINATOR, 15), Step(Rung.MANAGER, 30))),
        "watch": Ladder((Step(Rung.DUTY, 0), Step(Rung.COORDINATOR, 15), Step(Rung.MANAGER, 30))),
        "upkeep": Ladder((Step(Rung.ASSIGNEE, 0), Step(Rung.COORDINATOR, DAY), Step(Rung.MANAGER, DAY)), (DAY,), DAY),
        "parcel": Ladder((Step(Rung.ASSIGNEE, 0), Step(Rung.COORDINATOR, 15), Step(Rung.MANAGER, 30))),
        "supply": Ladder((Step(Rung.ASSIGNEE, 0), Step(Rung.MANAGER, DAY)), (DAY,), 3 * DAY),
        "errand": Ladder((Step(Rung.ASSIGNEE, 0), Step(Rung.COORDINATOR, 240), Step(Rung.MANAGER, DAY)), (DAY,), 480),
        "patrol": Ladder((Step(Rung.ASSIGNEE, 0), Step(Rung.MANAGER, 240)), (480,), 480),
        "cold": Ladder((Step(Rung.ASSIGNEE, 0), Step(Rung.COORDINATOR, 60), Step(Rung.MANAGER, 120)), (60, 120), 120),
    }
)


def with_defaults(own: Mapping[str, Ladder]) -> Ladders:
    """Every ladder: the compound's own where it has said something, else the default."""
    return Ladders({**DEFAULT_LADDERS, **own})
