"""Makes random requests valid, because random text names no existing record."""

from collections.abc import Mapping
from typing import Any

from schemathesis import HookContext
from schemathesis.specs.openapi.schemas import OpenApiSchema

from schema.concepts import COLLECTIONS
from schema.values.folding import words_of

# A record of the bundled data, by the field that refers to it.
_KNOWN: Mapping[str, str] = {
    "supporter": "iran",
    "recipient": "russia",
    "speaker": "mark-rutte",
    "member": "iran",
    "organisation": "nato",
    "support": "support_1",
    "statement": "statement_1",
    "source": "source_1",
    "publisher": "the-independent",
    "dataset": "rutte-2024",
    "against": "ukraine",
    "onBehalfOf": "nato",
    "inReturnFor": "support_2",
}


# These must match other values or the data, so random values are nearly always invalid.
_MADE_UP_IN_VAIN = {"asOf", "fields", "after", "before", "last", "If-Match"}


def keep_doable(schema: OpenApiSchema) -> None:
    """Makes all requests from now on refer to existing records."""
    for part in ("query", "headers"):
        schema.hook(f"map_{part}")(_without_vain_ones)
    schema.hook("map_query")(_with_a_word)
    schema.hook("map_body")(_doable_body)


def keep_to_known_addresses(schema: OpenApiSchema) -> None:
    """Makes addresses of single records exist. Not for stateful tests, which follow links."""
    schema.hook("map_path_parameters")(_known_address)


def _doable_body(context: HookContext, body: Any) -> Any:
    operation = context.operation
    if operation and operation.method.upper() == "PATCH" and isinstance(body, dict):
        # A random id is nearly never that of the record.
        body = {name: value for name, value in body.items() if name != "id"}
    return _naming_known_records(body)


def _without_vain_ones(_: HookContext, given: Mapping[str, Any] | None) -> dict[str, Any]:
    return {name: value for name, value in (given or {}).items() if name not in _MADE_UP_IN_VAIN}


def _with_a_word(_: HookContext, given: Mapping[str, Any] | None) -> dict[str, Any]:
    """Replaces a text without letters and digits, which no pattern of a schema can exclude."""
    asked = dict(given or {})
    if isinstance(text := asked.get("text"), str) and not words_of(text):
        asked["text"] = "iran"
    return asked


def _known_address(context: HookContext, given: dict[str, Any] | None) -> dict[str, Any] | None:
    if not given or "key" not in given:
        return given
    operation = context.operation
    assert operation
    if operation.method.upper() == "DELETE" and operation.path.startswith("/api/v1/datasets/"):
        # Deleting the data set would delete all known records.
        return given | {"key": "dataset_999"}
    concept = COLLECTIONS[operation.path.split("/")[3]]
    return given | {"key": f"{concept.id_prefix}1"}


def _naming_known_records(body: Any) -> Any:
    """Returns the value with known records in place of references by text."""
    match body:
        case dict():
            return {
                name: _KNOWN[name]
                if name in _KNOWN and isinstance(value, str)
                else _naming_known_records(value)
                for name, value in body.items()
            }
        case list():
            return [_naming_known_records(item) for item in body]
    return body
