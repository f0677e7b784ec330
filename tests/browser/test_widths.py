"""The pages are usable on a phone, a tablet and a small laptop, in light and dark."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, FloatRect, Locator, Page, expect

from tests.browser.visits import (
    Visit,
    execute_button,
    open_graphiql,
    operation_editor,
    visiting,
)

pytestmark = pytest.mark.browser

HEIGHTS = {390: 844, 768: 1024, 1400: 900}

every_width = pytest.mark.parametrize("width", HEIGHTS)
every_scheme = pytest.mark.parametrize("scheme", ["light", "dark"])


@pytest.fixture
def visit(browser: Browser, server_url: str, width: int, scheme: str) -> Iterator[Visit]:
    size = {"width": width, "height": HEIGHTS[width]}
    with visiting(browser, server_url, viewport=size, color_scheme=scheme) as visit:
        yield visit


def box(locator: Locator) -> FloatRect:
    found = locator.bounding_box()
    assert found
    return found


def is_within(inner: FloatRect, outer: FloatRect) -> bool:
    """Whether one rectangle is within the other, with a tolerance of a pixel."""
    return (
        inner["x"] >= outer["x"] - 1
        and inner["y"] >= outer["y"] - 1
        and inner["x"] + inner["width"] <= outer["x"] + outer["width"] + 1
        and inner["y"] + inner["height"] <= outer["y"] + outer["height"] + 1
    )


def window(page: Page) -> FloatRect:
    assert page.viewport_size
    return {"x": 0, "y": 0, **page.viewport_size}


def overflow(page: Page) -> int:
    """Returns the number of pixels by which the page is wider than the window."""
    wider: int = page.evaluate("document.documentElement.scrollWidth - innerWidth")
    return wider


def run(page: Page, operation: str) -> str:
    """Clicks Execute, which must not be covered, and returns the response."""
    assert is_within(box(execute_button(page)), window(page))
    sent = re.compile(operation)
    with page.expect_response(lambda it: bool(sent.search(it.request.post_data or ""))) as answer:
        execute_button(page).click()
    result = page.locator(".result-window")
    expect(result).to_contain_text('"data"')
    assert is_within(box(result), window(page))
    assert box(result)["width"] > 250
    assert box(result)["height"] > 250
    text: str = answer.value.text()
    return text


def open_example(page: Page, title: str) -> None:
    """Opens an example from the panel, which a first visit shows if the window is wide enough."""
    panel = page.get_by_role("region", name="Examples")
    if not panel.is_visible():
        page.get_by_role("button", name="Show Examples").click()
    panel.get_by_role("button").filter(has_text=title).click()


# Whether each line of the query ends within the editor.
LINES_FIT = """() => {
    const lines = document.querySelector(".graphiql-query-editor .view-lines");
    const right = lines.parentElement.parentElement.getBoundingClientRect().right;
    const spans = [...lines.querySelectorAll(".view-line > span")];
    return spans.length > 5
        && spans.every((span) => span.getBoundingClientRect().right <= right + 1);
}"""
# Whether the only line that is a brace alone, the last one, is within the editor.
LAST_LINE_FITS = """() => {
    const lines = [...document.querySelectorAll(".graphiql-query-editor .view-line")];
    const [last, ...others] = lines.filter((line) => line.textContent === "}");
    const editor = document.querySelector(".graphiql-query-editor .overflow-guard");
    const end = Math.min(editor.getBoundingClientRect().bottom, innerHeight);
    return last && others.length === 0 && last.getBoundingClientRect().bottom <= end + 1;
}"""
# Whether the active tab is within the row of tabs.
TAB_FITS = """() => {
    const box = (selector) => document.querySelector(selector).getBoundingClientRect();
    const [tab, tabs] = [box(".graphiql-tab-active"), box(".graphiql-tabs")];
    return tab.left >= tabs.left - 1 && tab.right <= tabs.right + 1;
}"""


@every_width
@every_scheme
def test_query_can_be_run(visit: Visit, tmp_path: Path) -> None:
    page = open_graphiql(visit)
    page.wait_for_function(LINES_FIT)
    assert "North Korea" in run(page, "WhoSupportsRussia")
    assert overflow(page) <= 0
    page.screenshot(path=tmp_path / "default.png")
    assert visit.errors == []
    assert visit.requested_elsewhere == []


@every_width
@every_scheme
def test_example_can_be_opened_and_finds_something(visit: Visit, tmp_path: Path) -> None:
    page = open_graphiql(visit)
    open_example(page, "Weapons of every kind since 2022")
    expect(operation_editor(page)).to_contain_text("WeaponsSince2022")
    assert '"kind":"MISSILES"' in run(page, "WeaponsSince2022")
    page.screenshot(path=tmp_path / "weapons.png")
    assert visit.errors == []


@every_width
@every_scheme
def test_active_tab_is_in_view(visit: Visit, tmp_path: Path) -> None:
    page = open_graphiql(visit)
    tabs = page.locator(".graphiql-tabs")
    titles = [
        "One actor: names",
        "Support given and received",
        "How many troops",
        "Pledged but not delivered",
        "Statements by one speaker",
        "What Russia gives in return",
        "Who supports Russia",
    ]
    for count, title in enumerate(titles, 2):
        open_example(page, title)
        expect(tabs.get_by_role("tab")).to_have_count(min(count, len(titles)))
        active = page.locator(".graphiql-tab-active")
        expect(active).to_be_in_viewport(ratio=0.95)
        page.wait_for_function(TAB_FITS)
    page.screenshot(path=tmp_path / "tabs.png")
    assert overflow(page) <= 0


@every_scheme
@pytest.mark.parametrize("width", [1400])
def test_default_query_is_in_view_to_its_last_line(visit: Visit) -> None:
    page = open_graphiql(visit)
    # Set first, so that long lines wrap.
    page.wait_for_function(LINES_FIT)
    page.wait_for_function(LAST_LINE_FITS)


@every_width
@every_scheme
@pytest.mark.parametrize("path", ["/graphql", "/docs/"])
def test_one_link_leads_back_to_the_start_page(visit: Visit, path: str) -> None:
    page = open_graphiql(visit) if path == "/graphql" else visit.open(path)
    back = page.locator('a[href="/"]')
    expect(back).to_have_count(1)
    expect(back).to_have_accessible_name("AllyGraph: start page")
    assert is_within(box(back), window(page))
    back.click()
    page.wait_for_url(f"{visit.origin}/")
    assert overflow(page) <= 0


@every_scheme
@pytest.mark.parametrize("width", [1400])
@pytest.mark.parametrize("path", ["/graphql", "/docs/", "/"])
def test_colours_are_those_of_the_system(visit: Visit, path: str, scheme: str) -> None:
    page = open_graphiql(visit) if path == "/graphql" else visit.open(path)
    page.wait_for_load_state("networkidle")
    red, green, blue = page.evaluate(
        """() => {
            const context = document.createElement("canvas").getContext("2d");
            const text = document.querySelector(".graphiql-container, h2.title, h1");
            context.fillStyle = getComputedStyle(text).color;
            context.fillRect(0, 0, 1, 1);
            return [...context.getImageData(0, 0, 1, 1).data].slice(0, 3);
        }"""
    )
    # Dark text is on a light page.
    assert (red + green + blue < 3 * 128) is (scheme == "light")
