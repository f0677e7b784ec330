"""Citations in the OpenAPI document."""

from service.engine.citing.formats import CITATION_FORMATS
from service.engine.citing.subjects import citable
from service.http.openapi.components import NOT_MODIFIED, READ_HEADERS, TAG_HEADER
from service.http.openapi.parameters import parameter, refer
from service.http.openapi.problems import may_fail
from service.http.openapi.values import Json, reference_to
from service.http.rest.addresses import CITE

_DESCRIPTION = """\
Returns the citation of a query: what it finds, the revision with its date, the address that gives
the same again, and each data set that is involved with its version, licence and DOI. Further
parameters are those of what is cited: its filters, `fields`, `orderBy`, `groupBy`.
"""
_LINK: Json = {
    "Link": {
        "description": "`cite-as`: the address that gives what is cited again (RFC 8574).",
        "required": True,
        "schema": {"type": "string"},
    }
}


def cite_paths() -> Json:
    """The path of citations."""
    ok = {
        "description": "The citation.",
        "headers": _LINK | TAG_HEADER | READ_HEADERS,
        "content": {
            form.media_type: {"schema": _ITEMS if form.media_type.endswith("json") else _TEXT}
            for form in CITATION_FORMATS.values()
        },
    }
    return {
        CITE: {
            "get": {
                "operationId": "cite",
                "tags": ["cite"],
                "summary": "Cite a query",
                "description": _DESCRIPTION,
                "parameters": refer(*cite_parameters(), "AsOf", "AsOfHeader", "IfNoneMatch"),
                "responses": {"200": ok, "304": NOT_MODIFIED} | may_fail("400", "406"),
            }
        }
    }


_TEXT: Json = {"type": "string"}
_ITEMS: Json = {
    "type": "array",
    "description": "CSL-JSON: an item for the query, and one for each data set.",
    "items": {
        "type": "object",
        "properties": {"id": _TEXT, "type": _TEXT},
        "required": ["id", "type"],
        "additionalProperties": True,
    },
}


def cite_parameters() -> Json:
    """The parameters that only citations have, as components."""
    return {
        "CiteOf": parameter(
            "of", "What is cited, as in its address.", reference_to("CitedResource")
        )
        | {"required": True, "example": "supports"},
        "CiteFormat": parameter(
            "format",
            "Format of the citation. Default: by `Accept`, or else text.",
            reference_to("CitationFormat"),
        )
        | {"example": "bibtex"},
    }


def cite_schemas() -> Json:
    """The values of these parameters."""
    return {
        "CitedResource": {
            "type": "string",
            "description": "A collection, the totals, or a file of one.",
            "enum": list(citable()),
        },
        "CitationFormat": {
            "type": "string",
            "description": "Format of a citation: plain text, BibTeX or CSL-JSON.",
            "enum": list(CITATION_FORMATS),
        },
    }
