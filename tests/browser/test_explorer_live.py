"""The explorer while others write: what it shows is what the data say then."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import httpx
import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.visits import Visit, visiting
from tests.commands import run, serving
from tests.stores import copy_of, url_of

pytestmark = pytest.mark.browser

# More than a page of the table has.
MANY = 130
IN_ONE_STATEMENT = 10


class Writing:
    """A service, and what writes to it."""

    def __init__(self, url: str, token: str) -> None:
        self.url = url
        self._headers = {"authorization": f"Bearer {token}"}

    def trade(self, years: range) -> None:
        """Records a statement that claims a support for each year."""
        ends = 'supporter: {slug: "china"}, recipient: {slug: "iran"}, kind: TRADE'
        claims = " ".join(
            f"{{stance: ASSERTS, support: {{new: {{{ends}, phase: DELIVERED, "
            f'startedOn: "{year}"}}}}}}'
            for year in years
        )
        text, source = f"Trade since {years.start}", f"Report on {years.start}"
        query = f"""mutation {{recordStatement(input: {{
            text: "{text}", speaker: {{slug: "china"}}, source: {{new: {{title: "{source}"}}}},
            claims: [{claims}]}}) {{errors {{message}}}}}}"""
        answer = httpx.post(
            f"{self.url}/graphql", json={"query": query}, headers=self._headers, timeout=60
        ).json()
        assert answer["data"]["recordStatement"]["errors"] == []


@pytest.fixture
def writing(seeded: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Writing]:
    database = copy_of(seeded, tmp_path_factory.mktemp("live"))
    settings = {"ALLYGRAPH_DATABASE_URL": url_of(database)}
    token = run("token", "create", "--name", "editor", "--role", "editor", **settings).out.strip()
    with serving(**settings) as server:
        yield Writing(server.url.rstrip("/"), token)


@pytest.fixture
def visit(browser: Browser, writing: Writing) -> Iterator[Visit]:
    size = {"width": 1400, "height": 900}
    with visiting(browser, writing.url, viewport=size, reduced_motion="reduce") as visit:
        yield visit
    assert visit.errors == []


def years_at_the_end(page: Page) -> list[str]:
    """The years of the last rows, once there are no more to come."""
    page.locator("tbody tr").last.focus()
    last = page.locator(f"tbody tr[aria-rowindex='{rows(page)}']")
    for _ in range(50):
        if last.is_visible():
            break
        page.keyboard.press("End")
        page.wait_for_timeout(200)
    expect(last).to_be_visible(timeout=1000)
    return page.locator("tbody .column-startedOn").all_inner_texts()


def rows(page: Page) -> str:
    return page.get_by_role("table").get_attribute("aria-rowcount") or ""


def test_rows_of_all_pages_follow_what_is_written(visit: Visit, writing: Writing) -> None:
    for first in range(1800, 1800 + MANY, IN_ONE_STATEMENT):
        writing.trade(range(first, first + IN_ONE_STATEMENT))
    page = visit.open("/?view=table&kind=TRADE&sort=-startedOn")
    table = page.get_by_role("table")
    expect(table).to_have_attribute("aria-rowcount", str(MANY + 1))
    expect(page.locator(".live")).to_have_attribute("data-state", "live")
    before = years_at_the_end(page)
    assert before == [str(1800 + place) for place in reversed(range(len(before)))]
    # They come first, so that each row of the next page is another.
    writing.trade(range(1950, 1955))
    expect(table).to_have_attribute("aria-rowcount", str(MANY + 6))
    after = years_at_the_end(page)
    assert after == [str(1800 + place) for place in reversed(range(len(after)))]
