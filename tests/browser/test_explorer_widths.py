"""The explorer is usable on a phone, a tablet and a small laptop, in light and dark."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.visits import Visit, visiting

pytestmark = pytest.mark.browser

AXE = Path(__file__).parents[2] / "web" / "node_modules" / "axe-core" / "axe.min.js"
HEIGHTS = {390: 844, 768: 1024, 1400: 900}
ADDRESSES = {
    "network": "/",
    "edge": "/?edge=north-korea..russia",
    "actor": "/?view=table&actor=russia",
}
# One scheme is enough, because the colours are those of the addresses above.
ADDRESSES_IN_LIGHT = {
    "totals": "/?view=totals&about=rutte-2024",
    "totals by year": "/?view=totals&by=year",
    "matrix": "/?view=matrix&statement=statement_1",
    "map": "/?view=map&source=source_1",
}

every_width = pytest.mark.parametrize("width", HEIGHTS)
every_scheme = pytest.mark.parametrize("scheme", ["light", "dark"])


@pytest.fixture
def visit(browser: Browser, server_url: str, width: int, scheme: str) -> Iterator[Visit]:
    size = {"width": width, "height": HEIGHTS[width]}
    with visiting(browser, server_url, viewport=size, color_scheme=scheme) as visit:
        yield visit
    assert visit.errors == []


def violations(page: Page) -> list[str]:
    """Returns the findings of axe-core: the rule and the place of each."""
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found = page.evaluate("axe.run()")["violations"]
    return [f"{each['id']}: {node['html'][:160]}" for each in found for node in each["nodes"]]


@every_width
@every_scheme
def test_axe_finds_no_violation_and_nothing_is_wider_than_the_window(
    visit: Visit, scheme: str, tmp_path: Path
) -> None:
    for name, address in (ADDRESSES | (ADDRESSES_IN_LIGHT if scheme == "light" else {})).items():
        page = visit.open(address)
        page.wait_for_load_state("networkidle")
        expect(page.get_by_role("main")).to_be_visible()
        page.screenshot(path=tmp_path / f"{name}.png")
        assert violations(page) == []
        assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0


@pytest.mark.parametrize("width", [390])
@pytest.mark.parametrize("scheme", ["light"])
def test_filters_of_a_phone_are_a_sheet(visit: Visit) -> None:
    page = visit.open("/")
    filters = page.get_by_role("complementary", name="Filters")
    expect(filters).to_be_hidden()
    page.get_by_role("button", name="Filters").click()
    filters.get_by_role("checkbox", name="Delivered").check()
    filters.get_by_role("button", name="Close").click()
    expect(filters).to_be_hidden()
    page.wait_for_url("**/?phase=DELIVERED")


@pytest.mark.parametrize("width", [390])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_no_violation_in_what_lies_over_the_page(visit: Visit, tmp_path: Path) -> None:
    page = visit.open("/")
    menu = page.get_by_role("button", name="More")
    menu.click()
    page.get_by_role("button", name="The story of the first visit").click()
    story = page.locator(".story")
    expect(story).to_be_visible()
    page.screenshot(path=tmp_path / "story.png")
    assert violations(page) == []
    page.keyboard.press("Escape")
    expect(story).to_be_hidden()
    page.get_by_role("combobox", name="Search").fill("kor")
    expect(page.get_by_role("search").get_by_role("option").first).to_be_visible()
    assert violations(page) == []
    page.keyboard.press("Escape")
    menu.click()
    page.get_by_role("button", name="Record a statement").click()
    form = page.get_by_role("dialog", name="Record a statement")
    form.get_by_label("Who gives", exact=True).fill("Ruritania")
    expect(form.get_by_label("Who gives: kind of the new one")).to_be_visible()
    form.get_by_text("More about the support").click()
    expect(form.get_by_label("Against whom")).to_be_visible()
    page.screenshot(path=tmp_path / "form.png")
    assert violations(page) == []
    form.get_by_label("How sure is it who gives?").select_option("Some of several actors give it")
    form.get_by_role("button", name="Add a candidate").click()
    form.get_by_role("button", name="Add another claim").click()
    page.screenshot(path=tmp_path / "claims.png")
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0


@every_width
@pytest.mark.parametrize("scheme", ["light"])
def test_details_never_cover_the_view(visit: Visit, width: int) -> None:
    page = visit.open("/?edge=north-korea..russia")
    expect(page.locator(".details blockquote").first).to_be_visible()
    view, pane = (page.locator(each).bounding_box() for each in (".view", ".details"))
    assert view
    assert pane
    assert view["width"] > 250
    assert view["height"] > 250
    is_beside = view["x"] + view["width"] <= pane["x"] + 1
    assert is_beside or view["y"] + view["height"] <= pane["y"] + 1
