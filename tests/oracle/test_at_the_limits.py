"""Documents that nest as deep or are as broad as the default limits allow succeed.

SQLite nests expressions 1,000 deep and joins 64 tables, PostgreSQL selects 1,664 columns: each
document here would exceed that as one flat statement.
"""

from itertools import chain
from typing import Any

import pytest
from graphql import parse

from service.documents.limits import DocumentLimits, check_variables
from service.settings import Settings
from tests.oracle.agreement import Ask, as_text
from tests.oracle.conftest import Library
from tests.oracle.data_sets.worlds import invented
from tests.oracle.resolvers.resolvers import answer

WORLD = 1
Json = dict[str, Any]

TO_ONES = ("supporter", "recipient", "against", "dataset")
FACTS = "totalCount pageInfo { hasNextPage hasPreviousPage startCursor endCursor }"
ORDERED = "orderBy: [{startedOn: DESC}, {supporter: {name: ASC}}, {inReturnFor: {kind: ASC}}]"
BY_SOURCE = 'where: {evidence: {some: {statement: {source: {publisher: {slug: {ne: "x"}}}}}}}'


def nested(first: str, step: str, times: int, leaf: str) -> str:
    """Returns the step nested this many times, with a leaf in the last."""
    opened = first + step * times
    return f"{opened}{leaf}{'}' * (opened.count('{') - opened.count('}'))}"


def pages(arguments: str, facts: str, leaf: str) -> str:
    """Pages within pages, 19 fields deep including the leaf."""
    page = f"({arguments}) {{ {facts} nodes {{ id "
    return nested(f"supports{page}", f"supporter {{ supportsGiven{page}", 5, leaf)


def returned_favours(depth: int) -> str:
    """A support with all its to-one edges, and with those of the support that it returns."""
    ends = " ".join(f"{edge} {{ id slug }}" for edge in TO_ONES)
    further = f"inReturnFor {{ {returned_favours(depth - 1)} }}" if depth > 1 else ""
    return f"id {further} summary quantity {{ value unit }} {ends}"


def aliased(selection: str) -> str:
    """Returns the selection 200 times, each with an alias."""
    return " ".join(f"a{number}: {selection}" for number in range(200))


HISTORY = "history(first: 2) { totalCount nodes { action fields { field after } record { "


def query(text: str, inner: str = "") -> str:
    """Returns the text as a query, with the inner selection in place of "..."."""
    return f"{{ {text.replace('...', inner)} }}"


PAST = "query @asOf(revision: 2) "
DOCUMENTS = {
    "pages": query(pages("first: 1", "", "supporter { name }")),
    "pages with all there is to a page": query(
        pages(f"first: 1, {ORDERED}, {BY_SOURCE}", FACTS, "evidence { totalCount }")
    ),
    "pages in the past": PAST + query(pages(f"last: 1, {ORDERED}", FACTS, "assessment { low }")),
    "pages on pages": nested(
        "{ actors(first: 1) { nodes { ",
        "mentionedIn(first: 1) { nodes { mentions(first: 1) { nodes { ",
        4,
        "codes { value }",
    ),
    "edges": nested(
        "{ supports(first: 1) { edges { cursor node { ",
        "recipient { supportsReceived(first: 1) { edges { cursor node { ",
        4,
        "id",
    ),
    "histories": nested(
        '{ node(id: "support_1") { ... on Record { ', f"{HISTORY} ... on Support {{ ", 6, "id"
    ),
    "histories of any record": nested('{ node(id: "actor_1") { ... on Record { ', HISTORY, 3, "id"),
    "histories of two records": nested(
        '{ nodes(ids: ["actor_1", "source_1"]) { ... on Record { ', HISTORY, 3, "id"
    ),
    "histories in a log": nested(
        "{ changes(since: 0, first: 2) { nodes { record { ", HISTORY, 3, "id"
    ),
    "joins": query("supports(first: 3) { nodes { ... } }", returned_favours(17)),
    "joins below a page": query(
        "actors { nodes { supportsGiven(first: 2) { nodes { ... } } } }", returned_favours(14)
    ),
    "joins of one record": query('support(id: "support_2") { ... }', returned_favours(18)),
    "joins in the past": PAST + query("supports(first: 3) { nodes { ... } }", returned_favours(17)),
    "200 records at one edge": query(
        "supports(first: 2) { nodes { ... } }", aliased("supporter { codes { value } }")
    ),
    "200 pages": query("supports(first: 2) { nodes { ... } }", aliased("evidence { totalCount }")),
    "200 groups": query("supports(first: 2) { nodes { ... } }", aliased("quantity { value }")),
    "200 records with pages": query(
        "evidence(first: 1) { nodes { ... } }",
        aliased("statement { source { url } evidence(first: 1) { totalCount } }"),
    ),
    "200 histories": query(
        "supports(first: 1) { nodes { ... } }", aliased("history(first: 1) { totalCount }")
    ),
}


@pytest.mark.parametrize("document", DOCUMENTS.values(), ids=DOCUMENTS)
def test_documents(ask: Ask, library: Library, document: str) -> None:
    DocumentLimits(Settings(), parse(document)).check()
    _check(ask, library, document)


def chain_of(step: Any, last: Json, depth: int) -> Json:
    """Returns a filter nested in `step` this many times."""
    for _ in range(depth):
        last = step(last)
    return last


LEAF = {"kind": {"ne": "DRONES"}}
# A value for every other member, so that the nested edge is one of many.
MANY = {
    "phase": {"ne": "PLEDGED"},
    "summary": {"ne": "x"},
    "place": {"ne": "x"},
    "startedOn": {"isNull": False},
    "quantity": {"value": {"gte": "0"}, "unit": {"isNull": False}},
    "recipient": {"slug": {"ne": "x"}, "name": {"ne": "x"}},
}
FILTERS: dict[str, Json] = {
    "to-one edges": chain_of(lambda inner: {"inReturnFor": inner}, LEAF, 17),
    "to-one edges among others": chain_of(
        lambda inner: {"inReturnFor": inner, **MANY}, {**LEAF}, 16
    ),
    "some": chain_of(lambda inner: {"returned": {"some": inner}}, LEAF, 8),
    "none": chain_of(lambda inner: {"returned": {"none": inner}}, LEAF, 8),
    "every": chain_of(lambda inner: {"supporter": {"supportsGiven": {"every": inner}}}, LEAF, 5),
    "not": chain_of(lambda inner: {"not": inner}, LEAF, 17),
    "edges through records between": chain_of(
        lambda inner: {
            "evidence": {"some": {"statement": {"evidence": {"none": {"support": inner}}}}}
        },
        LEAF,
        2,
    ),
    "everything": chain_of(
        lambda inner: {"or": [{"not": {"inReturnFor": inner}, **MANY}, {"and": [MANY] * 20}]},
        LEAF,
        4,
    ),
    "or of 300": {"or": [{"summary": {"eq": f"s{n}"}} for n in range(300)]},
    "and of 300": {"and": [{"summary": {"ne": f"s{n}"}} for n in range(300)]},
    "300 edges": {"or": [{"supporter": {"slug": {"eq": f"s{n}"}}} for n in range(300)]},
}
ASKED = {
    "today": "query($w: SupportFilter) { supports(where: $w) { totalCount nodes { id } } }",
    "in the past": "query($w: SupportFilter) @asOf(revision: 2)"
    " { supports(where: $w) { totalCount nodes { id } } }",
    "of a page below": "query($w: SupportFilter)"
    " { actors { nodes { supportsGiven(where: $w) { totalCount nodes { id } } } } }",
    "of changes": "query($w: SupportFilter)"
    " { changes(since: 0, where: {support: $w}) { totalCount nodes { action } } }",
}


@pytest.mark.parametrize("asked", ASKED)
@pytest.mark.parametrize("name", FILTERS)
def test_filters(ask: Ask, library: Library, name: str, asked: str) -> None:
    if asked == "of changes" and name in ("none", "every"):
        pytest.skip("Whatever the database, it goes through all records at every step.")
    where, document = FILTERS[name], ASKED[asked]
    check_variables(Settings(), {"w": where})
    _check(ask, library, document, {"w": where})


def order(*path: str) -> Json:
    """Returns an order by the slug at the end of a path of edges."""
    key: Json = {"slug": "DESC"}
    for edge in reversed(path):
        key = {edge: key}
    return key


def test_orders(ask: Ask, library: Library) -> None:
    """Eight sort keys, each of another record, nested as deep as an argument may be."""
    favours = ["inReturnFor"] * 16
    keys = [[order(*favours[away:], edge) for edge in TO_ONES] for away in (0, 1)]
    document = "query($o: [SupportOrder!]) { supports(orderBy: $o) { edges { cursor } } }"
    variables = {"o": list(chain(*keys))}
    check_variables(Settings(), variables)
    _check(ask, library, document, variables)


def _check(ask: Ask, library: Library, document: str, variables: Json | None = None) -> None:
    expected = as_text(answer(invented(WORLD), document, variables or {}, None))
    assert as_text(ask(library.database(WORLD), document, variables)) == expected
