"""Accompanied trips to a hospital: one outing of a home's people, with somebody along the whole way. Frozen values and pure questions.

Asked about an instant, a trip answers as it stood then. Moving a trip calls the old one off and makes a new one.
"""

from datetime import date, datetime, timedelta
from enum import StrEnum

import msgspec

from chalicelib.register.rules import Home


class TripState(StrEnum):
    COMING = "coming"
    OUT = "out"
    BACK = "back"
    CALLED_OFF = "called_off"


class Late(StrEnum):
    """What should have happened by now and has not."""

    SETTING_OUT = "setting_out"
    COMING_BACK = "coming_back"


class Trip(msgspec.Struct, frozen=True, omit_defaults=True):
    """``starts``–``ends`` is the outing window agreed with the hospital, by ``agreed_by`` on ``agreed_on``.

    ``companion`` is a staff username or a volunteer's id, "" while nobody goes along; she is it ``since`` then. ``asked`` is the
    digest of what was asked for, so that a repeat is known.
    """

    id: str
    home: str
    tenancy: str
    hospital: str
    starts: datetime
    ends: datetime
    agreed_by: str
    agreed_on: date
    by: str
    made: datetime
    asked: str
    companion: str = ""
    since: datetime | None = None
    set_out: datetime | None = None
    back: datetime | None = None
    called_off: datetime | None = None
    moved_to: str = ""

    @property
    def state(self) -> TripState:
        if self.called_off:
            return TripState.CALLED_OFF
        if self.back:
            return TripState.BACK
        return TripState.OUT if self.set_out else TripState.COMING

    @property
    def over(self) -> bool:
        return bool(self.back or self.called_off)

    def of(self, home: Home) -> bool:
        """Does it belong to the family that lives there?"""
        return (self.home, self.tenancy) == (home.id, home.tenancy)

    def begins(self) -> datetime:
        return min(self.starts, self.set_out or self.starts)

    def finishes(self, moment: datetime) -> datetime:
        """When they are back, as far as it was known at an instant: whoever is out and not back is out still."""
        if self.back and self.back <= moment:
            return self.back
        return max(self.ends, moment) if self.set_out and self.set_out <= moment else self.ends

    def known(self, moment: datetime) -> bool:
        """Was it a plan at that instant, and not called off yet?"""
        return self.made <= moment and (self.called_off is None or moment < self.called_off)

    def fills(self, opens: datetime, closes: datetime, moment: datetime) -> bool:
        """Is nobody at home for the whole of a window, as it was known at an instant?"""
        return self.known(moment) and self.begins() <= opens and self.finishes(moment) >= closes - timedelta.resolution

    def door(self, margin: timedelta, moment: datetime) -> tuple[datetime, datetime]:
        """From when to when the home's door opens for it: the outing, with a margin on either side."""
        return self.begins() - margin, self.finishes(moment) + margin
