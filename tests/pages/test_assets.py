"""Names that change with the content, and a worker that keeps the resident's page whole."""

import json
import re
import shutil
from pathlib import Path

from chalicelib.pages import assets
from chalicelib.pages.assets import STATIC, Assets
from chalicelib.pages.render import render_site
from tests.pages.conftest import FACTS


def test_every_asset_named_anywhere_is_there(site: dict[str, str | bytes]) -> None:
    for path, content in site.items():
        text = content.decode() if isinstance(content, bytes) else content
        assert {address[1:] for address in re.findall(r'"(/assets/[^"]+)"', text)} <= set(site), path
        assert not re.search(r'from "\./', text), path


def test_every_asset_is_used(site: dict[str, str | bytes]) -> None:
    text = "".join(content.decode() if isinstance(content, bytes) else content for content in site.values())
    assert [path for path in site if path.startswith("assets/") and f'"/{path}"' not in text] == []


def test_what_a_browser_gets_holds_no_remarks_and_all_that_is_done(made: Assets) -> None:
    done = re.compile(r"^\s*(?:export |async )*(?:function|const|let|if|return|await|import) .*$", re.MULTILINE)
    for name, url in made.urls.items():
        if name.endswith(".js"):
            sent, source = made.files[url[1:]].decode(), (STATIC / name).read_text("utf-8")
            assert not re.search(r"^\s*(//|/\*\*)", sent, re.MULTILINE), name
            assert len(done.findall(sent)) == len(done.findall(source)) > 0, name


def test_no_script_has_a_text_of_several_lines_that_would_lose_its_indent() -> None:
    for path in STATIC.glob("*.js"):
        code = re.sub(r"//.*", "", path.read_text("utf-8"))
        assert [line for line in code.splitlines() if line.count("`") % 2] == [], path.name


def test_a_style_sheet_says_the_same_without_its_room(made: Assets) -> None:
    for name, url in made.urls.items():
        if name.endswith(".css"):
            parts = re.findall(r'@import "\./([\w/-]+\.css)";', (STATIC / name).read_text("utf-8")) or [name]
            source = "".join((STATIC / part).read_text("utf-8") for part in parts)
            source = re.sub(r"/\*[\s\S]*?\*/", "", source)
            sent = made.files[url[1:]].decode()
            assert re.sub(r"\s", "", sent) == re.sub(r"\s", "", source), name
            assert len(sent) < len(source)


def test_a_module_that_is_fetched_later_is_named_by_its_content_and_not_preloaded(made: Assets) -> None:
    rows = made.files[made.urls["task-rows.js"][1:]].decode()
    for later in ("task-history.js", "trip-words.js"):
        assert made.urls[later] in rows
        assert later not in made.needs["today.js"] and "task-rows.js" in made.needs["today.js"]


def test_a_change_below_renames_all_above(tmp_path: Path, made: Assets) -> None:
    shutil.copytree(STATIC, tmp_path, dirs_exist_ok=True)
    (tmp_path / "style" / "staff.css").write_text(".other { color: red; }")
    (tmp_path / "words.js").write_text((STATIC / "words.js").read_text() + "\n")
    changed = assets.load(tmp_path)
    renamed = {name for name, url in changed.urls.items() if made.urls[name] != url}
    assert {"words.js", "when.js", "resident.js", "duty.js", "duty.css", "cards.css"} <= renamed
    assert not renamed & {"ask.js", "boot.js", "resident.css", "door.svg"}


def test_the_worker_keeps_both_shells_and_what_they_name(site: dict[str, str | bytes]) -> None:
    worker = str(site["sw.js"])
    kept = json.loads(re.findall(r"const KEPT = (\[.*?\]);", worker)[0])
    assert {"/h/", "/en/h/"} <= set(kept)
    for shell in ("h/index.html", "en/h/index.html"):
        assert set(re.findall(r'"(/assets/[^"]+)"', str(site[shell]))) <= set(kept)
    assert "__" not in worker


def test_a_changed_shell_is_a_changed_worker(site: dict[str, str | bytes], made: Assets) -> None:
    assert render_site(type(FACTS)(FACTS.compounds[:1]), made)["sw.js"] != site["sw.js"]
