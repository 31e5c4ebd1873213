"""Every view in both languages: complete, linked, and nothing a strict browser would refuse."""

import re
from pathlib import Path

import pytest

from chalicelib.pages import policy
from chalicelib.pages.assets import Assets
from chalicelib.pages.facts import Compound, SiteFacts
from chalicelib.pages.publish import LIVING
from chalicelib.pages.render import LANGUAGES, TEMPLATES, VIEWS, render_site
from tests.pages.conftest import FACTS
from tests.pages.reading import Reader

STATIC = Path(__file__).parents[2] / "static"


def test_every_view_exists_in_every_language(html: dict[str, str]) -> None:
    assert set(html) == {view.file(lang) for view in VIEWS for lang in LANGUAGES}
    for view in VIEWS:
        for lang, tag in LANGUAGES.items():
            assert html[view.file(lang)].startswith(f'<!doctype html>\n<html lang="{tag}"')


def test_every_local_address_leads_somewhere(site: dict[str, str | bytes], html: dict[str, str]) -> None:
    for path, page in html.items():
        read = Reader(page)
        for address in [*read.values("href"), *read.values("src")]:
            if address.startswith("/"):
                file = f"{address[1:]}index.html" if address.endswith("/") else address[1:]
                assert file in site or LIVING.fullmatch(file), f"{path} → {address}"
            else:
                assert address.startswith(("tel:", "#")), f"{path} → {address}"


def test_fragments_labels_and_descriptions_point_at_ids_of_their_page(html: dict[str, str]) -> None:
    for path, page in html.items():
        read = Reader(page)
        ids = read.values("id")
        assert len(ids) == len(set(ids)), path
        named = [name for attribute in ("for", "aria-controls", "aria-labelledby", "aria-describedby") for name in read.values(attribute)]
        named += [address[1:] for address in read.values("href") if address.startswith("#")]
        assert set(named) <= set(ids), path


def test_each_page_leads_to_its_twin(html: dict[str, str]) -> None:
    for view in VIEWS:
        assert f'href="{view.url("en")}"' in html[view.file("zh")]
        assert f'href="{view.url("zh")}"' in html[view.file("en")]


def test_the_policy_stands_in_every_page_and_nothing_breaks_it(html: dict[str, str]) -> None:
    for path, page in html.items():
        assert policy.CONTENT.replace("'", "&#39;") in page, path
        assert "http-equiv" in page and 'name="referrer" content="no-referrer"' in page
        for tag in Reader(page).tags:
            assert tag.name != "style" and "style" not in tag.attributes, path
            assert tag.name != "script" or tag.attributes.get("src"), path
            assert not [name for name in tag.attributes if name.startswith("on")], path


def test_templates_never_trust_what_they_are_given() -> None:
    for template in TEMPLATES.rglob("*.html"):
        text = template.read_text("utf-8")
        assert not re.search(r"\|\s*safe|autoescape|Markup", text), template
    scripts = "".join(script.read_text("utf-8") for script in STATIC.glob("*.js"))
    assert not re.search(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|eval\(|new Function|setAttribute\(\"on", scripts)


def test_a_name_from_outside_is_escaped(made: Assets) -> None:
    pages = render_site(SiteFacts((Compound("evil", "<img src=x onerror=alert(1)>", duty='1"><script>'),)), made)
    for path, page in pages.items():
        if path.endswith(".html"):
            assert "<img src=x" not in str(page) and '"><script>' not in str(page)


def test_rendering_depends_on_nothing_but_its_arguments(
    site: dict[str, str | bytes], made: Assets, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LANG", "de_DE.UTF-8")
    monkeypatch.setenv("LANGUAGE", "de")
    monkeypatch.chdir("/")
    assert render_site(FACTS, made) == site


def test_the_plain_form_can_be_sent_without_script(html: dict[str, str]) -> None:
    for lang in LANGUAGES:
        page = html[next(view for view in VIEWS if view.name == "resident").file(lang)]
        names = set(Reader(page).values("name"))
        assert 'method="post" action="/api/check-ins/paper"' in page
        assert {"compound", "home", "code", "nonce", "lang", "feeling", "needs"} <= names


@pytest.mark.parametrize("compounds", [(), FACTS.compounds[:1], tuple(Compound(f"c{n}", f"第{n}里", duty=f"{n}") for n in range(9))])
def test_pages_fit_none_one_and_many_compounds(made: Assets, compounds: tuple[Compound, ...]) -> None:
    page = str(render_site(SiteFacts(compounds), made)["h/index.html"])
    hidden = len(compounds) == 1
    assert ('type="hidden" name="compound"' in page) is hidden
    assert ("印在您的明白卡上" in page) is (len(compounds) in (0, 9))
    assert all(one.duty in page for one in compounds)


def test_no_page_holds_a_home_or_a_person(site: dict[str, str | bytes]) -> None:
    """The bucket is public: what a page needs to know of anybody it asks for, with a link or a session."""
    for path, page in site.items():
        if path.endswith(".html"):
            assert not re.search(r"(?<![0-9a-f])1[3-9]\d{9}(?![0-9a-f])|data-home=", str(page)), path
