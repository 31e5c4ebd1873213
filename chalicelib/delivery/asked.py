"""What the routes of parcels take."""

from enum import StrEnum
from typing import Annotated

import msgspec
from msgspec import Meta

from chalicelib.delivery.rules import Act
from chalicelib.register.delivering import Goods

Word = Annotated[str, Meta(max_length=40, pattern=r"^[\w\-]*$")]
Numbers = Annotated[list[Annotated[str, Meta(min_length=1, max_length=20)]], Meta(min_length=1, max_length=40)]
Code = Annotated[str, Meta(max_length=300)]


class ReceiveBody(msgspec.Struct, forbid_unknown_fields=True):
    """A parcel as it comes in at ``gate`` (a place's id). Without ``home`` nobody knows whose it is, perhaps not even the building.

    ``waybill`` is what its own barcode says, ``batch`` a word on the load it goes with.
    """

    goods: Goods
    home: Annotated[str, Meta(max_length=20)] = ""
    building: Annotated[str, Meta(max_length=20)] = ""
    no_name: bool = False
    gate: Word = ""
    waybill: Word = ""
    batch: Annotated[str, Meta(max_length=12, pattern=r"^[\w\-]*$")] = ""


class HandAct(StrEnum):
    """``carry`` is also a volunteer's word for taking something along; ``settle`` says that nothing is wrong with it any more."""

    CARRY = Act.CARRY.value
    SHELVE = Act.SHELVE.value
    DELIVER = Act.DELIVER.value
    PICK_UP = Act.PICK_UP.value
    RETURN = Act.RETURN.value
    DAMAGE = Act.DAMAGE.value
    SETTLE = Act.SETTLE.value
    MISS = Act.MISS.value
    UNDO = Act.UNDO.value


class HandBody(msgspec.Struct, forbid_unknown_fields=True):
    """``code`` is what was scanned or typed: the shelf it is put on, the home it is brought to (its number, or its card), or nothing.

    ``clean``: they were disinfected at the fixed point first.
    """

    act: HandAct
    parcels: Numbers
    code: Code = ""
    clean: bool = False


class VolunteerAct(StrEnum):
    CARRY = Act.CARRY.value
    SHELVE = Act.SHELVE.value
    DELIVER = Act.DELIVER.value
    MISS = Act.MISS.value
    UNDO = Act.UNDO.value


class VolunteerHandBody(msgspec.Struct, forbid_unknown_fields=True):
    act: VolunteerAct
    parcels: Numbers
    code: Code = ""
    clean: bool = False


class PickUpBody(msgspec.Struct, forbid_unknown_fields=True):
    """``undo``: they are still there, the family has tapped by mistake."""

    parcels: Numbers
    undo: bool = False


class AddressBody(msgspec.Struct, forbid_unknown_fields=True):
    home: Annotated[str, Meta(min_length=1, max_length=20)]
