"""Random requests that can be done: what is made up names nobody, and no state of any record."""

from collections.abc import Mapping
from typing import Any

from schemathesis import HookContext
from schemathesis.specs.openapi.schemas import OpenApiSchema

from schema.concepts import COLLECTIONS
from schema.folding import words_of

# By the field that names it, a record of the bundled data.
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


# Each of these must fit something else, or the data, and so nearly never does.
_MADE_UP_IN_VAIN = {"asOf", "fields", "after", "before", "last", "If-Match"}


def keep_doable(schema: OpenApiSchema) -> None:
    """Everything that is drawn at random from now on names what there is."""
    for part in ("query", "headers"):
        schema.hook(f"map_{part}")(_without_vain_ones)
    schema.hook("map_query")(_with_a_word)
    schema.hook("map_body")(_doable_body)


def keep_to_known_addresses(schema: OpenApiSchema) -> None:
    """The same for addresses of single records; where links are followed, it would mislead."""
    schema.hook("map_path_parameters")(_known_address)


def _doable_body(context: HookContext, body: Any) -> Any:
    operation = context.operation
    if operation and operation.method.upper() == "PATCH" and isinstance(body, dict):
        # A made-up id is hardly that of the record.
        body = {name: value for name, value in body.items() if name != "id"}
    return _naming_known_records(body)


def _without_vain_ones(_: HookContext, given: Mapping[str, Any] | None) -> dict[str, Any]:
    return {name: value for name, value in (given or {}).items() if name not in _MADE_UP_IN_VAIN}


def _with_a_word(_: HookContext, given: Mapping[str, Any] | None) -> dict[str, Any]:
    """No schema can say in every language of patterns that a text must have a letter or a digit."""
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
        # With the data set, all that is known would be gone.
        return given | {"key": "dataset_999"}
    concept = COLLECTIONS[operation.path.split("/")[3]]
    return given | {"key": f"{concept.id_prefix}1"}


def _naming_known_records(body: Any) -> Any:
    """The same, with known records in the place of those that are named by a text."""
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
