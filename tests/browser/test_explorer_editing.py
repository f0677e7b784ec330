"""The explorer on data that editors have written: conflicts, grades, and the form that writes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, NamedTuple

import httpx
import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.visits import Visit, visiting
from tests.commands import run, serving
from tests.stores import copy_of, url_of

pytestmark = pytest.mark.browser

# A support within a conflict, and a graded statement about it.
WRITTEN = """mutation {
  createConflict(input: {slug: "russia-ukraine", name: "Russia and Ukraine", kind: INTERSTATE}) {
    errors { message }
  }
  recordStatement(input: {
    text: "Drones keep arriving."
    speaker: {slug: "iran"}
    credibility: 2
    source: {new: {title: "A report", reliability: B}}
    claims: [{stance: ASSERTS, support: {new: {
      supporter: {slug: "iran"}, recipient: {slug: "russia"}, kind: DRONES, phase: DELIVERED,
      startedOn: "2023", conflict: {slug: "russia-ukraine"}}}}]
  }) { errors { message } }
}"""


class Service(NamedTuple):
    """A service whose data may change, with tokens of two roles."""

    url: str
    editor: str
    reader: str

    def ask(self, query: str) -> Any:
        return self.post(query, {})

    def post(self, query: str, headers: dict[str, str]) -> Any:
        response = httpx.post(
            f"{self.url}/graphql", json={"query": query}, headers=headers, timeout=60
        )
        return response.raise_for_status().json()["data"]


@pytest.fixture(scope="module")
def service(seeded: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    database = copy_of(seeded, tmp_path_factory.mktemp("editing"))
    settings = {"ALLYGRAPH_DATABASE_URL": url_of(database)}
    tokens = [
        run("token", "create", "--name", role, "--role", role, **settings).out.strip()
        for role in ("editor", "reader")
    ]
    with serving(**settings) as server:
        service = Service(server.url.rstrip("/"), *tokens)
        written = service.post(WRITTEN, {"authorization": f"Bearer {service.editor}"})
        assert [payload["errors"] for payload in written.values()] == [[], []]
        yield service


@pytest.fixture
def visit(browser: Browser, service: Service) -> Iterator[Visit]:
    size = {"width": 1400, "height": 900}
    with visiting(browser, service.url, viewport=size, reduced_motion="reduce") as visit:
        yield visit
    assert visit.errors == []
    assert visit.requested_elsewhere == []


def filters_of(page: Page) -> Any:
    return page.get_by_role("complementary", name="Filters")


def test_conflicts_and_grades_are_filters_with_counts_in_the_address(
    visit: Visit, service: Service
) -> None:
    page = visit.open("/?view=table")
    filters = filters_of(page)
    choices = {
        "Conflict": ("Russia and Ukraine", 'conflict: {slug: {eq: "russia-ukraine"}}'),
        "Best source (reliability)": ("Usually reliable", "assessment: {bestReliability: {eq: B}}"),
        "Best statement (credibility)": (
            "Probably true",
            "assessment: {bestCredibility: {eq: 2}}",
        ),
    }
    for legend, (label, where) in choices.items():
        count = service.ask(f"{{supports(where: {{{where}}}) {{totalCount}}}}")["supports"]
        assert count["totalCount"] == 1
        group = filters.get_by_role("group", name=legend)
        group.get_by_role("checkbox", name=re.compile(f"{label} *1$")).check()
    page.wait_for_url("**/?view=table&conflict=russia-ukraine&grade=B&credibility=2")
    expect(page.locator("tbody tr")).to_have_count(1)
    page.reload()
    expect(filters.get_by_role("status")).to_have_text(re.compile("^1 of "))
    expect(filters.get_by_role("checkbox", checked=True)).to_have_count(3)
