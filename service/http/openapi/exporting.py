"""Exports in the OpenAPI document: an address for each collection and format."""

from schema.concepts import COLLECTIONS, Concept
from service.engine.exporting.formats import Format
from service.http.openapi.components import NOT_MODIFIED, READ_HEADERS, TAG_HEADER
from service.http.openapi.parameters import export_parameters
from service.http.openapi.problems import may_fail
from service.http.openapi.values import Json, reference_to

_TEXT: Json = {"schema": {"type": "string"}}
_HEADERS: Json = {
    "Link": {
        "description": "`cite-as`: the address that gives the same file again (RFC 8574); "
        "`describedby`: its citation.",
        "required": True,
    }
    | _TEXT,
    "Content-Disposition": {"description": "Name of the file.", "required": True} | _TEXT,
}


def export_paths() -> Json:
    """A path for each collection and format."""
    return {
        f"/api/v1/{name}.{form.value.extension}": {"get": _export(name, concept, form)}
        for name, concept in COLLECTIONS.items()
        for form in Format
    }


def _export(name: str, concept: Concept, form: Format) -> Json:
    extension = form.value.extension
    ok = {
        "description": f"All {concept.plural} that match, of one revision.",
        "headers": _HEADERS | TAG_HEADER | READ_HEADERS,
        "content": {form.value.media_types[0]: {"schema": _schema(concept, form)}},
    }
    return {
        "operationId": f"export{name[0].upper()}{name[1:]}As{extension.capitalize()}",
        "tags": [name],
        "summary": f"Export {concept.plural} as {extension.upper()}",
        "description": f"Returns all {concept.plural} that match all filters, as a file. "
        f"`Accept: {form.value.media_types[0]}` on `/api/v1/{name}` does the same.",
        "parameters": export_parameters(concept),
        "responses": {"200": ok, "304": NOT_MODIFIED} | may_fail("400"),
    }


def _schema(concept: Concept, form: Format) -> Json:
    if form is Format.JSONL:
        return reference_to(concept.name) | {"description": "One line of the file."}
    return {"type": "string", "description": "A header and a row for each record (RFC 4180)."}
