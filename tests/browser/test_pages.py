"""GraphiQL and Swagger UI in a real Chromium against a running service, with no other host."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, Response, expect, sync_playwright

from tests.commands import serving
from tests.stores import url_of

pytestmark = pytest.mark.browser

SLOWEST = 60_000  # milliseconds: two busy cores parse the editor's three megabytes slowly

# No look-ups of its own and no way to another host: what the pages need must come from the service.
CHROMIUM_FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1",
]

EXAMPLES = Path(__file__).parents[2] / "web" / "examples"


@dataclass
class Visit:
    """A page together with everything that went wrong in it and left it."""

    page: Page
    origin: str
    errors: list[str] = field(default_factory=list)
    requested: list[str] = field(default_factory=list)

    def open(self, path: str) -> Page:
        self.page.goto(self.origin + path, wait_until="load")
        return self.page

    @property
    def requested_elsewhere(self) -> list[str]:
        own = re.compile(rf"{re.escape(self.origin)}(/|$)|blob:|data:")
        return [address for address in self.requested if not own.match(address)]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    if chromium is None:
        pytest.fail("no Chromium on PATH; on Debian: apt-get install chromium", pytrace=False)
    expect.set_options(timeout=SLOWEST)
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(
            executable_path=chromium, args=CHROMIUM_FLAGS, timeout=SLOWEST
        )
        try:
            yield running
        finally:
            running.close()


@pytest.fixture
def visit(browser: Browser, server_url: str) -> Iterator[Visit]:
    context = browser.new_context(viewport={"width": 1440, "height": 900})
    context.set_default_timeout(SLOWEST)
    visit = Visit(context.new_page(), server_url.rstrip("/"))
    # On the context rather than the page, so that the editor's workers are heard as well.
    context.on("request", lambda request: visit.requested.append(request.url))
    context.on("weberror", lambda error: visit.errors.append(str(error.error)))
    context.on(
        "console",
        lambda message: visit.errors.append(message.text) if message.type == "error" else None,
    )
    context.on(
        "response",
        lambda answer: (
            visit.errors.append(f"{answer.status} {answer.url}") if answer.status >= 400 else None
        ),
    )
    try:
        yield visit
    finally:
        context.close()


@pytest.fixture(scope="module")
def example_titles() -> list[str]:
    """The first line of each example, in the order the panel promises."""
    files = sorted(EXAMPLES.glob("*.graphql"))
    return [file.read_text(encoding="utf-8").splitlines()[0].lstrip("# ") for file in files]


def operation_editor(page: Page) -> Locator:
    return page.get_by_role("region", name="Operation Editor")


def open_graphiql(visit: Visit) -> Page:
    page = visit.open("/graphql")
    # The editor, and the schema behind it: only then do the panels have something to show.
    expect(operation_editor(page).locator(".view-line").first).to_be_visible()
    expect(page.get_by_role("button", name=re.compile("^Execute query"))).to_be_visible()
    return page


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
        page.get_by_role("button", name=re.compile("^Execute query")).click()
    # In the answer itself, because the editor draws only the lines that are in view.
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


def test_graphiql_answers_where_introspection_is_disabled(browser: Browser, seeded: Path) -> None:
    with serving("--database-url", url_of(seeded), ALLYGRAPH_INTROSPECTION="false") as server:
        page = browser.new_page()
        page.goto(f"{server.url}/graphql", wait_until="load")
        expect(page.locator(".result-window")).to_contain_text("INTROSPECTION_DISABLED")
        with page.expect_response(answers_the_default_example, timeout=SLOWEST) as answer:
            page.get_by_role("button", name=re.compile("^Execute query")).click()
        assert "data" in answer.value.json()
        page.close()
