"""GraphiQL and Swagger UI in a real Chromium with a running service and no other host."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Response, expect

from tests.browser.visits import (
    SLOWEST,
    Visit,
    execute_button,
    open_graphiql,
    operation_editor,
    visiting,
)
from tests.commands import serving
from tests.stores import url_of

pytestmark = pytest.mark.browser

EXAMPLES = Path(__file__).parents[2] / "web" / "examples"


@pytest.fixture
def visit(browser: Browser, server_url: str) -> Iterator[Visit]:
    with visiting(browser, server_url, viewport={"width": 1440, "height": 900}) as visit:
        yield visit


@pytest.fixture(scope="module")
def example_titles() -> list[str]:
    """The first line of each example, in the order the panel promises."""
    files = sorted(EXAMPLES.glob("*.graphql"))
    return [file.read_text(encoding="utf-8").splitlines()[0].lstrip("# ") for file in files]


def test_graphiql_loads_from_the_service_alone(visit: Visit) -> None:
    page = open_graphiql(visit)
    expect(page).to_have_title("AllyGraph")
    expect(operation_editor(page)).to_contain_text("WhoSupportsRussia")
    page.wait_for_load_state("networkidle")
    assert visit.errors == []
    assert visit.requested_elsewhere == []


def test_default_example_names_north_korea(visit: Visit) -> None:
    page = open_graphiql(visit)
    with page.expect_response(answers_the_default_example) as answer:
        execute_button(page).click()
    # Checked in the response, because the editor renders only the visible lines.
    assert re.search("north.korea", answer.value.text(), re.IGNORECASE)
    expect(page.locator(".result-window")).to_contain_text('"data"')
    assert visit.errors == []


def answers_the_default_example(response: Response) -> bool:
    return "WhoSupportsRussia" in (response.request.post_data or "")


def test_explorer_lists_supports(visit: Visit) -> None:
    page = open_graphiql(visit)
    page.get_by_role("button", name="Show GraphiQL Explorer").click()
    expect(
        page.locator(".graphiql-explorer-root").get_by_text("supports", exact=True).first
    ).to_be_visible()
    assert visit.errors == []


def test_examples_are_listed_and_open_in_a_tab(visit: Visit, example_titles: list[str]) -> None:
    page = open_graphiql(visit)
    examples = page.get_by_role("region", name="Examples").get_by_role("listitem")
    expect(examples.locator("strong")).to_have_text(example_titles)
    examples.filter(has_text="Page by page").get_by_role("button").click()
    expect(page.get_by_role("tab", name="PageByPage")).to_be_visible()
    expect(operation_editor(page)).to_contain_text("query PageByPage")
    assert visit.errors == []


def test_swagger_renders_the_supports_operation(visit: Visit) -> None:
    page = visit.open("/docs")
    expect(page).to_have_title("AllyGraph")
    expect(page.locator('[data-path="/api/v1/supports"]').first).to_be_visible()
    page.wait_for_load_state("networkidle")
    assert visit.errors == []
    assert visit.requested_elsewhere == []


def test_prefilled_request_of_swagger_finds_something(visit: Visit) -> None:
    page = visit.open("/docs/#/sources/listSources")
    # Swagger UI takes long to draw inputs for many parameters, and again at each click.
    patience = 4 * SLOWEST
    with page.expect_response(re.compile(r"/api/v1/sources\?"), timeout=patience) as answer:
        page.get_by_role("button", name="Execute").click(timeout=patience)
    assert answer.value.json()["data"]
    assert visit.errors == []


def test_graphiql_answers_where_introspection_is_disabled(browser: Browser, seeded: Path) -> None:
    with serving("--database-url", url_of(seeded), ALLYGRAPH_INTROSPECTION="false") as server:
        page = browser.new_page()
        page.goto(f"{server.url}/graphql", wait_until="load")
        expect(page.locator(".result-window")).to_contain_text("INTROSPECTION_DISABLED")
        with page.expect_response(answers_the_default_example, timeout=SLOWEST) as answer:
            execute_button(page).click()
        assert "data" in answer.value.json()
        page.close()
