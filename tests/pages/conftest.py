"""The rendered site, once for all tests that read it."""

import pytest

from chalicelib.pages import assets
from chalicelib.pages.assets import Assets
from chalicelib.pages.facts import Compound, SiteFacts
from chalicelib.pages.render import render_site

FACTS = SiteFacts(
    (
        Compound("anheli", "安和里小区", "Anheli", "0571-8800 1234", "0571-8706 6120"),
        Compound("qinghe", "清河里", "Qingheli", "0571-8600 4321"),
    )
)


@pytest.fixture(scope="session")
def made() -> Assets:
    return assets.load()


@pytest.fixture(scope="session")
def site(made: Assets) -> dict[str, str | bytes]:
    return render_site(FACTS, made)


@pytest.fixture(scope="session")
def html(site: dict[str, str | bytes]) -> dict[str, str]:
    return {path: page for path, page in site.items() if path.endswith(".html") and isinstance(page, str)}
