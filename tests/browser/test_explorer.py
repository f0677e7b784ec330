"""The explorer in a real Chromium shows what the API returns."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser.visits import Visit, operation_editor, visiting

pytestmark = pytest.mark.browser

EDGE = "/?edge=north-korea..russia:TROOPS"


@pytest.fixture
def visit(browser: Browser, server_url: str) -> Iterator[Visit]:
    size = {"width": 1400, "height": 900}
    with visiting(browser, server_url, viewport=size, reduced_motion="reduce") as visit:
        yield visit
    assert visit.errors == []
    assert visit.requested_elsewhere == []


def ask(page: Page, query: str) -> Any:
    """Returns the API's result of a document, independent of the page."""
    answer = page.request.post(_graphql(page), data={"query": query}).json()
    return answer["data"]


def _graphql(page: Page) -> str:
    origin: str = page.evaluate("location.origin")
    return f"{origin}/graphql"


def shown(page: Page) -> Locator:
    return page.get_by_role("complementary", name="Filters").get_by_role("status")


def details(page: Page) -> Locator:
    return page.get_by_role("complementary", name="Details")


def network(page: Page) -> Locator:
    return page.get_by_role("application", name=re.compile("^Network of"))


def open_at(visit: Visit, address: str) -> Page:
    page = visit.open(address)
    expect(shown(page)).to_contain_text("supports shown")
    return page


def test_first_page_is_the_whole_network(visit: Visit) -> None:
    page = open_at(visit, "/")
    drawn = ask(page, "{network {nodeCount edgeCount supportCount}}")["network"]
    expect(network(page)).to_have_accessible_name(
        re.compile(f"^Network of {drawn['nodeCount']} actors and {drawn['edgeCount']} edges")
    )
    all_of_them = drawn["supportCount"]
    expect(shown(page)).to_have_text(f"{all_of_them} of {all_of_them} supports shown")


def test_details_of_an_edge_go_down_to_the_words(visit: Visit) -> None:
    page = open_at(visit, EDGE)
    said = ask(
        page,
        """{supports(where: {kind: {eq: TROOPS}}) {nodes {
          quantity {value}
          evidence {nodes {statement {text speaker {name} source {title url}}}}}}}""",
    )["supports"]["nodes"][0]
    pane = details(page)
    expect(pane.get_by_role("heading", level=2)).to_have_text(re.compile("North Korea.*Russia"))
    expect(pane).to_contain_text(f"{int(said['quantity']['value']):,} persons")
    quotations = pane.locator("blockquote")
    expect(quotations).to_have_count(len(said["evidence"]["nodes"]))
    for evidence in said["evidence"]["nodes"]:
        statement = evidence["statement"]
        claim = pane.locator("figure").filter(has_text=statement["text"])
        expect(claim).to_contain_text(statement["speaker"]["name"])
        source = statement["source"]
        if source["url"]:
            expect(claim.get_by_role("link")).to_have_attribute("href", source["url"])
        else:
            expect(claim).to_contain_text(source["title"])


def test_a_filter_counts_changes_the_address_and_is_taken_back(visit: Visit) -> None:
    page = open_at(visit, "/")
    predicted = page.get_by_role("checkbox", name=re.compile("^Predicted"))
    predicted.check()
    page.wait_for_url("**/?phase=PREDICTED")
    count = ask(page, "{supports(where: {phase: {eq: PREDICTED}}) {totalCount}}")["supports"]
    expect(shown(page)).to_have_text(re.compile(f"^{count['totalCount']} of "))
    page.go_back()
    expect(predicted).not_to_be_checked()


def test_a_kind_includes_narrower_kinds(visit: Visit) -> None:
    page = open_at(visit, "/?view=table")
    page.get_by_role("checkbox", name=re.compile("^Weapons")).check()
    count = ask(page, "{supports(where: {kind: {under: WEAPONS}}) {totalCount}}")["supports"]
    rows = page.get_by_role("table").locator("tbody tr")
    expect(rows).to_have_count(count["totalCount"])
    expect(page.get_by_role("checkbox", name=re.compile("^Military [0-9]"))).to_have_js_property(
        "indeterminate", True
    )


def test_an_actor_has_its_position_in_a_data_set_and_phase(visit: Visit) -> None:
    page = open_at(visit, "/?actor=russia")
    given, delivered = "given recipients received suppliers", {"phase": "DELIVERED"}
    positions = ask(
        page,
        f"""{{actor(by: {{slug: "russia"}}) {{position {{phase {given}
          supply {{largestShare herfindahl}}}}}}}}""",
    )["actor"]["position"]
    (stated,) = [each for each in positions if each.items() >= delivered.items()]
    pane = details(page).get_by_role("region", name="Position")
    of = pane.get_by_label("Phase and data set")
    expect(of).to_contain_text("Delivered")
    total = pane.get_by_role("row", name="All kinds")
    expect(total.get_by_role("cell")).to_have_text([str(stated[name]) for name in given.split()])
    expect(pane).to_contain_text(f"{float(stated['supply']['largestShare']):.0%}")
    expect(pane).to_contain_text(stated["supply"]["herfindahl"])
    # In another phase the actor receives nothing, so it has no shares.
    of.select_option(of.get_by_role("option", name=re.compile("^Pledged")).get_attribute("value"))
    expect(pane.get_by_role("row", name="Funding").get_by_role("cell").first).to_have_text("1")
    expect(pane).not_to_contain_text("Herfindahl")


def test_search_finds_an_actor_by_keys_alone(visit: Visit) -> None:
    page = open_at(visit, "/")
    page.keyboard.press("/")
    page.keyboard.type("korea")
    expect(page.get_by_role("option").first).to_be_visible()
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("actor=north-korea"))
    name = ask(page, '{actor(by: {slug: "north-korea"}) {name}}')["actor"]["name"]
    expect(details(page).get_by_role("heading", level=2)).to_have_text(name)
    page.keyboard.press("Escape")
    expect(page.get_by_role("listbox")).to_be_hidden()


def test_search_finds_records_of_all_types_with_the_words_that_match(visit: Visit) -> None:
    page = open_at(visit, "/")
    box = page.get_by_role("combobox", name="Search")
    box.fill("kursk")
    found = ask(page, '{search(text: "kursk", first: 10) {totalCount nodes {type record {id}}}}')
    hits = found["search"]["nodes"]
    options = page.get_by_role("search").get_by_role("option")
    expect(options).to_have_count(len(hits))
    for option, hit in zip(options.all(), hits, strict=True):
        expect(option).to_contain_text(hit["type"].capitalize())
        expect(option.locator("mark").first).to_have_text(re.compile("^kursk$", re.IGNORECASE))
    expect(page.get_by_role("search").get_by_role("status")).to_contain_text(
        f"{found['search']['totalCount']} suggestions"
    )
    statement = next(place for place, hit in enumerate(hits) if hit["type"] == "STATEMENT")
    for _ in range(statement):
        box.press("ArrowDown")
    expect(options.nth(statement)).to_have_attribute("aria-selected", "true")
    box.press("Enter")
    page.wait_for_url(f"**/?statement={hits[statement]['record']['id']}")
    expect(details(page).locator("blockquote").first).to_contain_text("Kursk")
    expect(details(page)).to_contain_text("Supports that it is about")
    box.fill("xyzzy")
    expect(page.get_by_text('No results for "xyzzy".')).to_be_visible()
    box.press("Escape")
    expect(page.get_by_text('No results for "xyzzy".')).to_be_hidden()


def test_network_is_walked_by_keys_alone(visit: Visit) -> None:
    page = open_at(visit, "/?actor=iran")
    network(page).focus()
    page.keyboard.press("ArrowRight")
    expect(page.locator("[aria-live]")).to_have_text(re.compile("^Iran to Russia: "))
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("edge=iran..russia"))
    expect(details(page).locator("blockquote").first).to_be_visible()


def test_nothing_that_is_drawn_lies_under_the_legend(visit: Visit) -> None:
    page = open_at(visit, "/")
    drawn, legend = network(page).bounding_box(), page.locator(".legend").bounding_box()
    assert drawn
    assert legend
    assert drawn["y"] + drawn["height"] <= legend["y"]


def test_a_click_on_the_drawing_opens_what_is_there(visit: Visit) -> None:
    page = open_at(visit, "/?around=china")
    canvas = network(page)
    box = canvas.bounding_box()
    assert box
    # The only edge is between the only two actors; its middle is half-way down.
    for left in range(60, int(box["width"]), 4):
        canvas.hover(position={"x": left, "y": box["height"] / 2})
        if canvas.evaluate("canvas => canvas.style.cursor") == "pointer":
            canvas.click(position={"x": left, "y": box["height"] / 2})
            break
    page.wait_for_url(re.compile("(edge|actor)=(china|russia)"))


def test_table_is_sorted_and_opened_by_keys_alone(visit: Visit) -> None:
    page = open_at(visit, "/?view=table")
    page.get_by_role("button", name="Recipient").click()
    expect(page.get_by_role("columnheader", name="Recipient")).to_have_attribute(
        "aria-sort", "ascending"
    )
    ordered = ask(
        page, "{supports(orderBy: [{recipient: {name: ASC}}]) {nodes {recipient {name}}}}"
    )
    names = [node["recipient"]["name"] for node in ordered["supports"]["nodes"]]
    expect(page.locator("tbody .column-recipient")).to_have_text(names)
    page.locator("tbody tr").first.focus()
    page.keyboard.press("ArrowDown")
    expect(page.locator("tbody tr").nth(1)).to_be_focused()
    page.keyboard.press("Enter")
    expect(details(page).get_by_role("heading", level=2)).to_contain_text(names[1])


def test_query_of_the_view_opens_in_graphiql(visit: Visit) -> None:
    page = open_at(visit, "/?phase=DELIVERED")
    asked = page.get_by_role("link", name="How was this asked?")
    expect(asked).to_have_attribute("href", re.compile("query=query"))
    address = asked.get_attribute("href") or ""
    sent = parse_qs(urlsplit(address).fragment)
    again = {"query": sent["query"][0], "variables": json.loads(sent["variables"][0])}
    answer = page.request.post(_graphql(page), data=again).json()
    assert answer["data"]["network"]["edgeCount"] > 0
    page.goto(visit.origin + address)
    expect(operation_editor(page)).to_contain_text("query Network")


def test_download_has_the_supports_of_the_view(visit: Visit) -> None:
    page = open_at(visit, "/?kind=under:WEAPONS")
    page.get_by_role("button", name="Download").click()
    link = page.get_by_role("link", name="Supports as CSV").get_attribute("href") or ""
    lines = page.request.get(visit.origin + link).text().splitlines()
    count = ask(page, "{supports(where: {kind: {under: WEAPONS}}) {totalCount}}")["supports"]
    assert len(lines) == 1 + count["totalCount"]
    page.keyboard.press("Escape")


def test_citation_is_that_of_the_api_and_leads_back_to_the_view(visit: Visit) -> None:
    page = open_at(visit, "/?phase=DELIVERED")
    page.get_by_role("button", name="Cite").click()
    dialog = page.get_by_role("dialog", name="Cite")
    revision = ask(page, "{revision {number}}")["revision"]["number"]
    expect(dialog).to_contain_text(f"/?phase=DELIVERED&asOf={revision}")
    address = f"{visit.origin}/api/v1/cite?of=supports&phase.in=DELIVERED&asOf={revision}"
    of_data = page.request.get(f"{address}&format=text").text()
    expect(dialog).to_contain_text(of_data.split("\n")[0])


def test_a_data_set_has_a_page_with_its_licence_counts_and_files(visit: Visit) -> None:
    page = open_at(visit, "/?view=table")
    stated = ask(
        page,
        """{dataset(by: {slug: "rutte-2024"}) {
          title version licence citation supports {totalCount}}}""",
    )["dataset"]
    page.get_by_role("combobox", name="Search").fill("claims in an")
    page.get_by_role("search").get_by_role("option").filter(has_text="Data set").click()
    page.wait_for_url("**/?view=table&about=rutte-2024")
    pane = details(page)
    expect(pane.get_by_role("heading", level=2)).to_have_text(stated["title"])
    count = stated["supports"]["totalCount"]
    for text in (stated["licence"], stated["citation"], stated["version"], f"{count} supports"):
        expect(pane).to_contain_text(text)
    delivered = ask(
        page,
        """{supports(where: {phase: {eq: DELIVERED}, dataset: {slug: {eq: "rutte-2024"}}}) {
          totalCount}}""",
    )["supports"]["totalCount"]
    expect(pane.get_by_role("listitem").filter(has_text="Delivered")).to_contain_text(
        str(delivered)
    )
    file = pane.get_by_role("link", name="Supports as lines of JSON").get_attribute("href") or ""
    assert len(page.request.get(visit.origin + file).text().splitlines()) == count
    cited = pane.get_by_role("link", name="BibTeX").get_attribute("href") or ""
    assert stated["title"] in page.request.get(visit.origin + cited).text()
    pane.get_by_role("button", name="Show only this data set").click()
    page.wait_for_url("**/?view=table&dataset=rutte-2024&about=rutte-2024")


def test_the_first_visit_shows_a_story_that_is_not_shown_again(
    browser: Browser, server_url: str
) -> None:
    size = {"width": 1400, "height": 900}
    with visiting(
        browser, server_url, is_first=True, viewport=size, reduced_motion="reduce"
    ) as visit:
        page = visit.open("/")
        story = page.locator(".story")
        expect(story.get_by_role("heading")).to_be_focused()
        drawn, told = network(page).bounding_box(), story.bounding_box()
        assert drawn
        assert told
        assert told["y"] + told["height"] <= drawn["y"]
        steps = int((story.get_by_text(re.compile("^1 of ")).inner_text()).split()[-1])
        for _ in range(steps - 1):
            story.get_by_role("button", name="Next").click()
            # Each step shows the statements that assert it.
            expect(details(page).locator("blockquote").first).to_be_visible()
        story.get_by_role("button", name="Explore by yourself").click()
        expect(story).to_be_hidden()
        page.wait_for_url(f"{visit.origin}/")
        page.reload()
        expect(network(page)).to_be_visible()
        expect(story).to_be_hidden()
        page.get_by_role("button", name="More").click()
        page.get_by_role("button", name="The story of the first visit").click()
        expect(story).to_be_visible()
        page.keyboard.press("Escape")
        expect(story).to_be_hidden()
        page.wait_for_url(f"{visit.origin}/")
        assert visit.errors == []


def test_nothing_found_says_how_to_widen(visit: Visit) -> None:
    page = open_at(visit, "/?phase=AGREED")
    expect(page.get_by_role("heading", name="Nothing matches these filters.")).to_be_visible()
    page.get_by_role("main").get_by_role("button", name="Clear all").click()
    expect(network(page)).to_be_visible()
