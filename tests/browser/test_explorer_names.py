"""Hostile names in the explorer are shown as text, and do not affect other elements."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import httpx
import pytest
import sqlalchemy
from playwright.sync_api import Browser, Page, expect

from tests.browser.visits import Visit, visiting
from tests.commands import run, serving
from tests.conftest import make_database
from tests.stores import database_of, url_of

pytestmark = pytest.mark.browser

MARKUP = "<img src=x onerror=alert(1)><script>alert(2)</script>\"'&amp;</text></svg>"
LONG = "W" * 300
# The API refuses this name, but an older database may contain it.
BACKWARDS = "\u202ednalsI rorriM"
WRITTEN = "Mirror written"
ARABIC = "جمهورية ذات اسم طويل جدا لا مكان له في صف من صفوف الجدول"
NAMES = {"markup": MARKUP, "long": LONG, "backwards": WRITTEN, "arabic": ARABIC}
VIEWS = ("network", "map", "matrix", "table", "totals")


@pytest.fixture(scope="module")
def url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    database = make_database(tmp_path_factory.mktemp("names") / "allygraph.db")
    settings = {"ALLYGRAPH_DATABASE_URL": url_of(database)}
    token = run("token", "create", "--name", "e", "--role", "editor", **settings).out.strip()
    with serving(**settings) as server:
        for slug, name in NAMES.items():
            actor = {"slug": slug, "name": name, "kind": "ORGANISATION", "description": name}
            write(server.url, token, "createActor", "CreateActorInput", actor)
        slugs = [*NAMES]
        for giver, recipient in zip(slugs, [*slugs[1:], slugs[0]], strict=True):
            write(
                server.url, token, "recordStatement", "RecordStatementInput", said(giver, recipient)
            )
        engine = database_of(database).engine()
        with engine.begin() as connection:
            renamed = sqlalchemy.text("UPDATE actor SET name = :name WHERE name = :written")
            connection.execute(renamed, {"name": BACKWARDS, "written": WRITTEN})
        engine.dispose()
        yield server.url


def said(giver: str, recipient: str) -> dict[str, Any]:
    support = {
        "supporter": {"slug": giver},
        "recipient": {"slug": recipient},
        "kind": "DRONES",
        "phase": "DELIVERED",
        "startedOn": "2023",
        "conflict": {
            "new": {"slug": f"war-of-{giver}", "name": NAMES[giver], "kind": "INTERSTATE"}
        },
    }
    return {
        "text": NAMES[giver],
        "speaker": {"slug": giver},
        "source": {"new": {"title": NAMES[giver], "url": f"https://example.org/{giver}"}},
        "claims": [{"stance": "ASSERTS", "support": {"new": support}}],
    }


def write(url: str, token: str, name: str, type_name: str, value: dict[str, Any]) -> None:
    query = f"mutation ($input: {type_name}!) {{{name}(input: $input) {{errors {{message}}}}}}"
    answer = httpx.post(
        f"{url.rstrip('/')}/graphql",
        json={"query": query, "variables": {"input": value}},
        headers={"authorization": f"Bearer {token}"},
        timeout=60,
    )
    assert answer.raise_for_status().json()["data"][name]["errors"] == []


@pytest.fixture
def visit(browser: Browser, url: str) -> Iterator[Visit]:
    size = {"width": 1400, "height": 900}
    with visiting(browser, url, viewport=size, reduced_motion="reduce") as visit:
        # A dialog would be markup that has run.
        visit.page.on("dialog", lambda dialog: visit.errors.append(dialog.message))
        yield visit
    assert visit.errors == []
    assert visit.requested_elsewhere == []


def wider(page: Page, selector: str) -> list[str]:
    """Returns the parts that overflow the elements there, to the right or left."""
    found: list[str] = page.locator(selector).evaluate_all(
        """boxes => boxes.flatMap((box) => [...box.querySelectorAll("*")].filter((each) => {
            const [outer, inner] = [box, each].map((one) => one.getBoundingClientRect());
            const isBeyond = inner.right > outer.right + 1 || inner.left < outer.left - 1;
            return inner.width > 1 && isBeyond;
        }).map((each) => each.outerHTML.slice(0, 80)))"""
    )
    return found


@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize("width", [390, 1400])
def test_names_are_text_that_stays_within_its_pane(visit: Visit, view: str, width: int) -> None:
    visit.page.set_viewport_size({"width": width, "height": 900})
    page = visit.open(f"/?view={view}&actor=long")
    heading = page.get_by_role("complementary", name="Details").get_by_role("heading", level=2)
    expect(heading).to_have_text(LONG)
    page.wait_for_load_state("networkidle")
    assert page.locator("main img, main script, aside img").count() == 0
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    for pane in (".details", ".filters"):
        if page.locator(pane).is_visible():
            assert wider(page, pane) == []
    assert "\u202e" not in page.content()
    expect(page).to_have_title(re.compile("AllyGraph$"))


def test_an_edge_between_long_names_shows_its_statements(visit: Visit) -> None:
    page = visit.open("/?edge=long..backwards")
    pane = page.get_by_role("complementary", name="Details")
    quotation = pane.locator("blockquote")
    expect(quotation).to_have_text(LONG)
    header = pane.locator("header").bounding_box()
    assert header
    assert header["height"] < 260
    expect(pane.get_by_role("heading", level=2)).to_contain_text("dnalsI rorriM")
    assert wider(page, ".details") == []


def test_search_finds_hostile_names_as_text(visit: Visit) -> None:
    page = visit.open("/")
    box = page.get_by_role("combobox", name="Search")
    box.fill("script")
    option = page.get_by_role("search").get_by_role("option").first
    expect(option).to_contain_text("<img src=x onerror=alert(1)>")
    box.fill("WWW")
    expect(option).to_contain_text("WWWWWW")
    height = option.bounding_box()
    assert height
    assert height["height"] < 80


def test_a_name_that_is_read_from_the_right_is_cut_at_its_left(visit: Visit) -> None:
    page = visit.open("/?view=table&sort=supporter")
    name = page.locator("td .name").filter(has_text=ARABIC[:10]).first
    expect(name).to_be_visible()
    assert name.evaluate("name => name.scrollWidth > name.clientWidth")
    # The dots stand at the end of a line in the direction of its element.
    assert name.evaluate("name => getComputedStyle(name).direction") == "rtl"
    assert name.evaluate("name => getComputedStyle(name).textOverflow") == "ellipsis"


def test_what_is_chosen_around_is_named(visit: Visit) -> None:
    page = visit.open("/?around=markup,nobody")
    filters = page.get_by_role("complementary", name="Filters")
    expect(filters.get_by_role("button", name=f"Remove {MARKUP}")).to_be_visible()
    filters.get_by_role("button", name="Remove nobody").click()
    page.wait_for_url("**/?around=markup")


@pytest.mark.parametrize("view", ["network", "map", "matrix", "totals"])
def test_drawings_have_names_as_text_and_no_wider_than_their_room(
    visit: Visit, browser: Browser, view: str, tmp_path: Path
) -> None:
    page = visit.open(f"/?view={view}")
    open_downloads(page)
    with page.expect_download() as downloading:
        page.get_by_role("button", name="Drawing as SVG").click()
    file = tmp_path / f"{view}.svg"
    downloading.value.save_as(file)
    drawing = ElementTree.parse(file).getroot()
    assert "script" not in {element.tag.rpartition("}")[2] for element in drawing.iter()}
    assert "\u202e" not in file.read_text(encoding="utf-8")
    assert texts_beyond_the_edges(browser, file.read_text(encoding="utf-8")) == []


def texts_beyond_the_edges(browser: Browser, svg: str) -> list[str]:
    page = browser.new_page(viewport={"width": 1400, "height": 900})
    try:
        page.set_content(svg)
        found: list[str] = page.locator("svg").evaluate(
            """drawing => {
                const box = (each) => each.getBoundingClientRect();
                const edges = box(drawing.querySelector("rect"));
                return [...drawing.querySelectorAll("text")].filter((text) =>
                    box(text).left < edges.left - 2 || box(text).right > edges.right + 2 ||
                    box(text).top < edges.top - 2 || box(text).bottom > edges.bottom + 2
                ).map((text) => text.textContent);
            }"""
        )
        return found
    finally:
        page.close()


@pytest.mark.parametrize("name", ["Supports as CSV", "Network as GEXF"])
def test_files_have_names_as_they_are(visit: Visit, name: str) -> None:
    page = visit.open("/?kind=under:WEAPONS&from=2020&to=2024")
    open_downloads(page)
    with page.expect_download() as downloading:
        page.get_by_role("link", name=name).click()
    text = downloading.value.path().read_text(encoding="utf-8")
    if name.endswith("GEXF"):
        root = ElementTree.fromstring(text)
        named = {node.get("label") for node in root.iter("{http://gexf.net/1.3}node")}
        assert named == {*NAMES.values()} - {WRITTEN} | {BACKWARDS}
    else:
        assert LONG in text
        assert len(text.splitlines()) == 1 + len(NAMES)


def open_downloads(page: Page) -> None:
    expect(page.get_by_role("complementary", name="Filters")).to_contain_text("supports shown")
    page.get_by_role("button", name="Download").click()
