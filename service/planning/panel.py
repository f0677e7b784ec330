"""Plans panels: units, years and cells, and the members of each row."""

from collections.abc import Callable, Iterable, Iterator
from functools import partial
from math import prod
from typing import Any

from schema.analysis.panel import (
    ACTOR_FIELDS,
    ACTOR_MEMBERS,
    ACTORS_MOST,
    CELL_FIELDS,
    COLUMNS_MOST,
    UNITS,
    YEAR_LEAST,
    YEAR_MOST,
)
from schema.records.columns import Scalar
from schema.vocabulary import SUPPORT_KINDS
from service import plan
from service.errors import BadInput
from service.plan import Parameter
from service.planning.amounts import amount_unit
from service.planning.arguments import Argument, Arguments, as_list
from service.planning.fields import Collect, SelectedField, Selections
from service.planning.page_members import PageMembers
from service.planning.paging import cursor_of, key_reader, signature_of, size_of
from service.planning.resource import page_facts
from service.planning.values import read_id, read_term, read_text

ROW, ACTOR, CELL = "PanelRow", "PanelActor", "PanelCell"
EVERY_KIND = "SUPPORT"
BROADER = "broader"

Members = tuple[plan.PageMember[plan.PanelMember], ...]
_read_id = read_id("actor")

# Rows of texts, as a statement binds them.
Rows = list[list[str]]


def panel_of(arguments: Arguments, members: Members, size: Parameter | None = None) -> plan.Panel:
    """Returns the panel that these arguments describe. Raises BadInput or BadCursor.

    `size`: the size of the page, in place of the argument `first`.
    """
    unit = str(arguments["unit"])
    datasets = as_list(arguments["datasets"])
    kinds, phases = arguments.get("kinds"), arguments.get("phases")
    amounts = arguments.get("amounts")
    kinds = [EVERY_KIND] if kinds is None else as_list(kinds)
    phases = None if phases is None else as_list(phases)
    all_columns = [datasets, kinds, [""] if phases is None else phases]
    return plan.Panel(
        unit,
        _units_of(arguments),
        Parameter(all_columns, partial(_read_column, 0, unit)),
        Parameter(all_columns, partial(_read_column, 1, unit)),
        Parameter(kinds, _read_pairs),
        None if phases is None else Parameter(all_columns, partial(_read_column, 2, unit)),
        None if amounts is None else amount_unit("amounts", amounts),
        plan.Page(
            size or size_of("first", arguments.get("first")),
            after=cursor_of(
                "after", arguments.get("after"), signature_of_panel(unit), _key_readers(unit)
            ),
        ),
        members,
    )


def signature_of_panel(unit: str) -> str:
    """Returns the prefix of the cursors of rows of this unit."""
    return signature_of(ROW, unit)


def _key_readers(unit: str) -> list[Callable[[str], Any]]:
    """Returns functions that read the year and the slugs of a cursor."""
    slugs = [key_reader(Scalar.TEXT) for _ in UNITS[unit].actors]
    return [key_reader(Scalar.INTEGER), *slugs]


# --- units and years ----------------------------------------------------------------------------


def _units_of(arguments: Arguments) -> plan.PanelUnits:
    codes, actors = arguments.get("codes"), arguments.get("actors")
    covered = arguments.get("covered") is True
    if codes is None and actors is None and not covered:
        raise BadInput("A panel has no units: give `codes`, `actors` or `covered`.")
    years = [arguments["from"], arguments["to"]]
    return plan.PanelUnits(
        Parameter(years, partial(_read_year, 0)),
        Parameter(years, partial(_read_year, 1)),
        None if codes is None else Parameter(codes, read_term),
        None if actors is None else Parameter(as_list(actors), _read_actors),
        covered,
    )


def _read_year(place: int, years: list[int]) -> int:
    for name, year in zip(("from", "to"), years, strict=True):
        if not YEAR_LEAST <= year <= YEAR_MOST:
            raise BadInput(
                f"`{name}` must be a year between {YEAR_LEAST} and {YEAR_MOST}, but is {year}."
            )
    first, last = years
    if last < first:
        raise BadInput(f"`to` is {last}, before `from`, {first}; swap them.")
    return years[place]


def _read_actors(names: list[str]) -> Rows:
    """Returns each id or slug with its key; a slug has the key NO_ID. Raises BadInput."""
    if len(names) > ACTORS_MOST:
        raise BadInput(f"`actors` has {len(names)} actors; the limit is {ACTORS_MOST}.")
    return [[name, str(_read_id(name))] for (name,) in _read_each("actors", names)]


# --- cells --------------------------------------------------------------------------------------


def number_of_cells(unit: str, *counts: int) -> int:
    """Returns the number of cells of a row.

    `counts`: the numbers of data sets, kinds and phases.
    """
    return prod(counts) * (len(UNITS[unit].sides) or 1)


def _read_column(place: int, unit: str, columns: list[list[Any]]) -> Rows:
    count = number_of_cells(unit, *map(len, columns))
    if count > COLUMNS_MOST:
        raise BadInput(
            f"A row would have {count} cells; the limit is {COLUMNS_MOST}. Use fewer data sets,"
            " kinds or phases."
        )
    names = ("datasets", "kinds", "phases")
    return _read_each(names[place], columns[place])


def _read_each(name: str, values: list[Any]) -> Rows:
    """Returns the values as rows of one text. Raises BadInput for duplicates, or without values."""
    texts = [read_text(read_term(value)) for value in values]
    if not texts:
        raise BadInput(f"`{name}` is empty; give at least one, or omit it if it may be omitted.")
    for text in texts:
        if texts.count(text) > 1:
            raise BadInput(f"`{name}` has {text!r} twice; give each once.")
    return [[text] for text in texts]


def _read_pairs(kinds: list[Any]) -> Rows:
    """Returns each kind with the kinds that it counts, and with the broader kinds.

    A support of a broader kind may be of the narrower kind too.
    """
    return [pair for kind in map(read_term, kinds) for pair in _pairs(kind)]


def _pairs(kind: str) -> Iterator[list[str]]:
    yield from ([kind, each, ""] for each in SUPPORT_KINDS.under(kind))
    for term in SUPPORT_KINDS.terms:
        if term.code != kind and kind in SUPPORT_KINDS.under(term.code):
            yield [kind, term.code, BROADER]


# --- members ------------------------------------------------------------------------------------


class PanelSelector:
    """Plans a panel in a GraphQL query."""

    def __init__(self, collect: Collect) -> None:
        """`collect`: merges the fields of selections."""
        self._collect = collect

    def panel(self, arguments: Arguments, selections: Selections) -> plan.Panel:
        """Plans the panel of the root field. Raises BadInput or BadCursor."""
        unit = str(arguments["unit"])

        def of_item(inner: Selections) -> tuple[plan.PanelMember, ...]:
            return tuple(self._member(unit, each) for each in self._collect(inner, ROW))

        return panel_of(arguments, PageMembers(self._collect, ROW, of_item).read(selections))

    def _member(self, unit: str, field: SelectedField) -> plan.PanelMember:
        if field.name == "__typename":
            return plan.TypeName(field.key, ROW)
        if field.name == "cells":
            return plan.PanelCells(field.key, tuple(self._facts(CELL, field)))
        if field.name in UNITS[unit].actors:
            return plan.PanelActor(field.key, field.name, tuple(self._facts(ACTOR, field)))
        if field.name in ACTOR_FIELDS:
            return plan.NoActor(field.key)
        return plan.PanelFact(field.key, field.name)

    def _facts(
        self, type_name: str, field: SelectedField
    ) -> Iterator[plan.TypeName | plan.PanelFact]:
        for inner in self._collect(field.selections, type_name):
            if inner.name == "__typename":
                yield plan.TypeName(inner.key, type_name)
            else:
                yield plan.PanelFact(inner.key, inner.name)


def resource_panel(arguments: Arguments) -> plan.Panel:
    """Plans the panel of a REST response, with all members. Raises BadInput or BadCursor."""
    members = row_members(str(arguments["unit"]), ACTOR_MEMBERS, CELL_FIELDS)
    return panel_of(arguments, (plan.Nodes("data", members), page_facts()))


def row_members(
    unit: str, of_actor: Iterable[str], of_cell: Iterable[str]
) -> tuple[plan.PanelMember, ...]:
    """Returns the members of a row, with these fields of its actors and cells."""
    actor, cell = (
        tuple(plan.PanelFact(name, name) for name in names) for names in (of_actor, of_cell)
    )
    actors = (plan.PanelActor(name, name, actor) for name in UNITS[unit].actors)
    return (plan.PanelFact("year", "year"), *actors, plan.PanelCells("cells", cell))


def as_texts(argument: Argument) -> list[str]:
    """Returns the values of an argument that is a list, or a single value."""
    return [read_term(each) for each in as_list(argument)]
