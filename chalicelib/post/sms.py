"""Text messages 短信 by Amazon SNS (docs.aws.amazon.com, API reference of Publish): ``sms:+8613800000000``."""

import re
from typing import Any

from chalicelib.post.amazon import refusals
from chalicelib.post.limits import Limits, ucs2_units
from chalicelib.post.rules import Refused

ADDRESS = re.compile(r"sms:(\+[1-9][0-9]{6,14})")

# Alone a part holds 70 UCS-2 characters; in a row of parts each gives three to the header that joins them (3GPP TS 23.040).
PARTS, PART = 4, 67
LIMITS = Limits(PARTS * PART, ucs2_units, most=1)
TRANSACTIONAL = {"AWS.SNS.SMS.SMSType": {"DataType": "String", "StringValue": "Transactional"}}


def send(client: Any, address: str, text: str) -> None:
    """Hand one text of at most four parts to SNS, which joins them on the phone. Refused if it does not take it."""
    match = ADDRESS.fullmatch(address)
    if match is None:
        raise Refused("not a phone address")
    with refusals():
        client.publish(PhoneNumber=match[1], Message=text, MessageAttributes=TRANSACTIONAL)
