"""Views of the explorer show what the API returns, and clicks change the address."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

import pytest
from playwright.sync_api import Browser, FloatRect, Locator, Page, expect

from tests.browser.visits import Visit, visiting

pytestmark = pytest.mark.browser

TOTALS = """{
  supportTotals(groupBy: [SUPPORTER], first: 500) {
    nodes { phase supporter { name } certain { supports } possible { supports } }
  }
}"""

NETWORK = """{
  network(first: 500) {
    edges { supporter { slug } recipient { slug } certain possible }
  }
}"""


@pytest.fixture
def visit(browser: Browser, server_url: str) -> Iterator[Visit]:
    with visiting(browser, server_url, viewport={"width": 1400, "height": 900}) as visit:
        yield visit
    assert visit.errors == []
    assert visit.requested_elsewhere == []


def cells(rows: Locator) -> list[list[str]]:
    return [row.locator("th, td").all_inner_texts() for row in rows.all()]


def test_totals_show_the_numbers_of_the_api_with_each_phase_apart(visit: Visit) -> None:
    page = visit.open("/?view=totals")
    expect(page.locator(".chart").first).to_be_visible()
    for phase in ("Predicted", "Pledged", "Delivered"):
        chart = page.get_by_role("region", name=re.compile(f", {phase}$"))
        chart.get_by_text("All numbers").click()
        expect(chart.locator("tbody tr").first).to_be_visible()
        shown = cells(chart.locator("tbody tr"))
        expected = [
            [total["supporter"]["name"], str(total["certain"]["supports"]), "0"]
            for total in visit.ask(TOTALS)["supportTotals"]["nodes"]
            if total["phase"] == phase.upper()
        ]
        assert sorted(shown) == sorted(expected)
        expect(chart).to_contain_text("Licence: CC BY 4.0")


def test_totals_of_worth_name_their_currency_and_a_bar_selects_its_actor(visit: Visit) -> None:
    page = visit.open("/?view=totals")
    page.get_by_label("Count").select_option("Worth in EUR")
    bar = page.locator(".bars li")
    expect(bar).to_have_count(1)
    expect(bar).to_contain_text("EUR 40,000,000,000")
    bar.get_by_role("button", name="NATO").click()
    expect(page.get_by_role("heading", name="NATO")).to_be_visible()
    assert page.url.endswith("/?view=totals&measure=worth.EUR&actor=nato")
    page.get_by_text("Why is there no grand total?").click()
    expect(page.get_by_text("add UNIT to groupBy")).to_be_visible()


def test_matrix_has_a_cell_for_each_edge_of_the_api(visit: Visit) -> None:
    page = visit.open("/?view=matrix")
    expect(page.get_by_role("gridcell").first).to_be_visible()
    shown = {
        cell.get_attribute("data-edge"): cell.inner_text()
        for cell in page.get_by_role("gridcell").all()
    }
    assert shown == {
        f"{edge['supporter']['slug']}..{edge['recipient']['slug']}": str(edge["certain"])
        for edge in visit.ask(NETWORK)["network"]["edges"]
    }


def test_matrix_is_walked_by_keyboard_and_opens_the_edge(visit: Visit) -> None:
    page = visit.open("/?view=matrix&sort=name")
    first = page.get_by_role("gridcell").first
    first.focus()
    page.keyboard.press("ArrowRight")
    marked = page.locator(".cell:focus")
    expect(marked).to_have_attribute("data-edge", "iran..russia")
    page.keyboard.press("Enter")
    expect(marked).to_have_attribute("aria-selected", "true")
    assert page.url.endswith("/?view=matrix&sort=name&edge=iran..russia")
    expect(page.get_by_role("complementary", name="Details")).to_contain_text("Drones")


def test_map_draws_states_and_lists_what_has_no_place_beside_it(visit: Visit) -> None:
    page = visit.open("/?view=map")
    expect(page.locator(".arc").first).to_be_visible()
    beside = page.get_by_role("region", name="Beside the map")
    expect(beside).to_contain_text("NATO")
    arcs = [arc.get_attribute("data-edge") for arc in page.locator(".arc").all()]
    edges = {
        f"{edge['supporter']['slug']}..{edge['recipient']['slug']}"
        for edge in visit.ask(NETWORK)["network"]["edges"]
    }
    assert sorted(arcs) == sorted(edges - {"nato..ukraine"})
    beside.get_by_role("button", name="NATO to Ukraine").click()
    assert page.url.endswith("/?view=map&edge=nato..ukraine")


def test_map_is_walked_by_keyboard_and_opens_the_edge(visit: Visit) -> None:
    page = visit.open("/?view=map")
    page.locator(".arc[tabindex='0']").focus()
    page.keyboard.press("ArrowRight")
    marked = page.locator(".arc:focus")
    edge = marked.get_attribute("data-edge")
    page.keyboard.press("Enter")
    expect(marked).to_have_attribute("aria-current", "true")
    assert page.url.endswith(f"/?view=map&edge={edge}")


def test_map_is_zoomed_by_wheel_and_buttons_and_moved_by_a_drag(visit: Visit) -> None:
    page = visit.open("/?view=map")
    state = page.locator(".country.involved").first
    frame, fitted = box(page.locator(".map-frame")), box(state)
    page.get_by_role("button", name="Zoom in").click()
    rest(page)
    zoomed = box(state)
    assert zoomed["width"] == pytest.approx(1.5 * fitted["width"], rel=0.02)
    page.mouse.move(frame["x"] + 20, frame["y"] + 20)
    page.mouse.down()
    page.mouse.move(frame["x"] + 60, frame["y"] + 50, steps=3)
    page.mouse.up()
    rest(page)
    moved = box(state)
    assert moved["x"] == pytest.approx(zoomed["x"] + 40, abs=1)
    assert moved["y"] == pytest.approx(zoomed["y"] + 30, abs=1)
    page.mouse.wheel(0, -240)
    rest(page)
    assert box(state)["width"] > moved["width"]
    page.get_by_role("button", name="Fit to the window").click()
    rest(page)
    assert box(state)["x"] == pytest.approx(fitted["x"], abs=1)
    assert page.url.endswith("/?view=map")


def box(shown: Locator) -> FloatRect:
    found = shown.bounding_box()
    assert found
    return found


def rest(page: Page) -> None:
    """Waits until the map is drawn for its camera and has no temporary transform left."""
    page.wait_for_timeout(300)
    expect(page.locator(".map-frame > svg > g")).not_to_have_attribute("transform", re.compile("."))


def test_a_double_click_on_the_map_leads_to_the_actors_around(visit: Visit) -> None:
    page = visit.open("/?view=map")
    page.locator(".place").filter(has_text="Iran").dblclick()
    page.wait_for_url("**around=iran**")


@pytest.mark.parametrize("view", ["totals", "matrix", "map"])
def test_drawings_are_downloaded_as_svg_with_the_names_on_the_page(
    visit: Visit, view: str, tmp_path: Path
) -> None:
    page = visit.open(f"/?view={view}")
    page.get_by_role("button", name="Download").click()
    with page.expect_download() as downloading:
        page.get_by_role("button", name="Drawing as SVG").click()
    file = tmp_path / f"{view}.svg"
    downloading.value.save_as(file)
    # Programs read the file without the style sheet of the page, and with strict parsers.
    drawing = ElementTree.parse(file).getroot()
    texts = [text.text for text in drawing.iter("{http://www.w3.org/2000/svg}text")]
    assert {"Iran", "North Korea"} <= set(texts)
    colours = {shape.get("fill") for shape in drawing.iter() if shape.get("fill")}
    assert len(colours - {"none"}) > 2
