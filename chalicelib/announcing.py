"""What everybody may read follows what was published or taken back: the cases' page, the board of notices, the floor groups;
and whoever leads a grid hears who would like to help there."""

from datetime import datetime

from chalicelib import wiring
from chalicelib.notices import groups
from chalicelib.post.entries import queue
from chalicelib.recruiting.records import from_item
from chalicelib.recruiting.telling import tellings
from chalicelib.register.standing import Standing
from chalicelib.shared.ids import CompoundId
from chalicelib.store.contract import Item, Store

ROUNDS = 4


def show_cases(identity: str, item: Item) -> None:
    """What was published or taken back is so on the public page; Jinja is fetched for that alone."""
    from chalicelib.pages.cases import publish

    compound = CompoundId(item["pk"].partition("#")[0])
    publish(wiring.store(), wiring.clock().now(), compound, wiring.client("s3"), wiring.settings().site_bucket)


def tell_groups(store: Store, now: datetime, standing: Standing, item: Item) -> None:
    """A notice goes to its floor groups; of one that was taken back meanwhile none hears."""
    groups.tell(store, now, standing.register, item["sk"], wiring.settings().site_url)


def tell_leads(store: Store, now: datetime, standing: Standing, item: Item) -> None:
    """Whoever leads a grid hears that somebody would like to help there; the next sweep sends it."""
    for telling in tellings(standing.register, from_item(item), now, wiring.settings().site_url):
        queue(store, now, standing.register.compound, telling)


def call_off(store: Store, now: datetime, standing: Standing, item: Item) -> None:
    """Groups that were told a notice hear that it counts no more."""
    groups.take_back(store, now, standing.register, item["sk"], wiring.settings().site_url)


def hang_notices(store: Store, now: datetime, standing: Standing, item: Item) -> None:
    """The board, the lifts and the feeds say what stands in the table now.

    Read once more after it was hung: news of an activity and of a notice come side by side, and the slower must not hang what was so before.
    """
    from chalicelib.pages.hanging import hang, hung

    settings, before = wiring.settings(), None
    for _ in range(ROUNDS if settings.site_bucket else 0):
        files = hung(store, now, standing.register, settings.site_url)
        if files == before:
            return
        hang(wiring.client("s3"), settings.site_bucket, files)
        before = files
