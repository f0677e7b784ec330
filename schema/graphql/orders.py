"""Orders: one key at a time, of the record itself or of a record at the end of a to-one edge."""

import enum
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import strawberry

from schema.concepts import CONCEPTS, Attribute, Concept, Group, ToOne
from schema.graphql.classes import Field, declare, fill, optional_input


@strawberry.enum(description="Which end comes first. Unknown values count as the least.")
class OrderDirection(enum.Enum):
    """The two ways to sort."""

    ASC = strawberry.enum_value("ASC", description="From the least to the greatest.")
    DESC = strawberry.enum_value("DESC", description="From the greatest to the least.")


class Orders:
    """Every order input of the schema, each made once."""

    def __init__(self) -> None:
        """Declares an order for every concept, then fills them in: they refer to each other."""
        self._groups: dict[str, Any] = {}
        self.of: Mapping[str, Any] = {name: declare(f"{name}Order") for name in CONCEPTS}
        for concept in CONCEPTS.values():
            cls = fill(self.of[concept.name], self._fields(concept))
            description = f"One key to sort {concept.name} records by; the id always ends the key."
            strawberry.input(cls, one_of=True, description=description)

    def _fields(self, concept: Concept) -> Iterator[Field]:
        for member in concept.members.values():
            match member:
                case Attribute():
                    yield _key(member)
                case Group(name, description, attributes):
                    group = self._group(member.type_name, attributes.values())
                    yield optional_input(name, group, description)
                case ToOne(name, _, target, description):
                    yield optional_input(name, self.of[target], description)

    def _group(self, type_name: str, attributes: Iterable[Attribute]) -> Any:
        if type_name not in self._groups:
            cls = fill(declare(f"{type_name}Order"), map(_key, attributes))
            description = f"One key of a {type_name.lower()} to sort by."
            self._groups[type_name] = strawberry.input(cls, one_of=True, description=description)
        return self._groups[type_name]


def _key(attribute: Attribute) -> Field:
    return optional_input(attribute.name, OrderDirection, attribute.meaning.description)
