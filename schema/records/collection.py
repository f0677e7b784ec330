"""What a record type declares beyond its fields: its collection, its keys and its examples.

GraphQL, REST, history, writes and data sets are derived from it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

# In `distinct_by`: all values of a record except its note.
EVERYTHING = ("*",)


@dataclass(frozen=True)
class Period:
    """The dates between which a record is valid. Members have their GraphQL names."""

    start: str = "startedOn"
    end: str = "endedOn"
    # The members that are true if the data, rather than the period itself, begin or end there.
    start_censored: str | None = None
    end_censored: str | None = None
    # The reference to a data set, whose coverage limits a period without an end.
    dataset: str | None = None
    # Whether the period is that of observation. Its dates are then its first and last day in their
    # widest meaning; an unknown date is that of the data set.
    is_coverage: bool = False


@dataclass(frozen=True)
class Collection:
    """The records of one type in the APIs and in data sets. Members have their GraphQL names."""

    # The plural: the name of a `Query` field, a REST collection and a file of a data set.
    name: str
    # The position of its changes among those of one revision. Cursors contain it, so it never
    # changes; a new record type takes the next number.
    place: int
    # The member by which a data set finds a record that already exists.
    natural_key: str | None = None
    # The members in which two records with the same natural key must agree to be the same.
    must_agree: tuple[str, ...] = ()
    # The members by which a reference identifies a record without a unique value.
    identified_by: tuple[str, ...] = ()
    # The members that distinguish records: no two records have all values in common. Of several
    # alternatives, the first whose members are all known applies, or else the last.
    distinct_by: tuple[tuple[str, ...], ...] = ()
    # The members that REST returns of a referenced record, after its id.
    reference: tuple[str, ...] = ()
    # Examples for the OpenAPI document: the parameter `fields`, and filters that together match
    # records of the bundled data set.
    example_fields: str = "id"
    example_filters: Mapping[str, str] = field(default_factory=dict)
    # The reference to the owner, with which records can be created and are deleted.
    part_of: str | None = None
    # Whether `Query` has a field for one record, such as `peaceTreaty`.
    has_lookup: bool = True
    # Whether only admins, apart from importers, can write its records.
    needs_admin: bool = False
    # The period in which a record is valid, for filters by time.
    period: Period | None = None
