"""What a record says of itself beyond its fields: its collection, its keys, its examples.

GraphQL, REST, history, writes and data sets derive from it all that they need of a record type.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Collection:
    """The records of one type, as both APIs and the data sets see them.

    Members are called by their GraphQL names.
    """

    # The plural: a field of `Query`, an address of REST, a file of a data set.
    name: str
    # Where the changes of its records stand among those of one revision. Cursors hold the number,
    # so it never changes; a new record type takes the next one.
    place: int
    # The member by which a data set finds a record that another one has already.
    natural_key: str | None = None
    # What two records with the same natural key must agree in, or they are not the same.
    must_agree: tuple[str, ...] = ()
    # The members that identify a record together, where it has no value that is unique.
    identified_by: tuple[str, ...] = ()
    # What REST shows of a record behind an edge, after its id.
    reference: tuple[str, ...] = ()
    # A value of the parameter `fields`, and values of filters, for the OpenAPI document.
    example_fields: str = "id"
    example_filters: Mapping[str, str] = field(default_factory=dict)
    # The reference to the record that one of these can be created within, and is deleted with.
    part_of: str | None = None
    # Whether `Query` has a field for one record: `actor`, `peaceTreaty`.
    has_lookup: bool = True
    is_writable: bool = True
