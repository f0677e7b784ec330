"""Pages: a part of a list, and the members of the page. Items are records, changes and others."""

from dataclasses import dataclass
from typing import Generic, TypeVar

from schema.assessment import ComputedField
from schema.concepts import Attribute, ToOne
from service.plan.values import Parameter

# The type of the members to select of each item of a page.
Selected = TypeVar("Selected")


@dataclass(frozen=True, slots=True)
class OrderKey:
    """A sort key: an attribute or a computed field, reached through any number of to-one edges."""

    through: tuple[ToOne, ...]
    attribute: Attribute | ComputedField
    descending: bool


@dataclass(frozen=True, slots=True)
class Page:
    """A part of a connection: `size` records from its start or its end, between two cursors."""

    size: Parameter
    backward: bool = False
    after: tuple[Parameter, ...] | None = None
    before: tuple[Parameter, ...] | None = None


@dataclass(frozen=True, slots=True)
class TypeName:
    """The name of the object's GraphQL type, as a member."""

    key: str
    name: str


@dataclass(frozen=True, slots=True)
class Nodes(Generic[Selected]):
    """The items of the page, without cursors.

    `is_flat`: whether each item is an array of values instead of an object. The members of groups
    and of to-one records are then inserted in the place of the group or of the record.
    """

    key: str
    members: tuple[Selected, ...]
    is_flat: bool = False


@dataclass(frozen=True, slots=True)
class Cursor:
    """The cursor of an edge."""

    key: str


@dataclass(frozen=True, slots=True)
class EdgeNode(Generic[Selected]):
    """The item of an edge."""

    key: str
    members: tuple[Selected, ...]


EdgeMember = TypeName | Cursor | EdgeNode[Selected]


@dataclass(frozen=True, slots=True)
class Edges(Generic[Selected]):
    """The items of the page, each with its cursor."""

    key: str
    members: tuple[EdgeMember[Selected], ...]


@dataclass(frozen=True, slots=True)
class PageFact:
    """One fact about the page, by its GraphQL name: hasNextPage, endCursor, totalCount...

    `is_estimated`: whether an estimate from a sample is enough for the number of records.
    """

    key: str
    name: str
    is_estimated: bool = False


@dataclass(frozen=True, slots=True)
class PageFacts:
    """Facts about the page, as an object."""

    key: str
    facts: tuple[TypeName | PageFact, ...]


PageMember = TypeName | Nodes[Selected] | Edges[Selected] | PageFact | PageFacts
