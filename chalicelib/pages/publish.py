"""The site into its bucket: ``python -m chalicelib.pages.publish --stage local --compound anheli``. Puts what changed and nothing else."""

import argparse
import hashlib
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from chalicelib.pages import assets
from chalicelib.pages.facts import SiteFacts, from_file, from_registers
from chalicelib.pages.packed import PLACE
from chalicelib.pages.render import render_site

TYPES = {
    ".html": "text/html; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
    ".txt": "text/plain; charset=utf-8",
    ".json": "application/json",
}
FOREVER = "public, max-age=31536000, immutable"
SHORTLY = "public, max-age=60"
CHECKED = "no-cache"
LIVING = re.compile(r"(en/)?cases/[a-z0-9]+/index\.html")
"""Pages of a compound that the news brings up to date: see ``pages.cases``."""


class Published(NamedTuple):
    """What a publication did: the paths put, the paths taken away, and how many stood as they were."""

    put: tuple[str, ...]
    deleted: tuple[str, ...]
    unchanged: int


def publish(pages: Mapping[str, str | bytes], s3: Any, bucket: str) -> Published:
    """Put what differs from what the bucket holds: one listing, one put a changed page.

    1. Assets before pages before the service worker, so that no page names what is not there yet.
    2. A page that is no more is deleted; an old asset stays, since a page kept in somebody's browser still names it, and so does what
       is published when something changes in a compound.
    """
    held = dict(_held(s3, bucket))
    content = {path: page.encode() if isinstance(page, str) else page for path, page in pages.items()}
    changed = sorted((path for path, body in content.items() if held.get(path) != _etag(body)), key=_order)
    for path in changed:
        s3.put_object(Bucket=bucket, Key=path, Body=content[path], ContentType=TYPES[Path(path).suffix], CacheControl=cached(path))
    gone = tuple(sorted(path for path in held if path.endswith(".html") and path not in content and not LIVING.fullmatch(path)))
    for path in gone:
        s3.delete_object(Bucket=bucket, Key=path)
    return Published(tuple(changed), gone, len(content) - len(changed))


def cached(path: str) -> str:
    """How long a browser may believe it: an asset's name changes with its content, a page's does not."""
    if path.startswith("assets/"):
        return FOREVER
    return CHECKED if path in ("sw.js", PLACE) else SHORTLY


def bucket_of(stage: str) -> str:
    """Where the stage's site lives; on AWS bucket names are everybody's, so the account's number is part of it."""
    if stage == "local":
        return "nuanlin-local-site"
    from chalicelib.wiring import client

    return f"nuanlin-{stage}-site-{client('sts').get_caller_identity()['Account']}"


def facts_of(compounds: list[str]) -> SiteFacts:
    """The public part of the compounds' registers, as they stand in the table; one not imported yet is left out."""
    from chalicelib import wiring
    from chalicelib.register.records import standing
    from chalicelib.shared.ids import CompoundId

    known = (standing(wiring.store(), wiring.clock().now(), CompoundId(compound)) for compound in compounds)
    return from_registers(each.register for each in known if each)


def _held(s3: Any, bucket: str) -> Iterator[tuple[str, str]]:
    for page in s3.get_paginator("list_objects_v2").paginate(Bucket=bucket):
        yield from ((entry["Key"], entry["ETag"].strip('"')) for entry in page.get("Contents", []))


def _etag(body: bytes) -> str:
    """What S3 calls an object put in one piece: the MD5 of its bytes."""
    return hashlib.md5(body, usedforsecurity=False).hexdigest()


def _order(path: str) -> tuple[int, str]:
    return (0 if path.startswith("assets/") else 2 if path == "sw.js" else 1), path


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--stage", required=True)
    parser.add_argument("--bucket", help="default: the stage's own")
    parser.add_argument("--compound", action="append", default=[], help="a compound whose register names and numbers go on the pages")
    parser.add_argument("--facts", type=Path, help="the same from a JSON file instead of the table")
    given = parser.parse_args()
    from chalicelib import wiring
    from chalicelib.cases.actions import announce

    site = from_file(given.facts) if given.facts else facts_of(given.compound)
    done = publish(render_site(site, assets.load()), wiring.client("s3"), given.bucket or bucket_of(given.stage))
    for compound in given.compound if not given.facts else ():
        announce(wiring.store(), compound)
    print(f"{len(done.put)} put, {len(done.deleted)} deleted, {done.unchanged} unchanged")


if __name__ == "__main__":
    main()
