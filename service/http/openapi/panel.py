"""Panels in the OpenAPI document."""

from collections.abc import Iterator, Mapping

from schema.analysis.panel import (
    ACTOR_FIELDS,
    ACTOR_MEMBERS,
    ACTORS_MOST,
    CELL_FIELDS,
    COLUMNS_MOST,
    MISSING,
    PANEL_UNITS,
    SIDES,
    YEAR_LEAST,
    YEAR_MOST,
    CellField,
)
from schema.graphql.panel import ARGUMENTS, FIELD_DESCRIPTION
from schema.graphql.types import FIRST_DEFAULT, FIRST_MOST
from schema.vocabulary import SUPPORT_KINDS, SUPPORT_PHASES
from service.http.openapi.components import (
    CITED_LINK_HEADER,
    REVISION,
    count,
    list_of,
    nullable,
    object_of,
)
from service.http.openapi.parameters import parameter, refer, size
from service.http.openapi.reading import json_answer, read_operation
from service.http.openapi.values import ACTOR_NAME_SCHEMA, Json, choice, integer, reference_to

_SHARED = ("AsOf", "AsOfHeader", "IfNoneMatch")
_YEAR = integer(YEAR_LEAST, YEAR_MOST)
_SLUG = {"type": "string", "pattern": "^[a-z0-9]+(-[a-z0-9]+)*$", "maxLength": 100}
# The maximum number of addresses of a cell: one for each direction of a dyad.
_ADDRESSES_MOST = 2


def panel_paths() -> Json:
    """The path of panels."""
    ok = json_answer("A page of a panel.", "PanelPage", CITED_LINK_HEADER)
    return {
        "/api/v1/panel": {
            "get": read_operation(
                "listPanel",
                "panel",
                summary="Build a panel: a row for each unit and year",
                description=FIELD_DESCRIPTION,
                parameters=refer(*panel_parameters(), "After", *_SHARED),
                ok=ok,
                errors=("400", "406"),
            )
        }
    }


def panel_export_parameters() -> list[Json]:
    """The parameters of a request for a whole panel: those of a page, without paging."""
    own = (name for name in panel_parameters() if name != "PanelFirst")
    return refer(*own, *_SHARED)


def panel_parameters() -> Json:
    """The parameters that only panels have, as components."""
    made = {
        "PanelUnit": _parameter("unit", reference_to(PANEL_UNITS.name), "ACTOR_YEAR"),
        "PanelDatasets": _parameter("datasets", _listed(_SLUG, COLUMNS_MOST), ["rutte-2024"]),
        "PanelFrom": _parameter("from", _YEAR, 2023),
        "PanelTo": _parameter("to", _YEAR, 2024),
        "PanelKinds": _parameter("kinds", _terms(SUPPORT_KINDS.name, SUPPORT_KINDS.codes)),
        "PanelPhases": _parameter(
            "phases", _terms(SUPPORT_PHASES.name, SUPPORT_PHASES.codes), ["DELIVERED"]
        ),
        "PanelCodes": _parameter("codes", reference_to("CodeScheme"), "COW"),
        "PanelActors": _parameter("actors", _listed(ACTOR_NAME_SCHEMA, ACTORS_MOST)),
        "PanelCovered": _parameter("covered", {"type": "boolean"}),
        "PanelAmounts": _parameter("amounts", {"type": "string", "pattern": "^[A-Z_]{3,20}$"}),
        "PanelFirst": size(f"Number of rows to return. Default: {FIRST_DEFAULT}."),
    }
    needed = ("PanelUnit", "PanelDatasets", "PanelFrom", "PanelTo")
    return made | {name: made[name] | {"required": True} for name in needed}


def _parameter(name: str, schema: Json, example: object = None) -> Json:
    made = parameter(name, ARGUMENTS[name], schema)
    return made if example is None else made | {"example": example}


def _listed(item: Json, most: int) -> Json:
    return {"type": "array", "items": item, "minItems": 1, "maxItems": most, "uniqueItems": True}


def _terms(name: str, codes: tuple[str, ...]) -> Json:
    return _listed(reference_to(name), len(codes))


def panel_schemas() -> Iterator[tuple[str, Json]]:
    """The schemas of a page of a panel, of a row, its actors and cells."""
    for vocabulary in (PANEL_UNITS, SIDES, MISSING):
        codes = {term.code: term.description for term in vocabulary.terms}
        yield vocabulary.name, choice(vocabulary.description, codes)
    yield "PanelActor", _object(ACTOR_MEMBERS, "An actor in a year.")
    yield "PanelCell", _object(CELL_FIELDS, "What a data set says of a row.")
    actors = {
        name: reference_to("PanelActor") | {"description": text}
        for name, text in ACTOR_FIELDS.items()
    }
    year = _YEAR | {"description": "The year."}
    cells = list_of(reference_to("PanelCell"), COLUMNS_MOST, "The cells of the row.")
    row = object_of({"year": year, **actors, "cells": cells}, "A unit in a year.")
    yield "PanelRow", row | {"required": ["year", "cells"]}
    rows = list_of(reference_to("PanelRow"), FIRST_MOST, "The rows.")
    page = {"data": rows, "page": reference_to("Page"), "revision": REVISION}
    yield "PanelPage", object_of(page, "A page of a panel.")


def _object(fields: Mapping[str, CellField], description: str) -> Json:
    return object_of({name: _value(field) for name, field in fields.items()}, description)


def _value(field: CellField) -> Json:
    if field.is_list:
        return list_of({"type": "string"}, _ADDRESSES_MOST, field.description)
    if field.vocabulary:
        schema = reference_to(field.vocabulary.name) | {"description": field.description}
    elif field.plain is int:
        schema = count(field.description)
    else:
        schema = {"type": "string", "description": field.description}
    return nullable(schema) if field.nullable else schema
