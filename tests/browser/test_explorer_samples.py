"""The explorer on made-up files in the formats of UCDP's ESD and Kiel's tracker."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.visits import Visit, visiting
from tests.commands import serving
from tests.conftest import make_database
from tests.seeds.importing.samples import csv_text, esd_rows, imported, written
from tests.seeds.importing.test_kiel import files as kiel_files
from tests.stores import database_of, url_of

pytestmark = pytest.mark.browser

NETWORK = """{network(first: 500, where: {dataset: {slug: {eq: "SLUG"}}}) {
  nodes {actor {slug}}
  edges {supporter {slug name} recipient {slug name} certain possible}
}}"""
SUPPORTS = """{supports(first: 500, where: {dataset: {slug: {eq: "SLUG"}}}) {
  totalCount nodes {kind phase sourceKey worth {value currency}}
}}"""
TOTALS = """{supportTotals(groupBy: [SUPPORTER], where: {dataset: {slug: {eq: "SLUG"}}}) {
  nodes {phase dataset {title} certain {supports}}
}}"""


@pytest.fixture(scope="module")
def url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("samples")
    database = make_database(folder / "allygraph.db")
    engine = database_of(database).engine()
    imported(engine, "ucdp-esd", written(folder / "esd.csv", csv_text(esd_rows())))
    imported(engine, "kiel", *kiel_files(folder, "info", "months", "weapons"))
    engine.dispose()
    with serving(ALLYGRAPH_DATABASE_URL=url_of(database)) as server:
        yield server.url


@pytest.fixture
def visit(browser: Browser, url: str) -> Iterator[Visit]:
    size = {"width": 1400, "height": 900}
    with visiting(browser, url, viewport=size, reduced_motion="reduce") as visit:
        yield visit
    assert visit.errors == []
    assert visit.requested_elsewhere == []


def ask(visit: Visit, query: str, slug: str) -> Any:
    return visit.ask(query.replace("SLUG", slug))


def slugs(visit: Visit) -> list[str]:
    return [each["slug"] for each in visit.ask("{datasets {nodes {slug}}}")["datasets"]["nodes"]]


def test_each_data_set_has_its_network_and_its_rows(visit: Visit) -> None:
    assert len(slugs(visit)) >= 3
    for slug in slugs(visit):
        network = ask(visit, NETWORK, slug)["network"]
        supports = ask(visit, SUPPORTS, slug)["supports"]
        page = visit.open(f"/?dataset={slug}")
        drawn = page.get_by_role("application", name=re.compile("^Network of"))
        actors, edges = len(network["nodes"]), len(network["edges"])
        expect(drawn).to_have_accessible_name(
            re.compile(f"^Network of {actors} actors? and {edges} edges?\\.")
        )
        page = visit.open(f"/?view=table&dataset={slug}")
        rows = page.locator("tbody tr")
        expect(rows).to_have_count(supports["totalCount"])
        shown = page.get_by_role("complementary", name="Filters").locator(".shown [role=status]")
        expect(shown).to_have_text(re.compile(f"^{supports['totalCount']} of "))


def test_the_matrix_shows_what_is_certain_and_what_is_possible(visit: Visit) -> None:
    for slug in slugs(visit):
        page = visit.open(f"/?view=matrix&dataset={slug}")
        cells = page.get_by_role("gridcell")
        expect(cells.first).to_be_visible()
        shown = {
            cell.get_attribute("data-edge"): re.findall(r"\d+", cell.inner_text())[0]
            for cell in cells.all()
        }
        assert shown == {
            f"{edge['supporter']['slug']}..{edge['recipient']['slug']}": str(
                edge["certain"] or edge["possible"]
            )
            for edge in ask(visit, NETWORK, slug)["network"]["edges"]
        }


def test_no_chart_adds_two_data_sets_or_two_phases(visit: Visit) -> None:
    expected = {
        (total["dataset"]["title"], total["phase"].capitalize())
        for slug in slugs(visit)
        for total in ask(visit, TOTALS, slug)["supportTotals"]["nodes"]
    }
    page = visit.open("/?view=totals")
    charts = page.locator(".chart")
    expect(charts).to_have_count(len(expected))
    titles = {chart.get_attribute("aria-label") for chart in charts.all()}
    assert titles == {f"{title}, {phase}" for title, phase in expected}


def test_an_edge_leads_to_the_row_of_the_file_and_its_worth(visit: Visit) -> None:
    kiel = next(slug for slug in slugs(visit) if "allocations" in slug or "kiel" in slug)
    support = next(
        each
        for each in ask(visit, SUPPORTS, kiel)["supports"]["nodes"]
        if each["worth"] and each["phase"] == "ALLOCATED"
    )
    edge = ask(visit, NETWORK, kiel)["network"]["edges"][0]
    page = visit.open(f"/?view=table&edge={edge['supporter']['slug']}..{edge['recipient']['slug']}")
    details = page.get_by_role("complementary", name="Details")
    expect(details).to_contain_text(edge["supporter"]["name"])
    expect(details).to_contain_text(support["sourceKey"])
    expect(details).to_contain_text(f"{int(float(support['worth']['value'])):,}")
