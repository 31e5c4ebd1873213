"""What the public pages may know of a compound: its name and the numbers on its notice board. Nothing of a home, nothing of a person."""

from collections.abc import Iterable
from pathlib import Path

import msgspec

from chalicelib.register.rules import Register


class Compound(msgspec.Struct, frozen=True, omit_defaults=True):
    """A compound as its gate sign tells it. ``name_en`` is empty where nobody gave it an English name."""

    id: str
    name: str
    name_en: str = ""
    duty: str = ""
    emergency: str = ""

    def called(self, lang: str) -> str:
        return (self.name_en if lang == "en" else "") or self.name


class SiteFacts(msgspec.Struct, frozen=True, omit_defaults=True):
    """Everything ``render_site`` is told. With no compound known, the pages send people to the number on their card."""

    compounds: tuple[Compound, ...] = ()


def from_registers(registers: Iterable[Register]) -> SiteFacts:
    """The public part of what was imported."""
    return SiteFacts(
        tuple(
            Compound(id=one.compound, name=one.name, duty=one.policy.duty_phone, emergency=one.policy.emergency_phone) for one in registers
        )
    )


def from_file(path: Path) -> SiteFacts:
    """``{"compounds": [{"id", "name", "name_en", "duty", "emergency"}]}``; msgspec.ValidationError says which field is wrong."""
    return msgspec.json.decode(path.read_bytes(), type=SiteFacts)
