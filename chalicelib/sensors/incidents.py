"""Several things with one cause are one incident: gateways out at the same time, cold homes on one riser or at one line's end. Pure.

A member joins and leaves by itself; the incident lasts from its first member to its last. What it is told as, and to whom, is not
decided here. When residents' heating complaints can be stored, each is a member of its home's incident beside the thermometers':
``joined(incident, "complaint/<id>", Member(home, since, now))``.
"""

from enum import StrEnum
from typing import NamedTuple


class IncidentKind(StrEnum):
    """What the members have in common; the word begins the incident's id."""

    OUTAGE = "gateways-silent"
    COLD = "cold"


class Member(NamedTuple):
    """Whose it is ("" for a gateway, which has many homes), since when it is so, and when that was found out, in milliseconds on the
    stage's clock."""

    home: str
    since: int
    joined: int = 0


class Incident(NamedTuple):
    """``group`` is the riser or line, "" for the whole compound. ``began`` names the running one, or the last; ``version`` 0 is none ever."""

    kind: IncidentKind
    group: str
    members: dict[str, Member]
    began: int = 0
    version: int = 0

    @property
    def id(self) -> str:
        """Of this running, and no other: the next one begins at another moment."""
        return ":".join([self.kind, *([self.group] if self.group else []), str(self.began)])

    @property
    def latest(self) -> int:
        """When its newest member joined."""
        return max((member.joined for member in self.members.values()), default=0)

    @property
    def homes(self) -> list[str]:
        """The homes in it, by the time they joined."""
        by_time = sorted(self.members.values(), key=lambda member: (member.since, member.home))
        return list(dict.fromkeys(member.home for member in by_time if member.home))


def joined(incident: Incident, name: str, member: Member) -> Incident:
    """With one more member; one that is in it already keeps its beginning."""
    if name in incident.members:
        return incident
    began = incident.began if incident.members else max(member.since, incident.began + 1)
    return incident._replace(members={**incident.members, name: member}, began=began)


def left(incident: Incident, name: str) -> Incident:
    return incident._replace(members={each: member for each, member in incident.members.items() if each != name})
