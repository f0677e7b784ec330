"""Bulk writes in the OpenAPI document: the lines of the request, and those of the response."""

from collections.abc import Iterator
from typing import Any

from schema.concepts import Concept
from schema.inputs import INPUTS, InputField
from service.http.openapi.components import count, nullable, object_of
from service.http.openapi.parameters import refer
from service.http.openapi.problems import INVALID_VALUE, write_may_fail
from service.http.openapi.tokens import NEEDS_TOKEN
from service.http.openapi.values import NAME_SCHEMA, Json, reference_to, written_schema
from service.http.openapi.writing import changes_schema, created_input, input_schema
from service.http.problems import MEDIA_TYPE, WITH_ERRORS
from service.http.rest.bulk import BULK, NDJSON
from service.writing.bulk.answers import COUNTED, REFUSED_MOST, UNCHANGED
from service.writing.bulk.lines import BY, IF_REVISION, REF, REF_LONGEST, TYPES, Verb
from service.writing.references import NEW

_LINE, _ANSWER = "BulkLine", "BulkResponseLine"


def bulk_paths() -> Json:
    """The path of bulk writes."""
    lines = {NDJSON: {"schema": reference_to(_LINE)}}
    answers = {NDJSON: {"schema": reference_to(_ANSWER)}}
    refused = {MEDIA_TYPE: {"schema": reference_to("Problem")}} | answers
    responses = {
        "200": {
            "description": "A line for each line of the request, with the id of its record, and "
            "last a line that counts them. All is one revision, or none if nothing changed.",
            "content": answers,
        },
        "422": {
            "description": f"The first {REFUSED_MOST} refused lines, each with all its problems. "
            "Nothing was written. Or another request has used the Idempotency-Key.",
            "content": refused,
        },
    }
    operation = {
        "operationId": "bulk",
        "tags": ["bulk"],
        "summary": "Create, update and delete many records in one revision, or none",
        "description": "Each line of the request is one JSON object. A line can refer to a record "
        f'that a line before it creates: by `{{"{REF}": NAME}}`, wherever a reference may be.',
        "security": NEEDS_TOKEN,
        "parameters": refer("Message", "DryRun", "IdempotencyKey"),
        "requestBody": {"required": True, "content": lines},
        "responses": write_may_fail("412", "415") | responses,
    }
    return {BULK: {"post": operation}}


def bulk_schemas() -> Iterator[tuple[str, Json]]:
    """The schemas of the lines."""
    lines, answers = dict(_lines()), dict(_answers())
    yield from (lines | answers).items()
    yield _LINE, _one_of("A line of a bulk request.", lines)
    yield _ANSWER, _one_of("A line of the response to a bulk request.", answers)
    yield from ((_reference_name(each), _reference(each)) for each in TYPES.values())


def _one_of(description: str, schemas: Json) -> Json:
    return {"description": description, "anyOf": [reference_to(name) for name in schemas]}


def _lines() -> Iterator[tuple[str, Json]]:
    seen = count("Newest revision that you have seen of the record.")
    ref = {"type": "string", "minLength": 1, "maxLength": REF_LONGEST} | {
        "description": "A name for the record, by which the lines below can refer to it."
    }
    for name, concept in TYPES.items():
        by: dict[str, Any] = {BY: reference_to(_reference_name(concept))}
        new = input_schema(created_input(concept), **_verb(Verb.CREATE, name), **{REF: ref})
        yield f"Create{concept.name}Line", _requiring(new, Verb.CREATE.value)
        changes = _verb(Verb.UPDATE, name) | by | {IF_REVISION: seen}
        updated = changes_schema(concept, **changes)
        yield f"Update{concept.name}Line", _requiring(updated, Verb.UPDATE.value, BY)
        gone = object_of(
            _verb(Verb.DELETE, name) | by | {IF_REVISION: seen},
            f"Deletes {concept.indefinite_noun} that no other record refers to.",
        )
        yield (
            f"Delete{concept.name}Line",
            gone | {"required": [Verb.DELETE.value, BY], "additionalProperties": False},
        )


def _verb(verb: Verb, name: str) -> Json:
    return {verb.value: {"const": name, "description": "Type of the record."}}


def _requiring(schema: Json, *names: str) -> Json:
    return schema | {"required": [*names, *schema["required"]]}


def _reference_name(concept: Concept) -> str:
    return f"{concept.name}LineReference"


def _reference(concept: Concept) -> Json:
    """The schema of a reference that names an existing record of this type in any way."""
    known = INPUTS.get(f"{concept.name}Reference")
    ways = {field.name: _way(field) for field in known.fields if field.name != NEW} if known else {}
    ways |= {
        "id": NAME_SCHEMA,
        REF: {"type": "string", "description": "The `ref` of a line above."},
    }
    one = object_of(ways, "Exactly one of these properties.") | {
        "required": [],
        "minProperties": 1,
        "maxProperties": 1,
        "additionalProperties": False,
    }
    text = NAME_SCHEMA | {
        "description": f"The {'id or slug' if concept.has_slug else 'id'} of the record."
    }
    return {"description": "The record that a line is about.", "anyOf": [text, one]}


def _way(field: InputField) -> Json:
    if isinstance(field.type, str):
        return reference_to(field.type)
    return written_schema(field.name, field.type)


def _answers() -> Iterator[tuple[str, Json]]:
    line = count("Number of the line, from 1.")
    id = {"type": ["string", "null"], "description": "Id of the record; null in a dry run."}
    yield "DoneLine", object_of({"line": line, "id": id}, "A line that is done.")
    errors = {"type": "array", "items": reference_to(INVALID_VALUE), "minItems": 1}
    refused = {"line": line, WITH_ERRORS: errors | {"description": "All its problems."}}
    yield "RefusedLine", object_of(refused, "A line that is refused.")
    counts = {name: count(f"Number of records that were {name}.") for name in COUNTED}
    counts[UNCHANGED] = count("Number of lines that found all as they say.")
    revision = nullable(
        count(
            "Number of the revision, or of the newest one if no line changed anything; null in "
            "a dry run."
        )
    )
    # Not `const: true`: openapi-python-client generates invalid code for an optional constant.
    dry = {"dryRun": {"type": "boolean", "description": "True where nothing was written."}}
    done = object_of({"revision": revision} | dry | counts, "The last line, if all is done.")
    yield "BulkSummary", done | {"required": ["revision", *counts]}
    texts = {
        "code": {"type": "string", "description": "Machine-readable code."},
        "message": {"type": "string", "description": "What was refused."},
    }
    failed = texts | {"refused": count("Number of refused lines.")}
    yield "BulkRefusal", object_of(failed, "The last line, if any is refused.")
