"""Citations of queries, and each format read by other programs."""

import json
import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any
from urllib.parse import quote

import httpx
import pytest
from citeproc import (
    Citation,
    CitationItem,
    CitationStylesBibliography,
    CitationStylesStyle,
    formatter,
)
from citeproc.source.json import CiteProcJSON
from pybtex.database import BibliographyData, parse_string

from schema.graphql.types import FIRST_MOST
from service.engine.citing.bibtex import bibtex
from service.engine.citing.citations import Citation as CitedQuery
from service.engine.citing.citations import CitedDataset
from service.engine.citing.csl import csl
from service.engine.citing.text import text as as_text
from tests.http.editing import Editor

Send = Callable[..., httpx.Response]
Json = dict[str, Any]

QUERY = "recipient.slug=russia&kind.in=DRONES,MISSILES"
# CSL 1.0.2 has these variables, among others; its schema allows no further ones.
VARIABLES = {"id", "type", "title", "author", "issued", "version", "URL", "DOI", "note"}
# The output of these LaTeX commands: `\textbackslash` and so on.
SIGNS = {
    "backslash": "\\",
    "braceleft": "{",
    "braceright": "}",
    "asciitilde": "~",
    "asciicircum": "^",
    "less": "<",
    "greater": ">",
    "bar": "|",
}
HOSTILE = r"100% {of} \LaTeX #1 & $x_1^2$ ~ <a|b> «Ωμέγα» 乌克兰"


def cite(send: Send, query: str, form: str) -> httpx.Response:
    return send("GET", f"/api/v1/cite?{query}&format={form}")


def csl_items(send: Send, query: str) -> list[Json]:
    items: list[Json] = cite(send, query, "csl").raise_for_status().json()
    return items


def bibliography(text: str) -> BibliographyData:
    return parse_string(text, "bibtex")


def add_dataset(editor: Editor, slug: str, **fields: Any) -> None:
    new = {"slug": slug, "title": slug, "version": "7", "licence": "CC0", "citation": f"{slug}!"}
    answer = editor.rest("POST", "datasets", new | fields)
    assert answer.status_code == 201, answer.text


def add_support(editor: Editor, dataset: str, recipient: str) -> None:
    support = {
        "supporter": {"slug": "iran"},
        "recipient": {"slug": recipient},
        "kind": "TRADE",
        "phase": "DELIVERED",
        "dataset": {"slug": dataset},
    }
    answer = editor.rest("POST", "supports", support)
    assert answer.status_code == 201, answer.text


def test_a_citation_has_the_revision_its_date_and_the_address_that_gives_it_again(
    send: Send,
) -> None:
    answer = cite(send, f"of=supports.csv&{QUERY}", "csl")
    assert answer.headers["content-type"] == "application/vnd.citationstyles.csl+json"
    revision = answer.headers["allygraph-revision"]
    query, dataset = answer.json()
    assert query["version"] == f"Revision {revision}"
    time = send("POST", "/graphql", json={"query": "{ revision { time } }"}).json()["data"]
    parts = [int(part) for part in time["revision"]["time"][:10].split("-")]
    assert query["issued"] == {"date-parts": [parts]}
    assert query["URL"].endswith(f"/api/v1/supports.csv?{QUERY}&asOf={revision}")
    assert answer.links["cite-as"]["url"] == query["URL"]
    assert send("GET", query["URL"]).content == send("GET", f"/api/v1/supports.csv?{QUERY}").content
    assert (dataset["id"], dataset["version"]) == ("rutte-2024", "1.0")
    assert dataset["note"].startswith("Licence: CC BY 4.0")


def test_what_cites_an_earlier_revision_stays_the_same(editor: Editor) -> None:
    query = "of=supports&supporter.slug=iran"
    before = cite(editor.send, query, "text")
    revision = before.headers["allygraph-revision"]
    add_dataset(editor, "later")
    add_support(editor, "later", "russia")
    now, again = (cite(editor.send, f"{query}{more}", "text") for more in ("", f"&asOf={revision}"))
    assert "later!" in now.text
    assert again.content == before.content
    assert again.headers["allygraph-as-of"] == revision


def test_only_the_data_sets_of_what_is_found_are_cited(editor: Editor) -> None:
    add_dataset(editor, "one", doi="10.1000/182", publishedOn="2019-06")
    add_dataset(editor, "two")
    add_support(editor, "one", "north-korea")
    add_support(editor, "two", "russia")

    def cited(query: str) -> list[str]:
        return [item["id"] for item in csl_items(editor.send, query)][1:]

    assert cited("of=supports&supporter.slug=iran&recipient.slug=north-korea") == ["one"]
    assert cited("of=totals&groupBy=KIND&supporter.slug=iran&recipient.slug=north-korea") == ["one"]
    assert cited("of=supports&recipient.slug=nobody") == []
    assert cited("of=supports") == ["one", "rutte-2024", "two"]
    assert cited("of=datasets&slug=two") == ["two"]
    assert cited("of=statements") == cited("of=evidence") == cited("of=sources") == ["rutte-2024"]
    # Data sets share actors, so actors belong to no single data set.
    assert cited("of=actors&slug=iran") == []
    _, one = csl_items(editor.send, "of=datasets&slug=one")
    assert (one["DOI"], one["issued"]) == ("10.1000/182", {"date-parts": [[2019, 6]]})


def test_all_data_sets_are_cited_however_many_pages_they_fill(editor: Editor) -> None:
    slugs = [f"set-{number:04}" for number in range(2 * FIRST_MOST + 1)]
    lines = (
        {"create": "dataset", "slug": slug, "title": slug, "version": "1", "licence": "CC0"}
        | {"citation": f"{slug}!"}
        for slug in slugs
    )
    answer = editor.send(
        "POST",
        "/api/v1/bulk",
        content=b"".join(json.dumps(line).encode() + b"\n" for line in lines),
        headers={"content-type": "application/x-ndjson"},
    )
    assert answer.status_code == 200, answer.text
    revision = editor.revision()
    add_dataset(editor, "later")
    for as_of, expected in (("", ["later", "rutte-2024", *slugs]), (f"&asOf={revision}", slugs)):
        items = csl_items(editor.send, f"of=datasets{as_of}")
        assert [item["id"] for item in items][1:] == sorted({"rutte-2024", *expected})


def test_an_export_links_to_its_citation(send: Send) -> None:
    export = send("GET", f"/api/v1/supports.csv?{QUERY}")
    citation = send("GET", export.links["describedby"]["url"])
    assert citation.json()[0]["URL"] == export.links["cite-as"]["url"]


# --- formats ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("accept", "media_type"),
    [
        ("*/*", "text/plain"),
        ("text/html, */*;q=0.8", "text/plain"),
        ("application/x-bibtex", "application/x-bibtex"),
        ("application/json", "application/vnd.citationstyles.csl+json"),
        ("Application/JSON; charset=utf-8", "application/vnd.citationstyles.csl+json"),
        ("application/json, text/plain;q=0", "application/vnd.citationstyles.csl+json"),
        ("APPLICATION/X-BIBTEX", "application/x-bibtex"),
        ("application/vnd.citationstyles.csl+json", "application/vnd.citationstyles.csl+json"),
    ],
)
def test_accept_chooses_where_no_format_is_named(send: Send, accept: str, media_type: str) -> None:
    answer = send("GET", "/api/v1/cite?of=supports", headers={"accept": accept})
    assert answer.status_code == 200
    assert answer.headers["content-type"].partition(";")[0] == media_type


def test_other_media_types_are_refused_with_those_there_are(send: Send) -> None:
    refused = send("GET", "/api/v1/cite?of=supports", headers={"accept": "image/png"})
    assert (refused.status_code, refused.json()["code"]) == (406, "NOT_ACCEPTABLE")
    assert "application/x-bibtex (format=bibtex)" in refused.json()["detail"]


@pytest.mark.parametrize(
    "query",
    [
        "format=text",
        "of=nothing",
        "of=supports&of=actors",
        "of=supports&format=ris",
        "of=supports&format=text&format=csl",
        "of=supports&nme=1",
        "of=supports&fields=nme",
        "of=supports&orderBy=nme",
        "of=totals",
        "of=totals&groupBy=KIND&orderBy=nme",
    ],
)
def test_what_cannot_be_cited_is_refused(send: Send, query: str) -> None:
    refused = send("GET", f"/api/v1/cite?{query}")
    assert (refused.status_code, refused.json()["code"]) == (400, "BAD_USER_INPUT")


def test_a_client_that_has_the_citation_does_not_get_it_again(send: Send) -> None:
    tag = send("GET", "/api/v1/cite?of=supports").headers["etag"]
    headers = {"if-none-match": tag}
    assert send("GET", "/api/v1/cite?of=supports", headers=headers).status_code == 304
    assert send("GET", "/api/v1/cite?of=actors", headers=headers).status_code == 200


def test_a_citation_processor_prints_the_csl_json() -> None:
    items = json.loads(csl(MADE_UP))
    for item in items:
        assert item.keys() <= VARIABLES
    style = CitationStylesStyle("harvard-cite-them-right", validate=False)
    printed = CitationStylesBibliography(style, CiteProcJSON(items), formatter.plain)
    for item in items:
        printed.register(Citation([CitationItem(item["id"])]))
    lines = [str(line) for line in printed.bibliography()]
    assert any("A & B" in line and "2019" in line for line in lines)
    assert any("AllyGraph" in line and "2026" in line for line in lines)


def dataset(**fields: Any) -> CitedDataset:
    known: Json = {
        "slug": "made-up",
        "title": HOSTILE,
        "version": "1_2",
        "licence": "CC0 & more",
        "citation": "Made up.",
        "url": "https://example.org/a_b?c={d}%20#e",
        "doi": "10.1000/a_b",
        "publisher": "A & B",
        "published": ("2019-01-01", "2019-12-31"),
    }
    return CitedDataset(**known | fields)


MADE_UP = CitedQuery(
    named=f"supports: name={HOSTILE}",
    address=f"https://example.org/api/v1/supports?name={quote(HOSTILE)}&asOf=12",
    revision=12,
    date="2026-11-30",
    datasets=(dataset(),),
)


def read(field: str) -> str:
    """Returns a field as LaTeX prints it: commands, escaped characters, and groups."""
    assert not re.search(r"(?<!\\)[#$%&_~^<>|]", field)
    text = re.sub(r"\\text([a-z]+)\{\}", lambda name: SIGNS[name[1]], field.strip("{}"))
    return re.sub(r"\\([#$%&_])", r"\1", text)


def test_bibtex_says_what_the_text_says_whatever_tex_means_by_it() -> None:
    found = bibliography(bibtex(MADE_UP))
    query, made_up = found.entries[MADE_UP.key], found.entries["made-up"]
    assert read(query.fields["title"]).endswith(f"supports: name={HOSTILE}")
    assert read(made_up.fields["title"]) == HOSTILE
    assert read(made_up.fields["note"]) == "Version 1_2. Licence: CC0 & more"
    (author,) = made_up.persons["author"]
    assert [read(name) for name in author.last_names] == ["A & B"]
    # URLs are read unchanged.
    assert query.fields["url"] == MADE_UP.address
    assert made_up.fields["doi"] == "10.1000/a_b"
    assert made_up.fields["url"] == "https://example.org/a_b?c=%7Bd%7D%20#e"
    assert (query.fields["year"], query.fields["month"]) == ("2026", "11")
    assert (made_up.fields["year"], "month" in made_up.fields) == ("2019", False)


@pytest.mark.parametrize(
    ("doi", "address"),
    [
        ("10.1000/a_b", "https://doi.org/10.1000/a_b"),
        (
            "10.1002/(SICI)1096-8644(199601)99:1<1::AID-AJPA1>3.0.CO;2-1",
            "https://doi.org/10.1002/(SICI)1096-8644(199601)99:1%3C1::AID-AJPA1%3E3.0.CO;2-1",
        ),
        ("10.1000/a%2Fb?c#d [e]", "https://doi.org/10.1000/a%252Fb%3Fc%23d%20%5Be%5D"),
        ("10.1000/ä", "https://doi.org/10.1000/%C3%A4"),
        (None, "https://example.org/a_b?c={d}%20#e"),
    ],
)
def test_the_address_of_a_doi_leads_to_it_whatever_its_characters(
    doi: str | None, address: str
) -> None:
    cited = replace(MADE_UP, datasets=(dataset(doi=doi),))
    assert as_text(cited).splitlines()[-1].endswith(f"{address}]")


@pytest.mark.parametrize(
    ("published", "parts"),
    [
        (("2019-06-03", "2019-06-03"), [[2019, 6, 3]]),
        (("2019-06-01", "2019-06-30"), [[2019, 6]]),
        (("2019-01-01", "2019-12-31"), [[2019]]),
        (("2010-01-01", "2019-12-31"), [[2010], [2019]]),
        (None, None),
    ],
)
def test_a_date_is_as_precise_as_it_is_known(published: Any, parts: Any) -> None:
    query = CitedQuery("actors", "https://example.org/", 0, "", (dataset(published=published),))
    first, made_up = json.loads(csl(query))
    assert "issued" not in first
    assert made_up.get("issued") == (parts and {"date-parts": parts})
    has_year = "year" in bibliography(bibtex(query)).entries["made-up"].fields
    assert has_year is (parts is not None and len(parts) == 1)


def test_a_citation_of_a_long_query_is_cut_and_its_address_is_not(send: Send) -> None:
    name = "x" * 900
    query, *_ = csl_items(send, f"of=actors&name={name}")
    assert len(query["title"]) < 400
    assert name in query["URL"]


@pytest.mark.parametrize(
    "path",
    [
        f"supports?{QUERY}",
        "totals?groupBy=KIND",
        "network?hops=1&around=ukraine",
        "paths?from=nato&to=ukraine",
        "panel?unit=DIRECTED_DYAD_YEAR&datasets=rutte-2024&kinds=TROOPS&phases=DELIVERED&from=2024"
        "&to=2024&actors=north-korea,russia",
    ],
)
def test_a_json_answer_leads_to_its_citation_and_to_the_same_answer(send: Send, path: str) -> None:
    answer = send("GET", f"/api/v1/{path}").raise_for_status()
    citation = send("GET", answer.links["describedby"]["url"]).raise_for_status()
    assert citation.json()[0]["URL"] == answer.links["cite-as"]["url"]
    again = send("GET", answer.links["cite-as"]["url"]).raise_for_status()
    assert again.content == answer.content


# The last query has over 500 characters, which each link would repeat.
LONG = f"supports?summary.contains={'a' * 500}"


@pytest.mark.parametrize("path", ["changes?since=0", "search?text=russia", "actors/nato", LONG])
def test_what_cannot_be_cited_has_no_such_link(send: Send, path: str) -> None:
    answer = send("GET", f"/api/v1/{path}").raise_for_status()
    assert "cite-as" not in answer.links


@pytest.mark.parametrize("form", ["text", "bibtex", "csl"])
def test_what_is_cited_has_nothing_that_turns_the_text_round(send: Send, form: str) -> None:
    """A right-to-left override would change how the rest of the citation is displayed."""
    query = {"of": "supports", "format": form, "summary.contains": "a\u202eb\u0007\u2066c"}
    cited = send("GET", "/api/v1/cite", params=query).text
    assert "summary.contains=a b c" in cited
    assert not {"\u202e", "\u2066", "\u0007"} & {*cited}
    assert "summary.contains=a%E2%80%AEb%07%E2%81%A6c&asOf=1" in cited.replace("{\\%}", "%")
