"""Types of panels: a row, its actors and cells, and the root field."""

import decimal
from collections.abc import Mapping
from typing import Annotated, Any

import strawberry

from schema.analysis.panel import (
    ACTOR_FIELDS,
    ACTOR_MEMBERS,
    ACTORS_MOST,
    CELL_FIELDS,
    PANEL_UNITS,
    YEAR_LEAST,
    YEAR_MOST,
    CellField,
)
from schema.graphql.classes import Field, declare, fill, list_of, output
from schema.graphql.paging import After
from schema.graphql.scalars import Decimal, enum_of
from schema.vocabulary import CODE_SCHEMES, SUPPORT_KINDS, SUPPORT_PHASES

PanelUnit: Any = enum_of(PANEL_UNITS)
_SCALARS: Mapping[type, Any] = {decimal.Decimal: Decimal}
_Scheme, _Kind, _Phase = map(enum_of, (CODE_SCHEMES, SUPPORT_KINDS, SUPPORT_PHASES))

FIELD_DESCRIPTION = (
    "The supports of data sets as a panel: a row for each unit and year, and in it a cell for each"
    " data set and kind. A cell is 0 where the data set looked and saw none, and null where it did"
    " not look. Rows are in the order of year and slugs."
)
# By the name of an argument.
ARGUMENTS: Mapping[str, str] = {
    "unit": "What a row is about, beside its year.",
    "datasets": "Slugs of the data sets; each has its own cells.",
    "kinds": "Kinds of support, each with all narrower ones. Default: SUPPORT, of any kind.",
    "phases": "Phases of support; each has its own cells. Needed if a data set has several.",
    "from": f"First year, {YEAR_LEAST} or later.",
    "to": f"Last year, {YEAR_MOST} or earlier.",
    "amounts": "Unit of the amounts that `sum` adds up: a unit of quantity such as PIECES, TIV, or"
    " the ISO 4217 code of a currency. Default: no sums.",
    "codes": "Code scheme: the actors with a code of it in a year are the units of that year. In a"
    " year in which a code passes to another actor it is that of the actor that has it on 1 July.",
    "actors": "Ids or slugs of further actors, which are units in all years. At most"
    f" {ACTORS_MOST}.",
    "covered": "Whether actors are units in the years in which a data set covers them by coverage"
    " records. Default: false.",
}


def panel_row_type() -> Any:
    """The type `PanelRow`."""
    actor = _plain("PanelActor", "An actor in a year.", ACTOR_MEMBERS)
    cell = _plain("PanelCell", "What a data set says of a row.", CELL_FIELDS)
    fields = [
        output("year", int, "The year."),
        *(output(name, actor, text, nullable=True) for name, text in ACTOR_FIELDS.items()),
        output(
            "cells",
            list_of(cell),
            "A cell for each data set, kind, phase and side, in this order, as in the arguments.",
        ),
    ]
    row = fill(declare("PanelRow"), fields)
    return strawberry.type(row, description="A unit in a year.")


def _plain(name: str, description: str, fields: Mapping[str, CellField]) -> Any:
    made = fill(declare(name), [_field(each, field) for each, field in fields.items()])
    return strawberry.type(made, description=description)


def _field(name: str, field: CellField) -> Field:
    plain: Any = strawberry.ID if name == "id" else _SCALARS.get(field.plain, field.plain)
    type_ = enum_of(field.vocabulary) if field.vocabulary else plain
    type_ = list_of(type_) if field.is_list else type_
    return output(name, type_, field.description, nullable=field.nullable)


def panel_field(connection: Any, first_default: int, first_most: int) -> Field:
    """The root field `panel`."""

    def panel(
        unit: Annotated[PanelUnit, _argument("unit")],
        datasets: Annotated[list[str], _argument("datasets")],
        from_: Annotated[int, _argument("from")],
        to: Annotated[int, _argument("to")],
        kinds: Annotated[list[_Kind] | None, _argument("kinds")] = strawberry.UNSET,  # type: ignore[valid-type]
        phases: Annotated[list[_Phase] | None, _argument("phases")] = strawberry.UNSET,  # type: ignore[valid-type]
        codes: Annotated[_Scheme | None, _argument("codes")] = strawberry.UNSET,  # type: ignore[valid-type]
        actors: Annotated[list[str] | None, _argument("actors")] = strawberry.UNSET,
        covered: Annotated[bool | None, _argument("covered")] = strawberry.UNSET,
        amounts: Annotated[str | None, _argument("amounts")] = strawberry.UNSET,
        first: Annotated[
            int | None,
            strawberry.argument(
                description=f"Number of rows to return. Default: {first_default}. "
                f"Maximum: {first_most}."
            ),
        ] = strawberry.UNSET,
        after: After = strawberry.UNSET,
    ) -> connection: ...

    resolver = strawberry.field(panel, name="panel", description=FIELD_DESCRIPTION)
    return Field("panel", connection, resolver)


def _argument(name: str) -> Any:
    return strawberry.argument(description=ARGUMENTS[name], name=name)
