"""The edges between records that are not a column of the record: reverse, many-to-many, lists.

A to-one edge is a column (`Support.supporter_id`), which declares its name and description. This
file declares the same edges in reverse, the many-to-many edges and the lists that a record owns.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Reverse:
    """The field `name` of `owner`: the records of `table` whose `column` points to it."""

    owner: str
    name: str
    table: str
    column: str
    description: str


@dataclass(frozen=True)
class ManyToMany:
    """Records of `target` that rows of `link` join to `owner` by the columns `near` and `far`.

    `is_part`: the link belongs to `owner` and is written with it. This holds at one end only.
    """

    owner: str
    name: str
    target: str
    link: str
    near: str
    far: str
    description: str
    is_part: bool = False


@dataclass(frozen=True)
class Listing:
    """A list that a record owns: the rows of `table`, or their column `value` alone."""

    owner: str
    name: str
    table: str
    near: str
    description: str
    value: str | None = None


REVERSES = (
    Reverse(
        "actor", "memberOf", "membership", "member_id", "Memberships of the actor in other actors."
    ),
    Reverse(
        "actor",
        "members",
        "membership",
        "organisation_id",
        "Memberships of other actors in this one.",
    ),
    Reverse("actor", "supportsGiven", "support", "supporter_id", "Supports that the actor gives."),
    Reverse(
        "actor", "supportsReceived", "support", "recipient_id", "Supports that the actor receives."
    ),
    Reverse(
        "actor", "supportsAgainst", "support", "against_id", "Supports directed against the actor."
    ),
    Reverse("actor", "statements", "statement", "speaker_id", "Statements that the actor made."),
    Reverse(
        "actor",
        "statementsOnBehalf",
        "statement",
        "on_behalf_of_id",
        "Statements that others made on the actor's behalf.",
    ),
    Reverse("actor", "publications", "source", "publisher_id", "Sources that the actor published."),
    Reverse(
        "support",
        "evidence",
        "evidence",
        "support_id",
        "Evidence on the support: the stance of each statement about it.",
    ),
    Reverse(
        "support",
        "returned",
        "support",
        "in_return_for_id",
        "Supports given in return for this one.",
    ),
    Reverse(
        "statement",
        "evidence",
        "evidence",
        "statement_id",
        "Evidence from the statement: its stance on each support it is about.",
    ),
    Reverse(
        "source", "statements", "statement", "source_id", "Statements that the source reports."
    ),
    Reverse(
        "conflict", "supports", "support", "conflict_id", "Supports given within the conflict."
    ),
    Reverse("dataset", "supports", "support", "dataset_id", "Supports imported from the data set."),
)

MANY_TO_MANY = (
    ManyToMany(
        "statement",
        "mentions",
        "actor",
        link="mention",
        near="statement_id",
        far="actor_id",
        description="Actors that the statement mentions.",
        is_part=True,
    ),
    ManyToMany(
        "actor",
        "mentionedIn",
        "statement",
        link="mention",
        near="actor_id",
        far="statement_id",
        description="Statements that mention the actor.",
    ),
)

LISTINGS = (
    Listing(
        "actor", "aliases", "actor_alias", "actor_id", "Alternative names of the actor.", "name"
    ),
    Listing(
        "actor",
        "codes",
        "actor_code",
        "actor_id",
        "Codes of the actor in external code schemes, such as ISO 3166-1.",
    ),
)

# For each table of parts: the table of the record that its rows belong to, and the foreign key.
PARTS = {
    **{listing.table: (listing.owner, listing.near) for listing in LISTINGS},
    **{edge.link: (edge.owner, edge.near) for edge in MANY_TO_MANY if edge.is_part},
}
