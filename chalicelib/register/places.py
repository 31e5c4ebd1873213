"""Where in a compound something is kept, cleaned or handed over: shelves, lifts, stairs. Each bears a sign with its QR and its id."""

from enum import StrEnum

import msgspec


class PlaceKind(StrEnum):
    """What a place is for; it decides which plans and which pages it has."""

    GATE = "gate"
    SHELF = "shelf"
    LIFT = "lift"
    LOBBY = "lobby"
    STAIRS = "stairs"
    WASTE = "waste"
    FITNESS = "fitness"
    DEPOT = "depot"
    RESERVE = "reserve"


class Place(msgspec.Struct, frozen=True, omit_defaults=True):
    """``id`` stands on the sign for whoever has no camera, in capitals or not. ``building`` and ``grid`` are blank for the whole compound's."""

    id: str
    kind: PlaceKind
    name: str
    building: str = ""
    grid: str = ""
