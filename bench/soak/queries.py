"""The queries of the readers, with checks: both APIs, cached and uncached, current and as of."""

from collections.abc import Callable, Sequence
from random import Random
from typing import Any, NamedTuple
from urllib.parse import quote

import orjson

from bench import workloads
from bench.soak.http import Request, Response

_JSON = (("Content-Type", "application/json"),)
_PAGE = 50
_PAGE_AS_OF = workloads.PAGE.replace(
    "query Page($kind: SupportKind!)",
    "query PageAsOf($kind: SupportKind!, $revision: Int!) @asOf(revision: $revision)",
)

_SLOW = """
query Slow($text: String!) {
  supports(where: {evidence: {some: {statement: {text: {contains: $text}}}}}) { totalCount }
}
"""

# The failure that a response shows; empty if it is correct.
Failure = str
Verify = Callable[[Response], Failure]


class Query(NamedTuple):
    """`kind`: the name for its latencies in the report."""

    kind: str
    request: Request
    verify: Verify


class Known(NamedTuple):
    """Values of the generated data for queries. No writer changes them."""

    slugs: Sequence[str]
    kinds: Sequence[str]
    revision: int


def graphql(document: str, variables: dict[str, Any] | None = None) -> Request:
    """A GraphQL request by POST."""
    return Request("POST", "/graphql", workloads.body(document, variables or {}), _JSON)


def query(dice: Random, known: Known) -> Query:
    """A random query."""
    (make,) = dice.choices(list(_SHARES), weights=list(_SHARES.values()))
    return make(dice, known)


def _lookup(dice: Random, known: Known) -> Query:
    """The first twenty are so frequent that they are cached."""
    slug = known.slugs[min(int(dice.expovariate(1 / 20)), len(known.slugs) - 1)]
    return Query("lookup", graphql(workloads.LOOKUP, {"slug": slug}), _names(slug))


def _lookup_unseen(dice: Random, known: Known) -> Query:
    """Returns a document with an operation name that no earlier request had."""
    slug, number = dice.choice(known.slugs), dice.getrandbits(60)
    document = f'query Q{number} {{ actor(by: {{slug: "{slug}"}}) {{ slug name a{number}: id }} }}'
    return Query("new document", graphql(document), _names(slug))


def _page(dice: Random, known: Known) -> Query:
    kind = dice.choice(known.kinds)
    return Query("page", graphql(workloads.PAGE, {"kind": kind}), _has_page(kind))


def _page_of_any_size(dice: Random, known: Known) -> Query:
    kind, first = dice.choice(known.kinds), dice.randint(1, _PAGE)
    request = graphql(workloads.PAGE_OF_ANY_SIZE, {"kind": kind, "first": first})
    return Query("page", request, _has_page(kind, first))


def _page_as_of(dice: Random, known: Known) -> Query:
    kind, revision = dice.choice(known.kinds), dice.randint(1, known.revision)
    request = graphql(_PAGE_AS_OF, {"kind": kind, "revision": revision})
    return Query("page as of then", request, _has_page(kind))


def _rest_page(dice: Random, known: Known) -> Query:
    kind, first = dice.choice(known.kinds), dice.randint(1, _PAGE)
    path = f"/api/v1/supports?kind={kind}&first={first}&orderBy=-startedOn"
    return Query("REST page", Request("GET", path), _has_data(first))


def _rest_member(dice: Random, known: Known) -> Query:
    slug = dice.choice(known.slugs)
    path = f"/api/v1/actors/{quote(slug)}"
    return Query("REST record", Request("GET", path), _is_record("slug", slug))


def _rest_known(dice: Random, known: Known) -> Query:
    """A conditional request."""
    path = f"/api/v1/actors/{quote(known.slugs[0])}"
    request = Request("GET", path, headers=(("If-None-Match", "*"),))
    return Query("REST record", request, has_status(304))


def _rest_changes(dice: Random, known: Known) -> Query:
    path = f"/api/v1/changes?since={dice.randint(0, known.revision - 1)}&first={_PAGE}"
    return Query("REST changes", Request("GET", path), _has_data(_PAGE))


def slow_query(dice: Random) -> Query:
    """A query that reads nearly all data, and so runs in a thread."""
    request = graphql(_SLOW, {"text": f"{dice.getrandbits(30):x}"})
    return Query("slow", request, _has_no_errors)


def _introspection(dice: Random, known: Known) -> Query:
    return Query("introspection", graphql("{ __schema { types { name } } }"), _has_no_errors)


def _health(dice: Random, known: Known) -> Query:
    return Query("health", Request("GET", "/readyz"), has_status(200))


# Relative frequencies.
_SHARES: dict[Callable[[Random, Known], Query], float] = {
    _lookup: 40,
    _lookup_unseen: 8,
    _page: 15,
    _page_of_any_size: 8,
    _page_as_of: 4,
    _rest_page: 8,
    _rest_member: 10,
    _rest_known: 3,
    _rest_changes: 3,
    _introspection: 0.2,
    _health: 1,
}


# --- checks of the responses --------------------------------------------------------------------


def has_status(*statuses: int) -> Verify:
    """The status must be one of these."""

    def verify(response: Response) -> Failure:
        if response.status in statuses:
            return ""
        return f"{response.status} instead of {statuses}: {response.body[:300]!r}"

    return verify


def _data(response: Response) -> tuple[Any, Failure]:
    wrong = has_status(200)(response)
    content = {} if wrong else orjson.loads(response.body)
    if "errors" in content:
        wrong = f"{content['errors']}"
    return content.get("data"), wrong


def _has_no_errors(response: Response) -> Failure:
    return _data(response)[1]


def _names(slug: str) -> Verify:
    def verify(response: Response) -> Failure:
        data, wrong = _data(response)
        if not wrong and data["actor"]["slug"] != slug:
            return f"{data} instead of the actor {slug}"
        return wrong

    return verify


def _has_page(kind: str, first: int = _PAGE) -> Verify:
    def verify(response: Response) -> Failure:
        data, wrong = _data(response)
        if wrong:
            return wrong
        nodes = [edge["node"] for edge in data["supports"]["edges"]]
        if len(nodes) > first or any(node["kind"] != kind for node in nodes):
            return f"not {first} supports of the kind {kind}: {response.body[:300]!r}"
        return ""

    return verify


def _has_data(most: int) -> Verify:
    def verify(response: Response) -> Failure:
        data, wrong = _data(response)
        if not wrong and not 0 < len(data) <= most:
            return f"{len(data)} records instead of 1 to {most}"
        return wrong

    return verify


def _is_record(name: str, value: str) -> Verify:
    def verify(response: Response) -> Failure:
        wrong = has_status(200)(response)
        if not wrong and orjson.loads(response.body)[name] != value:
            return f"not the record with the {name} {value}: {response.body[:300]!r}"
        return wrong

    return verify
