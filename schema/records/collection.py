"""What a record type declares beyond its fields: its collection, its keys and its examples.

GraphQL, REST, history, writes and data sets are derived from it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

# In `distinct_by`: all that is said of a record but its note.
EVERYTHING = ("*",)


@dataclass(frozen=True)
class Period:
    """The dates between which a record is valid. Members have their GraphQL names."""

    start: str = "startedOn"
    end: str = "endedOn"
    # The members that say whether the data begin or end there, and not what the record is about.
    start_censored: str | None = None
    end_censored: str | None = None
    # The reference to a data set: of what has no end, it says until when anybody looked.
    dataset: str | None = None
    # Whether the dates say where somebody looked. Then they are the first and the last day, all
    # of what they can mean; an unknown one is that of the data set.
    is_coverage: bool = False


@dataclass(frozen=True)
class Collection:
    """The records of one type in the APIs and in data sets. Members have their GraphQL names."""

    # The plural: the name of a `Query` field, a REST collection and a file of a data set.
    name: str
    # The position of its changes among those of one revision. Cursors contain it, so it never
    # changes; a new record type takes the next number.
    place: int
    # The member by which a data set finds a record that another one has loaded.
    natural_key: str | None = None
    # The members in which two records with the same natural key must agree to be the same.
    must_agree: tuple[str, ...] = ()
    # The members by which a reference finds a record without a unique value.
    identified_by: tuple[str, ...] = ()
    # The members in which no two records are alike. Of several choices the first counts whose
    # members are all known, or else the last.
    distinct_by: tuple[tuple[str, ...], ...] = ()
    # The members that REST returns of a referenced record, after its id.
    reference: tuple[str, ...] = ()
    # Examples in the OpenAPI document: of the parameter `fields`, and of filters, which together
    # find something in the bundled data set.
    example_fields: str = "id"
    example_filters: Mapping[str, str] = field(default_factory=dict)
    # The reference to the record that its records can be created with and are deleted with.
    part_of: str | None = None
    # Whether `Query` has a field for one record, such as `peaceTreaty`.
    has_lookup: bool = True
    # Whether only admins write its records, apart from its own importer.
    needs_admin: bool = False
    # The period in which a record is valid, by which filters find it.
    period: Period | None = None
