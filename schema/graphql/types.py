"""Object types: a record's fields, its edges, and the connections that page through them."""

from collections.abc import Iterator, Mapping
from typing import Annotated, Any

import strawberry

from schema.assessment import Computed
from schema.concepts import CONCEPTS, Attribute, Concept, Group, Member, Owned, ToMany, ToOne
from schema.graphql.changes import change_fields, change_filter, history_field
from schema.graphql.classes import Field, declare, fill, list_of, output
from schema.graphql.filters import Filters
from schema.graphql.orders import Orders
from schema.graphql.paging import After, Where
from schema.graphql.scalars import python_type, type_of

FIRST_DEFAULT = 20
FIRST_MOST = 500


@strawberry.type(description="Where a page lies in its connection (Relay).")
class PageInfo:
    """The four facts of the Relay cursor specification."""

    has_next_page: bool = strawberry.field(description="Whether more follows.")
    has_previous_page: bool = strawberry.field(description="Whether something came before.")
    start_cursor: str | None = strawberry.field(description="The cursor of the first edge.")
    end_cursor: str | None = strawberry.field(description="The cursor of the last edge.")


_ID = output("id", strawberry.ID, "Opaque and stable.")


class Types:
    """Every object type of the records, each made once."""

    def __init__(self) -> None:
        """Declares a type for every concept, then fills them in: they refer to each other."""
        self.filters, self.orders = Filters(), Orders()
        self._made: dict[str, Any] = {}
        self.node = declare("Node")
        change = declare("Change")
        self.changes = self._connection("Change", change)
        self.change_filter = change_filter(self.filters)
        fill(self.node, (_ID, history_field(self.changes)))
        strawberry.interface(
            self.node, description="A record that can be asked for by its id alone."
        )
        self.of: Mapping[str, Any] = {
            name: declare(name, *((self.node,) if concept.is_node else ()))
            for name, concept in CONCEPTS.items()
        }
        fill(change, change_fields(self.of, self.node))
        strawberry.type(change, description="What one revision did to one record.")
        for name, concept in CONCEPTS.items():
            fill(self.of[name], self._fields(concept))
            strawberry.type(self.of[name], description=concept.description)

    def connection_field(self, name: str, target: str, description: str) -> Field:
        """A field that pages through records of `target`."""
        connection = self._connection(target, self.of[target])
        field = strawberry.field(
            resolver=_paging(connection, self.filters.of[target], self.orders.of[target]),
            name=name,
            description=description,
        )
        return Field(name, connection, field)

    def _fields(self, concept: Concept) -> Iterator[Field]:
        for member in concept.members.values():
            # `id` and `history` come from the interface.
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
                return output(
                    name, list_of(self._plain(type_name, description, attributes)), description
                )
            case Owned(name=name, value=Attribute(meaning=meaning), description=description):
                return output(name, list_of(type_of(meaning)), description)
            case Computed():
                return output(member.name, self._computed(member), member.description)
        raise TypeError(f"No GraphQL field is derived from {member!r}.")

    def _plain(self, name: str, description: str, attributes: Mapping[str, Attribute]) -> Any:
        return self._object(name, description, map(_attribute, attributes.values()))

    def _computed(self, computed: Computed) -> Any:
        fields = (
            output(f.name, python_type(f.scalar), f.description, nullable=f.nullable)
            for f in computed.fields.values()
        )
        return self._object(computed.type_name, computed.description, fields)

    def _connection(self, target: str, node: Any) -> Any:
        cursor = output("cursor", str, "Where this edge lies: give it as `after` or `before`.")
        edge = self._object(
            f"{target}Edge",
            f"One record of a {target}Connection, and where it lies there.",
            (cursor, output("node", node, "The record.")),
        )
        fields = (
            output("edges", list_of(edge), "The records of this page, each with its cursor."),
            output("nodes", list_of(node), "The records of this page."),
            output("pageInfo", PageInfo, "Where this page lies."),
            output("totalCount", int, "How many records match, on all pages."),
        )
        return self._object(f"{target}Connection", f"A page of {target} records (Relay).", fields)

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
    """The arguments of a connection. They are read by the planner: nothing resolves here."""

    def connection_arguments(
        where: Where[where_type] = strawberry.UNSET,
        order_by: Annotated[
            list[order_type] | None,
            strawberry.argument(description="The keys to sort by, the first one first."),
        ] = strawberry.UNSET,
        first: Annotated[
            int | None,
            strawberry.argument(
                description=f"How many from the start: {FIRST_DEFAULT} unless told, "
                f"{FIRST_MOST} at most."
            ),
        ] = strawberry.UNSET,
        after: After = strawberry.UNSET,
        last: Annotated[
            int | None, strawberry.argument(description="How many from the end.")
        ] = strawberry.UNSET,
        before: Annotated[
            str | None, strawberry.argument(description="End ahead of this cursor.")
        ] = strawberry.UNSET,
    ) -> connection: ...

    return connection_arguments
