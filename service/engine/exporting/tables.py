"""The tables that can be exported, by their names in an address: collections, totals and panels.

A table defines what an export reads: the arguments of its query, its plan, and the columns of CSV.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from schema.analysis.panel import ACTOR_MEMBERS, CELL_FIELDS
from schema.concepts import COLLECTIONS, CONCEPTS, Concept, ToOne
from schema.graphql.types import FIRST_MOST
from service import plan
from service.engine.exporting.cells import Column
from service.engine.exporting.columns import (
    are_flat,
    columns_of,
    columns_of_members,
    reference_fields,
    selected_fields,
)
from service.engine.exporting.panels import OF_ACTOR, numbers_of, panel_columns
from service.engine.rest_reads import as_of_named
from service.errors import BadInput
from service.planning.arguments import mirror, shape_of
from service.planning.conditions import where_condition
from service.planning.paging import order_of, page_of
from service.planning.panel import number_of_cells, panel_of, row_members
from service.planning.query_string.parameters import (
    OF_PAGES,
    Pairs,
    read_collection,
    read_panel,
    read_totals,
)
from service.planning.resource import members_of
from service.planning.totals import dimensions_of, group_members, totals_of

TOTALS, PANEL = "totals", "panel"
# The maximum number of rows and cells on a page of a panel, as CSV and as lines of JSON. Each page
# looks up the units again, so pages are large, but within the default node budget.
_PANEL_PAGE, _PANEL_PAGE_OF_LINES = 40_000, 5_000
_FACTS = plan.PageFacts(
    "page", tuple(plan.PageFact(name, name) for name in ("endCursor", "hasNextPage"))
)


@dataclass(frozen=True)
class Table:
    """What an export reads.

    `arguments`: of the first page. `key`: everything besides the shape of the arguments that the
    plan of a page depends on. `page`: plans a page with these arguments. `columns`: of CSV; empty
    for lines of JSON.
    """

    arguments: Mapping[str, Any]
    key: tuple[Any, ...]
    page: Callable[[Mapping[str, Any]], plan.Connection | plan.Totals | plan.Panel]
    columns: tuple[Column, ...] = ()

    def plan_of(self, values: Mapping[str, Any]) -> plan.Plan:
        """Returns the plan of a page with arguments of this shape."""
        arguments = mirror(values)
        return plan.Plan((plan.PageColumns(self.page(arguments)),), as_of=as_of_named(arguments))

    def key_of(self, values: Mapping[str, Any]) -> tuple[Any, ...]:
        """Returns the key of the plan of a page with these arguments."""
        return ("export", *self.key, shape_of(values))


# Reads the parameters of an address. The flag is whether the table has columns. Raises BadInput.
ReadTable = Callable[[Pairs, bool], Table]


def _records(concept: Concept, pairs: Pairs, has_columns: bool) -> Table:
    given = read_collection(concept, pairs)
    _refuse_paging(given.arguments)
    fields, columns = given.fields, tuple[Column, ...]()
    if has_columns:
        columns = columns_of(concept, fields)
        fields = selected_fields(concept, fields)

    def page(arguments: Mapping[str, Any]) -> plan.Connection:
        order = order_of(concept, arguments.get("orderBy"))
        members = members_of(concept, fields)
        nodes = plan.Nodes("data", members, is_flat=has_columns and are_flat(members))
        return plan.Connection(
            concept,
            where_condition(concept, arguments.get("where")),
            order,
            page_of(concept, order, arguments),
            (nodes, _FACTS),
        )

    key = (concept.name, fields, has_columns)
    return Table(given.arguments | {"first": FIRST_MOST}, key, page, columns)


def _totals(pairs: Pairs, has_columns: bool) -> Table:
    arguments = read_totals(pairs)
    _refuse_paging(arguments)
    dimensions = dimensions_of(mirror(arguments))
    members = tuple(group_members(dimensions))
    columns: tuple[Column, ...] = ()
    if has_columns:
        members = tuple(_with_codes(members))
        columns = columns_of_members(members, ("year",) if "YEAR" in dimensions else ())

    def page(arguments: Mapping[str, Any]) -> plan.Totals:
        return totals_of(arguments, (plan.Nodes("data", members), _FACTS))

    return Table(arguments | {"first": FIRST_MOST}, (TOTALS, has_columns), page, columns)


def _with_codes(members: tuple[plan.TotalMember, ...]) -> Iterator[plan.TotalMember]:
    """Yields the members of a group, with the codes of its actors added."""
    for member in members:
        match member:
            case plan.One(key=key, edge=ToOne(target=target) as edge):
                concept = CONCEPTS[target]
                yield plan.One(key, edge, members_of(concept, reference_fields(concept)))
            case _:
                yield member


def _panel(pairs: Pairs, has_columns: bool) -> Table:
    arguments = read_panel(pairs)
    _refuse_paging(arguments)
    unit = arguments["unit"].value
    kinds, phases = (len(arguments.get(name, [""])) for name in ("kinds", "phases"))
    cells = number_of_cells(unit, len(arguments["datasets"]), kinds, phases)
    columns: tuple[Column, ...] = ()
    members = row_members(unit, ACTOR_MEMBERS, CELL_FIELDS)
    most = _PANEL_PAGE_OF_LINES
    if has_columns:
        columns, most = tuple(panel_columns(arguments)), _PANEL_PAGE
        members = row_members(unit, OF_ACTOR, numbers_of(arguments))
    size = max(1, most // (1 + cells))

    def page(arguments: Mapping[str, Any]) -> plan.Panel:
        selected = (plan.Nodes("data", members), _FACTS)
        return panel_of(arguments, selected, plan.Parameter(size, int))

    return Table(arguments, (PANEL, has_columns, size), page, columns)


def _refuse_paging(arguments: Mapping[str, Any]) -> None:
    for name in OF_PAGES:
        if name in arguments:
            raise BadInput(f"An export has all records: send it without `{name}`.")


TABLES: Mapping[str, ReadTable] = {
    **{name: partial(_records, concept) for name, concept in COLLECTIONS.items()},
    TOTALS: _totals,
    PANEL: _panel,
}
