"""E-mail by Amazon SES, API v2 (docs.aws.amazon.com, SendEmail): ``mailto:someone@example.org``."""

import re
from typing import Any

from chalicelib.post.amazon import refusals
from chalicelib.post.limits import Limits
from chalicelib.post.rules import Refused

ADDRESS = re.compile(r"mailto:([A-Za-z0-9._%+-]{1,64}@(?:[A-Za-z0-9-]{1,63}\.){1,8}[A-Za-z]{2,24})")
LIMITS = Limits(1 << 20)
"""A mail may be as long as it likes; a megabyte is where the merging of messages ends."""
SUBJECT = 60


def send(client: Any, sender: str, address: str, text: str) -> None:
    """Hand one mail to SES. Refused if it does not take it, or if nobody has said from whom mail comes."""
    match = ADDRESS.fullmatch(address)
    if match is None:
        raise Refused("not a mail address")
    if not sender:
        raise Refused("MAIL_FROM is not set", down=True)
    content = {"Subject": _part(subject(text)), "Body": {"Text": _part(text)}}
    with refusals():
        client.send_email(FromEmailAddress=sender, Destination={"ToAddresses": [match[1]]}, Content={"Simple": content})


def subject(text: str) -> str:
    """The first line, short, with nothing in it that could begin another header."""
    first = next((line for line in text.splitlines() if line.strip()), "")
    printable = "".join(letter for letter in first if letter.isprintable()).strip()
    return printable if len(printable) <= SUBJECT else f"{printable[: SUBJECT - 1]}…"


def _part(text: str) -> dict[str, str]:
    return {"Data": text, "Charset": "UTF-8"}
