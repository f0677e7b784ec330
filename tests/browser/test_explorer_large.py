"""The explorer on 2,000 actors and 50,000 supports shows what the API returns."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from bench.databases import sqlite
from bench.explorer.world import SIZES
from tests.browser.visits import Visit, visiting
from tests.commands import serving

pytestmark = [pytest.mark.browser, pytest.mark.sqlite]

DELIVERED = "phase: {eq: DELIVERED}"


@pytest.fixture(scope="module")
def url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    world = sqlite.build(tmp_path_factory.mktemp("large") / "world.db", SIZES)
    with serving("--database-url", world.url) as server:
        yield server.url


@pytest.fixture
def visit(browser: Browser, url: str) -> Iterator[Visit]:
    size = {"width": 1400, "height": 900}
    with visiting(browser, url, viewport=size, reduced_motion="reduce") as visit:
        yield visit
    assert visit.errors == []
    assert visit.requested_elsewhere == []


def count(visit: Visit, where: str) -> int:
    found = visit.ask(f"{{supports(where: {{{where}}}) {{totalCount}}}}")["supports"]
    number: int = found["totalCount"]
    return number


def shown(page: Page) -> Locator:
    return page.get_by_role("complementary", name="Filters").locator(".shown [role=status]")


def network(page: Page) -> Locator:
    return page.get_by_role("application", name=re.compile("^Network of"))


def test_the_network_draws_the_strongest_edges_and_says_how_many_there_are(visit: Visit) -> None:
    asked = "network(first: 500) {nodes {hop} edges {certain} edgeCount supportCount}"
    drawn = visit.ask(f"{{{asked}}}")["network"]
    page = visit.open("/")
    expect(network(page)).to_have_accessible_name(
        re.compile(f"^Network of {len(drawn['nodes'])} actors and 500 edges")
    )
    notice = page.get_by_role("main").get_by_role("status")
    expect(notice).to_contain_text(f"The 500 strongest of {drawn['edgeCount']:,} edges are drawn.")
    assert drawn["edgeCount"] > 40_000
    notice.get_by_role("button", name="Draw 2,000").click()
    page.wait_for_url("**/?most=2000")
    expect(network(page)).to_have_accessible_name(re.compile("and 2,000 edges"))
    notice.get_by_role("button", name="Weapons only").click()
    page.wait_for_url("**/?kind=under:WEAPONS&most=2000")
    weapons = count(visit, "kind: {under: WEAPONS}")
    expect(shown(page)).to_have_text(f"{weapons:,} of 50,000 supports shown")


def test_an_edge_of_a_large_network_is_reached_by_keys_alone(visit: Visit) -> None:
    page = visit.open("/")
    network(page).focus()
    page.keyboard.press("ArrowRight")
    expect(page.locator("[aria-live]")).to_have_text(re.compile(" to .*: "))
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"edge=[-a-z0-9]+\.\.[-a-z0-9]+"))
    expect(page.get_by_role("complementary", name="Details")).to_contain_text("Generated data")


def test_the_table_has_all_rows_but_makes_only_those_in_sight(visit: Visit) -> None:
    asked = "supports(orderBy: [{recipient: {name: DESC}}], first: 150)"
    named = visit.ask(f"{{{asked} {{nodes {{recipient {{name}}}}}}}}")["supports"]["nodes"]
    page = visit.open("/?view=table&sort=-recipient")
    table = page.get_by_role("table")
    expect(table).to_have_attribute("aria-rowcount", "50001")
    first = page.locator("tbody tr").first
    expect(first.locator(".column-recipient")).to_have_text(named[0]["recipient"]["name"])
    assert page.locator("tbody tr").count() < 60
    first.focus()
    # Scrolling to the end of the first page loads the next.
    page.keyboard.press("End")
    last = page.locator("tbody tr[aria-rowindex='101']")
    expect(last).to_be_focused()
    expect(page.locator("tbody tr[aria-rowindex='105']")).to_be_attached()
    for row in (101, 105):
        name = page.locator(f"tr[aria-rowindex='{row}'] .column-recipient")
        expect(name).to_have_text(named[row - 2]["recipient"]["name"])
    assert page.locator("tbody tr").count() < 60


def test_the_matrix_has_a_cell_for_each_edge_that_is_drawn(visit: Visit) -> None:
    edge = "supporter {slug} recipient {slug} certain contested"
    drawn = visit.ask(f"{{network(first: 500) {{edges {{{edge}}} edgeCount}}}}")["network"]
    page = visit.open("/?view=matrix")
    expect(page.get_by_role("gridcell").first).to_be_visible()
    cells = page.locator("[role=gridcell]").evaluate_all(
        "cells => cells.map((cell) => [cell.dataset.edge, cell.innerText.split(/\\s+/)])"
    )
    assert dict(cells) == {
        f"{edge['supporter']['slug']}..{edge['recipient']['slug']}": [
            str(edge["certain"]),
            *(["≠"] if edge["contested"] else []),
        ]
        for edge in drawn["edges"]
    }
    expect(page.get_by_role("main")).to_contain_text(f"500 strongest of {drawn['edgeCount']:,}")


def test_the_map_draws_edges_between_states_and_lists_actors_without_a_place(visit: Visit) -> None:
    actor = "slug name kind codes {scheme}"
    edge = "supporter {slug} recipient {slug} certain contested"
    asked = f"network(first: 500) {{nodes {{actor {{{actor}}}}} edges {{{edge}}}}}"
    drawn = visit.ask(f"{{{asked}}}")["network"]
    actors = [node["actor"] for node in drawn["nodes"]]
    # All codes of the generated data are of states on the map.
    placed = {each["slug"] for each in actors if each["kind"] == "STATE" and each["codes"]}
    arcs = {
        f"{edge['supporter']['slug']}..{edge['recipient']['slug']}": edge
        for edge in drawn["edges"]
        if {edge["supporter"]["slug"], edge["recipient"]["slug"]} <= placed
    }
    assert len(arcs) > 50
    page = visit.open("/?view=map")
    expect(page.locator(".arc")).to_have_count(len(arcs))
    shown = page.locator(".arc").evaluate_all(
        "arcs => arcs.map((arc) => [arc.dataset.edge, arc.getAttribute('aria-label')])"
    )
    assert {key for key, _ in shown} == set(arcs)
    names = {each["slug"]: each["name"] for each in actors}
    for key, label in shown:
        edge = arcs[key]
        assert label.startswith(
            f"{names[edge['supporter']['slug']]} to {names[edge['recipient']['slug']]}"
        )
        assert ("contested" in label.lower()) is edge["contested"]
        assert f"{edge['certain']} support" in label
    beside = page.get_by_role("region", name="Beside the map")
    listed = beside.locator("li > :first-child").all_text_contents()
    assert sorted(listed) == sorted(names[slug] for slug in names.keys() - placed)


def test_totals_are_those_of_the_api_and_say_what_is_left_out(visit: Visit) -> None:
    ordered = "orderBy: [{certain: {supports: DESC}}]"
    asked = f"supportTotals(groupBy: [SUPPORTER], where: {{{DELIVERED}}}, {ordered}, first: 12)"
    totals = visit.ask(f"{{{asked} {{nodes {{certain {{supports}}}} totalCount}}}}")
    page = visit.open("/?view=totals&phase=DELIVERED")
    chart = page.get_by_role("region", name=re.compile("Delivered"))
    expect(chart.locator(".bars li")).to_have_count(12)
    numbers = [int(text.split()[-1]) for text in chart.locator(".bars li").all_inner_texts()]
    assert numbers == [node["certain"]["supports"] for node in totals["supportTotals"]["nodes"]]
    whole = totals["supportTotals"]["totalCount"]
    expect(page.get_by_role("main")).to_contain_text(f"of {whole:,} sums")


def test_a_filter_counts_what_the_api_counts_and_is_taken_back(visit: Visit) -> None:
    page = visit.open("/")
    filters = page.get_by_role("complementary", name="Filters")
    delivered = count(visit, DELIVERED)
    box = filters.get_by_role("checkbox", name=re.compile(f"^Delivered *{delivered:,}$"))
    box.check()
    page.wait_for_url("**/?phase=DELIVERED")
    expect(shown(page)).to_have_text(f"{delivered:,} of 50,000 supports shown")
    drawn = visit.ask(f"{{network(first: 500, where: {{{DELIVERED}}}) {{nodes {{hop}}}}}}")
    expect(network(page)).to_have_accessible_name(
        re.compile(f"^Network of {len(drawn['network']['nodes'])} actors")
    )
    graded = count(visit, f"{DELIVERED}, assessment: {{bestReliability: {{eq: A}}}}")
    grades = filters.get_by_role("group", name="Best source (reliability)")
    # The numbers are computed when the list is opened.
    filters.get_by_text("Grades", exact=True).click()
    best = grades.get_by_role("checkbox", name=re.compile(f"^A .*[^0-9,]{graded:,}$"))
    expect(best).to_be_visible()
    page.go_back()
    expect(shown(page)).to_have_text("50,000 of 50,000 supports shown")


def test_the_slider_of_time_asks_for_the_years_that_it_says(visit: Visit) -> None:
    page = visit.open("/")
    years = visit.ask("{supportTotals(groupBy: [YEAR], first: 500) {nodes {year}}}")
    known = [node["year"] for node in years["supportTotals"]["nodes"] if node["year"] is not None]
    first, last = min(known), max(known)
    slider = page.get_by_role("slider", name="From", exact=True)
    slider.focus()
    for _ in range(3):
        slider.press("ArrowRight")
    page.wait_for_url(f"**/?from={first + 3}&to={last}")
    expect(page.get_by_text(f"{first + 3} – {last}", exact=True)).to_be_visible()
    during = f'validDuring: {{from: "{first + 3}", to: "{last}"}}'
    expect(shown(page)).to_have_text(f"{count(visit, during):,} of 50,000 supports shown")
