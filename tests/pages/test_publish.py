"""Publishing: what changed and nothing else, in an order that never shows a page without its assets."""

import hashlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from chalicelib.pages.build import write
from chalicelib.pages.facts import from_file
from chalicelib.pages.publish import TYPES, cached, publish


class Bucket:
    """As much of S3 as publishing asks for; listings come in pages of two."""

    def __init__(self) -> None:
        self.held: dict[str, bytes] = {}
        self.calls: list[tuple[str, dict[str, Any]]] = []

    def get_paginator(self, name: str) -> "Bucket":
        assert name == "list_objects_v2"
        return self

    def paginate(self, **given: str) -> Iterator[dict[str, Any]]:
        assert given == {"Bucket": "b"}
        keys = sorted(self.held)
        for at in range(0, len(keys) or 1, 2):
            page = [{"Key": key, "ETag": f'"{hashlib.md5(self.held[key]).hexdigest()}"'} for key in keys[at : at + 2]]
            yield {"Contents": page} if page else {}

    def put_object(self, **given: Any) -> None:
        self.held[given["Key"]] = given["Body"]
        self.calls.append(("put", given))

    def delete_object(self, **given: Any) -> None:
        del self.held[given["Key"]]
        self.calls.append(("delete", given))


def test_the_first_time_everything_is_put_assets_first_and_the_worker_last(site: dict[str, str | bytes]) -> None:
    bucket = Bucket()
    done = publish(site, bucket, "b")
    order = [given["Key"] for _, given in bucket.calls]
    assert set(order) == set(site) and done.unchanged == 0
    assert order == sorted(order, key=lambda path: (not path.startswith("assets/"), path == "sw.js", path))


def test_the_second_time_nothing_is_put(site: dict[str, str | bytes]) -> None:
    bucket = Bucket()
    publish(site, bucket, "b")
    bucket.calls.clear()
    done = publish(site, bucket, "b")
    assert bucket.calls == [] and done.unchanged == len(site)


def test_one_changed_page_is_one_put(site: dict[str, str | bytes]) -> None:
    bucket = Bucket()
    publish(site, bucket, "b")
    bucket.calls.clear()
    publish({**site, "index.html": "<!doctype html>new"}, bucket, "b")
    assert [(name, given["Key"]) for name, given in bucket.calls] == [("put", "index.html")]


def test_a_page_that_is_no_more_goes_and_an_old_asset_stays(site: dict[str, str | bytes]) -> None:
    bucket = Bucket()
    bucket.held = {"old/index.html": b"old", "assets/page.0000000000.css": b"old"}
    done = publish(site, bucket, "b")
    assert done.deleted == ("old/index.html",) and "assets/page.0000000000.css" in bucket.held


def test_assets_are_kept_for_good_and_pages_shortly(site: dict[str, str | bytes]) -> None:
    bucket = Bucket()
    publish(site, bucket, "b")
    for _, given in bucket.calls:
        assert given["ContentType"] == TYPES[Path(given["Key"]).suffix]
        assert given["CacheControl"] == cached(given["Key"])
    assert "immutable" in cached("assets/x.js") and "max-age=60" in cached("h/index.html") and cached("sw.js") == "no-cache"


def test_a_site_can_be_built_into_a_folder(site: dict[str, str | bytes], tmp_path: Path) -> None:
    write(site, tmp_path)
    assert {str(path.relative_to(tmp_path)) for path in tmp_path.rglob("*") if path.is_file()} == set(site)


def test_facts_come_from_a_file_as_well(tmp_path: Path) -> None:
    (tmp_path / "site.json").write_text('{"compounds": [{"id": "anheli", "name": "安和里", "duty": "1"}]}', "utf-8")
    assert from_file(tmp_path / "site.json").compounds[0].called("en") == "安和里"
