"""Pages a second, and one page rendered again."""

import time

from bench.ground import say
from chalicelib.pages import assets as bucket
from chalicelib.pages.facts import Compound, SiteFacts
from chalicelib.pages.render import VIEWS, environment, render_page, render_site

ROUNDS = 20


def measure() -> None:
    site = SiteFacts((Compound(id="anheli", name="安和里小区", duty="0571-8800 1234"),))
    assets = bucket.load()
    before = time.process_time()
    pages = sum(sum(path.endswith(".html") for path in render_site(site, assets)) for _ in range(ROUNDS))
    each = (time.process_time() - before) / pages
    environments = {lang: environment(lang, assets) for lang in ("zh", "en")}
    before = time.process_time()
    for _ in range(ROUNDS):
        render_page(environments["zh"], VIEWS[1], "zh", site)
    again = (time.process_time() - before) / ROUNDS
    say("pages a second, whole site from nothing, one core", value=round(1 / each), ratio_one_page_again_to_average=round(again / each, 3))
