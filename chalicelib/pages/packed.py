"""What a page needs that is made while the system runs: the site's addresses, words and facts, put beside the site by whoever publishes it.

The functions have neither the style sheets nor the catalogues; what they find here is exactly what the rest of the site was made from.
"""

import msgspec

from chalicelib.pages.assets import Assets, Words
from chalicelib.pages.facts import SiteFacts

PLACE = "site.json"


class Packed(msgspec.Struct):
    urls: dict[str, str]
    needs: dict[str, tuple[str, ...]]
    words: dict[str, dict[str, str]]
    site: SiteFacts


def pack(assets: Assets, site: SiteFacts) -> bytes:
    words = {lang: found.words for lang, found in assets.words.items()}
    return msgspec.json.encode(Packed(assets.urls, assets.needs, words, site), order="sorted")


def unpack(raw: bytes) -> tuple[Assets, SiteFacts]:
    """Assets without their files: enough to render any page."""
    found = msgspec.json.decode(raw, type=Packed)
    words = {lang: Words(each) for lang, each in found.words.items()}
    return Assets({}, found.urls, found.needs, words, ""), found.site
