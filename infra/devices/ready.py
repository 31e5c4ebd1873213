"""What an owner puts on a gateway: the files of ``ready/`` with her gateway's name, address and certificates filled in."""

from pathlib import Path
from string import Template
from typing import NamedTuple

from infra.private import write_private

READY = Path(__file__).with_name("ready")


class Broker(NamedTuple):
    """Where devices connect, and the authority that signed its certificate."""

    host: str
    port: int
    ca: str


def fill(name: str, thing: str, broker: Broker, folder: str, cert: str, key: str) -> str:
    """One ready configuration. ``folder`` is where the certificate's files will lie on the gateway."""
    pems = {"ca": _indented(broker.ca), "cert": _indented(cert), "key": _indented(key)}
    return Template((READY / name).read_text()).substitute(thing=thing, host=broker.host, port=broker.port, folder=folder, **pems)


def hand_over(thing: str, broker: Broker, at: str, folder: Path) -> None:
    """The authority and every ready configuration beside the certificate. ``at``: see ``fill``."""
    write_private(folder / "ca.pem", broker.ca)
    cert, key = ((folder / name).read_text() for name in ("cert.pem", "key.pem"))
    for template in READY.iterdir():
        write_private(folder / template.name, fill(template.name, thing, broker, at, cert, key))


def _indented(pem: str) -> str:
    return "\n".join(f"    {line}" for line in pem.strip().splitlines())
