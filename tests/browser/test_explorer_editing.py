"""The explorer on data that editors have written: conflicts, grades, and the form that writes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, NamedTuple

import httpx
import pytest
from playwright.sync_api import Browser, Locator, Page, expect

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
      startedOn: "2023", startCensored: true, conflict: {slug: "russia-ukraine"}}}}]
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


def filters_of(page: Page) -> Locator:
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
    # The data begin in 2023, which is not to say that the support did.
    expect(page.locator(".column-startedOn .censored")).to_have_text("2023 or before")
    histogram = page.get_by_role("img", name=re.compile("^Supports in each year"))
    expect(histogram).to_have_accessible_name(
        re.compile("1 support may have begun before 2023, when the data on them begin")
    )
    page.reload()
    expect(filters.get_by_role("status")).to_have_text(re.compile("^1 of "))
    expect(filters.get_by_role("checkbox", checked=True)).to_have_count(3)


def choose_actor(form: Locator, label: str, typed: str, name: str) -> None:
    form.get_by_label(label, exact=True).fill(typed)
    form.get_by_role("listbox").get_by_role("option").filter(has_text=name).first.click()
    expect(form.get_by_label(label, exact=True)).to_have_value(name)


def test_a_statement_is_recorded_with_problems_at_their_fields(
    visit: Visit, service: Service
) -> None:
    page = visit.open("/?view=table&phase=PLEDGED")
    page.get_by_role("button", name="More").click()
    page.get_by_role("button", name="Record a statement").click()
    form = page.get_by_role("dialog", name="Record a statement")
    form.get_by_label("Title of the article, report or page").fill("Aid to Iran")
    form.get_by_label("Address").fill("example.org/aid")
    choose_actor(form, "Who said it", "rutt", "Mark Rutte")
    form.get_by_label("The words").fill("Ruritania sends Iran thirty drones.")
    form.get_by_label("Said on").fill("2025-13")
    form.get_by_label("Who gives", exact=True).fill("Ruritania")
    choose_actor(form, "Who receives", "iran", "Iran")
    form.get_by_label("Kind of support").select_option("DRONES")
    form.get_by_label("Amount claimed").fill("30")
    form.get_by_label("Unit").select_option("pieces")
    expect(form).to_contain_text("Mark Rutte asserts: Ruritania → Iran, drones, delivered")
    send = form.get_by_role("button", name="Record")
    token = form.get_by_label("Token")
    said_on = form.get_by_label("Said on")

    token.fill(service.reader)
    send.click()
    expect(said_on).to_have_accessible_description(re.compile("2025-13' is not an EDTF date"))
    expect(said_on).to_be_focused()
    said_on.fill("2025-03")
    send.click()
    expect(token).to_have_accessible_description(re.compile("This token may read but not write"))
    expect(token).to_be_focused()
    # Chromium reports both refusals, which the form has shown.
    visit.errors.clear()

    token.fill(service.editor)
    send.click()
    expect(form.get_by_label("Address")).to_have_accessible_description(re.compile("http"))
    assert service.ask('{actor(by: {slug: "ruritania"}) {name}}')["actor"] is None

    form.get_by_label("Address").fill("https://example.org/aid")
    send.click()
    expect(form).to_be_hidden()
    page.wait_for_url("**/?view=table&edge=ruritania..iran:DRONES")
    pane = page.get_by_role("complementary", name="Details")
    expect(pane.locator("blockquote")).to_have_text("Ruritania sends Iran thirty drones.")
    expect(pane).to_contain_text("30 pieces")
    expect(page.locator("tbody tr").filter(has_text="Ruritania")).to_have_count(1)
    revision = service.ask("{revision {author}}")["revision"]
    assert revision["author"] == "editor"
    kept = page.evaluate("Object.values(sessionStorage)")
    assert service.editor in kept
    assert service.editor not in page.evaluate("JSON.stringify(localStorage)")
    assert not [address for address in visit.requested if service.editor in address]
