"""Walks through the explorer: steps undone, old links, an unavailable service."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, FloatRect, Locator, Page, WebSocketRoute, expect

from tests.browser.visits import Visit, visiting

pytestmark = pytest.mark.browser


@pytest.fixture
def visit(browser: Browser, server_url: str) -> Iterator[Visit]:
    size = {"width": 1400, "height": 900}
    with visiting(browser, server_url, viewport=size, reduced_motion="reduce") as visit:
        yield visit
    assert visit.requested_elsewhere == []


def network(page: Page) -> Locator:
    return page.get_by_role("application", name=re.compile("^Network of"))


def box(shown: Locator) -> FloatRect:
    found = shown.bounding_box()
    assert found
    return found


def circles(page: Page) -> list[tuple[float, float]]:
    """Returns the centres of the states in the SVG file of the drawing."""
    page.get_by_role("button", name="Download").click()
    with page.expect_download() as downloading:
        page.get_by_role("button", name="Drawing as SVG").click()
    page.keyboard.press("Escape")
    svg = downloading.value.path().read_text(encoding="utf-8")
    found = re.findall(r"M([-.\d]+) ([-.\d]+)a([.\d]+) ", svg)
    return [(float(left) + float(radius), float(y)) for left, y, radius in found]


def test_undo_takes_back_a_move_before_a_change_of_the_question(visit: Visit) -> None:
    page = visit.open("/?around=iran")
    expect(network(page)).to_be_visible()
    page.get_by_role("checkbox", name=re.compile("^Missiles|^Weapons")).first.check()
    page.wait_for_url("**/?kind=**")
    expect(network(page)).to_have_accessible_name(re.compile("2 actors"))
    before = circles(page)
    stage = box(network(page))
    x, y = before[0]
    page.mouse.move(stage["x"] + x, stage["y"] + y)
    page.mouse.down()
    page.mouse.move(stage["x"] + x + 90, stage["y"] + y + 40, steps=4)
    page.mouse.up()
    page.mouse.move(stage["x"] + 5, stage["y"] + 5)
    moved = circles(page)[0]
    assert moved == pytest.approx((x + 90, y + 40), abs=2)
    undo = page.get_by_role("button", name="Undo")
    undo.click()
    assert circles(page)[0] == pytest.approx((x, y), abs=2)
    assert "kind=" in page.url
    undo.click()
    page.wait_for_url("**/?around=iran")


def test_a_link_with_a_term_that_there_is_not_offers_to_clear_it(visit: Visit) -> None:
    page = visit.open("/?kind=NO_SUCH_KIND")
    alert = page.get_by_role("main").get_by_role("alert")
    expect(alert).to_contain_text("NO_SUCH_KIND")
    alert.get_by_role("button", name="Clear all").click()
    expect(network(page)).to_be_visible()
    page.wait_for_url(f"{visit.origin}/")


def test_nothing_is_dimmed_for_an_actor_that_is_not_drawn(visit: Visit) -> None:
    page = visit.open("/?actor=nobody")
    expect(page.get_by_text("No actor has this address.")).to_be_visible()
    # The darkest colour of each opaque pixel: dimmed parts of the drawing are paler.
    darkest = """canvas => {
        const [width, height] = [canvas.width, canvas.height];
        const data = canvas.getContext("2d").getImageData(0, 0, width, height).data;
        let least = 765;
        for (let at = 0; at < data.length; at += 4) {
            const sum = data[at] + data[at + 1] + data[at + 2];
            if (data[at + 3] === 255) least = Math.min(least, sum);
        }
        return least;
    }"""
    page.wait_for_timeout(400)
    dimmed = network(page).evaluate(darkest)
    page.get_by_role("complementary", name="Details").get_by_role("button", name="Close").click()
    page.wait_for_url(f"{visit.origin}/")
    page.wait_for_timeout(400)
    assert network(page).evaluate(darkest) == dimmed


def test_each_thumb_of_the_time_bar_stands_below_the_bar_of_its_year(visit: Visit) -> None:
    page = visit.open("/")
    bars = page.locator(".histogram rect.chosen")
    expect(bars.first).to_be_visible()
    sliders = page.get_by_role("slider")
    for slider, bar in ((sliders.first, bars.first), (sliders.last, bars.last)):
        share = slider.evaluate("it => (it.value - it.min) / (it.max - it.min)")
        track = box(slider)
        thumb = track["x"] + 8 + share * (track["width"] - 16)
        middle = box(bar)["x"] + box(bar)["width"] / 2
        assert thumb == pytest.approx(middle, abs=1)


def test_time_and_arrows_run_as_the_page_is_read(visit: Visit) -> None:
    page = visit.open("/?edge=north-korea..russia")
    arrow = page.locator(".details h2 .arrow")
    expect(arrow).to_be_visible()
    mirrored = "it => new DOMMatrix(getComputedStyle(it).transform).a"
    histogram = page.locator(".histogram")
    assert [each.evaluate(mirrored) for each in (arrow, histogram)] == [1, 1]
    page.evaluate("document.documentElement.dir = 'rtl'")
    assert [each.evaluate(mirrored) for each in (arrow, histogram)] == [-1, -1]
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0


def test_numbers_of_a_position_stand_in_columns_of_one_width(visit: Visit) -> None:
    page = visit.open("/?actor=russia")
    position = page.get_by_role("region", name="Position")
    place = position.get_by_label("Phase and data set")
    delivered = place.get_by_role("option", name=re.compile("^Delivered"))
    place.select_option(delivered.get_attribute("value"))
    heads = position.get_by_role("columnheader")
    expect(heads).to_have_count(5)
    widths = [box(head)["width"] for head in heads.all()][1:]
    assert max(widths) - min(widths) < 1
    # Each row has one line: no word is broken or wider than its column.
    assert all(head.evaluate("it => it.scrollWidth <= it.clientWidth") for head in heads.all())
    kinds = position.get_by_role("rowheader")
    expect(kinds.filter(has_text="Ammunition")).to_be_visible()
    assert max(box(each)["height"] for each in [*heads.all(), *kinds.all()]) < 30


def test_the_focus_is_in_the_view_after_the_story(browser: Browser, server_url: str) -> None:
    with visiting(browser, server_url, is_first=True, reduced_motion="reduce") as visit:
        page = visit.open("/")
        story = page.locator(".story")
        expect(story.get_by_role("heading")).to_be_focused()
        page.keyboard.press("Escape")
        expect(story).to_be_hidden()
        expect(page.get_by_role("main")).to_be_focused()


def test_a_page_that_was_cut_off_asks_again_when_the_service_is_back(visit: Visit) -> None:
    followed: list[WebSocketRoute] = []
    is_away = False

    def route(socket: WebSocketRoute) -> None:
        if is_away:
            socket.close(code=1012)
        else:
            socket.connect_to_server()
            followed.append(socket)

    visit.page.route_web_socket("**/graphql", route)
    page = visit.open("/?view=table")
    live = page.locator(".live")
    expect(live).to_have_attribute("data-state", "live")
    asked: list[Any] = []
    page.on("request", lambda request: asked.append(request.post_data or ""))
    is_away = True
    followed[0].close(code=1012)
    expect(live).to_have_attribute("data-state", "cut off")
    expect(live).to_be_visible()
    expect(live).not_to_have_text("")
    asked.clear()
    is_away = False
    expect(live).to_have_attribute("data-state", "live")
    page.wait_for_timeout(1500)
    assert any("query Table" in body for body in asked)


def test_a_revision_that_there_is_not_stays_in_the_field_with_the_newest_beside_it(
    visit: Visit,
) -> None:
    page = visit.open("/?view=table")
    newest = visit.ask("{revision {number}}")["revision"]["number"]
    field = page.get_by_label("As of")
    expect(field).to_have_attribute("placeholder", f"revision {newest}")
    field.fill(str(newest + 1))
    expect(field).to_have_value(str(newest + 1))
    expect(field).to_have_attribute("aria-invalid", "true")
    expect(field).to_have_accessible_description(f"No such revision: the newest is {newest}.")
    page.wait_for_url("**/?view=table")
    field.fill(str(newest))
    page.wait_for_url(f"**/?view=table&asOf={newest}")
    expect(page.get_by_role("alert")).to_be_hidden()
    page.get_by_role("button", name="Back to today").click()
    expect(field).to_have_value("")


def test_a_link_to_a_revision_that_there_is_not_leads_back_to_today(visit: Visit) -> None:
    page = visit.open("/?asOf=99999")
    alert = page.get_by_role("main").get_by_role("alert")
    expect(alert).to_contain_text("99999")
    expect(page.get_by_label("As of")).to_have_value("99999")
    alert.get_by_role("button", name="Back to today").click()
    expect(network(page)).to_be_visible()
    page.wait_for_url(f"{visit.origin}/")


def test_escape_closes_what_is_on_top_and_the_focus_stays_near(visit: Visit) -> None:
    page = visit.open("/?edge=iran..russia")
    pane = page.get_by_role("complementary", name="Details")
    expect(pane.locator("blockquote").first).to_be_visible()
    page.get_by_role("button", name="Download").click()
    files = page.get_by_role("dialog", name="Download")
    expect(files).to_be_visible()
    page.keyboard.press("Escape")
    expect(files).to_be_hidden()
    page.wait_for_timeout(200)
    assert "edge=iran..russia" in page.url
    pane.get_by_role("button", name="Close details").press("Enter")
    page.wait_for_url(f"{visit.origin}/")
    expect(page.get_by_role("main")).to_be_focused()
    page.get_by_role("checkbox", name=re.compile("^Delivered")).check()
    page.get_by_role("button", name="Clear all").press("Enter")
    page.wait_for_url(f"{visit.origin}/")
    expect(page.get_by_role("main")).to_be_focused()


def test_years_are_played_to_the_last_and_back_stops_them(visit: Visit) -> None:
    page = visit.open("/?view=table")
    play = page.get_by_role("button", name="Play the years")
    play.click()
    page.wait_for_url("**/?view=table&from=2024&to=2024")
    page.wait_for_url("**/?view=table&from=2026&to=2026")
    expect(play).to_be_visible()
    page.go_back()
    page.wait_for_url("**/?view=table")
    play.click()
    page.wait_for_url("**/?view=table&from=2025&to=2025")
    page.go_back()
    page.wait_for_url("**/?view=table")
    expect(play).to_be_visible()
    # Longer than it shows a year.
    page.wait_for_timeout(1200)
    assert page.url.endswith("/?view=table")
