"""Filter inputs: an object of operators for each field, the target's filter for each edge."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import strawberry

from schema.assessment import Computed, ComputedField
from schema.concepts import CONCEPTS, Attribute, Concept, Group, Member, Owned, ToMany, ToOne
from schema.graphql.classes import Field, declare, fill, list_of, optional_input
from schema.graphql.scalars import EDTFDate, scalar_name, type_of
from schema.operators import VALID_AT, VALID_DURING, Operator, Takes, operators_for
from schema.records.columns import Meaning

_QUANTIFIERS = (
    ("some", "Matches if at least one item matches."),
    ("none", "Matches if no item matches."),
    ("every", "Matches if every item matches, or if there are no items."),
)


@strawberry.input(
    description="A period of time, from the first day of `from` to the last day of `to`. Set at"
    " least one of them."
)
class DateRange:
    """Two dates, both included."""

    from_: EDTFDate | None = strawberry.field(
        name="from", description="Date on which it begins.", default=strawberry.UNSET
    )
    to: EDTFDate | None = strawberry.field(
        description="Date on which it ends.", default=strawberry.UNSET
    )


_NO_RECORD = "If true, matches if the reference is null; if false, if it is not."


class Filters:
    """All filter inputs of the schema, each created once."""

    def __init__(self) -> None:
        """Declares a filter for each concept, then adds the fields, which refer to each other."""
        self._made: dict[str, Any] = {}
        self.of: Mapping[str, Any] = {name: declare(f"{name}Filter") for name in CONCEPTS}
        for concept in CONCEPTS.values():
            description = f"Filter for {concept.plural}. All conditions must hold."
            fill(self.of[concept.name], self._concept_fields(concept))
            strawberry.input(self.of[concept.name], description=description)

    def _concept_fields(self, concept: Concept) -> Iterator[Field]:
        for member in concept.members.values():
            yield from self._member(member)
        if concept.period:
            yield optional_input("validAt", EDTFDate, VALID_AT)
            yield optional_input("validDuring", DateRange, VALID_DURING)
        itself = self.of[concept.name]
        yield optional_input("and", list_of(itself), "Matches if all of these filters match.")
        yield optional_input(
            "or", list_of(itself), "Matches if at least one of these filters matches."
        )
        yield optional_input("not", itself, "Matches if this filter does not match.")
        yield optional_input("isNull", bool, _NO_RECORD)

    def _member(self, member: Member) -> Iterator[Field]:
        match member:
            case Attribute():
                yield self._attribute(member)
            case Group(name, description, attributes):
                grouped = self._grouped(f"{member.type_name}Filter", attributes.values())
                yield optional_input(name, grouped, description)
            case ToOne(name, _, target, description):
                yield optional_input(name, self.of[target], description)
            case ToMany(name, target, _, _, description):
                yield optional_input(name, self._many(target, self.of[target]), description)
            case Computed():
                name = f"{member.type_name}Filter"
                computed = self._grouped(name, member.fields.values())
                yield optional_input(member.name, computed, member.description)
            case Owned(name, _, _, _, _, _, description):
                yield optional_input(name, self._owned(member), description)

    def _attribute(self, attribute: Attribute | ComputedField) -> Field:
        meaning = attribute.meaning
        return optional_input(attribute.name, self._operators(meaning), meaning.description)

    def _owned(self, owned: Owned) -> Any:
        if owned.value:
            return self._many(
                scalar_name(owned.value.meaning), self._operators(owned.value.meaning)
            )
        rows = self._grouped(f"{owned.type_name}Filter", owned.attributes.values())
        return self._many(owned.type_name, rows)

    def _grouped(self, name: str, attributes: Iterable[Attribute | ComputedField]) -> Any:
        fields = (self._attribute(attribute) for attribute in attributes)
        return self._input(
            name, "Filter by the fields of an object. All conditions must hold.", fields
        )

    def _many(self, of: str, element: Any) -> Any:
        fields = (optional_input(name, element, text) for name, text in _QUANTIFIERS)
        return self._input(
            f"{of}ListFilter", "Filter for a list, by its items. All conditions must hold.", fields
        )

    def _operators(self, meaning: Meaning) -> Any:
        name = f"{scalar_name(meaning)}Filter"
        tree = meaning.vocabulary is not None and meaning.vocabulary.is_tree
        operators = operators_for(meaning.scalar, tree=tree)
        fields = (_operator(operator, meaning) for operator in operators)
        description = f"Operators for {scalar_name(meaning)} values. All conditions must hold."
        return self._input(name, description, fields)

    def _input(self, name: str, description: str, fields: Iterable[Field]) -> Any:
        if name not in self._made:
            cls = fill(declare(name), fields)
            self._made[name] = strawberry.input(cls, description=description)
        return self._made[name]


def _operator(operator: Operator, meaning: Meaning) -> Field:
    value = type_of(meaning)
    types = {Takes.ONE: value, Takes.MANY: list_of(value), Takes.FLAG: bool}
    description = operator.description_for(meaning.scalar)
    return optional_input(operator.name, types[operator.takes], description)
