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
    admin: str

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
        for role in ("editor", "reader", "admin")
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
    filters.get_by_text("Grades", exact=True).click()
    for legend, (label, where) in choices.items():
        count = service.ask(f"{{supports(where: {{{where}}}) {{totalCount}}}}")["supports"]
        assert count["totalCount"] == 1
        group = filters.get_by_role("group", name=legend)
        group.get_by_role("checkbox", name=re.compile(f"{label} *1$")).check()
    page.wait_for_url("**/?view=table&conflict=russia-ukraine&grade=B&credibility=2")
    expect(page.locator("tbody tr")).to_have_count(1)
    # The data begin in 2023, but the support may have begun before.
    expect(page.locator(".column-startedOn .censored")).to_have_text("2023 or before")
    histogram = page.get_by_role("img", name=re.compile("^Supports in each year"))
    expect(histogram).to_have_accessible_name(
        re.compile("1 support may have begun before 2023, when the data on them begin")
    )
    page.reload()
    expect(filters.get_by_role("status")).to_have_text(re.compile("^1 of "))
    expect(filters.get_by_role("checkbox", checked=True)).to_have_count(3)


def open_form(page: Page) -> Locator:
    page.get_by_role("button", name="More").click()
    page.get_by_role("button", name="Record a statement").click()
    return page.get_by_role("dialog", name="Record a statement")


def choose_actor(form: Locator, label: str, typed: str, name: str) -> None:
    form.get_by_label(label, exact=True).fill(typed)
    form.get_by_role("listbox").get_by_role("option").filter(has_text=name).first.click()
    expect(form.get_by_label(label, exact=True)).to_have_value(name)


def test_a_statement_is_recorded_with_problems_at_their_fields(
    visit: Visit, service: Service
) -> None:
    page = visit.open("/?view=table&phase=PLEDGED")
    form = open_form(page)
    form.get_by_label("Title of the article, report or page").fill("Aid to Iran")
    form.get_by_label("Address").fill("example.org/aid")
    choose_actor(form, "Who said it", "rutt", "Mark Rutte")
    form.get_by_label("The words").fill("Ruritania sends Iran thirty drones.")
    form.get_by_label("Said on").fill("2025-13")
    form.get_by_label("Who gives", exact=True).fill("Ruritania")
    choose_actor(form, "Who receives", "iran", "Iran")
    form.get_by_label("Kind of support").select_option("DRONES")
    form.get_by_label("Quantity claimed", exact=True).fill("30")
    form.get_by_label("Unit").select_option("pieces")
    expect(form).to_contain_text(
        "Mark Rutte asserts: Ruritania → Iran, drones, delivered, 30 pieces"
    )
    send = form.get_by_role("button", name="Record")
    token = form.get_by_label("Token")
    said_on = form.get_by_label("Said on")

    token.fill(service.reader)
    send.click()
    expect(said_on).to_have_accessible_description(re.compile("2025-13' is not an EDTF date"))
    expect(said_on).to_be_focused()
    said_on.fill("2025-03")
    send.click()
    expect(token).to_have_accessible_description(re.compile("This token is read only"))
    expect(token).to_be_focused()
    # Chromium logs both refused requests as errors; the form has shown them.
    visit.errors.clear()

    token.fill(service.editor)
    send.click()
    expect(form.get_by_label("Address")).to_have_accessible_description(re.compile("http"))
    assert service.ask('{actor(by: {slug: "ruritania"}) {name}}')["actor"] is None

    form.get_by_label("Address").fill("https://example.org/aid")
    send.click()
    expect(form.get_by_role("heading", name="Recorded as revision")).to_be_focused()
    form.get_by_role("button", name="Show it").click()
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


def test_some_of_several_actors_give_what_another_claim_is_certain_of(
    visit: Visit, service: Service
) -> None:
    before = service.ask("{revision {number} actors {totalCount} sources {totalCount}}")
    page = visit.open("/?view=table")
    form = open_form(page)
    form.get_by_label("Title of the article, report or page").fill("Two of these four")
    choose_actor(form, "Who said it", "rutt", "Mark Rutte")
    form.get_by_label("The words").fill("Two of these four send missiles, and one sent money.")
    form.get_by_label("How sure is it who gives?").select_option("Some of several actors give it")
    for _ in range(2):
        form.get_by_role("button", name="Add a candidate").click()
    for place, name in enumerate(("Iran", "China", "North Korea", "NATO"), start=1):
        choose_actor(form, f"Candidate {place}", name.lower(), name)
    form.get_by_label("How many of them at least?").select_option("2 of these 4")
    choose_actor(form, "Who receives", "russia", "Russia")
    form.get_by_label("Kind of support").select_option("MISSILES")
    form.get_by_label("Quantity claimed", exact=True).fill("300")
    form.get_by_label("Quantity claimed: up to").fill("500")
    form.get_by_label("Unit").select_option("pieces")

    form.get_by_role("button", name="Add another claim").click()
    second = form.get_by_role("group", name="Claim 2 of 2")
    expect(second.locator("legend")).to_be_focused()
    choose_actor(second, "Who gives", "china", "China")
    second.get_by_label("Kind of support").select_option("FUNDING")
    second.get_by_label("Worth claimed", exact=True).fill("5")
    second.get_by_label("Currency").fill("EUX")
    form.get_by_label("Token").fill(service.editor)
    form.get_by_role("button", name="Record", exact=True).click()
    expect(second.get_by_label("Currency")).to_have_accessible_description(re.compile("4217"))
    second.get_by_label("Currency").fill("eur")
    form.get_by_role("button", name="Remove: Candidate 4").click()
    form.get_by_label("How many of them at least?").select_option("2 of these 3")
    expect(form).to_contain_text("at least 2 of Iran, China, North Korea → Russia, missiles")
    form.get_by_role("button", name="Record", exact=True).click()
    recorded = form.get_by_role("heading", name="Recorded as revision")
    expect(recorded).to_be_focused()

    written = service.ask(
        """{statements(where: {text: {startsWith: "Two of these four"}}) {nodes {
          evidence {nodes {
            quantity {low high unit} worth {value currency}
            support {kind attribution candidatesAtLeast candidates {nodes {slug}}
                     supporter {slug}}}}}}}"""
    )["statements"]["nodes"][0]["evidence"]["nodes"]
    assert written == [
        {
            "quantity": {"low": "300", "high": "500", "unit": "PIECES"},
            "worth": None,
            "support": {
                "kind": "MISSILES",
                "attribution": "SOME_OF",
                "candidatesAtLeast": 2,
                "candidates": {
                    "nodes": [{"slug": slug} for slug in ("china", "iran", "north-korea")]
                },
                "supporter": None,
            },
        },
        {
            "quantity": None,
            "worth": {"value": "5", "currency": "EUR"},
            "support": {
                "kind": "FUNDING",
                "attribution": "CERTAIN",
                "candidatesAtLeast": None,
                "candidates": {"nodes": []},
                "supporter": {"slug": "china"},
            },
        },
    ]

    form.get_by_role("button", name="Undo").click()
    expect(form.get_by_role("heading", name="is undone")).to_be_focused()
    after = service.ask("{revision {number message} actors {totalCount} sources {totalCount}}")
    number = before["revision"]["number"] + 1
    assert after["revision"] == {"number": number + 1, "message": f"Undo revision {number}."}
    assert after["actors"] == before["actors"]
    assert after["sources"] == before["sources"]
    # The form still has its values, to be edited.
    form.get_by_role("button", name="Change it and record it again").click()
    expect(form.get_by_label("The words")).to_have_value(re.compile("^Two of these four"))


def fill_pact(form: Locator, service: Service) -> Locator:
    """Fills the required fields of a statement and its claim, and the token.

    Returns the button that sends the form.
    """
    form.get_by_label("Title of the article, report or page").fill("A pact")
    choose_actor(form, "Who said it", "rutt", "Mark Rutte")
    form.get_by_label("The words").fill("Ils se sont promis des chars pour 3,5 millions.")
    choose_actor(form, "Who gives", "iran", "Iran")
    choose_actor(form, "Who receives", "russia", "Russia")
    form.get_by_label("Kind of support").select_option("ARMOUR")
    form.get_by_label("Phase").select_option("AGREED")
    form.get_by_label("Token").fill(service.editor)
    form.get_by_text("More about the support").click()
    return form.get_by_role("button", name="Record", exact=True)


def test_a_claim_says_all_that_may_be_known_of_a_support(visit: Visit, service: Service) -> None:
    form = open_form(visit.open("/?view=table"))
    send = fill_pact(form, service)
    choose_actor(form, "Who published it", "rutt", "Mark Rutte")
    choose_actor(form, "On whose behalf", "nato", "NATO")
    form.get_by_label("Language").fill("fr")
    form.get_by_label("Worth claimed", exact=True).fill("3.5")
    form.get_by_label("Worth in").select_option("million TIV")
    expect(form.get_by_label("Currency")).to_have_count(0)
    form.get_by_label("Note on this claim").fill("Rounded.")
    form.get_by_label("Conflict within which it is given").fill("ukrain")
    form.get_by_role("option", name="Russia and Ukraine").click()
    for number, name in enumerate(("Ukraine", "China"), start=1):
        form.get_by_role("button", name="Add an actor that is named").click()
        choose_actor(form, f"Named actor {number}", name.lower(), name)
    form.get_by_label("Data set that has it").fill("article")
    form.get_by_role("option", name="Claims in an article").click()
    form.get_by_label("Row in its file").fill("row 12")
    form.get_by_label("Kind as the file names it").fill("Tanks")
    choose_actor(form, "Against whom", "ukrain", "Ukraine")
    form.get_by_label("Where it is given").fill("Kursk")
    form.get_by_label("Agreed on").fill("2024-06")
    form.get_by_label("Both are bound alike, as by a pact").check()
    form.get_by_label("It may go on after the end date").check()
    form.get_by_label("In return for the support").fill("Russia korea")
    form.get_by_role("option", name=re.compile("Russia → North Korea, funding")).click()
    form.get_by_label("Summary of the support").fill("Tanks for each other.")
    form.get_by_label("Note on the support").fill("Read twice.")
    send.click()
    dataset = form.get_by_label("Data set that has it")
    expect(dataset).to_have_accessible_description(re.compile("leave it out"))
    form.get_by_label("Token").fill(service.admin)
    send.click()
    expect(form.get_by_role("heading", name="Recorded as revision")).to_be_focused()

    written = service.ask(
        """{statements(where: {text: {startsWith: "Ils se sont"}}) {nodes {
          language onBehalfOf {slug} source {publisher {slug}} mentions {nodes {slug}}
          evidence {nodes {
            note worth {value unit currency}
            support {agreedOn mutual startCensored endCensored place summary note
                     conflict {slug} against {slug} dataset {slug} sourceKey sourceCategory
                     inReturnFor {supporter {slug} recipient {slug}}}}}}}}"""
    )["statements"]["nodes"][0]
    assert written == {
        "language": "fr",
        "onBehalfOf": {"slug": "nato"},
        "source": {"publisher": {"slug": "mark-rutte"}},
        "mentions": {"nodes": [{"slug": "ukraine"}, {"slug": "china"}]},
        "evidence": {
            "nodes": [
                {
                    "note": "Rounded.",
                    "worth": {"value": "3.5", "unit": "TIV", "currency": None},
                    "support": {
                        "agreedOn": "2024-06",
                        "mutual": True,
                        "startCensored": False,
                        "endCensored": True,
                        "place": "Kursk",
                        "summary": "Tanks for each other.",
                        "note": "Read twice.",
                        "conflict": {"slug": "russia-ukraine"},
                        "dataset": {"slug": "rutte-2024"},
                        "sourceKey": "row 12",
                        "sourceCategory": "Tanks",
                        "against": {"slug": "ukraine"},
                        "inReturnFor": {
                            "supporter": {"slug": "russia"},
                            "recipient": {"slug": "north-korea"},
                        },
                    },
                }
            ]
        },
    }
    form.get_by_role("button", name="Undo").click()
    expect(form.get_by_role("heading", name="is undone")).to_be_focused()


def test_a_new_conflict_is_recorded_with_its_kind_and_undone(
    visit: Visit, service: Service
) -> None:
    form = open_form(visit.open("/?view=table"))
    send = fill_pact(form, service)
    conflict = form.get_by_label("Conflict within which it is given", exact=True)
    conflict.fill("Ruritania's border war")
    expect(conflict).to_have_accessible_description(re.compile("a new conflict"))
    kind = form.get_by_label("Conflict within which it is given: kind of the new one")
    kind.select_option("Within a state, with troops of others")
    send.click()
    expect(form.get_by_role("heading", name="Recorded as revision")).to_be_focused()
    found = '{conflicts(where: {name: {startsWith: "Ruritania"}}) {nodes {slug kind}}}'
    assert service.ask(found)["conflicts"]["nodes"] == [
        {"slug": "ruritania-s-border-war", "kind": "INTERNATIONALISED"}
    ]
    form.get_by_role("button", name="Undo").click()
    expect(form.get_by_role("heading", name="is undone")).to_be_focused()
    assert service.ask(found)["conflicts"]["nodes"] == []


def test_a_record_that_is_typed_and_not_chosen_is_not_lost(visit: Visit, service: Service) -> None:
    form = open_form(visit.open("/?view=table"))
    send = fill_pact(form, service)
    returned = form.get_by_label("In return for the support")
    returned.fill("ukraine")
    send.click()
    assert returned.evaluate("field => field.validationMessage").startswith("Choose one")


def test_what_the_api_refuses_is_said_at_its_field(visit: Visit, service: Service) -> None:
    form = open_form(visit.open("/?view=table"))
    send = fill_pact(form, service)
    agreed, against = form.get_by_label("Agreed on"), form.get_by_label("Against whom")
    agreed.fill("2024-06-31")
    send.click()
    expect(agreed).to_have_accessible_description(re.compile("2024-06-31"))
    expect(agreed).to_be_focused()
    # Chromium logs the status of the response as an error.
    visit.errors.clear()
    agreed.fill("2024-06")
    choose_actor(form, "Against whom", "iran", "Iran")
    send.click()
    expect(against).to_have_accessible_description(re.compile("against its own supporter"))


def test_a_statement_is_corrected_with_its_claims_and_withdrawn_without(
    visit: Visit, service: Service
) -> None:
    said = service.ask(
        """{statements(where: {evidence: {some: {support: {kind: {eq: TROOPS}}}}}, first: 1) {
          nodes {id text evidence {nodes {support {id}}}}}}"""
    )["statements"]["nodes"][0]
    page = visit.open(f"/?statement={said['id']}")
    page.get_by_role("button", name="Correct or withdraw").click()
    form = page.get_by_role("dialog", name="Record a statement")
    expect(form.locator(".corrected blockquote")).to_have_text(said["text"])
    expect(form).to_contain_text("On the same support: North Korea → Russia, troops, delivered")
    form.get_by_label("Title of the article, report or page").fill("A correction")
    form.get_by_label("The words").fill("They were fewer.")
    form.get_by_label("Quantity claimed", exact=True).fill("9000")
    form.get_by_label("Token").fill(service.editor)
    form.get_by_role("button", name="Record", exact=True).click()
    expect(form.get_by_role("heading", name="Recorded as revision")).to_be_focused()
    corrections = """{statement(id: "%s") {correctedBy {nodes {
      id text evidence {nodes {quantity {value unit} support {id}}}}}}}"""
    (correction,) = service.ask(corrections % said["id"])["statement"]["correctedBy"]["nodes"]
    same_support = said["evidence"]["nodes"][0]["support"]
    assert correction["evidence"]["nodes"] == [
        {"quantity": {"value": "9000", "unit": "PERSONS"}, "support": same_support}
    ]

    # The correction is withdrawn too: it is found by its words, and has no claim.
    form.get_by_role("button", name="Record another").click()
    search = form.get_by_label("Corrects or withdraws an earlier statement")
    search.fill("they were fewer")
    form.get_by_role("option").filter(has_text="They were fewer.").click()
    form.get_by_role("button", name="Remove: What it claims").click()
    form.get_by_label("Title of the article, report or page").fill("A withdrawal")
    form.get_by_label("The words").fill("We withdraw what we said.")
    expect(form).to_contain_text("withdraws the earlier statement")
    form.get_by_role("button", name="Record", exact=True).click()
    expect(form.get_by_role("heading", name="Recorded as revision")).to_be_focused()
    (withdrawal,) = service.ask(corrections % correction["id"])["statement"]["correctedBy"]["nodes"]
    assert withdrawal["text"] == "We withdraw what we said."
    assert withdrawal["evidence"]["nodes"] == []


def test_what_others_build_on_is_not_undone_and_a_closed_form_loses_nothing(
    visit: Visit, service: Service
) -> None:
    page = visit.open("/?view=table")
    form = open_form(page)
    form.get_by_label("Title of the article, report or page").fill("A first report")
    form.get_by_label("The words").fill("Graustark sends Iran drones.")
    page.keyboard.press("Escape")
    expect(form).to_be_hidden()
    open_form(page)
    expect(form.get_by_label("The words")).to_have_value("Graustark sends Iran drones.")
    choose_actor(form, "Who said it", "rutt", "Mark Rutte")
    form.get_by_label("Who gives", exact=True).fill("Graustark")
    choose_actor(form, "Who receives", "iran", "Iran")
    form.get_by_label("Kind of support").select_option("DRONES")
    form.get_by_label("Token").fill(service.editor)
    # By the keyboard only.
    page.keyboard.press("Control+Enter")
    expect(form.get_by_role("heading", name="Recorded as revision")).to_be_focused()
    service.post(
        """mutation {createSupport(input: {
          supporter: {slug: "graustark"}, recipient: {slug: "iran"}, kind: TRADE, phase: PLEDGED,
          evidence: [{stance: ASSERTS, statement: {id: "statement_1"}}]}) {errors {message}}}""",
        {"authorization": f"Bearer {service.editor}"},
    )
    form.get_by_role("button", name="Undo").click()
    expect(form.get_by_role("alert")).to_contain_text("It was not undone")
    expect(form.get_by_role("alert")).to_contain_text("support_")
    assert service.ask('{actor(by: {slug: "graustark"}) {name}}')["actor"] is not None
