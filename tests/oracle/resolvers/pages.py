"""Pages of records, following the Relay cursor specification."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from tests.oracle.data_sets.world import Record
from tests.oracle.resolvers.filters import matches
from tests.oracle.resolvers.orders import Order

DEFAULT_SIZE = 20


@dataclass(frozen=True)
class Edge:
    """A record or a change, with its cursor."""

    cursor: str
    node: Any


@dataclass(frozen=True)
class PageInfo:
    """The first and last cursor of a page, and whether there are more pages."""

    has_next_page: bool
    has_previous_page: bool
    start_cursor: str | None
    end_cursor: str | None


@dataclass(frozen=True)
class Page:
    """A page of a connection."""

    edges: list[Edge]
    page_info: PageInfo
    total_count: int
    unknown_count: int = 0

    @property
    def nodes(self) -> list[Any]:
        """The records without their cursors."""
        return [edge.node for edge in self.edges]


def page_of(concept: str, records: Sequence[Record], arguments: Mapping[str, Any]) -> Page:
    """Returns the page of these records. A null argument counts as omitted."""
    given = {name: value for name, value in arguments.items() if value is not None}
    order = Order.asked(concept, given.get("orderBy"))
    found = order.sorted([each for each in records if matches(each, given.get("where", {}))])
    before = [each for each in found if not _is_behind_start(order, each, given.get("after"))]
    behind = [each for each in found if not _is_ahead_of_end(order, each, given.get("before"))]
    between = [each for each in found if each not in before and each not in behind]
    if "last" in given:
        page = between[max(0, len(between) - given["last"]) :]
    else:
        page = between[: given.get("first", DEFAULT_SIZE)]
    cut = len(between) > len(page)
    edges = [Edge(order.cursor(order.texts(each)), each) for each in page]
    info = PageInfo(
        has_next_page=bool(behind) or (cut and "last" not in given),
        has_previous_page=bool(before) or (cut and "last" in given),
        start_cursor=edges[0].cursor if edges else None,
        end_cursor=edges[-1].cursor if edges else None,
    )
    where = given.get("where", {})
    unknown = [each for each in records if each not in found and matches(each, where, may=True)]
    return Page(edges, info, len(found), len(unknown))


def _is_behind_start(order: Order, record: Record, after: str | None) -> bool:
    return after is None or order.is_ahead(order.place(after), order.texts(record))


def _is_ahead_of_end(order: Order, record: Record, before: str | None) -> bool:
    return before is None or order.is_ahead(order.texts(record), order.place(before))
