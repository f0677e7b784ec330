"""Order inputs: one sort key each, from the record itself or across a to-one edge."""

import enum
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import strawberry

from schema.assessment import Computed, ComputedField
from schema.concepts import CONCEPTS, Attribute, Concept, Group, ToOne
from schema.graphql.classes import Field, declare, fill, optional_input


@strawberry.enum(description="Sort direction. Null counts as less than every value.")
class OrderDirection(enum.Enum):
    """The two sort directions."""

    ASC = strawberry.enum_value("ASC", description="Ascending: the least value first.")
    DESC = strawberry.enum_value("DESC", description="Descending: the greatest value first.")


class Orders:
    """All order inputs of the schema, each created once."""

    def __init__(self) -> None:
        """Declares an order for each concept, then adds the fields, which refer to each other."""
        self._groups: dict[str, Any] = {}
        self.of: Mapping[str, Any] = {name: declare(f"{name}Order") for name in CONCEPTS}
        for concept in CONCEPTS.values():
            cls = fill(self.of[concept.name], self._fields(concept))
            description = (
                f"Sort key for {concept.plural}. Set exactly one field. The id breaks ties."
            )
            strawberry.input(cls, one_of=True, description=description)

    def _fields(self, concept: Concept) -> Iterator[Field]:
        for member in concept.members.values():
            match member:
                case Attribute():
                    yield _key(member)
                case Group(name, description, attributes):
                    group = self._group(member.type_name, attributes.values())
                    yield optional_input(name, group, description)
                case Computed():
                    computed = self._group(member.type_name, member.fields.values())
                    yield optional_input(member.name, computed, member.description)
                case ToOne(name, _, target, description):
                    yield optional_input(name, self.of[target], description)

    def _group(self, type_name: str, attributes: Iterable[Attribute | ComputedField]) -> Any:
        if type_name not in self._groups:
            cls = fill(declare(f"{type_name}Order"), map(_key, attributes))
            description = f"Sort key within a field of the type {type_name}. Set exactly one field."
            self._groups[type_name] = strawberry.input(cls, one_of=True, description=description)
        return self._groups[type_name]


def _key(attribute: Attribute | ComputedField) -> Field:
    return optional_input(attribute.name, OrderDirection, attribute.meaning.description)
