"""Facts → pages. Touches nothing: no clock, no environment, no network; the same facts and assets give the same bytes."""

import hashlib
import json
import re
from pathlib import Path
from typing import NamedTuple

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from chalicelib.pages import policy
from chalicelib.pages.assets import Assets, fingerprint
from chalicelib.pages.facts import SiteFacts
from chalicelib.pages.packed import PLACE, pack

TEMPLATES = Path(__file__).parent / "templates"
LANGUAGES = {"zh": "zh-CN", "en": "en"}
SHELL = ("/h/", "/en/h/")
_used = re.compile(r'"(/assets/[^"]+)"')


class View(NamedTuple):
    """One page in every language: its template, where it lives, and the module that wakes it up ("" for none)."""

    name: str
    path: str
    script: str = ""

    def file(self, lang: str) -> str:
        """Its key in the bucket."""
        folder = f"en/{self.path}" if lang == "en" else self.path
        return folder if folder.endswith(".html") else f"{folder}index.html"

    def url(self, lang: str) -> str:
        return "/" + self.file(lang).removesuffix("index.html")


VIEWS = (
    View("front", ""),
    View("resident", "h/", "resident.js"),
    View("home-tickets", "h/tickets/", "home-tickets.js"),
    View("duty", "duty/", "duty.js"),
    View("today", "today/", "today.js"),
    View("board", "board/", "board.js"),
    View("home-file", "home-file/", "home-file.js"),
    View("tickets", "tickets/", "tickets.js"),
    View("figures", "figures/", "figures.js"),
    View("roster", "roster/", "roster.js"),
    View("scan", "scan/", "scan.js"),
    View("place", "p/", "place.js"),
    View("signs", "signs/", "signs.js"),
    View("warmth", "warmth/", "warmth.js"),
    View("volunteers", "volunteers/", "volunteers.js"),
    View("messages", "messages/", "messages.js"),
    View("cards", "cards/", "cards.js"),
    View("home-activities", "h/activities/", "home-activities.js"),
    View("activities", "activities/", "activities.js"),
    View("outdated", "outdated/", "outdated.js"),
    View("volunteer", "v/", "volunteer.js"),
    View("volunteer-board", "v/board/", "volunteer-board.js"),
    View("volunteer-points", "v/points/", "volunteer-points.js"),
    View("volunteer-patrol", "v/patrol/", "volunteer-patrol.js"),
    View("patrols", "patrols/", "patrols.js"),
    View("volunteer-hand-outs", "v/hand-outs/", "volunteer-hand-outs.js"),
    View("points", "points/", "points.js"),
    View("supplies", "supplies/", "supplies.js"),
    View("volunteer-outdated", "v/outdated/", "volunteer-outdated.js"),
    View("join", "join/", "join.js"),
    View("letter", "letter/", "letter.js"),
    View("letters", "letters/", "letters.js"),
    View("cases", "cases/"),
    View("case-desk", "case-desk/", "case-desk.js"),
    View("announce", "announce/", "announce.js"),
    View("notices", "notices/", "notices.js"),
    View("lift", "lift/", "lift.js"),
    View("received", "received/"),
    View("not-received", "not-received/"),
    View("try-later", "try-later/"),
    View("standards", "standards/", "standards.js"),
    View("privacy", "privacy/"),
    View("404", "404.html"),
)


def render_site(site: SiteFacts, assets: Assets) -> dict[str, str | bytes]:
    """Bucket path → content, for every page in every language, every asset, and the service worker."""
    made: dict[str, str | bytes] = dict(assets.files)
    for lang in LANGUAGES:
        pages = environment(lang, assets)
        made.update({view.file(lang): render_page(pages, view, lang, site) for view in VIEWS})
    made[PLACE] = pack(assets, site)
    made["robots.txt"] = "User-agent: *\nDisallow: /\n"
    made["sw.js"] = _worker(made, assets)
    return made


def environment(lang: str, assets: Assets) -> Environment:
    """The templates in one language. A name that is not there is an error, and what comes from outside is escaped."""
    made = Environment(
        loader=FileSystemLoader(TEMPLATES),
        undefined=StrictUndefined,
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=["jinja2.ext.i18n"],
    )
    made.install_gettext_translations(assets.words[lang], newstyle=True)  # type: ignore[attr-defined]
    made.filters["dial"] = dial
    made.globals.update(
        lang=lang,
        csp=policy.CONTENT,
        asset=assets.urls.__getitem__,
        needs=assets.needs.__getitem__,
        root="/en/" if lang == "en" else "/",
        nonce=hashlib.sha256(repr(sorted(assets.urls.items())).encode()).hexdigest()[:24],
    )
    return made


def render_page(pages: Environment, view: View, lang: str, site: SiteFacts, **more: object) -> str:
    """One page in one language; ``more`` is what only this page shows."""
    links = {"tag": LANGUAGES[lang], "other_lang": "zh" if lang == "en" else "en"}
    links["other"] = view.url(links["other_lang"])
    return pages.get_template(f"views/{view.name}.html").render(view=view, site=site, **links, **more)


def dial(phone: str) -> str:
    """What a phone can dial: 0571-8800 1234 → 057188001234."""
    return re.sub(r"[^\d+]", "", phone)


def _worker(made: dict[str, str | bytes], assets: Assets) -> str:
    """The service worker with the list of what it keeps, so that a changed shell is a changed worker."""
    shell = [str(made[f"{path[1:]}index.html"]) for path in SHELL]
    kept = sorted({*SHELL, *(address for page in shell for address in _used.findall(page))})
    version = fingerprint("".join(shell).encode())
    return assets.worker.replace('"__KEPT__"', json.dumps(kept)).replace("__VERSION__", version)
