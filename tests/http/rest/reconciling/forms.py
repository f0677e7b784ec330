"""The schemas of the reconciliation API 0.2, after those of its specification.

They state what https://reconciliation-api.github.io/specs/0.2/schemas/ says of the fields used
here, and also forbid other fields.
"""

from typing import Any

Json = dict[str, Any]

TEXT: Json = {"type": "string"}


def closed(required: Json, **optional: Json) -> Json:
    return {
        "type": "object",
        "properties": required | optional,
        "required": list(required),
        "additionalProperties": False,
    }


def listed(item: Json, **more: Any) -> Json:
    return {"type": "array", "items": item, **more}


TYPE = closed({"id": TEXT, "name": TEXT}, description=TEXT)
PROPERTY = closed({"id": TEXT, "name": TEXT}, description=TEXT)
SERVICE = closed({"service_url": TEXT, "service_path": {"type": "string", "pattern": "^/"}})
_WITH_ID = {"type": "string", "pattern": r".*\{\{id\}\}.*"}

MANIFEST = closed(
    {
        "versions": listed(TEXT, contains={"enum": ["0.2"]}),
        "name": TEXT,
        "identifierSpace": TEXT,
        "schemaSpace": TEXT,
    },
    documentation=TEXT,
    serviceVersion=TEXT,
    defaultTypes=listed(TYPE, uniqueItems=True),
    view=closed({"url": _WITH_ID}),
    preview=closed({"url": _WITH_ID, "width": {"type": "integer"}, "height": {"type": "integer"}}),
    suggest=closed({}, entity=SERVICE, property=SERVICE, type=SERVICE),
    extend=closed({"propose_properties": SERVICE, "property_settings": listed({})}),
    # From a later draft; clients of 0.2 ignore it.
    batchSize={"type": "integer"},
)

CANDIDATE = closed(
    {"id": TEXT, "name": TEXT, "score": {"type": "number"}},
    description=TEXT,
    match={"type": "boolean"},
    type=listed(TYPE),
    features=listed(closed({"id": TEXT, "value": {"type": ["boolean", "number"]}})),
)
RESULTS: Json = {
    "type": "object",
    "additionalProperties": closed({"result": listed(CANDIDATE)}),
}

ENTITIES = closed(
    {"result": listed(closed({"id": TEXT, "name": TEXT}, description=TEXT, notable=listed(TYPE)))}
)
TYPES = closed({"result": listed(TYPE)})
PROPERTIES = closed({"result": listed(PROPERTY)})
PROPOSED = closed({"properties": listed(PROPERTY)}, limit={"type": "integer"}, type=TEXT)

_VALUE: Json = {
    "oneOf": [
        closed({}),
        closed({"id": TEXT, "name": TEXT}, description=TEXT),
        closed({"str": TEXT}),
        closed({"float": {"type": "number"}}),
        closed({"int": {"type": "integer"}}),
    ]
}
ROWS = closed(
    {
        "meta": listed(PROPERTY),
        "rows": {
            "type": "object",
            "additionalProperties": {"type": "object", "additionalProperties": listed(_VALUE)},
        },
    }
)
