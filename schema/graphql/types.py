"""Object types: the fields and edges of each record type, and their connections."""

from collections.abc import Iterator, Mapping
from typing import Annotated, Any

import strawberry

from schema.analysis import path
from schema.assessment import Computed
from schema.concepts import CONCEPTS, Attribute, Concept, Group, Member, Owned, ToMany, ToOne
from schema.graphql.changes import EVENT, change_fields, change_filter, history_field
from schema.graphql.classes import Field, declare, fill, list_of, output
from schema.graphql.counting import total_count_field
from schema.graphql.filters import Filters
from schema.graphql.network import network_type
from schema.graphql.orders import Orders
from schema.graphql.paging import After, Where
from schema.graphql.panel import panel_row_type
from schema.graphql.path import path_type
from schema.graphql.position import position_field
from schema.graphql.scalars import python_type, type_of
from schema.graphql.search import hit_type
from schema.graphql.totals import totals_order, totals_type

FIRST_DEFAULT = 20
FIRST_MOST = 500


@strawberry.type(
    description="Information about a page, as the Relay cursor specification defines it."
)
class PageInfo:
    """The four fields of the Relay cursor specification."""

    has_next_page: bool = strawberry.field(description="Whether more items follow the page.")
    has_previous_page: bool = strawberry.field(description="Whether items precede the page.")
    start_cursor: str | None = strawberry.field(
        description="Cursor of the first item; null if the page is empty."
    )
    end_cursor: str | None = strawberry.field(
        description="Cursor of the last item; null if the page is empty."
    )


UNKNOWN_COUNT = output(
    "unknownCount",
    int,
    "Number of records left out because it is not known whether they are valid at the time that"
    " `validAt` or `validDuring` names; 0 without either.",
)

_RECORD_COUNT = total_count_field("Number of matching records on all pages.")
_ITEM_COUNT = output("totalCount", int, "Number of matching items on all pages.")

_ID = output("id", strawberry.ID, "Opaque identifier. It never changes and is never reused.")


class Types:
    """All object types of the records, each created once."""

    def __init__(self) -> None:
        """Declares a type for each concept, then adds the fields, which refer to each other."""
        self.filters, self.orders = Filters(), Orders()
        self._made: dict[str, Any] = {}
        self.node = fill(declare("Node"), (_ID,))
        strawberry.interface(
            self.node, description="A record or a change, which can be fetched by its id alone."
        )
        change, self.record = declare("Change", self.node), declare("Record", self.node)
        self.changes = self._connection("Change", change, "changes")
        self.change_event = self._page("ChangeEvent", EVENT, change)
        self.change_filter = change_filter(self.filters)
        fill(self.record, (history_field(self.changes, FIRST_DEFAULT, FIRST_MOST),))
        strawberry.interface(self.record, description="A record of any type, with its history.")
        self.of: Mapping[str, Any] = {
            name: declare(name, *((self.record,) if concept.is_node else ()))
            for name, concept in CONCEPTS.items()
        }
        fill(change, change_fields(self.of, self.record))
        strawberry.type(change, description="What one revision did to one record.")
        for name, concept in CONCEPTS.items():
            fill(self.of[name], self._fields(concept))
        fill(self.of["Actor"], (position_field(self.of, self.filters.of["Support"]),))
        for name, concept in CONCEPTS.items():
            strawberry.type(self.of[name], description=concept.description)

        total = totals_type(self.of)
        self.totals = self._connection("SupportTotal", total, "totals", _ITEM_COUNT, UNKNOWN_COUNT)
        self.total_order = totals_order(self.orders)
        self.network = network_type(self.of)
        supports = self.connection_field("supports", "Support", path.SUPPORTS)
        self.path = path_type(self.of["Actor"], supports)
        hits = "A page of hits (Relay connection)."
        self.search = self._page("SearchConnection", hits, hit_type(self.node))
        self.panel = self._connection("PanelRow", panel_row_type(), "rows of a panel")

    def connection_field(self, name: str, target: str, description: str) -> Field:
        """A connection field: pages of records of `target`."""
        items = CONCEPTS[target].plural
        counts = (_RECORD_COUNT, UNKNOWN_COUNT)
        connection = self._connection(target, self.of[target], items, *counts)
        field = strawberry.field(
            resolver=_paging(connection, self.filters.of[target], self.orders.of[target]),
            name=name,
            description=description,
        )
        return Field(name, connection, field)

    def _fields(self, concept: Concept) -> Iterator[Field]:
        for member in concept.members.values():
            # `id` and `history` come from the interfaces.
            if not (concept.is_node and member.name == "id"):
                yield self._member(member)

    def _member(self, member: Member) -> Field:
        match member:
            case Attribute(name, _, meaning):
                return _attribute(member)
            case Group(name, description, attributes):
                group = self._plain(member.type_name, description, attributes)
                return output(name, group, description, nullable=True)
            case ToOne(name, _, target, description):
                return output(name, self.of[target], description, nullable=member.nullable)
            case ToMany(name, target, _, _, description):
                return self.connection_field(name, target, description)
            case Owned(name, type_name, _, _, attributes, None, description):
                item = self._plain(type_name, member.item_description, attributes)
                return output(name, list_of(item), description)
            case Owned(name=name, value=Attribute(meaning=meaning), description=description):
                return output(name, list_of(type_of(meaning)), description)
            case Computed():
                return output(member.name, self._computed(member), member.description)
        raise TypeError(f"No GraphQL field is derived from {member!r}.")

    def _plain(self, name: str, description: str, attributes: Mapping[str, Attribute]) -> Any:
        return self._object(name, description, map(_attribute, attributes.values()))

    def _computed(self, computed: Computed) -> Any:
        fields = (
            output(f.name, python_type(f.scalar, f.vocabulary), f.description, nullable=f.nullable)
            for f in computed.fields.values()
        )
        return self._object(computed.type_name, computed.description, fields)

    def _connection(self, target: str, node: Any, items: str, *counts: Field) -> Any:
        description = f"A page of {items} (Relay connection)."
        return self._page(f"{target}Connection", description, node, *counts)

    def _page(self, name: str, description: str, node: Any, *counts: Field) -> Any:
        target = node.__name__
        cursor = output("cursor", str, "Cursor of the item, for `after` or `before`.")
        edge = self._object(
            f"{target}Edge",
            "Item of the page, with its cursor.",
            (cursor, output("node", node, "The item.")),
        )
        fields = (
            output("edges", list_of(edge), "Items of the page, each with its cursor."),
            output("nodes", list_of(node), "Items of the page."),
            output("pageInfo", PageInfo, "Information about the page."),
            *(counts or (_ITEM_COUNT,)),
        )
        return self._object(name, description, fields)

    def _object(self, name: str, description: str, fields: Any) -> Any:
        if name not in self._made:
            cls = fill(declare(name), fields)
            self._made[name] = strawberry.type(cls, description=description)
        return self._made[name]


def _attribute(attribute: Attribute) -> Field:
    meaning = attribute.meaning
    return output(
        attribute.name, type_of(meaning), meaning.description, nullable=attribute.nullable
    )


def _paging(connection: Any, where_type: Any, order_type: Any) -> Any:
    """The arguments of a connection. The planner reads them; there is no resolver."""

    def connection_arguments(
        where: Where[where_type] = strawberry.UNSET,
        order_by: Annotated[
            list[order_type] | None,
            strawberry.argument(description="Sort keys, the most significant first."),
        ] = strawberry.UNSET,
        first: Annotated[
            int | None,
            strawberry.argument(
                description=f"Number of items to return from the start. Default: {FIRST_DEFAULT}. "
                f"Maximum: {FIRST_MOST}."
            ),
        ] = strawberry.UNSET,
        after: After = strawberry.UNSET,
        last: Annotated[
            int | None,
            strawberry.argument(
                description=f"Number of items to return from the end. Maximum: {FIRST_MOST}."
            ),
        ] = strawberry.UNSET,
        before: Annotated[
            str | None, strawberry.argument(description="Returns the items before this cursor.")
        ] = strawberry.UNSET,
    ) -> connection: ...

    return connection_arguments
