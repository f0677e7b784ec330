"""The OpenAPI 3.1 document, derived from the concepts."""

from collections.abc import Iterator
from functools import cache

from schema.concepts import COLLECTIONS, Concept
from schema.counting import ACCURACIES
from schema.graphql.counting import ACCURACY_DESCRIPTION, CountAccuracy
from schema.graphql.types import FIRST_MOST
from service import __version__
from service.http.openapi.bulk import bulk_paths, bulk_schemas
from service.http.openapi.changes import change_parameters, change_paths, change_schemas
from service.http.openapi.citing import cite_parameters, cite_paths, cite_schemas
from service.http.openapi.components import (
    CITED_LINK_HEADER,
    REVISION,
    all_meanings,
    count,
    list_of,
    nested_schemas,
    object_of,
    record_schema,
)
from service.http.openapi.exporting import export_paths
from service.http.openapi.links import FIRST_OF_PAGE, member_links
from service.http.openapi.network import network_parameters, network_paths, network_schemas
from service.http.openapi.panel import panel_parameters, panel_paths, panel_schemas
from service.http.openapi.parameters import (
    order_name,
    order_schema,
    page_parameters,
    parameter_components,
    read_parameters,
)
from service.http.openapi.paths import path_parameters, path_schemas, support_paths
from service.http.openapi.position import position_parameters, position_paths, position_schemas
from service.http.openapi.problems import RESPONSES, problem_schema, watched_may_fail
from service.http.openapi.reading import json_answer, read_operation
from service.http.openapi.reconciling import (
    RECONCILE_SCHEMAS,
    reconcile_parameters,
    reconcile_paths,
)
from service.http.openapi.search import search_parameters, search_paths, search_schemas
from service.http.openapi.tokens import (
    NEEDS_TOKEN,
    SECURITY_SCHEMES,
    TOKEN_PARAMETERS,
    TOKEN_SCHEMAS,
    token_paths,
)
from service.http.openapi.totals import totals_parameters, totals_paths, totals_schemas
from service.http.openapi.values import Json, choice, named_values, reference_to
from service.http.openapi.writing import add_writing_paths, writing_schemas

DESCRIPTION = """\
Who supports whom, with what, and who says so.

A filter is `path.operator=value`; the default operator is `eq`. A path can follow relations:
`recipient.slug=russia`, `evidence.statement.speaker.slug=mark-rutte`. Each collection lists the
parameters for the record's own fields and for those of directly related records; longer paths work
too. A date can be a year, a month or a day. `fields` selects the fields of the response:
`fields=kind,supporter.name,evidence.statement.text`. `orderBy` sorts:
`orderBy=-startedOn,supporter.name`.

Writes need a token. Reads take one as well, and need one only where the operator has set
`ALLYGRAPH_READ=token`.
"""


@cache
def document(*, reads_need_token: bool = False) -> Json:
    """The complete document of a service."""
    paths: Json = {}
    for name, concept in COLLECTIONS.items():
        paths[f"/api/v1/{name}"] = {"get": _collection(name, concept)}
        paths[f"/api/v1/{name}/{{key}}"] = {"get": _member(name, concept)}
    paths |= (
        export_paths()
        | totals_paths()
        | network_paths()
        | support_paths()
        | position_paths()
        | search_paths()
        | panel_paths()
        | cite_paths()
        | change_paths()
    )
    add_writing_paths(paths)
    paths |= bulk_paths() | reconcile_paths()
    paths |= token_paths() | {"/healthz": {"get": _HEALTHZ}, "/readyz": {"get": _READYZ}}
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "AllyGraph",
            "version": __version__,
            "description": DESCRIPTION,
            "contact": {"name": "The operator of this service"},
            "license": {"name": "MIT", "identifier": "MIT"},
        },
        # The security of reads; other operations state their own.
        "security": NEEDS_TOKEN if reads_need_token else [],
        # The server is the address from which the document was read.
        "servers": [{"url": "/", "description": "This service."}],
        "tags": list(_tags()),
        "paths": paths,
        "components": {
            "schemas": dict(_schemas())
            | dict(totals_schemas())
            | dict(network_schemas())
            | dict(path_schemas())
            | dict(position_schemas())
            | dict(search_schemas())
            | dict(panel_schemas())
            | dict(change_schemas())
            | dict(writing_schemas())
            | dict(bulk_schemas())
            | cite_schemas()
            | RECONCILE_SCHEMAS
            | TOKEN_SCHEMAS
            | named_values(all_meanings()),
            "parameters": parameter_components()
            | totals_parameters()
            | search_parameters()
            | panel_parameters()
            | cite_parameters()
            | network_parameters()
            | path_parameters()
            | position_parameters()
            | change_parameters()
            | reconcile_parameters()
            | TOKEN_PARAMETERS,
            "responses": RESPONSES,
            "securitySchemes": SECURITY_SCHEMES,
        },
    }


def _tags() -> Iterator[Json]:
    for name, concept in COLLECTIONS.items():
        yield {"name": name, "description": concept.description}
    yield {"name": "totals", "description": "Numbers and sums of supports, in groups."}
    yield {"name": "search", "description": "Records by words of their names and texts."}
    yield {"name": "panel", "description": "Supports by unit and year, with zeros and empty cells."}
    yield {"name": "cite", "description": "Citations of queries."}
    yield {"name": "network", "description": "Actors and the supports between them."}
    yield {"name": "paths", "description": "Chains of support from one actor to another."}
    yield {"name": "changes", "description": "What each revision created, updated or deleted."}
    yield {"name": "bulk", "description": "Many writes in one request."}
    yield {"name": "reconcile", "description": "Which actor a name or a code means."}
    yield {"name": "tokens", "description": "Tokens of clients; for administrators."}
    yield {"name": "health", "description": "Whether the service runs, and whether it can answer."}


# --- operations ---------------------------------------------------------------------------------


def _collection(name: str, concept: Concept) -> Json:
    ok = json_answer(f"A page of {concept.plural}.", f"{concept.name}Page", CITED_LINK_HEADER)
    return read_operation(
        f"list{name[0].upper()}{name[1:]}",
        name,
        summary=f"List {concept.plural}",
        description=f"Returns a page of the {concept.plural} that match all filters. With "
        "`Accept: text/csv` or `application/jsonl`: all of them, as a file.",
        parameters=page_parameters(concept),
        ok=ok | {"links": member_links(concept, FIRST_OF_PAGE)},
        errors=("400", "406"),
    )


def _member(name: str, concept: Concept) -> Json:
    how = "id or slug" if concept.has_slug else "id"
    return read_operation(
        f"get{concept.name}",
        name,
        summary=f"Get {concept.indefinite_noun} by {how}",
        description=f"Returns {concept.indefinite_noun}, or an earlier version of it.",
        parameters=read_parameters(concept),
        ok=json_answer(concept.description, concept.name, {}),
        errors=("400", "404", "406"),
    )


def _health(name: str, summary: str, description: str, **properties: Json) -> Json:
    schema = object_of({"status": {"const": "ok"}} | properties, "The result of the check.")
    ok = {
        "description": "The check succeeded.",
        "content": {"application/json": {"schema": schema}},
    }
    return {
        "operationId": name,
        "tags": ["health"],
        "summary": summary,
        "description": description,
        "security": [],
        "responses": {"200": ok} | watched_may_fail(),
    }


_HEALTHZ = _health(
    "healthz",
    "Check that the server process is running",
    "For restarts: succeeds while the process can respond, even without its database.",
)
_READYZ = _health(
    "readyz",
    "Check that the database is reachable",
    "For load balancers: succeeds while the service can read its database.",
    revision=count("Number of the newest revision."),
)


# --- schemas ------------------------------------------------------------------------------------


def _schemas() -> Iterator[tuple[str, Json]]:
    for concept in COLLECTIONS.values():
        yield concept.name, record_schema(concept)
        yield f"{concept.name}Page", _page_of(concept)
        yield order_name(concept), order_schema(concept)
    yield from nested_schemas()
    yield (
        "Page",
        object_of(
            {
                "startCursor": _cursor("Cursor of the first record; null if the page is empty."),
                "endCursor": _cursor("Cursor of the last record; null if the page is empty."),
                "hasPreviousPage": _flag("Whether records precede the page."),
                "hasNextPage": _flag("Whether more records follow the page."),
                "totalCount": count("Number of matching records on all pages."),
                "unknownCount": count(
                    "Number of records left out because it is not known whether they are valid at"
                    " the time that `validAt` or `validDuring` names; 0 without either."
                ),
            },
            "Information about the page.",
        ),
    )
    yield CountAccuracy.__name__, choice(ACCURACY_DESCRIPTION, ACCURACIES)
    yield "Problem", problem_schema()


def _cursor(description: str) -> Json:
    return {"type": ["string", "null"], "description": description}


def _flag(description: str) -> Json:
    return {"type": "boolean", "description": description}


def _page_of(concept: Concept) -> Json:
    return object_of(
        {
            "data": list_of(reference_to(concept.name), FIRST_MOST, "The records."),
            "page": reference_to("Page"),
            "revision": REVISION,
        },
        f"A page of {concept.plural}.",
    )
