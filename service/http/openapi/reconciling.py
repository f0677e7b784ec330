"""The reconciliation API in the OpenAPI document."""

from typing import Any

from schema.vocabulary import ACTOR_KINDS
from service.engine.reconciling import answers
from service.engine.reconciling.queries import (
    CANDIDATES_MOST,
    CHARACTERS_MOST,
    IDS_MOST,
    QUERIES_MOST,
    SKIPPED_MOST,
)
from service.http.openapi.components import count, list_of, object_of
from service.http.openapi.parameters import parameter, refer
from service.http.openapi.problems import may_fail
from service.http.openapi.values import Json, integer, reference_to
from service.http.rest.reconciling import (
    EXTEND,
    FORM,
    PREVIEW,
    PROPOSE,
    QUERIES,
    RECONCILE,
    SUGGEST,
)

_QUERIES_TEXT = (
    f"A batch of at most {QUERIES_MOST} queries as JSON: an object of queries by their keys. "
    f"A query has `query` (a name, a code, a slug or an id, at most {CHARACTERS_MOST} characters), "
    f"`type` (kinds of actor), `limit` (at most {CANDIDATES_MOST}) and `properties` (codes by "
    "scheme)."
)
_EXTEND_TEXT = (
    f"A request for properties as JSON: `ids` of at most {IDS_MOST} actors and `properties`, each "
    "with its `id`."
)
_TEXT: Json = {"type": "string"}
_URL: Json = {"type": "string", "format": "uri"}
_DESCRIPTION = {"type": "string", "description": "Description, to tell namesakes apart."}


def reconcile_paths() -> Json:
    """The paths of the reconciliation API."""
    return {
        RECONCILE: {"get": _BY_ADDRESS, "post": _BY_FORM},
        SUGGEST["entity"]: {
            "get": _suggest("Actor", "actors by the beginning of a name", "Entities", "AsOfHeader")
        },
        SUGGEST["type"]: {"get": _suggest("Type", "kinds of actor", "Types")},
        SUGGEST["property"]: {"get": _suggest("Property", "schemes of codes", "Properties")},
        PROPOSE: {"get": _PROPOSE},
        PREVIEW: {"get": _PREVIEW},
    }


def reconcile_parameters() -> Json:
    """The parameters of these paths, as components."""
    cursor = integer(0, SKIPPED_MOST)
    limit = integer(1, len(answers.PROPERTIES))
    typed = {"type": "string", "maxLength": CHARACTERS_MOST, "pattern": r"^[^\x00]*$"}
    return {
        "ReconcileQueries": _json(parameter(QUERIES, _QUERIES_TEXT, _TEXT), _EXAMPLE),
        "ReconcileExtend": _json(parameter(EXTEND, _EXTEND_TEXT, _TEXT), None),
        "SuggestPrefix": parameter("prefix", "Text typed so far.", typed) | {"example": "n"},
        "SuggestCursor": parameter("cursor", "Number of suggestions to skip. Default: 0.", cursor),
        "ProposedFor": parameter("type", "Kind of actor; all have the same properties.", _TEXT),
        "ProposedLimit": parameter("limit", "Number of properties to return.", limit),
        "PreviewedId": parameter("id", "Id of an actor.", typed)
        | {"required": True, "example": "actor_1"},
    }


_EXAMPLE = '{"q0":{"query":"North Korea","type":"STATE","limit":3}}'


def _json(described: Json, example: str | None) -> Json:
    """A parameter with JSON text. Its schema does not describe the JSON; the example is valid."""
    return described | ({"example": example} if example else {})


def _operation(name: str, summary: str, description: str, schema: Json, **more: Any) -> Json:
    ok = {"description": summary + ".", "content": {"application/json": {"schema": schema}}}
    return {
        "operationId": name,
        "tags": ["reconcile"],
        "summary": summary,
        "description": description,
        "responses": {"200": ok} | may_fail("400"),
    } | more


_BY_ADDRESS = _operation(
    "reconcileByAddress",
    "Describe the reconciliation service, or reconcile",
    "Returns the service manifest (W3C reconciliation API 0.2). With `queries`: the candidates of "
    "each query. With `extend`: properties of actors.",
    reference_to("ReconcileAnswer"),
    parameters=refer("ReconcileQueries", "ReconcileExtend", "AsOfHeader"),
)
_BY_FORM = _operation(
    "reconcile",
    "Reconcile names and codes with actors, or fetch properties of actors",
    "Returns the candidates of each query, best first. 100 is the score of an exact name, alias or "
    "code; `match` is true where nothing else can be meant.",
    {"anyOf": [reference_to("ReconcileResults"), reference_to("ReconcileRows")]},
    parameters=refer("AsOfHeader"),
    requestBody={
        "required": True,
        "content": {
            FORM: {
                "schema": {
                    "type": "object",
                    "properties": {
                        QUERIES: _TEXT | {"description": _QUERIES_TEXT, "examples": [_EXAMPLE]},
                        EXTEND: _TEXT | {"description": _EXTEND_TEXT},
                    },
                    "additionalProperties": False,
                    "minProperties": 1,
                    "maxProperties": 1,
                }
            }
        },
    },
)
_BY_FORM["responses"] |= may_fail("413", "415")


def _suggest(name: str, what: str, schema: str, *parameters: str) -> Json:
    return _operation(
        f"suggest{name}",
        f"Suggest {what}",
        "Suggests completions of the text typed so far.",
        reference_to(f"Suggested{schema}"),
        parameters=refer("SuggestPrefix", "SuggestCursor", *parameters),
    )


_PROPOSE = _operation(
    "proposeProperties",
    "Propose properties to fetch",
    "Returns the properties that `extend` can return.",
    reference_to("ProposedProperties"),
    parameters=refer("ProposedFor", "ProposedLimit"),
)
_PREVIEW = {
    "operationId": "previewActor",
    "tags": ["reconcile"],
    "summary": "Preview an actor",
    "description": "Returns a small page for a frame, without scripts.",
    "parameters": refer("PreviewedId", "AsOfHeader"),
    "responses": {"200": {"description": "The page.", "content": {"text/html": {"schema": _TEXT}}}}
    | may_fail("400", "404"),
}

_TYPE = object_of({"id": _TEXT, "name": _TEXT}, "A kind of actor.")
_TYPE["properties"] |= {"description": _DESCRIPTION}
_NAMED = object_of({"id": _TEXT, "name": _TEXT}, "A property.")
_NAMED["properties"] |= {"description": _DESCRIPTION}
_ENTITY = object_of(
    {
        "id": _TEXT,
        "name": _TEXT,
        "notable": list_of(reference_to("ReconcileType"), len(ACTOR_KINDS.codes), "Its kind."),
    },
    "An actor that may be meant.",
)
_ENTITY["properties"] |= {"description": _DESCRIPTION}
_CANDIDATE = object_of(
    {
        "id": _TEXT,
        "name": _TEXT,
        "type": list_of(reference_to("ReconcileType"), len(ACTOR_KINDS.codes), "Its kind."),
        "score": {"type": "number", "minimum": 0, "maximum": 100, "description": "100 is exact."},
        "match": {"type": "boolean", "description": "Whether nothing else can be meant."},
        "features": {
            "type": "array",
            "description": "What the score is made of.",
            "items": object_of({"id": _TEXT, "value": {"type": "boolean"}}, "A feature."),
        },
    },
    "A candidate.",
)
_CANDIDATE["properties"] |= {"description": _DESCRIPTION}
_SERVICE = object_of({"service_url": _URL, "service_path": _TEXT}, "Where a service is.")
_VIEW = object_of({"url": _TEXT}, "A template of an address with `{{id}}`.")


def _by_key(description: str, schema: Json) -> Json:
    return {"type": "object", "description": description, "additionalProperties": schema}


def _result(schema: str, description: str) -> Json:
    listed = {"type": "array", "items": reference_to(schema), "description": description}
    return object_of({"result": listed}, description)


RECONCILE_SCHEMAS: Json = {
    "ReconcileType": _TYPE,
    "ReconcileProperty": _NAMED,
    "ReconcileEntity": _ENTITY,
    "ReconcileCandidate": _CANDIDATE,
    "ReconcileService": _SERVICE,
    "ReconcileResult": _result("ReconcileCandidate", "The candidates of a query, best first."),
    "ReconcileResults": _by_key(
        "The result of each query, by the keys of the batch.", reference_to("ReconcileResult")
    ),
    "ReconcileRows": object_of(
        {
            "meta": {
                "type": "array",
                "items": reference_to("ReconcileProperty"),
                "description": "The properties.",
            },
            "rows": _by_key(
                "The actors, by their ids.",
                _by_key(
                    "The values of each property.",
                    {"type": "array", "items": object_of({"str": _TEXT}, "A value.")},
                ),
            ),
        },
        "Properties of actors.",
    ),
    "ReconcileManifest": object_of(
        {
            "versions": {"type": "array", "items": _TEXT, "description": "Versions of the API."},
            "name": _TEXT,
            "identifierSpace": _URL,
            "schemaSpace": _URL,
            "documentation": _URL,
            "serviceVersion": _TEXT,
            "defaultTypes": list_of(
                reference_to("ReconcileType"), len(ACTOR_KINDS.codes), "The kinds of actor."
            ),
            "view": _VIEW,
            "preview": object_of(
                {"url": _TEXT, "width": count("In pixels."), "height": count("In pixels.")},
                "Where previews are, and their size.",
            ),
            "suggest": object_of(
                {name: reference_to("ReconcileService") for name in SUGGEST},
                "Where suggestions are.",
            ),
            "extend": object_of(
                {
                    "propose_properties": reference_to("ReconcileService"),
                    "property_settings": {"type": "array", "items": {"type": "object"}},
                },
                "How properties are fetched.",
            ),
            "batchSize": count("Maximum number of queries in a batch."),
        },
        "What the reconciliation service is and can do.",
    ),
    "ReconcileAnswer": {
        "description": "The manifest, results or rows, as the request has it.",
        "anyOf": [
            reference_to("ReconcileManifest"),
            reference_to("ReconcileRows"),
            reference_to("ReconcileResults"),
        ],
    },
    "SuggestedEntities": _result("ReconcileEntity", "Actors."),
    "SuggestedTypes": _result("ReconcileType", "Kinds of actor."),
    "SuggestedProperties": _result("ReconcileProperty", "Schemes of codes."),
    "ProposedProperties": object_of(
        {
            "limit": count("Maximum number of properties."),
            "properties": {
                "type": "array",
                "items": reference_to("ReconcileProperty"),
                "description": "The properties.",
            },
        },
        "Properties that can be fetched.",
    ),
}
